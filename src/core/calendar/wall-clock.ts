import type { Span } from './interval.ts'
import { offsetAt } from './zone-offsets.ts'

/**
 * A reading of the wall clock, as the milliseconds that the same digits would have in UTC.
 * Readings can be compared and added to like instants; only a zone turns them into one.
 */
export type WallTime = number

export const minuteMs = 60_000
export const dayMs = 1_440 * minuteMs

export function wallTimeAt(zone: string, at: number): WallTime {
  return at + offsetAt(zone, at)
}

/** Midnight at the start of the local day a reading belongs to. */
export function midnightOf(wall: WallTime): WallTime {
  return Math.floor(wall / dayMs) * dayMs
}

/** 0 is Sunday. */
export function weekdayOf(wall: WallTime): number {
  return new Date(wall).getUTCDay()
}

/** The local date, `2026-04-03`. */
export function dateOf(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10)
}

/** The instant between two others at which the clocks were changed. Only meaningful when the offsets differ. */
function changeBetween(zone: string, before: number, after: number): number {
  const old = offsetAt(zone, before)
  let low = before
  let high = after
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle) === old) low = middle
    else high = middle
  }
  return high
}

/** A stretch of at most a day in which the clocks run evenly, `offset` milliseconds ahead of UTC. */
export type EvenTime = Span & { readonly offset: number }

/** Cuts time at every change of the clocks, so that each piece can be computed without surprises. */
export function* evenPieces(zone: string, span: Span): Generator<EvenTime> {
  let start = span.start
  while (start < span.end) {
    const limit = Math.min(start + dayMs, span.end)
    const offset = offsetAt(zone, start)
    const end = offsetAt(zone, limit) === offset ? limit : changeBetween(zone, start, limit)
    yield { start, end, offset }
    start = end
  }
}

/**
 * The first instant at which the wall clock shows this reading or a later one.
 * A reading that is skipped in spring gives the moment after the gap; one that comes twice in autumn, its first time.
 */
export function firstInstant(zone: string, wall: WallTime): number {
  return resolve(zone, wall).first
}

/** The instant from which the wall clock never again shows less than this reading: the second time, where there are two. */
export function lastInstant(zone: string, wall: WallTime): number {
  return resolve(zone, wall).last
}

function resolve(zone: string, wall: WallTime): { first: number; last: number } {
  // No clock is further than 15 hours from UTC, so a day either side brackets every candidate.
  const before = wall - dayMs
  const after = wall + dayMs
  const early = wall - offsetAt(zone, before)
  const late = wall - offsetAt(zone, after)
  if (early === late) return { first: early, last: early }
  const change = changeBetween(zone, before, after)
  return {
    first: early < change ? early : Math.max(late, change),
    last: late >= change ? late : Math.min(early, change),
  }
}

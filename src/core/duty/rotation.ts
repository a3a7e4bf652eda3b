import type { Span } from '../calendar/interval.ts'
import { dayMs, firstInstant, midnightOf, minuteMs, wallTimeAt } from '../calendar/wall-clock.ts'
import { openingsOfWeekday } from '../calendar/working-time.ts'
import type { Rotation, RotationVersion } from './rosters.ts'
import { windowAt } from './week-window.ts'

/** Whose turn it is: `turn` counts from 1 to the number of members; the span ends at the next hand-over. */
export type Turn = Span & { readonly person: string; readonly turn: number; readonly members: number }

const weekMinutes = 7 * 1_440

/** Who holds the rotation at an instant; undefined before its first version and outside its hours. */
export function turnAt(rotation: Rotation, zone: string, at: number): Turn | undefined {
  const index = rotation.versions.findLastIndex((version) => versionStart(zone, version) <= at)
  const version = rotation.versions[index]
  if (!version) return undefined
  const shift = shiftNumber(version, zone, at)
  const next = rotation.versions[index + 1]
  const span = {
    start: shiftStart(version, zone, shift),
    end: Math.min(shiftStart(version, zone, shift + 1), next ? versionStart(zone, next) : Infinity),
  }
  return version.only ? restrictedTurn(version, zone, at, shift, span) : turn(version, shift, span)
}

function restrictedTurn(
  version: RotationVersion,
  zone: string,
  at: number,
  shift: number,
  span: Span,
): Turn | undefined {
  const window = version.only && windowAt(zone, version.only, at)
  if (!window) return undefined
  const clipped = { start: Math.max(span.start, window.start), end: Math.min(span.end, window.end) }
  return turn(version, workedShiftsBefore(version, shift), clipped)
}

function turn(version: RotationVersion, count: number, span: Span): Turn | undefined {
  const index = count % version.members.length
  const person = version.members[index]
  return person === undefined ? undefined : { ...span, person, turn: index + 1, members: version.members.length }
}

/** The instants at which the versions come into force. */
export function versionStarts(rotation: Rotation, zone: string): number[] {
  return rotation.versions.map((version) => versionStart(zone, version))
}

function versionStart(zone: string, version: RotationVersion): number {
  return firstInstant(zone, version.startsAtWall)
}

/** Hand-overs keep their wall-clock reading all year: computed on the wall clock, then moved to UTC. */
export function shiftStart(version: RotationVersion, zone: string, shift: number): number {
  return firstInstant(zone, version.startsAtWall + shift * version.shiftMinutes * minuteMs)
}

function shiftNumber(version: RotationVersion, zone: string, at: number): number {
  const length = version.shiftMinutes * minuteMs
  let shift = Math.floor((wallTimeAt(zone, at) - version.startsAtWall) / length)
  // In the hour that comes twice the clock reads less than it already did: the shift that began then has begun.
  while (shiftStart(version, zone, shift + 1) <= at) shift += 1
  return shift
}

/**
 * How many of the first `shift` shifts have any hours in which somebody is on duty. Turns are counted in these only,
 * or a daily rotation on weekdays would hand Friday's person Monday again and leave some without any shift
 * (goalert#55, oneuptime#2413).
 */
function workedShiftsBefore(version: RotationVersion, shift: number): number {
  const period = weekMinutes / greatestCommonDivisor(version.shiftMinutes, weekMinutes)
  const worked = Array.from({ length: period }, (_, index) => (shiftIsWorked(version, index) ? 1 : 0))
  const perPeriod = worked.reduce<number>((sum, one) => sum + one, 0)
  const rest = worked.slice(0, shift % period).reduce<number>((sum, one) => sum + one, 0)
  return Math.floor(shift / period) * perPeriod + rest
}

function shiftIsWorked(version: RotationVersion, index: number): boolean {
  const week = version.only
  if (!week) return true
  const start = version.startsAtWall + index * version.shiftMinutes * minuteMs
  const end = start + version.shiftMinutes * minuteMs
  for (let day = midnightOf(start) - dayMs; day < end; day += dayMs) {
    const met = openingsOfWeekday(week, day).some(
      (opening) => day + opening.fromMinute * minuteMs < end && start < day + opening.toMinute * minuteMs,
    )
    if (met) return true
  }
  return false
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

import type { Calendar, Stops } from './calendar.ts'
import { type Duration, workingTime } from './duration.ts'
import { instant } from './interval.ts'
import { dayMs } from './wall-clock.ts'
import { countedSpans } from './working-time.ts'

/** No target of ours is longer; a calendar that cannot deliver within it is wrong, or its clock was stopped for good. */
const dueHorizonDays = 5 * 366
/** Longer than any record is kept (seven years), short enough to bound the work of one call. */
const elapsedHorizonDays = 20 * 366

/**
 * When so much working time will have passed: the earliest instant that completes it. A bare number means minutes.
 * Work that fills a day exactly is due at its closing time and does not slip to the next opening; no work at all is due
 * at once, even outside hours. Throws RangeError when five years do not suffice.
 */
export function due(calendar: Calendar, from: Date, duration: number | Duration, stops: Stops = {}): Date {
  return dueAfter(calendar, from, workingTime(calendar, duration), stops)
}

/** The same for milliseconds of working time. */
export function dueAfter(calendar: Calendar, from: Date, milliseconds: number, stops: Stops): Date {
  const start = instant(from)
  let left = milliseconds
  if (left === 0) return new Date(start)
  for (const span of countedSpans(calendar, { start, end: start + dueHorizonDays * dayMs }, stops)) {
    const length = span.end - span.start
    if (length >= left) return new Date(span.start + left)
    left -= length
  }
  throw new RangeError(
    `calendar ${calendar.name} is not open long enough in the five years after ${from.toISOString()}`,
  )
}

/**
 * Working time between two instants in milliseconds, less pauses and closures; 0 when `to` is not after `from`, which
 * clocks of two machines can produce. Throws RangeError beyond twenty years.
 */
export function elapsed(calendar: Calendar, from: Date, to: Date, stops: Stops = {}): number {
  const within = { start: instant(from), end: instant(to) }
  if (within.end - within.start > elapsedHorizonDays * dayMs) {
    throw new RangeError(`${from.toISOString()} to ${to.toISOString()} is longer than twenty years`)
  }
  let total = 0
  for (const span of countedSpans(calendar, within, stops)) total += span.end - span.start
  return total
}

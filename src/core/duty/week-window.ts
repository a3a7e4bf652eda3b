import type { Week } from '../calendar/calendar.ts'
import type { Span } from '../calendar/interval.ts'
import { dayMs, firstInstant, lastInstant, midnightOf, minuteMs, wallTimeAt } from '../calendar/wall-clock.ts'
import { openingsOfWeekday } from '../calendar/working-time.ts'

/** The window of the weekly hours that an instant lies in, or undefined. */
export function windowAt(zone: string, week: Week, at: number): Span | undefined {
  return windowsIn(zone, week, { start: at, end: at + 1 })[0]
}

/**
 * The windows of the weekly hours that overlap a span, in UTC. A window begins at the first and ends at the last time the
 * clock shows its bounds (GoAlert's rule), so that in autumn two shifts overlap rather than leave an hour to nobody.
 */
export function windowsIn(zone: string, week: Week, span: Span): Span[] {
  const first = midnightOf(wallTimeAt(zone, span.start)) - dayMs
  const last = wallTimeAt(zone, span.end) + dayMs
  const windows: Span[] = []
  for (let day = first; day <= last; day += dayMs) {
    for (const opening of openingsOfWeekday(week, day)) {
      const start = firstInstant(zone, day + opening.fromMinute * minuteMs)
      const end = lastInstant(zone, day + opening.toMinute * minuteMs)
      if (start < span.end && span.start < end) windows.push({ start, end })
    }
  }
  return windows
}

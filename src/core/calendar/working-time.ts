import type { Calendar, Openings, Stops, Week } from './calendar.ts'
import { type Interval, instant, intersect, merge, type Span, subtract, toInterval, toSpan } from './interval.ts'
import {
  dateOf,
  dayMs,
  type EvenTime,
  evenPieces,
  midnightOf,
  minuteMs,
  type WallTime,
  weekdayOf,
} from './wall-clock.ts'

/** Everything the calendar counts as working time between two instants: ascending, apart, half-open, UTC. */
export function workingIntervals(calendar: Calendar, from: Date, to: Date, stops: Stops = {}): Interval[] {
  const spans = [...countedSpans(calendar, { start: instant(from), end: instant(to) }, stops)]
  return merge(spans).map(toInterval)
}

/** Working time less pauses and closures, in order, lazily and a day at a time. Neighbours may touch. */
export function* countedSpans(calendar: Calendar, within: Span, stops: Stops): Generator<Span> {
  const blocked = blockedSpans(calendar, stops)
  for (const span of openSpans(calendar, within)) yield* subtract(span, blocked)
}

/** Closures shut offices, not the round-the-clock desk. */
function blockedSpans(calendar: Calendar, stops: Stops): Span[] {
  const closures = calendar.hours === 'always' ? [] : (stops.closures ?? [])
  return merge([...(stops.pauses ?? []), ...closures].map(toSpan))
}

function* openSpans(calendar: Calendar, within: Span): Generator<Span> {
  if (calendar.hours === 'always') {
    if (within.start < within.end) yield within
    return
  }
  for (const piece of evenPieces(calendar.zone, within)) yield* openInPiece(calendar, calendar.hours, piece)
}

/** The wall clock's opening hours, moved to UTC by the piece's own offset: right on the days the clocks change too. */
function openInPiece(calendar: Calendar, week: Week, piece: EvenTime): Span[] {
  const wall = { start: piece.start + piece.offset, end: piece.end + piece.offset }
  const open: Span[] = []
  // The day before may still be open past midnight.
  for (let day = midnightOf(wall.start) - dayMs; day < wall.end; day += dayMs) {
    for (const opening of openingsOn(calendar, week, day)) {
      const span = { start: day + opening.fromMinute * minuteMs, end: day + opening.toMinute * minuteMs }
      const part = intersect(span, wall)
      if (part) open.push({ start: part.start - piece.offset, end: part.end - piece.offset })
    }
  }
  return merge(open)
}

/** A holiday shuts what would have started on it; a night that began the evening before runs to its end. */
function openingsOn(calendar: Calendar, week: Week, day: WallTime): Openings {
  return calendar.holidays?.names[dateOf(day)] === undefined ? openingsOfWeekday(week, day) : []
}

/** What the weekly hours say for a day, holiday or not. */
export function openingsOfWeekday(week: Week, day: WallTime): Openings {
  return week[weekdayOf(day)] ?? []
}

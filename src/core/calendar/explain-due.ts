import type { Calendar, ClosedTime, ClosureReason, Pause, Stops } from './calendar.ts'
import { describeHours } from './describe-hours.ts'
import { dueAfter } from './due.ts'
import { type Duration, workingTime } from './duration.ts'
import { type Interval, instant, intersect, type Span, toSpan } from './interval.ts'
import { dateOf, dayMs, midnightOf, type WallTime, wallTimeAt } from './wall-clock.ts'
import { countedSpans, openingsOfWeekday } from './working-time.ts'

/** Both deadlines of a target. Only `dueAt` is ever told to a customer; `because` is for the desk. */
export type DueExplained = {
  readonly dueAt: Date
  /** After 90 % of the working time ("if they need it in ten minutes, deliver in nine"): chasing runs on this one. */
  readonly internalDueAt: Date
  readonly because: string
  /** Years the answer depends on whose holidays nobody has confirmed. */
  readonly warnings: readonly string[]
}

/** The promise, the internal target, and in words how the promise came about. Throws like `due`. */
export function explainDue(
  calendar: Calendar,
  from: Date,
  duration: number | Duration,
  stops: Stops = {},
): DueExplained {
  const budget = workingTime(calendar, duration)
  const dueAt = dueAfter(calendar, from, budget, stops)
  const internalDueAt = dueAfter(calendar, from, Math.floor((budget * 9) / 10), stops)
  const span = { start: instant(from), end: dueAt.getTime() }
  const reasons = [
    ...skippedHolidays(calendar, span),
    ...closuresMet(calendar, span, stops),
    ...pausesMet(calendar, span, stops),
  ]
  const because = [`${localTime(calendar.zone, dueAt)} because ${describeHours(calendar)}`, ...reasons].join('; ')
  return { dueAt, internalDueAt, because, warnings: unconfirmedYears(calendar, span) }
}

const mostNamed = 6

function skippedHolidays(calendar: Calendar, span: Span): string[] {
  const skipped = localDays(calendar.zone, span).flatMap((day) => holidayThatShuts(calendar, day) ?? [])
  if (skipped.length === 0) return []
  const rest = skipped.length - mostNamed
  return [`skipped ${skipped.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]
}

/** A holiday's name and date, if the office would have opened that day. */
function holidayThatShuts(calendar: Calendar, day: WallTime): string | undefined {
  const name = calendar.holidays?.names[dateOf(day)]
  if (name === undefined || calendar.hours === 'always') return undefined
  if (openingsOfWeekday(calendar.hours, day).length === 0) return undefined
  return `${name.replace(/^The /, 'the ')} (${new Date(day).getUTCDate()} ${monthNames[new Date(day).getUTCMonth()]})`
}

function localDays(zone: string, span: Span): WallTime[] {
  const days: WallTime[] = []
  const last = wallTimeAt(zone, span.end)
  for (let day = midnightOf(wallTimeAt(zone, span.start)); day <= last; day += dayMs) days.push(day)
  return days
}

const closureWords: Readonly<Record<ClosureReason, string>> = {
  typhoon_signal_8: 'typhoon signal 8',
  black_rainstorm: 'the black rainstorm signal',
  extreme_conditions: 'extreme conditions',
  other: 'a recorded closure',
}

function closuresMet(calendar: Calendar, span: Span, stops: Stops): string[] {
  if (calendar.hours === 'always') return []
  return costly(calendar, span, stops.closures ?? []).map(
    (closure: ClosedTime) =>
      `closed for ${closureWords[closure.reason ?? 'other']} ${localSpan(calendar.zone, closure)}`,
  )
}

function pausesMet(calendar: Calendar, span: Span, stops: Stops): string[] {
  return costly(calendar, span, stops.pauses ?? []).map((pause: Pause) => {
    const reason = pause.reason === 'waiting_agreed_date' ? 'waited for the agreed date' : 'waited for the customer'
    return `${reason} ${localSpan(calendar.zone, pause)}`
  })
}

/** Only what took working time away is worth a word. */
function costly<T extends Interval>(calendar: Calendar, span: Span, stops: readonly T[]): T[] {
  return stops.filter((stop) => {
    const met = intersect(span, toSpan(stop))
    return met !== undefined && !countedSpans(calendar, met, {}).next().done
  })
}

function unconfirmedYears(calendar: Calendar, span: Span): string[] {
  const table = calendar.holidays
  if (!table) return []
  const first = new Date(wallTimeAt(calendar.zone, span.start)).getUTCFullYear()
  const last = new Date(wallTimeAt(calendar.zone, span.end)).getUTCFullYear()
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return years.flatMap((year) => {
    if (!table.years.includes(year))
      return [`the ${year} holidays of ${table.id} are missing, so none were skipped in it`]
    return table.drafts.includes(year) ? [`the ${year} holidays of ${table.id} are a draft nobody has confirmed`] : []
  })
}

function localSpan(zone: string, interval: Interval): string {
  return `${localTime(zone, interval.startAt)} to ${localTime(zone, interval.endAt)}`
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** An instant as people of that zone say it: "Wed 8 Apr 09:30"; seconds only where there are any. */
export function localTime(zone: string, at: Date): string {
  const local = new Date(wallTimeAt(zone, instant(at)))
  const clock = local.toISOString().slice(11, local.getUTCSeconds() === 0 ? 16 : 19)
  return `${dayNames[local.getUTCDay()]} ${local.getUTCDate()} ${monthNames[local.getUTCMonth()]} ${clock}`
}

import { DateTime } from 'luxon'
import type { Calendar } from './calendar.ts'
import { type Duration, parseDuration } from './duration.ts'
import { explainDue, localTime } from './explain-due.ts'
import type { Interval } from './interval.ts'
import type { Calendars } from './read-calendars.ts'

/** The arguments of `gatehouse due` as typed. Instants without an offset are read in the calendar's zone. */
export type DueArguments = {
  readonly calendar: string
  readonly from: string
  readonly in: string
  /** `A/B`, two instants. */
  readonly pauses?: readonly string[]
  readonly closures?: readonly string[]
}

/** What a command shows: an object for `--json`, the same in words, or what was wrong with the arguments. */
export type CommandOutput<T> =
  | { readonly ok: true; readonly json: T; readonly text: string }
  | { readonly ok: false; readonly message: string }

export type DueJson = {
  readonly dueAt: string
  readonly internalDueAt: string
  readonly because: string
  readonly warnings: readonly string[]
}

/** `gatehouse due`: both deadlines and why, from the calendars of the configuration. */
export function runDue(calendars: Calendars, args: DueArguments): CommandOutput<DueJson> {
  const calendar = calendars.get(args.calendar)
  if (!calendar) {
    return {
      ok: false,
      message: `there is no calendar "${args.calendar}": choose one of ${[...calendars.keys()].join(', ')}`,
    }
  }
  try {
    return explained(calendar, args, parseDuration(args.in))
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, message: error.message }
    throw error
  }
}

function explained(calendar: Calendar, args: DueArguments, duration: Duration): CommandOutput<DueJson> {
  const from = readInstant(args.from, calendar.zone)
  const stops = {
    pauses: (args.pauses ?? []).map((text) => readInterval(text, calendar.zone)),
    closures: (args.closures ?? []).map((text) => readInterval(text, calendar.zone)),
  }
  const { dueAt, internalDueAt, because, warnings } = explainDue(calendar, from, duration, stops)
  const json = { dueAt: dueAt.toISOString(), internalDueAt: internalDueAt.toISOString(), because, warnings }
  const lines = [
    `due       ${because}`,
    `internal  ${localTime(calendar.zone, internalDueAt)} (90 % of the working time; never told to the customer)`,
    ...warnings.map((warning) => `warning   ${warning}`),
  ]
  return { ok: true, json, text: lines.join('\n') }
}

/** Reads an ISO 8601 instant; without an offset it is local time of the zone. Throws RangeError on anything else. */
export function readInstant(text: string, zone: string): Date {
  const at = DateTime.fromISO(text, { zone })
  if (!at.isValid) throw new RangeError(`"${text}" is not an instant: write 2026-04-02T17:30 or 2026-04-02T09:30:00Z`)
  return at.toJSDate()
}

function readInterval(text: string, zone: string): Interval {
  const [start, end, ...rest] = text.split('/')
  if (start === undefined || end === undefined || rest.length > 0) {
    throw new RangeError(`"${text}" is not an interval: write two instants with a slash between them`)
  }
  const interval = { startAt: readInstant(start, zone), endAt: readInstant(end, zone) }
  if (interval.endAt < interval.startAt) throw new RangeError(`"${text}" ends before it starts`)
  return interval
}

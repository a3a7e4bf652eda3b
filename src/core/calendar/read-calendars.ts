import { IANAZone } from 'luxon'
import type { Calendar, HolidayTable, Week } from './calendar.ts'
import { type CalendarEntry, calendarsSchema } from './calendar-schema.ts'
import type { ConfigDocument, Fault } from './fault.ts'
import { readDocument } from './read-document.ts'
import { readHolidays } from './read-holidays.ts'
import { readWeek } from './weekly-hours.ts'

export type Calendars = ReadonlyMap<string, Calendar>
export type CalendarsRead = { readonly calendars: Calendars; readonly faults: readonly Fault[] }

/**
 * Builds every calendar from its parsed files. Lists all faults instead of stopping at the first; a calendar with a fault
 * is left out, so the caller must refuse to start when there are any.
 */
export function readCalendars(calendars: ConfigDocument, holidays: readonly ConfigDocument[]): CalendarsRead {
  const tables = holidays.map(readHolidays)
  const { value, faults } = readDocument(calendarsSchema, calendars)
  const known = new Map(tables.flatMap(({ table }) => (table ? [[table.id, table] as const] : [])))
  const read = Object.entries(value?.calendars ?? {}).map(([name, entry]) => readCalendar(name, entry, known))
  return {
    calendars: new Map(read.flatMap(({ calendar }) => (calendar ? [[calendar.name, calendar] as const] : []))),
    faults: [
      ...tables.flatMap((table) => table.faults),
      ...faults,
      ...read.flatMap((one) => one.faults).map((fault) => ({ file: calendars.file, ...fault })),
    ],
  }
}

type Problem = { readonly key: string; readonly message: string }
type CalendarRead = { readonly calendar?: Calendar; readonly faults: readonly Problem[] }

function readCalendar(name: string, entry: CalendarEntry, tables: ReadonlyMap<string, HolidayTable>): CalendarRead {
  const key = `calendars.${name}`
  const faults: Problem[] = []
  if (!IANAZone.isValidZone(entry.zone))
    faults.push({ key: `${key}.zone`, message: `"${entry.zone}" is not an IANA zone` })
  const table = entry.holidays === undefined ? undefined : tables.get(entry.holidays)
  if (entry.holidays !== undefined && !table) {
    faults.push({ key: `${key}.holidays`, message: `there is no holiday table "${entry.holidays}"` })
  }
  const { hours, faults: hourFaults } = readHours(entry, key)
  const workingDayMinutes = entry.workingDay ? workingDayOf(entry.workingDay) : longestDayMinutes(hours)
  if (entry.workingDay && workingDayMinutes === 0)
    faults.push({ key: `${key}.workingDay`, message: 'write a time above zero, like 8h' })
  if (faults.length + hourFaults.length > 0) return { faults: [...faults, ...hourFaults] }
  const zoneLabel = entry.zoneLabel ?? entry.zone
  const calendar = { name, zone: entry.zone, zoneLabel, hours, workingDayMinutes, ...(table && { holidays: table }) }
  return { calendar, faults }
}

function readHours(entry: CalendarEntry, key: string): { hours: Calendar['hours']; faults: readonly Problem[] } {
  if (entry.hours === 'always') return { hours: 'always', faults: [] }
  const { week, faults } = readWeek(entry.hours)
  const problems = faults.map(({ day, message }) => ({ key: `${key}.hours.${day}`, message }))
  const empty = week.every((openings) => openings.length === 0)
  return { hours: week, faults: empty ? [...problems, { key: `${key}.hours`, message: 'never open' }] : problems }
}

/** A working day cannot be defined by working days: those count as nothing, which is a fault. */
function workingDayOf(duration: NonNullable<CalendarEntry['workingDay']>): number {
  const minutes = { s: 1 / 60, m: 1, h: 60, wd: 0 } as const
  return duration.amount * minutes[duration.unit]
}

function longestDayMinutes(hours: 'always' | Week): number {
  if (hours === 'always') return 1_440
  const lengths = hours.map((day) => day.reduce((sum, opening) => sum + opening.toMinute - opening.fromMinute, 0))
  return Math.max(...lengths)
}

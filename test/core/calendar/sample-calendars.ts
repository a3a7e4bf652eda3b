import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Calendar, HolidayTable, Week } from '../../../src/core/calendar/calendar.ts'
import type { ConfigDocument } from '../../../src/core/calendar/fault.ts'
import { readCalendars } from '../../../src/core/calendar/read-calendars.ts'

export function configDocument(file: string): ConfigDocument {
  const url = new URL(`../../../config/${file}`, import.meta.url)
  return { file, content: parse(readFileSync(url, 'utf8')) }
}

/** What breaks while a file is loaded would fail no test of it: whoever reads samples must find them wanting instead. */
export function loaded<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The calendars as committed in `config/`. */
export const sample = loaded(
  () => readCalendars(configDocument('calendars.yaml'), [configDocument('holidays-hk.yaml')]),
  { calendars: new Map(), faults: [] },
)

export function sampleCalendar(name: string): Calendar {
  return sample.calendars.get(name) ?? calendarOf('UTC', daily())
}

/** Hong Kong has had no daylight saving since 1979, so its local time is always eight hours ahead. */
export function hk(local: string): Date {
  return new Date(`${local}:00+08:00`)
}

export function calendarOf(zone: string, hours: Calendar['hours'], holidays: readonly string[] = []): Calendar {
  const names = Object.fromEntries(holidays.map((date) => [date, `Holiday ${date}`]))
  const table: HolidayTable = { id: 'test', years: [], drafts: [], names }
  return { name: 'test', zone, zoneLabel: zone, hours, holidays: table, workingDayMinutes: 480 }
}

/** The same hours on every day of the week. */
export function daily(...openings: readonly (readonly [number, number])[]): Week {
  const day = openings.map(([fromMinute, toMinute]) => ({ fromMinute, toMinute }))
  return [day, day, day, day, day, day, day]
}

export const hkOffice = sampleCalendar('hk-office')
export const roundTheClock = sampleCalendar('24x7')

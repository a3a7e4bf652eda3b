import type { HolidayTable } from './calendar.ts'
import { type HolidaysFile, holidaysSchema } from './calendar-schema.ts'
import type { ConfigDocument, Fault } from './fault.ts'
import { readDocument } from './read-document.ts'

export type HolidaysRead = { readonly table?: HolidayTable; readonly faults: readonly Fault[] }

/**
 * Reads one holiday table. A year that is not marked `confirmed` is used, and reported as a draft.
 * Faults: a date outside its year, twice, on a Sunday, or a year with the wrong number of days.
 */
export function readHolidays(document: ConfigDocument): HolidaysRead {
  const { value, faults } = readDocument(holidaysSchema, document)
  if (!value) return { faults }
  const years = Object.entries(value.years)
  const names = Object.fromEntries(years.flatMap(([, year]) => year.days.map((day) => [day.date, day.name])))
  const drafts = years.filter(([, year]) => !year.confirmed)
  return {
    table: { id: value.id, years: years.map(yearNumber), drafts: drafts.map(yearNumber), names },
    faults: years.flatMap(([year]) => yearFaults(document.file, value, year)),
  }
}

function yearNumber([year]: readonly [string, unknown]): number {
  return Number(year)
}

function yearFaults(file: string, table: HolidaysFile, year: string): Fault[] {
  const days = table.years[year]?.days ?? []
  const fault = (message: string): Fault => ({ file, key: `years.${year}.days`, message })
  const seen = new Set<string>()
  const faults = days.flatMap(({ date }) => {
    const twice = seen.has(date) ? [fault(`${date} stands here twice`)] : []
    seen.add(date)
    const elsewhere = date.startsWith(year) ? [] : [fault(`${date} is not in ${year}`)]
    const sunday = table.neverOnSunday && new Date(date).getUTCDay() === 0 ? [fault(`${date} is a Sunday`)] : []
    return [...twice, ...elsewhere, ...sunday]
  })
  const count = table.daysPerYear !== undefined && days.length !== table.daysPerYear
  return count ? [...faults, fault(`${days.length} days instead of ${table.daysPerYear}`)] : faults
}

import type { Calendar } from './calendar.ts'
import { instant } from './interval.ts'
import { wallTimeAt } from './wall-clock.ts'

const november = 10

/**
 * The years whose holiday table should be there by now and is not: this year's always, next year's from 1 November
 * local time (the Gazette publishes it in spring). Empty for a calendar that keeps no holidays.
 */
export function holidaysMissing(calendar: Calendar, now: Date): readonly number[] {
  return yearsNeeded(calendar, now).filter((year) => calendar.holidays?.years.includes(year) === false)
}

/** The years needed by now whose table is there, but which nobody has compared with the official list. */
export function holidaysUnconfirmed(calendar: Calendar, now: Date): readonly number[] {
  return yearsNeeded(calendar, now).filter((year) => calendar.holidays?.drafts.includes(year))
}

function yearsNeeded(calendar: Calendar, now: Date): readonly number[] {
  const today = new Date(wallTimeAt(calendar.zone, instant(now)))
  const year = today.getUTCFullYear()
  return today.getUTCMonth() >= november ? [year, year + 1] : [year]
}

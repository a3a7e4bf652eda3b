import type { Calendar } from './calendar.ts'
import { minuteMs } from './wall-clock.ts'

/** An amount of working time: seconds, minutes, hours, or working days. */
export type Duration = { readonly amount: number; readonly unit: 's' | 'm' | 'h' | 'wd' }

const pattern = /^(\d+(?:\.\d+)?)(s|m|h|wd)$/

/**
 * Reads `90s`, `10m`, `4h` or `2wd`. Throws RangeError with the accepted forms on anything else.
 *
 * A working day is not a date but an amount: `1wd` is the calendar's `workingDayMinutes` of working time
 * (8 hours on hk-office, 24 on 24x7). So a short Saturday counts for the hours it has, a pause or a closure costs
 * exactly its own length, and 90 % of two working days is a meaningful time.
 */
export function parseDuration(text: string): Duration {
  const match = pattern.exec(text.trim())
  if (!match)
    throw new RangeError(`"${text}" is not a duration: write a number and s, m, h or wd, like 90s, 10m, 4h or 2wd`)
  return { amount: Number(match[1]), unit: match[2] as Duration['unit'] }
}

/** Milliseconds of working time on this calendar; a bare number means minutes. Throws RangeError below zero. */
export function workingTime(calendar: Calendar, duration: number | Duration): number {
  const milliseconds =
    typeof duration === 'number' ? duration * minuteMs : duration.amount * unitMilliseconds(calendar, duration.unit)
  if (!(milliseconds >= 0)) throw new RangeError('a duration cannot be negative')
  return Math.round(milliseconds)
}

function unitMilliseconds(calendar: Calendar, unit: Duration['unit']): number {
  switch (unit) {
    case 's':
      return 1_000
    case 'm':
      return minuteMs
    case 'h':
      return 60 * minuteMs
    case 'wd':
      return calendar.workingDayMinutes * minuteMs
  }
}

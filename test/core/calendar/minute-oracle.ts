/**
 * An independent oracle for business clocks: it looks at every minute and asks `Intl.DateTimeFormat` what a clock on the
 * wall would show, and whether the office is open by that reading. No interval arithmetic, no luxon.
 */
export type OracleHours = {
  /** By weekday, 0 is Sunday; minutes after midnight, above 1,440 past midnight. */
  readonly week: readonly (readonly { readonly fromMinute: number; readonly toMinute: number }[])[]
  readonly holidays: readonly string[]
}

type Reading = { readonly date: string; readonly dayBefore: string; readonly weekday: number; readonly minute: number }

/** What the clock on the wall shows at every minute of a window, asked once and kept. */
export class MinuteOracle {
  readonly start: number
  readonly readings: readonly Reading[]

  constructor(zone: string, startIso: string, days: number) {
    this.start = Date.parse(startIso)
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    this.readings = Array.from({ length: days * 1_440 }, (_, index) => readClock(format, this.start + index * 60_000))
  }

  /** Whether each minute of the window is working time. */
  open(hours: OracleHours): readonly boolean[] {
    return this.readings.map((reading) => isOpen(hours, reading))
  }

  indexOf(at: Date): number {
    return Math.round((at.getTime() - this.start) / 60_000)
  }

  at(index: number): Date {
    return new Date(this.start + index * 60_000)
  }
}

function readClock(format: Intl.DateTimeFormat, at: number): Reading {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const date = `${parts.year}-${parts.month}-${parts.day}`
  const noon = Date.parse(`${date}T12:00:00Z`)
  return {
    date,
    dayBefore: new Date(noon - 86_400_000).toISOString().slice(0, 10),
    weekday: new Date(noon).getUTCDay(),
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  }
}

function isOpen({ week, holidays }: OracleHours, { date, dayBefore, weekday, minute }: Reading): boolean {
  const shows = (day: number, reading: number) =>
    week[day]!.some(({ fromMinute, toMinute }) => fromMinute <= reading && reading < toMinute)
  const today = shows(weekday, minute) && !holidays.includes(date)
  return today || (shows((weekday + 6) % 7, minute + 1_440) && !holidays.includes(dayBefore))
}

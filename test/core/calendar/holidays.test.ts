import { describe, expect, it } from 'vitest'
import { holidaysMissing, holidaysUnconfirmed } from '../../../src/core/calendar/holidays-missing.ts'
import { readHolidays } from '../../../src/core/calendar/read-holidays.ts'
import { configDocument, hk, hkOffice, roundTheClock } from './sample-calendars.ts'

const names = hkOffice.holidays!.names
const dates = Object.keys(names).sort()

describe('the committed table of Hong Kong general holidays', () => {
  it.each([2025, 2026, 2027])('%i has seventeen different days, none of them a Sunday', (year) => {
    const days = dates.filter((date) => date.startsWith(String(year)))
    expect(new Set(days).size).toBe(17)
    expect(days.filter((date) => new Date(date).getUTCDay() === 0)).toEqual([])
  })

  it('2026 is the list of the press release of 16 May 2025', () => {
    const gazetted =
      '01-01 02-17 02-18 02-19 04-03 04-04 04-06 04-07 05-01 05-25 06-19 07-01 09-26 10-01 10-19 12-25 12-26'
    expect(
      dates
        .filter((date) => date.startsWith('2026'))
        .map((date) => date.slice(5))
        .join(' '),
    ).toBe(gazetted)
  })

  it('2025 is the gazetted list as republished', () => {
    const gazetted =
      '01-01 01-29 01-30 01-31 04-04 04-18 04-19 04-21 05-01 05-05 05-31 07-01 10-01 10-07 10-29 12-25 12-26'
    expect(
      dates
        .filter((date) => date.startsWith('2025'))
        .map((date) => date.slice(5))
        .join(' '),
    ).toBe(gazetted)
  })

  // The lunar calendar of ICU is a second witness for the days that are easiest to get wrong.
  it.each([
    ['Lunar New Year', 1, 1, ["Lunar New Year's Day"]],
    [
      'the Birthday of the Buddha',
      4,
      8,
      ['The Birthday of the Buddha', 'The day following the Birthday of the Buddha'],
    ],
    ['Tuen Ng', 5, 5, ['Tuen Ng Festival']],
    ['the day after Mid-Autumn', 8, 16, ['The day following the Chinese Mid-Autumn Festival']],
    ['Chung Yeung', 9, 9, ['Chung Yeung Festival', 'The day following Chung Yeung Festival']],
  ] as const)('%s falls on its day of the lunar calendar, or the Monday after a Sunday', (_, month, day, accepted) => {
    for (const year of [2025, 2026, 2027]) {
      // The new moon of 6 February 2027 is at 23:56 in Hong Kong; ICU's rounding puts it on the 7th, the Observatory does not.
      if (year === 2027 && month === 1) continue
      const festival = lunarDate(year, month, day)
      const observed = new Date(festival).getUTCDay() === 0 ? nextDay(festival) : festival
      expect(accepted, observed).toContain(names[observed])
    }
  })

  it('Easter follows the moon (Meeus)', () => {
    for (const [year, easter] of [
      [2025, '2025-04-20'],
      [2026, '2026-04-05'],
      [2027, '2027-03-28'],
    ] as const) {
      expect(easterSunday(year)).toBe(easter)
      const friday = new Date(Date.parse(easter) - 2 * 86_400_000).toISOString().slice(0, 10)
      expect(names[friday]).toBe('Good Friday')
      expect(names[nextDay(friday)]).toBe('The day following Good Friday')
      expect(names[nextDay(easter)]).toBeDefined()
    }
  })
})

describe('the alarm for a missing year', () => {
  it('asks for this year always, and for the next from 1 November Hong Kong time', () => {
    expect(holidaysMissing(hkOffice, hk('2027-10-31T23:59'))).toEqual([])
    expect(holidaysMissing(hkOffice, hk('2027-11-01T00:00'))).toEqual([2028])
    expect(holidaysMissing(hkOffice, hk('2028-01-01T00:00'))).toEqual([2028])
    expect(holidaysMissing(hkOffice, hk('2028-12-01T00:00'))).toEqual([2028, 2029])
    expect(holidaysMissing(hkOffice, hk('2026-11-01T00:00'))).toEqual([])
  })

  it('a year nobody has compared with the Gazette is there, but shown as a draft', () => {
    expect(holidaysUnconfirmed(hkOffice, hk('2026-10-31T23:59'))).toEqual([])
    expect(holidaysUnconfirmed(hkOffice, hk('2026-11-01T00:00'))).toEqual([2027])
    expect(holidaysUnconfirmed(hkOffice, hk('2027-03-01T00:00'))).toEqual([2027])
  })

  it('a calendar without holidays misses none', () => {
    expect(holidaysMissing(roundTheClock, hk('2040-12-01T00:00'))).toEqual([])
    expect(holidaysUnconfirmed(roundTheClock, hk('2040-12-01T00:00'))).toEqual([])
  })
})

describe('reading a holiday table', () => {
  const day = (date: string) => ({ date, name: `Holiday ${date}` })
  const table = (days: readonly { date: string; name: string }[], more: object = {}) => ({
    file: 'holidays-x.yaml',
    content: { id: 'x', source: 's', years: { '2026': { source: 's', confirmed: true, days } }, ...more },
  })
  const messages = (document: ReturnType<typeof table>) => readHolidays(document).faults.map(({ message }) => message)

  it('the committed file has no fault', () => {
    expect(readHolidays(configDocument('holidays-hk.yaml')).faults).toEqual([])
  })

  it('keeps years, drafts and names', () => {
    const read = readHolidays(
      table([day('2026-01-01')], {
        years: {
          '2026': { source: 's', confirmed: true, days: [day('2026-01-01')] },
          '2027': { source: 's', confirmed: false, days: [day('2027-01-01')] },
        },
      }),
    )
    expect(read.table).toEqual({
      id: 'x',
      years: [2026, 2027],
      drafts: [2027],
      names: { '2026-01-01': 'Holiday 2026-01-01', '2027-01-01': 'Holiday 2027-01-01' },
    })
  })

  it('names a day that stands twice, lies in another year, or is a Sunday where that is a mistake', () => {
    expect(messages(table([day('2026-01-01'), day('2026-01-01')]))).toEqual(['2026-01-01 stands here twice'])
    expect(messages(table([day('2025-12-31')]))).toEqual(['2025-12-31 is not in 2026'])
    expect(messages(table([day('2026-01-04')], { neverOnSunday: true }))).toEqual(['2026-01-04 is a Sunday'])
    expect(messages(table([day('2026-01-04')]))).toEqual([])
  })

  it('counts the days of a year', () => {
    expect(messages(table([day('2026-01-01')], { daysPerYear: 17 }))).toEqual(['1 days instead of 17'])
    expect(messages(table([day('2026-01-01')], { daysPerYear: 1 }))).toEqual([])
  })

  it('says where a value of the wrong form is', () => {
    const { faults, table: none } = readHolidays(table([{ date: '2026-2-30', name: '' }]))
    expect(none).toBeUndefined()
    expect(faults.map(({ file, key }) => `${file} ${key}`)).toEqual([
      'holidays-x.yaml years.2026.days[0].date',
      'holidays-x.yaml years.2026.days[0].name',
    ])
    expect(faults[0]?.message).toBe('write a date like 2026-04-03')
  })
})

function nextDay(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
}

/** The date in Hong Kong on which the Chinese calendar of ICU shows this month and day (leap months do not count). */
function lunarDate(year: number, month: number, day: number): string {
  const format = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
  for (let at = Date.parse(`${year}-01-15`); ; at += 86_400_000) {
    if (format.format(at) === `${month}/${day}`) return new Date(at).toISOString().slice(0, 10)
  }
}

/** Meeus, Astronomical Algorithms, chapter 8 (Gregorian). */
function easterSunday(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return new Date(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1)).toISOString().slice(0, 10)
}

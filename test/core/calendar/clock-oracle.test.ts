import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Opening, Week } from '../../../src/core/calendar/calendar.ts'
import { due, elapsed } from '../../../src/core/calendar/due.ts'
import { workingIntervals } from '../../../src/core/calendar/working-time.ts'
import { MinuteOracle } from './minute-oracle.ts'
import { calendarOf, hkOffice } from './sample-calendars.ts'

/** Each window holds a change of the clocks, a missing day, an odd offset, or holidays. */
const windows = [
  ['America/Chicago', '2025-03-06T00:00Z'],
  ['America/New_York', '2026-10-29T00:00Z'],
  ['Europe/London', '2026-03-26T00:00Z'],
  ['Europe/London', '2026-10-22T00:00Z'],
  ['Australia/Sydney', '2026-04-02T00:00Z'],
  ['Australia/Lord_Howe', '2026-10-01T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-02T00:00Z'],
  ['Asia/Kathmandu', '2026-05-01T00:00Z'],
  ['Asia/Hong_Kong', '2026-04-01T00:00Z'],
  ['Asia/Tehran', '2021-09-19T00:00Z'],
  ['Asia/Tehran', '2022-03-19T00:00Z'],
  ['Pacific/Apia', '2011-12-27T00:00Z'],
  ['Atlantic/Azores', '2026-03-26T00:00Z'],
  ['Atlantic/Azores', '2026-10-22T00:00Z'],
  ['America/St_Johns', '2006-10-26T00:00Z'],
  ['Africa/Casablanca', '2026-02-12T00:00Z'],
] as const

const days = 7

const openings: fc.Arbitrary<Opening[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 0, maxLength: 6 })
  .chain((bounds) =>
    fc.integer({ min: 0, max: 600 }).map((late) => {
      const sorted = [...bounds].sort((a, b) => a - b)
      const pairs = sorted.flatMap((fromMinute, index) => {
        const next = sorted[index + 1]
        // The last opening of a day may run past midnight.
        if (index % 2 === 1) return []
        return [{ fromMinute, toMinute: next ?? Math.max(fromMinute + 1, 1_440 + late) }]
      })
      return pairs
    }),
  )
const week = fc.tuple(openings, openings, openings, openings, openings, openings, openings) satisfies fc.Arbitrary<Week>

describe('K9: an independent oracle that looks at every minute agrees', () => {
  it.each(windows)('%s from %s', (zone, start) => {
    const oracle = new MinuteOracle(zone, start, days)
    const dates = [...new Set(oracle.readings.map((reading) => reading.date))]
    const length = oracle.readings.length
    const minute = fc.integer({ min: 0, max: length })
    const stops = fc.array(fc.tuple(minute, fc.integer({ min: 0, max: 900 })), { maxLength: 3 })
    fc.assert(
      fc.property(
        week,
        fc.subarray(dates, { maxLength: 3 }),
        minute,
        minute,
        stops,
        (hours, holidays, a, b, pausesAt) => {
          const calendar = calendarOf(zone, hours, holidays)
          const pauses = pausesAt.map(([from, span]) => ({ startAt: oracle.at(from), endAt: oracle.at(from + span) }))
          const paused = (index: number) => pausesAt.some(([from, span]) => from <= index && index < from + span)
          const counted = oracle.open({ week: hours, holidays }).map((open, index) => open && !paused(index))
          const [from, to] = [Math.min(a, b), Math.max(a, b)]
          const minutes = counted.slice(from, to).filter(Boolean).length
          expect(elapsed(calendar, oracle.at(from), oracle.at(to), { pauses })).toBe(minutes * 60_000)
          if (minutes > 0) {
            const expected = counted.slice(0, to).findLastIndex(Boolean) + 1
            expect(due(calendar, oracle.at(from), minutes, { pauses })).toEqual(oracle.at(expected))
          }
          const intervals = workingIntervals(calendar, oracle.at(0), oracle.at(length), { pauses })
          expect(intervals).toEqual(runs(oracle, counted))
        },
      ),
      { seed: 20_260_402, numRuns: 60 },
    )
  })

  it('agrees on the committed Hong Kong calendar over Easter 2026, holiday by holiday', () => {
    const oracle = new MinuteOracle('Asia/Hong_Kong', '2026-04-01T00:00Z', 10)
    const holidays = ['2026-04-03', '2026-04-04', '2026-04-06', '2026-04-07']
    const office = [540, 780, 840, 1_080] as const
    const weekday = [
      { fromMinute: office[0], toMinute: office[1] },
      { fromMinute: office[2], toMinute: office[3] },
    ]
    const saturday = [{ fromMinute: office[0], toMinute: office[1] }]
    const open = oracle.open({ week: [[], weekday, weekday, weekday, weekday, weekday, saturday], holidays })
    expect(workingIntervals(hkOffice, oracle.at(0), oracle.at(open.length))).toEqual(runs(oracle, open))
  })
})

function runs(oracle: MinuteOracle, open: readonly boolean[]): { startAt: Date; endAt: Date }[] {
  return open.flatMap((is, index) => {
    if (!is || open[index - 1]) return []
    const end = open.indexOf(false, index)
    return [{ startAt: oracle.at(index), endAt: oracle.at(end < 0 ? open.length : end) }]
  })
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar, Week } from '../../../src/core/calendar/calendar.ts'
import { due, elapsed } from '../../../src/core/calendar/due.ts'
import { explainDue } from '../../../src/core/calendar/explain-due.ts'
import { contains, type Interval } from '../../../src/core/calendar/interval.ts'
import { workingIntervals } from '../../../src/core/calendar/working-time.ts'
import { calendarOf, hkOffice, roundTheClock } from './sample-calendars.ts'

const minute = 60_000
const start = Date.parse('2026-03-01T00:00:00Z')
const settings = { seed: 6_200_604, numRuns: 150 }

const split: Week = [
  [],
  [
    { fromMinute: 540, toMinute: 780 },
    { fromMinute: 840, toMinute: 1_080 },
  ],
  [{ fromMinute: 1_320, toMinute: 1_800 }],
  [{ fromMinute: 0, toMinute: 1_440 }],
  [{ fromMinute: 90, toMinute: 150 }],
  [{ fromMinute: 540, toMinute: 541 }],
  [{ fromMinute: 1_380, toMinute: 2_820 }],
]
const zones = ['Asia/Hong_Kong', 'America/Chicago', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const calendar: fc.Arbitrary<Calendar> = fc.oneof(
  fc.constant(hkOffice),
  fc.constantFrom(...zones).map((zone) => calendarOf(zone, split, ['2026-03-30', '2026-04-03'])),
)
const instant = fc.integer({ min: 0, max: 60 * 86_400 }).map((seconds) => new Date(start + seconds * 1_000))
const pause: fc.Arbitrary<Interval> = fc
  .tuple(instant, fc.integer({ min: 0, max: 5 * 86_400 }))
  .map(([startAt, seconds]) => ({ startAt, endAt: new Date(startAt.getTime() + seconds * 1_000) }))
const pauses = fc.array(pause, { maxLength: 3 })
const budget = fc.integer({ min: 1, max: 6_000 })

describe('the invariants of a business clock', () => {
  it('K1: time counted in two parts is the time counted at once', () => {
    fc.assert(
      fc.property(calendar, fc.tuple(instant, instant, instant), pauses, (clock, instants, stopped) => {
        const [a, b, c] = inOrder(instants)
        const parts = elapsed(clock, a, b, { pauses: stopped }) + elapsed(clock, b, c, { pauses: stopped })
        expect(parts).toBe(elapsed(clock, a, c, { pauses: stopped }))
      }),
      settings,
    )
  })

  it('K2: working time is never negative, never more than the time on the wall, and only grows', () => {
    fc.assert(
      fc.property(calendar, fc.tuple(instant, instant, instant), pauses, (clock, instants, stopped) => {
        const [a, b, c] = inOrder(instants)
        const early = elapsed(clock, a, b, { pauses: stopped })
        expect(early).toBeGreaterThanOrEqual(0)
        expect(early).toBeLessThanOrEqual(b.getTime() - a.getTime())
        expect(elapsed(clock, a, c, { pauses: stopped })).toBeGreaterThanOrEqual(early)
      }),
      settings,
    )
  })

  it('K3: the due time is the earliest that completes the work, and lies in working time', () => {
    fc.assert(
      fc.property(calendar, instant, budget, pauses, (clock, from, minutes, stopped) => {
        const at = due(clock, from, minutes, { pauses: stopped })
        expect(elapsed(clock, from, at, { pauses: stopped })).toBe(minutes * minute)
        const justBefore = new Date(at.getTime() - 1)
        expect(elapsed(clock, from, justBefore, { pauses: stopped })).toBe(minutes * minute - 1)
        const open = workingIntervals(clock, from, new Date(at.getTime() + 1), { pauses: stopped })
        expect(open.some((interval) => contains(interval, justBefore))).toBe(true)
      }),
      settings,
    )
  })

  it('K4: a pause never brings a deadline forward, and one outside working time changes nothing', () => {
    fc.assert(
      fc.property(calendar, instant, budget, pause, (clock, from, minutes, stopped) => {
        const without = due(clock, from, minutes)
        const withPause = due(clock, from, minutes, { pauses: [stopped] })
        expect(withPause.getTime()).toBeGreaterThanOrEqual(without.getTime())
        const lost = elapsed(clock, stopped.startAt, stopped.endAt)
        if (lost === 0) expect(withPause).toEqual(without)
      }),
      settings,
    )
  })

  it('K4: each minute of working time lost to a pause is added again at the end', () => {
    fc.assert(
      fc.property(calendar, instant, budget, fc.integer({ min: 0, max: 600 }), (clock, from, minutes, long) => {
        const startAt = due(clock, from, 1)
        const stopped = { startAt, endAt: new Date(startAt.getTime() + long * minute) }
        const lost = elapsed(clock, stopped.startAt, stopped.endAt)
        const later = due(clock, from, minutes + 1, { pauses: [stopped] })
        expect(later).toEqual(due(clock, from, minutes + 1 + lost / minute))
      }),
      settings,
    )
  })

  it('K5: pauses that overlap count once', () => {
    fc.assert(
      fc.property(calendar, instant, budget, pauses, (clock, from, minutes, stopped) => {
        const twice = [...stopped, ...stopped, ...joined(stopped)]
        expect(due(clock, from, minutes, { pauses: twice })).toEqual(due(clock, from, minutes, { pauses: stopped }))
      }),
      settings,
    )
  })

  it('K6: round the clock, due is start plus the time, and closures and holidays do not matter', () => {
    fc.assert(
      fc.property(instant, budget, pauses, (from, minutes, closures) => {
        expect(due(roundTheClock, from, minutes, { closures })).toEqual(new Date(from.getTime() + minutes * minute))
      }),
      settings,
    )
  })

  it('K7: a typhoon closure only postpones', () => {
    fc.assert(
      fc.property(calendar, instant, budget, pause, (clock, from, minutes, closure) => {
        const at = due(clock, from, minutes, { closures: [closure] })
        expect(at.getTime()).toBeGreaterThanOrEqual(due(clock, from, minutes).getTime())
        expect(at).toEqual(due(clock, from, minutes, { pauses: [closure] }))
      }),
      settings,
    )
  })

  it('K8: the internal target is 90 % of the working time, never after the promise, and before it from ten minutes on', () => {
    fc.assert(
      fc.property(calendar, instant, budget, pauses, (clock, from, minutes, stopped) => {
        const { dueAt, internalDueAt } = explainDue(clock, from, minutes, { pauses: stopped })
        expect(dueAt).toEqual(due(clock, from, minutes, { pauses: stopped }))
        expect(elapsed(clock, from, internalDueAt, { pauses: stopped })).toBe((minutes * minute * 9) / 10)
        expect(internalDueAt.getTime()).toBeLessThan(dueAt.getTime())
      }),
      settings,
    )
  })
})

function inOrder(instants: readonly [Date, Date, Date]): [Date, Date, Date] {
  const [a, b, c] = [...instants].sort((one, other) => one.getTime() - other.getTime())
  return [a!, b!, c!]
}

/** The second half of every pause again: covered already. */
function joined(stopped: readonly Interval[]): Interval[] {
  return stopped.map(({ startAt, endAt }) => ({ startAt: new Date((startAt.getTime() + endAt.getTime()) / 2), endAt }))
}

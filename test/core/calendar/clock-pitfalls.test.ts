import { describe, expect, it } from 'vitest'
import type { Week } from '../../../src/core/calendar/calendar.ts'
import { closuresFor, endedBy, lowerClosure, raiseClosure } from '../../../src/core/calendar/closures.ts'
import { due, elapsed } from '../../../src/core/calendar/due.ts'
import { workingIntervals } from '../../../src/core/calendar/working-time.ts'
import { calendarOf, daily, hk, hkOffice, roundTheClock } from './sample-calendars.ts'

/** The faults of other products' clocks, from the pitfalls table, each as a test. */
describe('clock faults others have had', () => {
  it('hold time is added to working time, not to the creation time (frappe/helpdesk#2449)', () => {
    // Held from 17:00 to 10:00 next day: two working hours, although seventeen hours passed on the wall.
    const pauses = [{ startAt: hk('2026-03-02T17:00'), endAt: hk('2026-03-03T10:00') }]
    expect(due(hkOffice, hk('2026-03-02T16:00'), 180, { pauses })).toEqual(hk('2026-03-03T12:00'))
  })

  it('pause time is not lost when the target changes in the middle (glpi#15605)', () => {
    const pauses = [{ startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T12:00') }]
    const from = hk('2026-03-02T09:00')
    expect(due(hkOffice, from, 120, { pauses })).toEqual(hk('2026-03-02T13:00'))
    expect(due(hkOffice, from, 240, { pauses })).toEqual(hk('2026-03-02T16:00'))
  })

  it('no day of the weekly schedule goes missing (osTicket#6739)', () => {
    const open = workingIntervals(hkOffice, hk('2026-03-01T00:00'), hk('2026-03-08T00:00'))
    const weekdays = open.map(({ startAt }) => new Date(startAt.getTime() + 8 * 3_600_000).getUTCDay())
    expect(weekdays).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6])
  })

  it('lunch is a gap in the day, not a holiday (osTicket#6847)', () => {
    expect(due(hkOffice, hk('2026-03-02T12:30'), 60)).toEqual(hk('2026-03-02T14:30'))
    expect(due(hkOffice, hk('2026-03-02T13:15'), 30)).toEqual(hk('2026-03-02T14:30'))
  })

  it('two breaks on one day that begin at the same minute of the hour both count (zammad TicketBizBreak)', () => {
    const calendar = calendarOf('Asia/Hong_Kong', daily([540, 630], [660, 750], [780, 1_080]))
    expect(elapsed(calendar, hk('2026-03-02T00:00'), hk('2026-03-03T00:00'))).toBe((90 + 90 + 300) * 60_000)
  })

  it('hours are those of the zone, not of UTC, and move with daylight saving (grafana oncall time windows)', () => {
    const london = calendarOf('Europe/London', daily([540, 1_020]))
    const open = workingIntervals(london, new Date('2026-03-28T00:00Z'), new Date('2026-03-30T00:00Z'))
    expect(open.map(({ startAt }) => startAt.toISOString())).toEqual([
      '2026-03-28T09:00:00.000Z',
      '2026-03-29T08:00:00.000Z',
    ])
  })

  it('a night that the clocks shorten has an hour less, one that they lengthen an hour more', () => {
    const nights = calendarOf('America/Chicago', daily([1_320, 1_800]))
    const spring = elapsed(nights, new Date('2025-03-08T18:00Z'), new Date('2025-03-09T18:00Z'))
    const autumn = elapsed(nights, new Date('2025-11-01T18:00Z'), new Date('2025-11-02T18:00Z'))
    expect([spring, autumn].map((time) => time / 3_600_000)).toEqual([7, 9])
  })

  it('a holiday shuts what would have started on it; the night before runs to its end', () => {
    const nights = calendarOf('Asia/Hong_Kong', daily([1_320, 1_800]), ['2026-03-03'])
    const open = workingIntervals(nights, hk('2026-03-02T12:00'), hk('2026-03-05T12:00'))
    expect(open).toEqual([
      { startAt: hk('2026-03-02T22:00'), endAt: hk('2026-03-03T06:00') },
      { startAt: hk('2026-03-04T22:00'), endAt: hk('2026-03-05T06:00') },
    ])
  })

  it('an opening is half-open: nothing counts at its end, everything from its start', () => {
    expect(elapsed(hkOffice, hk('2026-03-02T13:00'), hk('2026-03-02T14:00'))).toBe(0)
    expect(elapsed(hkOffice, hk('2026-03-02T12:59'), hk('2026-03-02T14:01'))).toBe(120_000)
  })

  it('neighbouring days round the clock join into one interval', () => {
    const calendar = calendarOf('Asia/Hong_Kong', daily([0, 1_440]))
    const [from, to] = [hk('2026-03-02T11:00'), hk('2026-03-06T12:00')]
    expect(workingIntervals(calendar, from, to)).toEqual([{ startAt: from, endAt: to }])
  })

  it('a clock that is never open again ends in a clear error instead of running for ever', () => {
    const never: Week = [[], [], [], [], [], [], []]
    const calendar = calendarOf('Asia/Hong_Kong', never)
    expect(() => due(calendar, hk('2026-03-02T09:00'), 1)).toThrow(
      'calendar test is not open long enough in the five years after 2026-03-02T01:00:00.000Z',
    )
    expect(elapsed(calendar, hk('2026-03-02T09:00'), hk('2027-03-02T09:00'))).toBe(0)
  })

  it('five years suffice for four and a half, and twenty bound what is counted', () => {
    expect(due(roundTheClock, hk('2026-01-01T00:00'), 4.5 * 365 * 1_440)).toEqual(
      new Date(hk('2026-01-01T00:00').getTime() + 4.5 * 365 * 86_400_000),
    )
    expect(() => due(roundTheClock, hk('2026-01-01T00:00'), 5 * 366 * 1_440 + 1)).toThrow(RangeError)
    expect(due(roundTheClock, hk('2026-01-01T00:00'), 5 * 366 * 1_440)).toBeInstanceOf(Date)
    expect(elapsed(roundTheClock, hk('2000-01-01T00:00'), hk('2020-01-01T00:00'))).toBe(7_305 * 86_400_000)
    expect(() => elapsed(roundTheClock, hk('2000-01-01T00:00'), hk('2020-02-01T00:00'))).toThrow(
      'longer than twenty years',
    )
  })

  it('no work is due at once, even outside hours; an end before the start counts nothing', () => {
    expect(due(hkOffice, hk('2026-03-01T03:00'), 0)).toEqual(hk('2026-03-01T03:00'))
    expect(elapsed(hkOffice, hk('2026-03-03T10:00'), hk('2026-03-02T10:00'))).toBe(0)
    expect(elapsed(roundTheClock, hk('2026-03-03T10:00'), hk('2026-03-02T10:00'))).toBe(0)
  })

  it('refuses negative time and dates that are none', () => {
    expect(() => due(hkOffice, hk('2026-03-02T09:00'), -1)).toThrow('a duration cannot be negative')
    expect(() => due(hkOffice, hk('2026-03-02T09:00'), Number.NaN)).toThrow(RangeError)
    expect(() => due(hkOffice, new Date('nonsense'), 1)).toThrow('not a valid instant')
    expect(() => elapsed(hkOffice, hk('2026-03-02T09:00'), new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('closures are raised and lowered by people', () => {
  const raised = {
    id: 't8-1',
    reason: 'typhoon_signal_8',
    startAt: hk('2026-07-20T12:20'),
    raisedBy: 'lam-mei-ling',
  } as const
  const garden = { ...raised, id: 'rain-1', reason: 'black_rainstorm', contract: 'jade-garden' } as const

  it('a closure raised twice is one closure', () => {
    const once = raiseClosure([], raised)
    expect(raiseClosure(once, raised)).toEqual([raised])
    expect(raiseClosure(once, garden)).toEqual([raised, garden])
  })

  it('lowering ends it once and names who did; others stay as they are', () => {
    const lowered = lowerClosure([raised, garden], {
      id: 't8-1',
      endAt: hk('2026-07-21T11:40'),
      loweredBy: 'ho-chi-keung',
    })
    expect(lowered).toEqual([{ ...raised, endAt: hk('2026-07-21T11:40'), loweredBy: 'ho-chi-keung' }, garden])
    expect(lowerClosure(lowered, { id: 't8-1', endAt: hk('2026-07-22T00:00'), loweredBy: 'x' })).toEqual(lowered)
  })

  it('a closure of one contract does not stop the clocks of another', () => {
    const now = hk('2026-07-20T13:00')
    expect(closuresFor([raised, garden], 'jade-garden', now).map(({ reason }) => reason)).toEqual([
      'typhoon_signal_8',
      'black_rainstorm',
    ])
    expect(closuresFor([raised, garden], 'harbour-view-tower', now).map(({ reason }) => reason)).toEqual([
      'typhoon_signal_8',
    ])
  })

  it('while it lasts the deadline moves on with the clock, and never lies in the past', () => {
    const from = hk('2026-07-20T11:00')
    for (const now of ['2026-07-20T15:00', '2026-07-20T17:00', '2026-07-21T10:00']) {
      const closures = closuresFor([raised], 'any', hk(now))
      const expected = due(hkOffice, hk(now), 160)
      expect(due(hkOffice, from, 240, { closures })).toEqual(expected)
    }
  })

  it('what begins later than now is not open yet, and what has ended keeps its end', () => {
    const ended = { startAt: hk('2026-03-02T09:00'), endAt: hk('2026-03-02T10:00') }
    const later = { startAt: hk('2026-03-09T09:00') }
    expect(endedBy<{ startAt: Date; endAt?: Date }>([ended, later], hk('2026-03-05T09:00'))).toEqual([
      ended,
      { ...later, endAt: later.startAt },
    ])
  })
})

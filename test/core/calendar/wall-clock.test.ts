import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, intersect, merge, type Span, subtract } from '../../../src/core/calendar/interval.ts'
import {
  dateOf,
  dayMs,
  evenPieces,
  firstInstant,
  lastInstant,
  midnightOf,
  wallTimeAt,
  weekdayOf,
} from '../../../src/core/calendar/wall-clock.ts'

const wall = (text: string) => Date.parse(`${text}Z`)
const iso = (at: number) => new Date(at).toISOString().slice(0, 16)

describe('from the wall clock to instants', () => {
  it.each([
    ['America/Chicago', '2025-03-09T01:59', '2025-03-09T07:59', '2025-03-09T07:59'],
    ['America/Chicago', '2025-03-09T02:00', '2025-03-09T08:00', '2025-03-09T08:00'],
    ['America/Chicago', '2025-03-09T02:59', '2025-03-09T08:00', '2025-03-09T08:00'],
    ['America/Chicago', '2025-03-09T03:00', '2025-03-09T08:00', '2025-03-09T08:00'],
    ['America/Chicago', '2025-03-09T03:01', '2025-03-09T08:01', '2025-03-09T08:01'],
    ['America/Chicago', '2025-11-02T00:59', '2025-11-02T05:59', '2025-11-02T05:59'],
    ['America/Chicago', '2025-11-02T01:00', '2025-11-02T06:00', '2025-11-02T07:00'],
    ['America/Chicago', '2025-11-02T01:59', '2025-11-02T06:59', '2025-11-02T07:59'],
    ['America/Chicago', '2025-11-02T02:00', '2025-11-02T08:00', '2025-11-02T08:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30', '2026-10-03T15:30'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45', '2026-04-04T15:15'],
    ['Asia/Tehran', '2021-09-21T23:30', '2021-09-21T19:00', '2021-09-21T20:00'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00', '2011-12-30T10:00'],
    ['Asia/Kathmandu', '2026-05-01T00:00', '2026-04-30T18:15', '2026-04-30T18:15'],
    ['Asia/Hong_Kong', '2026-05-01T00:00', '2026-04-30T16:00', '2026-04-30T16:00'],
  ])('%s %s is first %s and last %s', (zone, reading, first, last) => {
    expect(iso(firstInstant(zone, wall(reading)))).toBe(first)
    expect(iso(lastInstant(zone, wall(reading)))).toBe(last)
  })

  it('an instant finds its way back, and later readings never come earlier', () => {
    const zone = fc.constantFrom(
      'America/Chicago',
      'Atlantic/Azores',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Europe/London',
    )
    const at = fc.integer({ min: Date.parse('2021-01-01'), max: Date.parse('2023-01-01') })
    fc.assert(
      fc.property(zone, at, fc.integer({ min: 0, max: dayMs }), (where, when, later) => {
        const reading = wallTimeAt(where, when)
        const [first, last] = [firstInstant(where, reading), lastInstant(where, reading)]
        expect(first <= when && when <= last).toBe(true)
        expect([first, last]).toContain(when)
        expect(firstInstant(where, reading + later)).toBeGreaterThanOrEqual(first)
        expect(lastInstant(where, reading + later)).toBeGreaterThanOrEqual(last)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('pieces cover the time without gap, at most a day long, and break exactly at a change', () => {
    const within = { start: Date.parse('2025-03-08T12:00Z'), end: Date.parse('2025-03-10T12:00Z') }
    expect(
      [...evenPieces('America/Chicago', within)].map(({ start, end, offset }) => [
        iso(start),
        iso(end),
        offset / 3_600_000,
      ]),
    ).toEqual([
      ['2025-03-08T12:00', '2025-03-09T08:00', -6],
      ['2025-03-09T08:00', '2025-03-10T08:00', -5],
      ['2025-03-10T08:00', '2025-03-10T12:00', -5],
    ])
  })

  it('knows the date, its midnight and its weekday', () => {
    expect(dateOf(wall('2026-04-03T23:59'))).toBe('2026-04-03')
    expect(iso(midnightOf(wall('2026-04-03T23:59')))).toBe('2026-04-03T00:00')
    expect(midnightOf(wall('2026-04-03T00:00'))).toBe(wall('2026-04-03T00:00'))
    expect(weekdayOf(wall('2026-04-05T00:00'))).toBe(0)
  })
})

describe('spans of time', () => {
  const span = (start: number, end: number): Span => ({ start, end })

  it('are half-open', () => {
    const interval = { startAt: new Date(10), endAt: new Date(20) }
    expect([9, 10, 19, 20].map((at) => contains(interval, new Date(at)))).toEqual([false, true, true, false])
    expect(contains({ startAt: new Date(10) }, new Date(99))).toBe(true)
    expect(contains({ startAt: new Date(10) }, new Date(9))).toBe(false)
  })

  it('meet only where both are', () => {
    expect(intersect(span(0, 10), span(5, 20))).toEqual(span(5, 10))
    expect(intersect(span(0, 10), span(10, 20))).toBeUndefined()
  })

  it('merge when they overlap or touch; empty ones vanish', () => {
    expect(merge([span(5, 9), span(0, 3), span(3, 4), span(6, 7), span(12, 12), span(20, 15)])).toEqual([
      span(0, 4),
      span(5, 9),
    ])
  })

  it('leave what was not taken away', () => {
    const blocked = [span(0, 2), span(4, 5), span(9, 12), span(20, 30)]
    expect(subtract(span(1, 10), blocked)).toEqual([span(2, 4), span(5, 9)])
    expect(subtract(span(2, 4), blocked)).toEqual([span(2, 4)])
    expect(subtract(span(4, 5), blocked)).toEqual([])
    expect(subtract(span(13, 20), blocked)).toEqual([span(13, 20)])
  })
})

import { describe, expect, it } from 'vitest'
import type { RotationVersion } from '../../../src/core/duty/rosters.ts'
import { turnAt } from '../../../src/core/duty/rotation.ts'
import { windowAt, windowsIn } from '../../../src/core/duty/week-window.ts'
import { hk, rotationVersion, wall, week } from './sample-duty.ts'

const zone = 'Asia/Hong_Kong'
const holder = (version: RotationVersion, at: string) => {
  const turn = turnAt({ id: 'r', versions: [version] }, zone, hk(at).getTime())
  return turn && [turn.person, turn.turn, new Date(turn.start), new Date(turn.end)]
}

describe('a rotation that is worked on some days only', () => {
  const weekdays = rotationVersion({
    startsAtWall: wall('2026-03-02T00:00'),
    members: ['ann', 'ben', 'cat'],
    shiftMinutes: 1_440,
    only: week({ 'mon-fri': ['09:00-18:00'] }),
  })

  it('goes on with the next person after the weekend, not with Friday’s again (oneuptime#2413)', () => {
    const days = ['02', '03', '04', '05', '06', '09', '10', '11'].map(
      (day) => holder(weekdays, `2026-03-${day}T10:00`)?.[0],
    )
    expect(days).toEqual(['ann', 'ben', 'cat', 'ann', 'ben', 'cat', 'ann', 'ben'])
  })

  it('ends each turn with its hours, both ends half-open, and has nobody outside them', () => {
    expect(holder(weekdays, '2026-03-02T09:00')).toEqual(['ann', 1, hk('2026-03-02T09:00'), hk('2026-03-02T18:00')])
    expect(holder(weekdays, '2026-03-02T08:59')).toBeUndefined()
    expect(holder(weekdays, '2026-03-02T18:00')).toBeUndefined()
    expect(holder(weekdays, '2026-03-07T10:00')).toBeUndefined()
    expect(holder(weekdays, '2026-03-01T10:00')).toBeUndefined()
  })

  it('counts a night by the day it begins on: hand-over at noon, hours over midnight', () => {
    const nights = rotationVersion({
      startsAtWall: wall('2026-03-02T12:00'),
      members: ['ann', 'ben'],
      shiftMinutes: 1_440,
      only: week({ 'fri-sat': ['19:00-07:00'] }),
    })
    expect(holder(nights, '2026-03-06T20:00')).toEqual(['ann', 1, hk('2026-03-06T19:00'), hk('2026-03-07T07:00')])
    expect(holder(nights, '2026-03-07T06:59')?.[0]).toBe('ann')
    expect(holder(nights, '2026-03-07T20:00')?.[0]).toBe('ben')
    expect(holder(nights, '2026-03-13T20:00')?.[0]).toBe('ann')
    expect(holder(nights, '2026-03-14T20:00')?.[0]).toBe('ben')
  })

  it('gives everybody as many shifts, with four of them on twelve-hour shifts and hours by day (goalert#55)', () => {
    const days = rotationVersion({
      startsAtWall: wall('2026-03-02T07:00'),
      members: ['ann', 'ben', 'cat', 'dan'],
      shiftMinutes: 720,
      only: week({ daily: ['08:00-18:00'] }),
    })
    const held = Array.from({ length: 28 }, (_, day) => {
      const at = hk('2026-03-02T12:00').getTime() + day * 86_400_000
      return turnAt({ id: 'r', versions: [days] }, zone, at)?.person
    })
    for (const person of days.members) expect(held.filter((one) => one === person)).toHaveLength(7)
    expect(held.slice(0, 4)).toEqual(['ann', 'ben', 'cat', 'dan'])
  })

  it('clips a window that spans a hand-over to each one’s part', () => {
    const split = rotationVersion({
      startsAtWall: wall('2026-03-02T12:00'),
      members: ['ann', 'ben'],
      shiftMinutes: 1_440,
      only: week({ daily: ['09:00-18:00'] }),
    })
    expect(holder(split, '2026-03-03T10:00')).toEqual(['ann', 1, hk('2026-03-03T09:00'), hk('2026-03-03T12:00')])
    expect(holder(split, '2026-03-03T12:00')).toEqual(['ben', 2, hk('2026-03-03T12:00'), hk('2026-03-03T18:00')])
  })
})

describe('a rotation with a later version', () => {
  it('ends the running turn where the new one begins', () => {
    const old = rotationVersion()
    const anew = rotationVersion({ startsAtWall: wall('2026-03-03T01:00'), members: ['dan'] })
    const at = (time: string) => turnAt({ id: 'r', versions: [old, anew] }, zone, hk(time).getTime())
    expect(at('2026-03-02T20:00')).toMatchObject({ person: 'ben', end: hk('2026-03-03T01:00').getTime() })
    expect(at('2026-03-03T01:00')).toMatchObject({ person: 'dan', turn: 1, members: 1 })
    expect(turnAt({ id: 'r', versions: [] }, zone, 0)).toBeUndefined()
  })

  it('in the hour that comes twice, the shift that began in it has begun', () => {
    const hourly = rotationVersion({
      startsAtWall: wall('2025-11-02T00:00'),
      members: ['ann', 'ben'],
      shiftMinutes: 60,
    })
    const at = (instant: string) =>
      turnAt({ id: 'r', versions: [hourly] }, 'America/Chicago', Date.parse(instant))?.person
    // 00:00, the first 01:00, the second 01:00 of the same turn, then 02:00.
    const readings = [
      '2025-11-02T05:30Z',
      '2025-11-02T06:30Z',
      '2025-11-02T07:00Z',
      '2025-11-02T07:30Z',
      '2025-11-02T08:00Z',
    ]
    expect(readings.map(at)).toEqual(['ann', 'ben', 'ben', 'ben', 'ann'])
  })
})

describe('the windows of weekly hours', () => {
  const hours = week({ mon: ['22:00-02:00'], tue: ['09:00-10:00'] })
  const span = (from: string, until: string) => ({ start: hk(from).getTime(), end: hk(until).getTime() })

  it('are those that overlap a span, also the one of the evening before', () => {
    const night = span('2026-03-02T22:00', '2026-03-03T02:00')
    const morning = span('2026-03-03T09:00', '2026-03-03T10:00')
    expect(windowsIn(zone, hours, span('2026-03-03T01:59', '2026-03-03T09:01'))).toEqual([night, morning])
    expect(windowsIn(zone, hours, span('2026-03-03T02:00', '2026-03-03T09:00'))).toEqual([])
    expect(windowsIn(zone, hours, span('2026-03-02T00:00', '2026-03-02T22:00'))).toEqual([])
  })

  it('hold their beginning and not their end', () => {
    const at = (time: string) => windowAt(zone, hours, hk(time).getTime())
    expect(at('2026-03-02T22:00')).toEqual(span('2026-03-02T22:00', '2026-03-03T02:00'))
    expect(at('2026-03-02T21:59')).toBeUndefined()
    expect(at('2026-03-03T02:00')).toBeUndefined()
  })

  it('run from the first to the last time the clock shows their bounds', () => {
    const early = week({ sun: ['01:30-02:30'] })
    const at = (instant: string) => Date.parse(instant)
    expect(
      windowsIn('America/Chicago', early, { start: at('2025-11-02T00:00Z'), end: at('2025-11-03T00:00Z') }),
    ).toEqual([{ start: at('2025-11-02T06:30Z'), end: at('2025-11-02T08:30Z') }])
  })
})

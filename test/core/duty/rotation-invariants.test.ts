import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../src/core/calendar/wall-clock.ts'
import type { Rotation } from '../../../src/core/duty/rosters.ts'
import { turnAt } from '../../../src/core/duty/rotation.ts'
import { MinuteOracle } from '../calendar/minute-oracle.ts'
import { rotationVersion, wall, week } from './sample-duty.ts'

const windows = [
  ['America/Chicago', '2025-03-06T00:00Z'],
  ['America/Chicago', '2025-10-30T00:00Z'],
  ['Europe/London', '2026-03-26T00:00Z'],
  ['Europe/London', '2026-10-22T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-02T00:00Z'],
  ['Australia/Sydney', '2026-10-01T00:00Z'],
  ['Asia/Tehran', '2021-09-19T00:00Z'],
  ['Atlantic/Azores', '2026-10-22T00:00Z'],
  ['Pacific/Apia', '2011-12-27T00:00Z'],
  ['Asia/Kathmandu', '2026-05-01T00:00Z'],
  ['Asia/Hong_Kong', '2026-03-30T00:00Z'],
] as const

const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
const shiftHours = fc.constantFrom(1, 4, 8, 12, 24, 48, 168)

describe('R1, R2, R4: a rotation, minute by minute, around every change of the clocks', () => {
  it.each(windows)('%s from %s', (zone, start) => {
    const oracle = new MinuteOracle(zone, start, 7)
    const readings = oracle.readings.map(({ date, minute }) => wall(`${date}T00:00`) + minute * minuteMs)
    let highest = Number.NEGATIVE_INFINITY
    const shown = readings.map((reading) => {
      highest = Math.max(highest, reading)
      return highest
    })
    fc.assert(
      fc.property(members, shiftHours, fc.integer({ min: 0, max: 1_439 }), (people, hours, startMinute) => {
        const first = readings[0]! + startMinute * minuteMs
        const version = rotationVersion({ startsAtWall: first, members: people, shiftMinutes: hours * 60 })
        const rotation: Rotation = { id: 'r', versions: [version] }
        const wrong: string[] = []
        let before: ReturnType<typeof turnAt>
        for (let index = 0; index < readings.length; index += 15) {
          const at = oracle.start + index * minuteMs
          const turn = turnAt(rotation, zone, at)
          // What the wall clock has shown at the most so far, so that the hour that comes twice changes nothing.
          const shift = Math.floor((shown[index]! - first) / (hours * 60 * minuteMs))
          const expected = shift < 0 ? undefined : people[shift % people.length]
          if (turn?.person !== expected)
            wrong.push(`${new Date(at).toISOString()}: ${turn?.person} instead of ${expected}`)
          if (turn && !(turn.start <= at && at < turn.end))
            wrong.push(`${new Date(at).toISOString()} is outside the turn`)
          // Shifts of an hour can be swallowed by the hour that never comes, and a day by the date line.
          const swallowed = hours === 1 || zone === 'Pacific/Apia'
          if (turn && before && turn.start !== before.start && !swallowed) {
            if (turn.start !== before.end) wrong.push(`${new Date(at).toISOString()}: the shifts do not abut`)
            if (turn.person !== people[before.turn % people.length])
              wrong.push(`${new Date(at).toISOString()}: not the next in the list`)
          }
          before = turn
        }
        expect(wrong).toEqual([])
      }),
      { seed: 1_904, numRuns: 40 },
    )
  })

  it('R4: the hand-over keeps its reading on the wall all year, in every zone', () => {
    const zones = fc.constantFrom(
      'America/Chicago',
      'Europe/London',
      'Australia/Sydney',
      'America/New_York',
      'Asia/Hong_Kong',
    )
    fc.assert(
      fc.property(zones, fc.integer({ min: 5, max: 23 }), fc.integer({ min: 0, max: 400 }), (zone, hour, day) => {
        const startsAtWall = wall(`2026-01-05T${String(hour).padStart(2, '0')}:00`)
        const rotation = { id: 'r', versions: [rotationVersion({ startsAtWall, shiftMinutes: 1_440 })] }
        const turn = turnAt(rotation, zone, Date.parse('2026-01-07T00:00Z') + day * 86_400_000)
        const format = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        })
        expect(format.format(turn!.start)).toBe(`${String(hour).padStart(2, '0')}:00`)
        expect(format.format(turn!.end)).toBe(`${String(hour).padStart(2, '0')}:00`)
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('golden: a 02:30 hand-over in Chicago is at 03:00 on 9 March 2025, a 01:30 one at the first 01:30 on 2 November', () => {
    const daily = (startsAtWall: number) => ({
      id: 'r',
      versions: [rotationVersion({ startsAtWall, shiftMinutes: 1_440 })],
    })
    const spring = turnAt(daily(wall('2025-03-01T02:30')), 'America/Chicago', Date.parse('2025-03-09T12:00Z'))
    expect(new Date(spring!.start)).toEqual(new Date('2025-03-09T03:00-05:00'))
    const autumn = turnAt(daily(wall('2025-10-01T01:30')), 'America/Chicago', Date.parse('2025-11-02T12:00Z'))
    expect(new Date(autumn!.start)).toEqual(new Date('2025-11-02T01:30-05:00'))
  })
})

describe('versions of a rotation', () => {
  const versions = [
    rotationVersion({ startsAtWall: wall('2026-03-02T07:00'), members: ['a', 'b'], shiftMinutes: 1_440 }),
    rotationVersion({ startsAtWall: wall('2026-03-04T19:00'), members: ['c', 'a', 'b'], shiftMinutes: 720 }),
  ]
  const rotation: Rotation = { id: 'r', versions }
  const at = (text: string) => turnAt(rotation, 'Asia/Hong_Kong', Date.parse(`${text}+08:00`))

  it('a new version takes over at its start, cuts the running shift, and leaves the past as it was', () => {
    expect(at('2026-03-02T06:59')).toBeUndefined()
    expect(at('2026-03-02T07:00')?.person).toBe('a')
    expect(at('2026-03-03T07:00')?.person).toBe('b')
    expect(at('2026-03-04T18:59')).toMatchObject({
      person: 'a',
      turn: 1,
      members: 2,
      end: Date.parse('2026-03-04T19:00+08:00'),
    })
    expect(at('2026-03-04T19:00')).toMatchObject({
      person: 'c',
      turn: 1,
      members: 3,
      end: Date.parse('2026-03-05T07:00+08:00'),
    })
    expect(at('2026-03-05T07:00')?.person).toBe('a')
  })
})

describe('X2: turns in restricted hours are shared fairly', () => {
  it('weekdays only: fourteen people all get a shift (goalert#55), and Friday is followed by the next person on Monday (oneuptime#2413)', () => {
    const people = Array.from({ length: 14 }, (_, index) => `p${index}`)
    const only = week({ 'mon-fri': ['09:00-17:00'] })
    const rotation = {
      id: 'r',
      versions: [
        rotationVersion({ startsAtWall: wall('2026-03-02T00:00'), members: people, shiftMinutes: 1_440, only }),
      ],
    }
    const holders = Array.from({ length: 14 * 7 }, (_, day) =>
      turnAt(rotation, 'Asia/Hong_Kong', Date.parse('2026-03-02T12:00+08:00') + day * 86_400_000),
    )
    const worked = holders.flatMap((turn) => turn?.person ?? [])
    expect(worked).toEqual(Array.from({ length: 70 }, (_, index) => people[index % 14]))
    expect(holders[5]).toBeUndefined()
  })

  it('over a full period everybody holds the same number of shifts, and turns follow each other', () => {
    const hours = fc.constantFrom(
      ['mon-fri', '09:00-17:00'],
      ['sat-sun', '22:00-06:00'],
      ['wed', '00:00-24:00'],
      ['daily', '23:00-01:00'],
    )
    fc.assert(
      fc.property(hours, members, fc.constantFrom(6, 8, 12, 24, 48, 168), ([days, opening], people, length) => {
        const only = week({ [days!]: [opening!] })
        const version = rotationVersion({
          startsAtWall: wall('2026-03-02T07:00'),
          members: people,
          shiftMinutes: length * 60,
          only,
        })
        const start = Date.parse('2026-03-02T07:00+08:00')
        const holders = new Map<number, string>()
        // A full period: every member has met every hour of the week.
        const period = lcm(length, 168) * people.length
        for (let hour = 0; hour < period; hour += 1) {
          const turn = turnAt({ id: 'r', versions: [version] }, 'Asia/Hong_Kong', start + hour * 3_600_000)
          if (turn) holders.set(Math.floor(hour / length), turn.person)
        }
        const order = [...holders.entries()].sort(([a], [b]) => a - b).map(([, who]) => who)
        expect(order).toEqual(order.map((_, index) => people[index % people.length]))
        const counts = people.map((one) => order.filter((who) => who === one).length)
        expect(new Set(counts).size).toBe(1)
      }),
      { seed: 55, numRuns: 40 },
    )
  })

  it('a turn in restricted hours ends with the window or the shift, whichever comes first', () => {
    const only = week({ daily: ['09:00-17:00'] })
    const rotation = {
      id: 'r',
      versions: [rotationVersion({ startsAtWall: wall('2026-03-02T12:00'), shiftMinutes: 1_440, only })],
    }
    const turn = (text: string) => turnAt(rotation, 'Asia/Hong_Kong', Date.parse(`${text}+08:00`))
    expect(turn('2026-03-03T10:00')).toMatchObject({
      start: Date.parse('2026-03-03T09:00+08:00'),
      end: Date.parse('2026-03-03T12:00+08:00'),
    })
    expect(turn('2026-03-03T12:00')).toMatchObject({
      start: Date.parse('2026-03-03T12:00+08:00'),
      end: Date.parse('2026-03-03T17:00+08:00'),
    })
    expect(turn('2026-03-03T17:00')).toBeUndefined()
    expect(turn('2026-03-02T11:59')).toBeUndefined()
  })
})

function lcm(a: number, b: number): number {
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y))
  return (a * b) / gcd(a, b)
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesBetween, scheduleEdges } from '../../../src/core/duty/duty-edges.ts'
import { resolveSchedule } from '../../../src/core/duty/resolve-schedule.ts'
import { type Override, type OverrideChange, type Rosters, withChanges } from '../../../src/core/duty/rosters.ts'
import { hk, override, rosters, rotationVersion, schedule, wall, week } from './sample-duty.ts'

const desk = schedule()
const peopleAt = (duty: Rosters, at: Date, of = duty.schedules.get('desk')!) =>
  resolveSchedule(duty, of, at).people.map(({ person }) => person)
const withOverrides = (...overrides: Override[]) => rosters([desk], { overrides })

/** Monday 07:00 ann, 19:00 ben, Tuesday 07:00 cat, 19:00 ann … */
describe('R3: temporary schedules over overrides over rotations, half-open', () => {
  const from = hk('2026-03-02T10:00')
  const until = hk('2026-03-02T12:00')

  it('add: one more, from the start to just before the end', () => {
    const duty = withOverrides(override({ kind: 'add', add: 'dan' }, from, until))
    expect(peopleAt(duty, hk('2026-03-02T09:59'))).toEqual(['ann'])
    expect(peopleAt(duty, from)).toEqual(['ann', 'dan'])
    expect(peopleAt(duty, new Date(until.getTime() - 1))).toEqual(['ann', 'dan'])
    expect(peopleAt(duty, until)).toEqual(['ann'])
  })

  it('add: somebody on duty already counts once', () => {
    expect(peopleAt(withOverrides(override({ kind: 'add', add: 'ann' }, from, until)), from)).toEqual(['ann'])
  })

  it('remove: leaves nobody where there was one, and does nothing to somebody who is off', () => {
    expect(peopleAt(withOverrides(override({ kind: 'remove', remove: 'ann' }, from, until)), from)).toEqual([])
    expect(peopleAt(withOverrides(override({ kind: 'remove', remove: 'ben' }, from, until)), from)).toEqual(['ann'])
  })

  it('replace: one for another, only while the replaced person is on duty (goalert#4306)', () => {
    const long = override(
      { kind: 'replace', remove: 'ann', add: 'dan' },
      hk('2026-03-02T07:00'),
      hk('2026-03-04T07:00'),
    )
    const duty = withOverrides(long)
    expect(peopleAt(duty, hk('2026-03-02T07:00'))).toEqual(['dan'])
    expect(peopleAt(duty, hk('2026-03-02T19:00'))).toEqual(['ben'])
    expect(peopleAt(duty, hk('2026-03-03T19:00'))).toEqual(['dan'])
  })

  it('a cover can itself be covered by a later override', () => {
    const duty = withOverrides(
      override({ kind: 'replace', remove: 'ann', add: 'dan' }, from, until, 'o1'),
      override({ kind: 'replace', remove: 'dan', add: 'cat' }, from, until, 'o2'),
    )
    expect(peopleAt(duty, from)).toEqual(['cat'])
  })

  it('an override of one schedule does not leak into another (oneuptime#2445)', () => {
    const other = schedule({ id: 'other' })
    const duty = rosters([desk, other], { overrides: [override({ kind: 'add', add: 'dan' }, from, until)] })
    expect(peopleAt(duty, from, other)).toEqual(['ann'])
  })

  it('a temporary schedule is the schedule while it lasts, empty hours included', () => {
    const temporary = {
      id: 't1',
      schedule: 'desk',
      startAt: hk('2026-03-02T09:00'),
      endAt: hk('2026-03-02T21:00'),
      shifts: [{ person: 'cat', startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T11:00') }],
    }
    const duty = rosters([desk], { temporary: [temporary] })
    expect(peopleAt(duty, hk('2026-03-02T08:59'))).toEqual(['ann'])
    expect(peopleAt(duty, hk('2026-03-02T09:00'))).toEqual([])
    expect(peopleAt(duty, hk('2026-03-02T10:00'))).toEqual(['cat'])
    expect(peopleAt(duty, hk('2026-03-02T11:00'))).toEqual([])
    expect(peopleAt(duty, hk('2026-03-02T21:00'))).toEqual(['ben'])
  })

  it('an override hidden by a temporary schedule is told (goalert#929), and so is an older temporary schedule', () => {
    const temporary = (id: string) => ({
      id,
      schedule: 'desk',
      startAt: from,
      endAt: until,
      shifts: [{ person: 'cat', startAt: from, endAt: until }],
    })
    const duty = rosters([desk], {
      overrides: [override({ kind: 'add', add: 'dan' }, from, until)],
      temporary: [temporary('t1'), temporary('t2')],
    })
    const resolved = resolveSchedule(duty, desk, from)
    expect(resolved.people.map(({ person, because }) => [person, because])).toEqual([
      ['cat', 'Desk: temporary schedule t2, until Mon 2 Mar 12:00'],
    ])
    expect(resolved.warnings).toEqual([
      'override o1 has no effect: temporary schedule t2 is in force',
      'temporary schedule t1 is hidden by t2',
    ])
    expect(resolveSchedule(duty, desk, until).warnings).toEqual([])
  })

  it('says by which rule and until when', () => {
    const duty = withOverrides(
      override({ kind: 'replace', remove: 'ann', add: 'dan' }, hk('2026-03-02T18:00'), hk('2026-03-03T02:00')),
      override({ kind: 'add', add: 'cat' }, from, until, 'o2'),
    )
    const because = (at: Date) => resolveSchedule(duty, desk, at).people.map((one) => one.because)
    expect(because(from)).toEqual([
      'Desk: rotation main, turn 1 of 3, until Mon 2 Mar 19:00',
      'Desk: added by boss, until Mon 2 Mar 12:00',
    ])
    expect(because(hk('2026-03-02T18:30'))).toEqual(['Desk: in place of ann, recorded by boss, until Mon 2 Mar 19:00'])
    const short = withOverrides(override({ kind: 'replace', remove: 'ann', add: 'dan' }, from, until))
    expect(resolveSchedule(short, desk, from).people[0]?.until).toEqual(until)
  })

  it('recorded changes come after those of the configuration', () => {
    const configured = withOverrides(override({ kind: 'replace', remove: 'ann', add: 'dan' }, from, until))
    const later = override({ kind: 'replace', remove: 'dan', add: 'ben' }, from, until, 'o2')
    const shift = { person: 'cat', startAt: from, endAt: until }
    expect(peopleAt(withChanges(configured, { overrides: [later] }), from)).toEqual(['ben'])
    expect(peopleAt(withChanges(configured, {}), from)).toEqual(['dan'])
    const temporary = [{ id: 't', schedule: 'desk', startAt: from, endAt: until, shifts: [shift] }]
    expect(peopleAt(withChanges(configured, { temporary }), from)).toEqual(['cat'])
  })
})

describe('fixed shifts', () => {
  it('a night belongs to the day it begins on and ends sharp', () => {
    const nights = schedule({
      rotations: [],
      weeklyShifts: [{ id: 'night', people: ['ann', 'ben'], week: week({ 'tue-sun': ['19:00-07:00'] }) }],
    })
    const at = (text: string) => peopleAt(rosters([nights]), hk(text))
    expect(at('2026-03-02T06:59')).toEqual(['ann', 'ben'])
    expect(at('2026-03-02T07:00')).toEqual([])
    expect(at('2026-03-02T20:00')).toEqual([])
    expect(at('2026-03-03T18:59')).toEqual([])
    expect(at('2026-03-03T19:00')).toEqual(['ann', 'ben'])
    expect(resolveSchedule(rosters([nights]), nights, hk('2026-03-03T20:00')).people[0]?.because).toBe(
      'Desk: shift night, until Wed 4 Mar 07:00',
    )
  })

  it('in the hour that comes twice shifts overlap rather than leave it to nobody', () => {
    const shifts = [
      { id: 'late', people: ['ann'], week: week({ daily: ['13:00-01:30'] }) },
      { id: 'early', people: ['ben'], week: week({ daily: ['01:30-13:00'] }) },
    ]
    const desk = schedule({ zone: 'America/Chicago', rotations: [], weeklyShifts: shifts })
    const at = (text: string) => peopleAt(rosters([desk]), new Date(text))
    expect(at('2025-11-02T01:29:00-05:00')).toEqual(['ann'])
    expect(at('2025-11-02T01:30:00-05:00')).toEqual(['ann', 'ben'])
    expect(at('2025-11-02T01:29:00-06:00')).toEqual(['ann', 'ben'])
    expect(at('2025-11-02T01:30:00-06:00')).toEqual(['ben'])
  })

  it('dated shifts add to the others and name a person once', () => {
    const dated = schedule({
      datedShifts: [
        { person: 'dan', startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T12:00') },
        { person: 'ann', startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T12:00') },
      ],
    })
    expect(peopleAt(rosters([dated]), hk('2026-03-02T10:00'))).toEqual(['ann', 'dan'])
    expect(peopleAt(rosters([dated]), hk('2026-03-02T12:00'))).toEqual(['ann'])
    const only = schedule({ rotations: [], datedShifts: dated.datedShifts })
    expect(resolveSchedule(rosters([only]), only, hk('2026-03-02T11:00')).people[0]?.because).toBe(
      'Desk: dated shift, until Mon 2 Mar 12:00',
    )
  })
})

const start = hk('2026-03-26T00:00').getTime()
const period = fc
  .tuple(fc.integer({ min: 0, max: 6 * 1_440 }), fc.integer({ min: 1, max: 2 * 1_440 }))
  .map(([from, long]) => ({
    startAt: new Date(start + from * 60_000),
    endAt: new Date(start + (from + long) * 60_000),
  }))
const who = fc.constantFrom('ann', 'ben', 'cat', 'dan')
const change: fc.Arbitrary<OverrideChange> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), add: who }),
  fc.record({ kind: fc.constant('remove' as const), remove: who }),
  fc.record({ kind: fc.constant('replace' as const), remove: who, add: who }),
)
const overrides = fc
  .array(fc.tuple(change, period), { maxLength: 4 })
  .map((all) => all.map(([what, { startAt, endAt }], index) => override(what, startAt, endAt, `o${index}`)))
const temporary = fc.array(fc.tuple(period, who, period), { maxLength: 2 }).map((all) =>
  all.map(([whole, person, shift], index) => ({
    id: `t${index}`,
    schedule: 'desk',
    ...whole,
    shifts: [{ person, ...shift }],
  })),
)
const late = {
  id: 'late',
  versions: [rotationVersion({ startsAtWall: wall('2026-03-28T19:00'), members: ['ann', 'cat'] })],
}
const complicated = fc.constantFrom('Europe/London', 'America/Chicago', 'Asia/Hong_Kong').map((zone) =>
  schedule({
    zone,
    rotations: [
      late,
      {
        id: 'r',
        versions: [
          rotationVersion({ startsAtWall: wall('2026-03-20T07:00') }),
          rotationVersion({ startsAtWall: wall('2026-03-29T01:30'), members: ['dan', 'ann'], shiftMinutes: 60 * 7 }),
        ],
      },
      { id: 's', versions: [rotationVersion({ members: ['ben', 'cat'], only: week({ 'fri-mon': ['22:00-01:30'] }) })] },
    ],
    weeklyShifts: [{ id: 'w', people: ['cat'], week: week({ sun: ['00:30-02:30'] }) }],
  }),
)

describe('cutting time at edges', () => {
  it('keeps the edges inside, each once, in order, and makes no empty piece', () => {
    expect(piecesBetween([9, 3, 0, 10, 3, -1, 12], { start: 0, end: 10 })).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 9 },
      { start: 9, end: 10 },
    ])
    expect(piecesBetween([], { start: 0, end: 10 })).toEqual([{ start: 0, end: 10 }])
  })
})

describe('R3 and X1 for any changes', () => {
  const minutes = fc.integer({ min: 0, max: 8 * 1_440 })

  it('overrides do what a plain list of names does', () => {
    fc.assert(
      fc.property(overrides, minutes, (recorded, minute) => {
        const at = new Date(start + minute * 60_000)
        const names = new Set(peopleAt(rosters([desk]), at))
        for (const one of recorded.filter(({ startAt, endAt }) => startAt <= at && at < endAt)) {
          if (one.kind === 'add') names.add(one.add)
          if (one.kind === 'remove') names.delete(one.remove)
          if (one.kind === 'replace' && names.delete(one.remove)) names.add(one.add)
        }
        expect(new Set(peopleAt(withOverrides(...recorded), at))).toEqual(names)
      }),
      { seed: 4_306, numRuns: 400 },
    )
  })

  it('X1: the plan made ahead names the same people as the resolver asked at any instant in it', () => {
    const within = { start, end: start + 8 * 86_400_000 }
    fc.assert(
      fc.property(
        complicated,
        overrides,
        temporary,
        fc.array(minutes, { minLength: 20, maxLength: 20 }),
        (plan, recorded, temps, asked) => {
          const duty = rosters([plan], { overrides: recorded, temporary: temps })
          const pieces = piecesBetween(scheduleEdges(duty, plan, within), within)
          expect(pieces.map(({ start: from }) => from)).toEqual([
            within.start,
            ...pieces.slice(0, -1).map(({ end }) => end),
          ])
          for (const minute of asked) {
            const at = Math.min(start + minute * 60_000, within.end - 1)
            const piece = pieces.find((one) => one.start <= at && at < one.end)!
            expect(resolveSchedule(duty, plan, new Date(at))).toEqual(
              resolveSchedule(duty, plan, new Date(piece.start)),
            )
          }
        },
      ),
      { seed: 3_411, numRuns: 200 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { acceptHandOver, offerHandOvers, responsibleFor } from '../../../src/core/duty/hand-over.ts'
import type { Duty } from '../../../src/core/duty/on-duty.ts'
import { onDuty } from '../../../src/core/duty/on-duty.ts'
import { withChanges } from '../../../src/core/duty/rosters.ts'
import {
  addToShift,
  cover,
  removeFromShift,
  type ShiftChange,
  swap,
  takeOver,
} from '../../../src/core/duty/shift-changes.ts'
import {
  fourPeople,
  group,
  hk,
  override,
  person,
  rosters,
  rotationVersion,
  schedule,
  site,
  staff,
  wall,
  week,
} from './sample-duty.ts'

const duty: Duty = { staff: fourPeople, rosters: rosters() }
const record = { id: 'c1', by: 'boss', schedule: 'desk' }

function apply(of: Duty, change: ShiftChange): Duty {
  if (!change.ok) throw new Error(change.faults.join('; '))
  return { ...of, rosters: withChanges(of.rosters, { overrides: change.overrides }) }
}
const names = (of: Duty, at: string) =>
  onDuty({ ...of, site: 'tower', level: 1, at: hk(at) }).people.map(({ person: { id } }) => id)
const faults = (change: ShiftChange) => (change.ok ? [] : change.faults)

describe('a cover', () => {
  const request = {
    ...record,
    absent: 'ann',
    cover: 'dan',
    startAt: hk('2026-03-02T10:00'),
    endAt: hk('2026-03-02T19:00'),
  }

  it('stands in for exactly the time asked', () => {
    const changed = apply(duty, cover(duty, { ...request, reason: 'dentist' }))
    expect(changed.rosters.overrides).toEqual([
      {
        kind: 'replace',
        id: 'c1',
        schedule: 'desk',
        startAt: request.startAt,
        endAt: request.endAt,
        remove: 'ann',
        add: 'dan',
        by: 'boss',
        reason: 'dentist',
      },
    ])
    expect(
      ['2026-03-02T09:59', '2026-03-02T10:00', '2026-03-02T18:59', '2026-03-02T19:00'].map((at) => names(changed, at)),
    ).toEqual([['ann'], ['dan'], ['dan'], ['ben']])
  })

  it.each([
    ['for somebody who is off then', { absent: 'cat' }, ['cat is not on duty then']],
    ['by a stranger', { cover: 'zoe' }, ['"zoe" is not on the staff list']],
    ['on an unknown schedule', { schedule: 'x' }, ['there is no schedule "x"']],
    ['that ends before it starts', { endAt: hk('2026-03-02T10:00') }, ['ends before it starts']],
  ])('is refused %s', (_, change, expected) => {
    expect(faults(cover(duty, { ...request, ...change }))).toEqual(expected)
  })

  it('is refused by somebody on duty at the same time, because the post would be one short', () => {
    const pair = schedule({
      rotations: [],
      weeklyShifts: [{ id: 'pair', people: ['ann', 'dan'], week: week({ daily: ['00:00-24:00'] }) }],
    })
    expect(faults(cover({ ...duty, rosters: rosters([pair]) }, request))).toEqual(['dan is on duty then already'])
  })

  it('is refused by somebody who could not be paged, has no role there, or whose permit lapses before the end', () => {
    const needs = group({ needs: { permits: ['B'] } })
    const sites = new Map([['tower', site([needs])]])
    const one = { address: { channel: 'sms', id: '1' }, verified: true, afterSeconds: 0 } as const
    const people = staff(
      person('ann'),
      person('dan', {
        methods: [one, { ...one, address: { channel: 'sms', id: '2' } }],
        posts: [],
        permits: [{ category: 'B', expiresAt: hk('2026-03-02T18:00') }],
      }),
    )
    expect(faults(cover({ staff: people, rosters: rosters(undefined, { sites }) }, request))).toEqual([
      'dan has fewer than two verified contact methods on different channels',
      'dan handles no cases at tower',
      'dan permit has expired',
    ])
    const valid = staff(person('ann'), person('dan', { permits: [{ category: 'B', expiresAt: request.endAt }] }))
    expect(faults(cover({ staff: valid, rosters: rosters(undefined, { sites }) }, request))).toEqual([])
  })

  it('of the relief asks for the same fitness, because the relief is paged as the post is', () => {
    const relieved = site([group({ schedules: ['other'], relief: ['desk'], needs: { training: ['post'] } })])
    const relief: Duty = { ...duty, rosters: rosters([schedule()], { sites: new Map([['tower', relieved]]) }) }
    expect(faults(cover(relief, request))).toEqual([expect.stringContaining('dan')])
  })

  it('a fault that holds for two groups is told once, and groups of other schedules do not matter', () => {
    const sites = new Map([
      [
        'tower',
        site([
          group(),
          group({ group: 'list', schedules: ['desk'] }),
          group({ group: 'x', schedules: ['other'], needs: { permits: ['B'] } }),
        ]),
      ],
    ])
    const people = staff(person('ann'), person('dan', { methods: [] }))
    expect(faults(cover({ staff: people, rosters: rosters(undefined, { sites }) }, request))).toEqual([
      'dan has fewer than two verified contact methods on different channels',
      'dan has no working contact method',
    ])
  })
})

describe('a swap', () => {
  const one = { person: 'ann', startAt: hk('2026-03-02T07:00'), endAt: hk('2026-03-02T19:00') }
  const other = { person: 'ben', startAt: hk('2026-03-02T19:00'), endAt: hk('2026-03-03T07:00') }

  it('exchanges two shifts, both ways', () => {
    const changed = apply(duty, swap(duty, { ...record, one, other }))
    expect(
      ['2026-03-02T07:00', '2026-03-02T18:59', '2026-03-02T19:00', '2026-03-03T06:59', '2026-03-03T07:00'].map((at) =>
        names(changed, at),
      ),
    ).toEqual([['ben'], ['ben'], ['ann'], ['ann'], ['cat']])
    expect(changed.rosters.overrides.map(({ id }) => id)).toEqual(['c1:1', 'c1:2'])
  })

  it('is refused whole when the stretches overlap or one half does not work', () => {
    expect(faults(swap(duty, { ...record, one, other: { ...other, startAt: hk('2026-03-02T18:00') } }))).toEqual([
      'the two stretches overlap',
    ])
    expect(faults(swap(duty, { ...record, one, other: { ...other, person: 'cat' } }))).toEqual([
      'cat is not on duty then',
    ])
    expect(faults(swap(duty, { ...record, one: other, other: { ...one, person: 'cat' } }))).toEqual([
      'cat is not on duty then',
    ])
  })
})

describe('taking over', () => {
  it('runs from now to the end of the shift', () => {
    const changed = apply(duty, takeOver(duty, { ...record, from: 'ann', to: 'cat', at: hk('2026-03-02T11:11') }))
    expect(
      ['2026-03-02T11:10', '2026-03-02T11:11', '2026-03-02T18:59', '2026-03-02T19:00', '2026-03-03T19:00'].map((at) =>
        names(changed, at),
      ),
    ).toEqual([['ann'], ['cat'], ['cat'], ['ben'], ['ann']])
  })

  it('is refused when the other is not on duty, the stand-in is unknown, or the schedule is', () => {
    const ask = { ...record, from: 'ben', to: 'cat', at: hk('2026-03-02T11:11') }
    expect(faults(takeOver(duty, ask))).toEqual(['ben is not on duty now'])
    expect(faults(takeOver(duty, { ...ask, from: 'ann', to: 'zoe' }))).toEqual(['"zoe" is not on the staff list'])
    expect(faults(takeOver(duty, { ...ask, schedule: 'x' }))).toEqual(['there is no schedule "x"'])
  })
})

describe('fourteen nights of 19:00 to 07:00 with a swap, a no-show and a cover of a cover', () => {
  it('the person on duty is always the one the desk agreed on', () => {
    const nights = rotationVersion({
      startsAtWall: wall('2026-03-02T19:00'),
      members: ['ann', 'ben', 'cat'],
      shiftMinutes: 1_440,
      only: week({ daily: ['19:00-07:00'] }),
    })
    let of: Duty = {
      staff: fourPeople,
      rosters: rosters([schedule({ rotations: [{ id: 'nights', versions: [nights] }] })]),
    }
    const night = (day: number) => ({
      startAt: new Date(hk('2026-03-02T19:00').getTime() + day * 86_400_000),
      endAt: new Date(hk('2026-03-03T07:00').getTime() + day * 86_400_000),
    })
    // Nights 3 and 4 are swapped between ann and ben; ben does not come on night 7, dan takes over at 21:00; on night 8 dan covers cat, then ann covers dan.
    of = apply(
      of,
      swap(of, { ...record, id: 's', one: { person: 'ann', ...night(3) }, other: { person: 'ben', ...night(4) } }),
    )
    of = apply(
      of,
      takeOver(of, {
        ...record,
        id: 't',
        from: 'ben',
        to: 'dan',
        at: new Date(night(7).startAt.getTime() + 7_200_000),
      }),
    )
    of = apply(of, cover(of, { ...record, id: 'u', absent: 'cat', cover: 'dan', ...night(8) }))
    of = apply(of, cover(of, { ...record, id: 'v', absent: 'dan', cover: 'ann', ...night(8) }))
    const at = (day: number, hours: number) =>
      onDuty({ ...of, site: 'tower', level: 1, at: new Date(night(day).startAt.getTime() + hours * 3_600_000) })
        .people.map(({ person: { id } }) => id)
        .join()
    const firsts = Array.from({ length: 14 }, (_, day) => at(day, 0))
    expect(firsts).toEqual([
      'ann',
      'ben',
      'cat',
      'ben',
      'ann',
      'cat',
      'ann',
      'ben',
      'ann',
      'ann',
      'ben',
      'cat',
      'ann',
      'ben',
    ])
    expect([at(7, 1.99), at(7, 2), at(7, 11.99), at(7, 12), at(8, 11)]).toEqual(['ben', 'dan', 'dan', '', 'ann'])
  })
})

describe('handing over open work', () => {
  const items = [
    { caseId: 'GH-1', owner: 'ann', headline: 'red' },
    { caseId: 'GH-2', owner: 'ben', headline: 'green' },
    { caseId: 'GH-3', owner: 'ann', headline: 'amber' },
  ]
  const at = hk('2026-03-02T19:00')
  const offer = (of = duty, when = at) => offerHandOvers(of, { schedule: 'desk', at: when, items })

  it('offers the work of those who leave to those who come', () => {
    expect(offer()).toEqual([
      {
        id: 'desk:2026-03-02T11:00:00.000Z:ann',
        schedule: 'desk',
        from: 'ann',
        to: ['ben'],
        offeredAt: at,
        items: [items[0], items[2]],
      },
    ])
  })

  it('offers nothing in mid-shift, to nobody, or for a schedule that is not there', () => {
    expect(offer(duty, hk('2026-03-02T18:00'))).toEqual([])
    const overrides = [override({ kind: 'remove', remove: 'ben' }, at, hk('2026-03-03T07:00'))]
    expect(offer({ ...duty, rosters: rosters(undefined, { overrides }) })).toEqual([])
    expect(offerHandOvers(duty, { schedule: 'x', at, items })).toEqual([])
  })

  it('stays with the one who leaves until somebody it was offered to accepts', () => {
    const [handOver] = offer()
    expect(responsibleFor(handOver!)).toBe('ann')
    expect(acceptHandOver(handOver!, { by: 'cat', at })).toBeUndefined()
    const accepted = acceptHandOver(handOver!, { by: 'ben', at: hk('2026-03-02T19:05') })!
    expect(accepted).toEqual({ ...handOver, acceptedBy: 'ben', acceptedAt: hk('2026-03-02T19:05') })
    expect(responsibleFor(accepted)).toBe('ben')
    expect(acceptHandOver(accepted, { by: 'ben', at: hk('2026-03-02T20:00') })).toEqual(accepted)
    expect(acceptHandOver(accepted, { by: 'ann', at })).toBeUndefined()
  })
})

describe('a stretch in which somebody is on duty for a part only', () => {
  // Ann from 7 to 19, Ben until 7 the next morning.
  const [seven, evening, nextMorning] = [hk('2026-03-02T07:00'), hk('2026-03-02T19:00'), hk('2026-03-03T07:00')]
  const two = { ...duty, rosters: rosters([schedule({ rotations: [{ id: 'a', versions: [rotationVersion()] }] })]) }

  it('they can be covered for it', () => {
    const asked = { ...record, absent: 'ann', cover: 'dan', startAt: seven, endAt: nextMorning }
    const changed = apply(two, cover(two, asked))
    expect([names(changed, '2026-03-02T10:00'), names(changed, '2026-03-02T20:00')]).toEqual([['dan'], ['ben']])
  })

  it('but not by somebody who is on duty beside them for a part of it', () => {
    const beside = {
      ...two,
      rosters: { ...two.rosters, overrides: [override({ kind: 'add', add: 'dan' }, seven, hk('2026-03-02T09:00'))] },
    }
    const asked = { ...record, absent: 'ann', cover: 'dan', startAt: seven, endAt: evening }
    expect(faults(cover(beside, asked))).toEqual(['dan is on duty then already'])
    const after = { ...record, absent: 'ann', cover: 'ben', startAt: seven, endAt: nextMorning }
    expect(faults(cover(two, after))).toEqual([])
  })

  it('they can be taken off only while somebody else is there all the time that they are', () => {
    const taken = (endAt: Date) => removeFromShift(two, { ...record, person: 'ann', startAt: seven, endAt })
    expect(faults(taken(nextMorning))).toEqual([expect.stringContaining('nobody else is on duty then')])
    const beside = (until: Date) => ({
      ...two,
      rosters: { ...two.rosters, overrides: [override({ kind: 'add', add: 'dan' }, seven, until)] },
    })
    const half = beside(hk('2026-03-02T09:00'))
    expect(faults(removeFromShift(half, { ...record, person: 'ann', startAt: seven, endAt: evening }))).toHaveLength(1)
    const whole = beside(evening)
    const off = apply(whole, removeFromShift(whole, { ...record, person: 'ann', startAt: seven, endAt: nextMorning }))
    expect([names(off, '2026-03-02T10:00'), names(off, '2026-03-02T20:00')]).toEqual([['dan'], ['ben']])
    expect(faults(removeFromShift(two, { ...record, person: 'cat', startAt: seven, endAt: evening }))).toEqual([
      'cat is not on duty then',
    ])
  })

  it('one more is refused where they could not work, with every reason, and records nothing', () => {
    const unfit = { ...two, staff: staff(...fourPeople.values(), person('eve', { methods: [], posts: [] })) }
    const added = addToShift(unfit, { ...record, person: 'eve', startAt: seven, endAt: evening })
    expect(added.ok).toBe(false)
    expect(faults(added).length).toBeGreaterThan(1)
    expect(addToShift(two, { ...record, person: 'dan', startAt: seven, endAt: evening })).toMatchObject({ ok: true })
  })
})

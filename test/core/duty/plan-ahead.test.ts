import { describe, expect, it } from 'vitest'
import { type Gap, gapAlerts, gaps } from '../../../src/core/duty/gaps.ts'
import type { Duty } from '../../../src/core/duty/on-duty.ts'
import { permitReminders } from '../../../src/core/duty/permit-reminders.ts'
import type { CoverageRule } from '../../../src/core/duty/rosters.ts'
import { shares } from '../../../src/core/duty/shares.ts'
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
  week,
} from './sample-duty.ts'

const from = hk('2026-03-02T07:00')
const until = hk('2026-03-04T07:00')

function duty(coverage: readonly CoverageRule[], change: Partial<Duty['rosters']> = {}, people = fourPeople): Duty {
  const sites = new Map([['tower', site([group()], { coverage })]])
  return { staff: people, rosters: rosters(undefined, { sites, ...change }) }
}
const found = (of: Duty) =>
  gaps(of, { from, until }).map(({ rule, startAt, endAt, have }) => [rule, startAt, endAt, have])

describe('gaps in the plan', () => {
  it('none where somebody is always on duty', () => {
    expect(found(duty([]))).toEqual([])
  })

  it('the hours that a removal leaves to nobody, cut at the shift where others come on', () => {
    const overrides = [override({ kind: 'remove', remove: 'ann' }, hk('2026-03-02T15:00'), hk('2026-03-03T09:00'))]
    expect(found(duty([], { overrides }))).toEqual([['somebody', hk('2026-03-02T15:00'), hk('2026-03-02T19:00'), 0]])
  })

  it('removing the only Cantonese speaker for Tuesday 02:00 to 07:00 is a gap of exactly these hours (F5)', () => {
    const people = staff(person('ann'), person('ben'), person('cat', { languages: ['en'] }))
    const overrides = [
      override({ kind: 'replace', remove: 'ben', add: 'cat' }, hk('2026-03-03T02:00'), hk('2026-03-03T07:00')),
    ]
    const rule = {
      id: 'cantonese',
      group: 'level-1',
      atLeast: 1,
      needs: { language: 'zh-HK' },
      hours: week({ daily: ['00:00-07:00'] }),
    } as const
    // From 07:00 cat is on duty alone anyway, outside the hours of the rule.
    expect(found(duty([rule], { overrides }, people))).toEqual([
      ['cantonese', hk('2026-03-03T02:00'), hk('2026-03-03T07:00'), 0],
    ])
  })

  it('a rule that asks for two is broken by one, and neighbouring stretches are one gap', () => {
    const overrides = [override({ kind: 'remove', remove: 'ann' }, hk('2026-03-02T08:00'), hk('2026-03-02T09:00'))]
    const rule = { id: 'pair', group: 'level-1', atLeast: 2, needs: {} }
    expect(found(duty([rule], { overrides }))).toEqual([
      ['somebody', hk('2026-03-02T08:00'), hk('2026-03-02T09:00'), 0],
      ['pair', from, until, 0],
    ])
    expect(found(duty([rule]))).toEqual([['pair', from, until, 1]])
  })

  it('only the hours of the rule count', () => {
    const rule = {
      id: 'day-pair',
      group: 'level-1',
      atLeast: 2,
      needs: {},
      hours: week({ mon: ['09:00-12:00'], tue: ['10:00-11:00'] }),
    }
    expect(found(duty([rule]))).toEqual([
      ['day-pair', hk('2026-03-02T09:00'), hk('2026-03-02T12:00'), 1],
      ['day-pair', hk('2026-03-03T10:00'), hk('2026-03-03T11:00'), 1],
    ])
  })

  it('a permit that lapses in mid-shift opens a gap at that instant', () => {
    const valid = (expiresAt: Date) => ({ permits: [{ category: 'B', expiresAt }] }) as const
    const people = staff(
      person('ann', valid(hk('2026-03-02T12:00'))),
      person('ben', valid(until)),
      person('cat', valid(until)),
    )
    const sites = new Map([['tower', site([group({ needs: { permits: ['B'] } })])]])
    expect(found({ staff: people, rosters: rosters(undefined, { sites }) })).toEqual([
      ['somebody', hk('2026-03-02T12:00'), hk('2026-03-02T19:00'), 0],
      ['somebody', hk('2026-03-03T19:00'), until, 0],
    ])
    const trained = (validUntil: Date) => ({ training: [{ course: 'c', validUntil }] })
    const learners = staff(
      person('ann', trained(hk('2026-03-02T13:00'))),
      person('ben', trained(until)),
      person('cat', { training: [{ course: 'c' }] }),
    )
    const taught = new Map([['tower', site([group({ needs: { training: ['c'] } })])]])
    expect(found({ staff: learners, rosters: rosters(undefined, { sites: taught }) })).toEqual([
      ['somebody', hk('2026-03-02T13:00'), hk('2026-03-02T19:00'), 0],
      ['somebody', hk('2026-03-03T19:00'), until, 0],
    ])
  })

  it('a rule for a group that is not there, and a group with an unknown schedule, are no surprise', () => {
    expect(found(duty([{ id: 'x', group: 'none', atLeast: 1, needs: {} }]))).toEqual([])
    const sites = new Map([['tower', site([group({ schedules: ['none'] })])]])
    expect(found({ staff: fourPeople, rosters: rosters(undefined, { sites }) })).toEqual([['somebody', from, until, 0]])
  })

  it('names site, group and how many there should be', () => {
    const [gap] = gaps(duty([{ id: 'pair', group: 'level-1', atLeast: 2, needs: {} }]), { from, until })
    expect(gap).toEqual({
      site: 'tower',
      group: 'level-1',
      rule: 'pair',
      startAt: from,
      endAt: until,
      have: 1,
      atLeast: 2,
    })
  })
})

describe('several gaps of one rule', () => {
  it('stay apart, and each joins its own neighbouring stretches', () => {
    const overrides = [
      override({ kind: 'remove', remove: 'ann' }, hk('2026-03-02T08:00'), hk('2026-03-02T09:00'), 'o1'),
      override({ kind: 'remove', remove: 'ben' }, hk('2026-03-03T06:00'), hk('2026-03-03T07:00'), 'o2'),
      override({ kind: 'remove', remove: 'cat' }, hk('2026-03-03T07:00'), hk('2026-03-03T08:00'), 'o3'),
    ]
    expect(found(duty([], { overrides }))).toEqual([
      ['somebody', hk('2026-03-02T08:00'), hk('2026-03-02T09:00'), 0],
      ['somebody', hk('2026-03-03T06:00'), hk('2026-03-03T08:00'), 0],
    ])
  })
})

describe('gap alerts', () => {
  const gap: Gap = {
    site: 'tower',
    group: 'level-1',
    rule: 'somebody',
    startAt: hk('2026-03-10T02:00'),
    endAt: hk('2026-03-10T07:00'),
    have: 0,
    atLeast: 1,
  }
  const stages = (now: string, told: Parameters<typeof gapAlerts>[1] = [], all = [gap]) =>
    gapAlerts(all, told, hk(now)).map(({ stage }) => stage)

  it('at once when it appears, again a day ahead, again when it begins, and each only once', () => {
    expect(stages('2026-03-05T12:00')).toEqual(['found'])
    expect(stages('2026-03-09T01:59')).toEqual(['found'])
    expect(stages('2026-03-09T02:00')).toEqual(['within-a-day'])
    expect(stages('2026-03-10T01:59')).toEqual(['within-a-day'])
    expect(stages('2026-03-10T02:00')).toEqual(['open'])
    const told = gapAlerts([gap], [], hk('2026-03-05T12:00'))
    expect(stages('2026-03-06T12:00', told)).toEqual([])
    expect(stages('2026-03-09T12:00', told)).toEqual(['within-a-day'])
  })

  it('never about the past (oncall#1108, #1385)', () => {
    expect(stages('2026-03-10T06:59')).toEqual(['open'])
    expect(stages('2026-03-10T07:00')).toEqual([])
  })

  it('a gap that grew is the same gap; another place, rule or time is another', () => {
    const told = gapAlerts([gap], [], hk('2026-03-05T12:00'))
    const longer = { ...gap, startAt: hk('2026-03-10T01:00') }
    expect(stages('2026-03-06T12:00', told, [longer])).toEqual([])
    for (const change of [
      { site: 'x' },
      { group: 'x' },
      { rule: 'x' },
      { startAt: hk('2026-03-11T02:00'), endAt: hk('2026-03-11T07:00') },
      { startAt: hk('2026-03-09T14:00'), endAt: hk('2026-03-10T01:59') },
    ]) {
      expect(stages('2026-03-06T12:00', told, [{ ...gap, ...change }])).toEqual(['found'])
    }
  })

  it('an open gap asked about again and again, always from now on, is told once', () => {
    const overrides = [override({ kind: 'remove', remove: 'ann' }, hk('2026-03-02T08:00'), hk('2026-03-02T19:00'))]
    const of = duty([], { overrides })
    let told: Parameters<typeof gapAlerts>[1] = []
    const sent: string[] = []
    for (let minute = 0; minute < 700; minute += 5) {
      const now = new Date(hk('2026-03-02T08:00').getTime() + minute * 60_000)
      const alerts = gapAlerts(gaps(of, { from: now, until }), told, now)
      sent.push(...alerts.map(({ stage }) => stage))
      told = [...told, ...alerts]
    }
    expect(sent).toEqual(['open'])
  })
})

describe('shares of duty', () => {
  it('stretches and minutes of each person, after overrides', () => {
    const overrides = [
      override({ kind: 'replace', remove: 'ann', add: 'dan' }, hk('2026-03-02T10:00'), hk('2026-03-02T12:00')),
    ]
    const within = { start: from.getTime(), end: until.getTime() }
    expect(shares(rosters(undefined, { overrides }), schedule(), within)).toEqual([
      { person: 'ann', stretches: 3, minutes: 1_320 },
      { person: 'ben', stretches: 1, minutes: 720 },
      { person: 'cat', stretches: 1, minutes: 720 },
      { person: 'dan', stretches: 1, minutes: 120 },
    ])
  })

  it('those with equal minutes stand in the order of their id', () => {
    const backwards = schedule({
      rotations: [{ id: 'main', versions: [rotationVersion({ members: ['cat', 'ben', 'ann'] })] }],
    })
    const within = { start: from.getTime(), end: from.getTime() + 36 * 3_600_000 }
    expect(shares(rosters([backwards]), backwards, within).map((share) => share.person)).toEqual(['ann', 'ben', 'cat'])
  })

  it('over a whole round everybody has the same', () => {
    const within = { start: from.getTime(), end: from.getTime() + 30 * 12 * 3_600_000 }
    expect(shares(rosters(), schedule(), within)).toEqual(
      ['ann', 'ben', 'cat'].map((who) => ({ person: who, stretches: 10, minutes: 7_200 })),
    )
  })
})

describe('permit reminders', () => {
  const expiresAt = hk('2026-10-01T00:00')
  const ann = person('ann', { permits: [{ category: 'B', expiresAt }] })
  const daysAt = (daysBefore: number, who = ann) =>
    permitReminders(staff(who), new Date(expiresAt.getTime() - daysBefore * 86_400_000)).map(({ days }) => days)

  it('are due at 180, 90 and 30 days, and when it has expired', () => {
    expect([181, 180.001, 180, 91, 90, 31, 30, 0.001, 0, -400].map((days) => daysAt(days))).toEqual([
      [],
      [],
      [180],
      [180],
      [90],
      [90],
      [30],
      [30],
      [0],
      [0],
    ])
  })

  it('carry a stable key', () => {
    expect(permitReminders(staff(ann), hk('2026-09-15T00:00'))).toEqual([
      { key: 'ann:B:2026-09-30T16:00:00.000Z:30', person: 'ann', permit: ann.permits[0], days: 30 },
    ])
  })

  it('stop for a permit that was renewed, but not because of one of another category', () => {
    const renewed = person('ann', { permits: [...ann.permits, { category: 'B', expiresAt: hk('2031-10-01T00:00') }] })
    expect(daysAt(10, renewed)).toEqual([])
    const other = person('ann', { permits: [...ann.permits, { category: 'A', expiresAt: hk('2031-10-01T00:00') }] })
    expect(daysAt(10, other)).toEqual([30])
  })
})

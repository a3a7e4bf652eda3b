import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaps } from '../../../src/core/duty/gaps.ts'
import { onDuty } from '../../../src/core/duty/on-duty.ts'
import { recipients } from '../../../src/core/duty/recipients.ts'
import { runDuty } from '../../../src/core/duty/run-duty.ts'
import { groupMembers } from '../../../src/core/duty/start-group.ts'
import { peopleByGroup, whoIsOnDuty } from '../../../src/core/duty/who-is-on-duty.ts'
import { hk, rostersRead, sampleDuty, staffRead } from './sample-duty.ts'

const sites = ['harbour-view-tower', 'jade-garden'] as const
const instant = fc
  .integer({ min: Date.parse('2026-01-01') / 60_000, max: Date.parse('2030-12-31') / 60_000 })
  .map((minute) => new Date(minute * 60_000))

describe('the sample operator', () => {
  it('has staff and rosters without a fault', () => {
    expect(staffRead.faults).toEqual([])
    expect(rostersRead.faults).toEqual([])
    expect(rostersRead.rosters.version).toBe('2026-01-01')
  })

  it('uses telephone numbers and addresses that belong to nobody', () => {
    for (const person of staffRead.staff.values()) {
      for (const { address } of person.methods) {
        if (address.channel === 'sms' || address.channel === 'whatsapp')
          expect(address.id).toMatch(/^\+1202555010\d$|^\+120255501\d\d$/)
        if (address.channel === 'email') expect(address.id).toMatch(/@example\.test$/)
      }
    }
  })

  it('has somebody at every level and list of both sites at any instant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sites), instant, (site, at) => {
        for (const group of whoIsOnDuty(sampleDuty, { site, at }))
          expect([group.group, group.people.length]).not.toEqual([group.group, 0])
      }),
      { seed: 24_7, numRuns: 150 },
    )
    expect(gaps(sampleDuty, { from: hk('2026-01-01T00:00'), until: hk('2026-04-01T00:00') })).toEqual([])
  })

  it('has five levels and three lists at each site, in order', () => {
    const groups = ['level-1', 'level-2', 'level-3', 'level-4', 'level-5', 'control-room', 'compliance', 'privacy']
    for (const site of sites)
      expect(sampleDuty.rosters.sites.get(site)?.groups.map(({ group }) => group)).toEqual(groups)
  })

  it('never has the duty manager on call twice: the control room is led by the other one', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const people = peopleByGroup(whoIsOnDuty(sampleDuty, { site: 'jade-garden', at }))
        expect(people['level-2']?.[0]?.person.id).not.toBe(people['control-room']?.[0]?.person.id)
      }),
      { seed: 2, numRuns: 50 },
    )
  })

  it('puts each officer of the tower on duty by turns of twelve hours', () => {
    const first = sampleDuty.rosters.sites.get('harbour-view-tower')!.groups[0]!
    expect([...groupMembers(sampleDuty.rosters, first)]).toEqual(['chan-tai-man', 'wong-siu-ming', 'lee-ka-yan'])
    const officer = (at: string) =>
      onDuty({ ...sampleDuty, site: 'harbour-view-tower', level: 1, at: hk(at) }).people.map(({ person }) => person.id)
    expect(officer('2020-01-06T06:59')).toEqual([])
    expect(officer('2020-01-06T07:00')).toEqual(['chan-tai-man'])
    expect(officer('2020-01-06T19:00')).toEqual(['wong-siu-ming'])
    expect(officer('2020-01-07T07:00')).toEqual(['lee-ka-yan'])
  })
})

describe('X1: every way to ask gives the same people (oneuptime#3411, #2086; oncall#1296, #4755)', () => {
  it('command line, page, preview and ladder', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sites), instant, (site, at) => {
        const shown = whoIsOnDuty(sampleDuty, { site, at })
        const printed = runDuty(sampleDuty, { site, at: at.toISOString() })
        if (!printed.ok) throw new Error(printed.message)
        const json = [...printed.json.levels, ...printed.json.lists]
        for (const group of shown) {
          const ids = group.people.map(({ person }) => person.id)
          const level = group.level ?? group.group
          expect(
            recipients({ ...sampleDuty, site, level, at, needs: {} }).people.map(({ person }) => person.id),
          ).toEqual(ids)
          expect(json.find((one) => one.group === group.group)?.people.map(({ id }) => id)).toEqual(ids)
          for (const { person } of group.people) expect(printed.text).toContain(person.name)
        }
      }),
      { seed: 3_411, numRuns: 60 },
    )
  })
})

describe('gatehouse duty', () => {
  const ask = (site: string, at: string) => runDuty(sampleDuty, { site, at })

  it('answers in JSON: levels, lists, until when and why', () => {
    const output = ask('harbour-view-tower', '2026-11-22T07:00')
    if (!output.ok) throw new Error(output.message)
    expect(output.json).toMatchObject({
      site: 'harbour-view-tower',
      at: '2026-11-21T23:00:00.000Z',
      rosterVersion: '2026-01-01',
    })
    expect(
      output.json.levels.map(({ level, group, name, people }) => [level, group, name, people.map(({ id }) => id)]),
    ).toEqual([
      [1, 'level-1', 'On-duty officer', ['lee-ka-yan']],
      [2, 'level-2', 'Duty manager', ['lam-mei-ling']],
      [3, 'level-3', 'Operations manager', ['yip-suk-fan']],
      [4, 'level-4', 'Head of security', ['tang-kwok-leung']],
      [5, 'level-5', 'Director on call', ['kwok-wing-sze']],
    ])
    expect(output.json.lists.map(({ level, group, people }) => [level, group, people.map(({ id }) => id)])).toEqual([
      [null, 'control-room', ['ho-chi-keung']],
      [null, 'compliance', ['mak-lai-fong']],
      [null, 'privacy', ['mak-lai-fong']],
    ])
    expect(output.json.levels[0]?.people[0]).toEqual({
      id: 'lee-ka-yan',
      name: 'Lee Ka Yan',
      until: '2026-11-22T11:00:00.000Z',
      because: 'Tower officers: rotation tower, turn 3 of 3, until Sun 22 Nov 19:00',
    })
  })

  it('answers in words', () => {
    const output = ask('jade-garden', '2026-11-22T06:59')
    if (!output.ok) throw new Error(output.message)
    expect(output.text.split('\n').slice(0, 3)).toEqual([
      'Jade Garden, Sun 22 Nov 06:59 (Asia/Hong_Kong), rosters 2026-01-01',
      'level-1  On-duty officer',
      '  Tsang Ho Fai · Garden officers: shift night, until Sun 22 Nov 07:00',
    ])
  })

  it('shows an empty level, and who was passed over and why', () => {
    const output = ask('harbour-view-tower', '2040-01-02T12:00')
    if (!output.ok) throw new Error(output.message)
    const first = output.json.levels[0]!
    expect(first.people).toEqual([])
    expect(first.excluded.map(({ reasons }) => reasons[0])).toEqual(['permit has expired', 'permit has expired'])
    expect(output.text).toMatch(/\n {2}NOBODY · nobody on duty may receive it: .*permit has expired/)
    expect(output.text).toMatch(/\n {2}not Ng Pui Yee · permit has expired/)
  })

  it('shows warnings', () => {
    const overrides = [
      {
        kind: 'add',
        add: 'nobody',
        id: 'o',
        schedule: 'tower-officers',
        startAt: hk('2026-01-01T00:00'),
        endAt: hk('2027-01-01T00:00'),
        by: 'x',
      } as const,
    ]
    const output = runDuty(
      { ...sampleDuty, rosters: { ...sampleDuty.rosters, overrides } },
      { site: 'harbour-view-tower', at: '2026-06-01T12:00Z' },
    )
    expect(output).toMatchObject({
      text: expect.stringContaining('  warning · Tower officers names "nobody", who is not on the staff list'),
    })
  })

  it('says what is wrong with its arguments', () => {
    expect(ask('moon', '2026-01-01T00:00')).toEqual({
      ok: false,
      message: 'there is no site "moon": choose one of harbour-view-tower, jade-garden',
    })
    expect(ask('jade-garden', 'now')).toEqual({
      ok: false,
      message: '"now" is not an instant: write 2026-04-02T17:30 or 2026-04-02T09:30:00Z',
    })
  })

  it('asking for a level or site that is not there gives nobody, with a warning', () => {
    const at = hk('2026-01-01T00:00')
    expect(onDuty({ ...sampleDuty, site: 'moon', level: 1, at })).toEqual({
      people: [],
      because: 'there is no site "moon"',
      warnings: ['there is no site "moon"'],
    })
    expect(onDuty({ ...sampleDuty, site: 'jade-garden', level: 6, at }).because).toBe('Jade Garden has no level-6')
    expect(recipients({ ...sampleDuty, site: 'jade-garden', level: 'tea-room', at, needs: {} })).toMatchObject({
      people: [],
      excluded: [],
      warnings: ['Jade Garden has no tea-room'],
    })
    expect(whoIsOnDuty(sampleDuty, { site: 'moon', at })).toEqual([])
  })
})

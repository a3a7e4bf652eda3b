import { describe, expect, it } from 'vitest'
import { readRosters } from '../../../src/core/duty/read-rosters.ts'
import { readStaff } from '../../../src/core/duty/read-staff.ts'
import { fourPeople, hk, person, staff } from './sample-duty.ts'

const methods = [
  { channel: 'slack', id: 'U1', verified: true },
  { channel: 'sms', id: '+12025550101', verified: true, afterSeconds: 60 },
]
const entry = {
  name: 'Ann',
  preferredLanguage: 'en',
  languages: ['en'],
  posts: [{ site: '*', role: 'officer' }],
  methods,
}
const readPeople = (people: object, zone = 'Asia/Hong_Kong') =>
  readStaff({ file: 'staff.yaml', content: { zone, staff: people } })

describe('reading the staff list', () => {
  it('fills in what is left out', () => {
    expect(readPeople({ ann: entry })).toEqual({
      faults: [],
      staff: new Map([
        [
          'ann',
          {
            id: 'ann',
            name: 'Ann',
            preferredLanguage: 'en',
            languages: ['en'],
            posts: [{ site: '*', role: 'officer' }],
            methods: [
              { address: { channel: 'slack', id: 'U1' }, verified: true },
              { address: { channel: 'sms', id: '+12025550101' }, verified: true, afterSeconds: 60 },
            ],
            skills: [],
            training: [],
            permits: [],
          },
        ],
      ]),
    })
  })

  it('what is valid until a day counts to the end of that day, local time', () => {
    const full = {
      ...entry,
      nameZh: '安',
      reportsTo: 'ben',
      skills: ['first_aid'],
      permits: [{ category: 'B', validUntil: '2026-09-30' }],
      training: [{ course: 'tone', validUntil: '2026-12-31' }, { course: 'once' }],
    }
    const ann = readPeople({ ann: full, ben: entry }).staff.get('ann')
    expect(ann).toMatchObject({
      nameZh: '安',
      reportsTo: 'ben',
      skills: ['first_aid'],
      permits: [{ category: 'B', expiresAt: hk('2026-10-01T00:00') }],
      training: [{ course: 'tone', validUntil: hk('2027-01-01T00:00') }, { course: 'once' }],
    })
  })

  it('lists superiors who do not exist, circles, and values of the wrong form', () => {
    const { faults } = readPeople({
      ann: { ...entry, reportsTo: 'zoe' },
      ben: { ...entry, reportsTo: 'cat' },
      cat: { ...entry, reportsTo: 'ben' },
    })
    expect(faults).toEqual([
      { file: 'staff.yaml', key: 'staff.ann.reportsTo', message: '"zoe" is not on the staff list' },
      { file: 'staff.yaml', key: 'staff.ben.reportsTo', message: 'the line runs in a circle' },
      { file: 'staff.yaml', key: 'staff.cat.reportsTo', message: 'the line runs in a circle' },
    ])
    expect(
      readPeople({ ann: { ...entry, languages: [], permits: [{ category: 'B', validUntil: 'soon' }] } }).faults.map(
        ({ key }) => key,
      ),
    ).toEqual(['staff.ann.languages', 'staff.ann.permits[0].validUntil'])
    expect(readPeople({ ann: entry }, 'Mars/Base').faults).toEqual([
      { file: 'staff.yaml', key: 'zone', message: '"Mars/Base" is not an IANA zone' },
    ])
    expect(readPeople({ 'Ann B': entry }).faults[0]?.message).toBeDefined()
  })
})

const zone = 'Asia/Hong_Kong'
const rotation = { id: 'main', versions: [{ from: '2026-03-02T07:00', every: '12h', members: ['ann', 'ben'] }] }
const level = { name: 'Officer', schedules: ['desk'] }
const file = {
  version: '1',
  sites: { tower: { name: 'Tower', zone, levels: { '1': level } } },
  schedules: { desk: { name: 'Desk', zone, rotations: [rotation] } },
}
const read = (change: object = {}, people = fourPeople) =>
  readRosters({ file: 'rosters.yaml', content: { ...file, ...change } }, people)
const problems = (change: object, people = fourPeople) =>
  read(change, people).faults.map(({ key, message }) => `${key}: ${message}`)
const desk = (change: object) => ({ schedules: { desk: { ...file.schedules.desk, ...change } } })
const tower = (change: object) => ({ sites: { tower: { ...file.sites.tower, ...change } } })

describe('reading the rosters', () => {
  it('builds sites, groups in the order of their level, and schedules', () => {
    const { rosters, faults } = read(
      {
        ...tower({
          nameZh: '大廈',
          levels: {
            '2': { ...level, relief: ['desk'] },
            '1': { ...level, needs: { permits: ['B'], training: ['t'], skills: ['s'], language: 'en' } },
          },
          lists: { 'control-room': level },
          coverage: {
            pair: { group: 'level-2', atLeast: 2, hours: { mon: ['09:00-10:00'] } },
            one: { group: 'control-room' },
          },
        }),
        ...desk({
          rotations: [
            {
              id: 'main',
              versions: [
                rotation.versions[0],
                { from: '2026-04-01T00:00', every: '1w', members: ['cat'], only: { mon: ['09:00-10:00'] } },
                { from: '2026-05-01T00:00', every: '2d', members: ['cat'] },
              ],
            },
          ],
          shifts: [{ id: 'night', people: ['ann'], hours: { daily: ['22:00-06:00'] } }],
          dated: [{ person: 'dan', from: '2026-03-02T10:00', until: '2026-03-02T12:00' }],
        }),
      },
      staff(
        ...['ann', 'ben', 'cat', 'dan'].map((id) =>
          person(id, { permits: [{ category: 'B', expiresAt: hk('2030-01-01T00:00') }] }),
        ),
      ),
    )
    expect(faults).toEqual([])
    const site = rosters.sites.get('tower')!
    expect(site).toMatchObject({ id: 'tower', name: 'Tower', nameZh: '大廈', zone })
    expect(site.groups).toEqual([
      {
        group: 'level-1',
        level: 1,
        name: 'Officer',
        schedules: ['desk'],
        relief: [],
        needs: { permits: ['B'], training: ['t'], skills: ['s'], language: 'en' },
      },
      { group: 'level-2', level: 2, name: 'Officer', schedules: ['desk'], relief: ['desk'], needs: {} },
      { group: 'control-room', name: 'Officer', schedules: ['desk'], relief: [], needs: {} },
    ])
    const monday = [[], [{ fromMinute: 540, toMinute: 600 }], [], [], [], [], []]
    expect(site.coverage).toEqual([
      { id: 'pair', group: 'level-2', atLeast: 2, needs: {}, hours: monday },
      { id: 'one', group: 'control-room', atLeast: 1, needs: {} },
    ])
    const schedule = rosters.schedules.get('desk')!
    expect(
      schedule.rotations[0]?.versions.map(({ shiftMinutes, only, startsAtWall }) => [shiftMinutes, only, startsAtWall]),
    ).toEqual([
      [720, undefined, Date.parse('2026-03-02T07:00Z')],
      [10_080, monday, Date.parse('2026-04-01T00:00Z')],
      [2_880, undefined, Date.parse('2026-05-01T00:00Z')],
    ])
    expect(schedule.weeklyShifts[0]).toMatchObject({ id: 'night', people: ['ann'] })
    expect(schedule.datedShifts).toEqual([
      { person: 'dan', startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T12:00') },
    ])
  })

  it('reads overrides and temporary schedules in local time of their schedule', () => {
    const when = { from: '2026-03-02T10:00', until: '2026-03-02T12:00' }
    const record = { schedule: 'desk', ...when, by: 'boss' }
    const span = { startAt: hk('2026-03-02T10:00'), endAt: hk('2026-03-02T12:00') }
    const { rosters, faults } = read({
      overrides: [
        { ...record, id: 'a', add: 'cat' },
        { ...record, id: 'r', remove: 'ann' },
        { ...record, id: 'x', remove: 'ann', add: 'cat', reason: 'leave' },
      ],
      temporary: [{ id: 't', schedule: 'desk', ...when, shifts: [{ person: 'dan', ...when }] }],
    })
    expect(faults).toEqual([])
    expect(rosters.overrides).toEqual([
      { kind: 'add', add: 'cat', ...span, id: 'a', schedule: 'desk', by: 'boss' },
      { kind: 'remove', remove: 'ann', ...span, id: 'r', schedule: 'desk', by: 'boss' },
      { kind: 'replace', remove: 'ann', add: 'cat', ...span, id: 'x', schedule: 'desk', by: 'boss', reason: 'leave' },
    ])
    expect(rosters.temporary).toEqual([{ id: 't', schedule: 'desk', ...span, shifts: [{ person: 'dan', ...span }] }])
  })

  it('a person without two verified methods on different channels cannot be rostered at a level (oncall#1326)', () => {
    const one = (channel: 'sms' | 'slack', verified = true) => ({
      address: { channel, id: channel },
      verified,
      afterSeconds: 0,
    })
    const message = 'sites.tower.level-1: ann has fewer than two verified contact methods on different channels'
    for (const methods of [[], [one('sms')], [one('sms'), one('slack', false)], [one('sms'), one('sms')]]) {
      expect(problems({}, staff(person('ann', { methods }), person('ben')))).toEqual([message])
    }
    expect(problems({}, staff(person('ann', { methods: [one('sms'), one('slack')] }), person('ben')))).toEqual([])
  })

  it('nor one whom an override, a temporary schedule or the relief puts there', () => {
    const people = staff(person('ann'), person('ben'), person('dan', { methods: [] }))
    const when = { from: '2026-03-02T10:00', until: '2026-03-02T12:00' }
    const message = 'sites.tower.level-1: dan has fewer than two verified contact methods on different channels'
    const record = { id: 'o', schedule: 'desk', ...when, by: 'x' }
    expect(problems({ overrides: [{ ...record, add: 'dan' }] }, people)).toEqual([message])
    expect(problems({ overrides: [{ ...record, remove: 'dan' }] }, people)).toEqual([])
    expect(
      problems({ temporary: [{ id: 't', schedule: 'desk', ...when, shifts: [{ person: 'dan', ...when }] }] }, people),
    ).toEqual([message])
    const standby = { name: 'Standby', zone, shifts: [{ id: 's', people: ['dan'], hours: { daily: ['00:00-24:00'] } }] }
    const relief = {
      ...tower({ levels: { '1': { ...level, relief: ['standby'] } } }),
      schedules: { ...file.schedules, standby },
    }
    expect(problems(relief, people)).toEqual([message])
  })

  it('a person needs a role at the site and a permit of an accepted category', () => {
    const people = staff(
      person('ann', { posts: [{ site: 'garden', role: 'officer' }] }),
      person('ben', { permits: [{ category: 'A', expiresAt: hk('2030-01-01T00:00') }] }),
    )
    const permits = (accepted: string[]) => tower({ levels: { '1': { ...level, needs: { permits: accepted } } } })
    expect(problems(permits(['B', 'C']), people)).toEqual([
      'sites.tower.level-1: ann handles no cases at tower',
      'sites.tower.level-1: ann holds no permit of category B or C (Cap. 460)',
      'sites.tower.level-1: ben holds no permit of category B or C (Cap. 460)',
    ])
    expect(problems(permits(['A']), people)).toHaveLength(2)
  })

  it.each([
    [
      tower({ levels: { '1': { ...level, schedules: ['none'] } } }),
      ['sites.tower.level-1: there is no schedule "none"'],
    ],
    [tower({ levels: { '1': { ...level, relief: ['none'] } } }), ['sites.tower.level-1: there is no schedule "none"']],
    [tower({ coverage: { c: { group: 'level-9' } } }), ['sites.tower.coverage.c.group: there is no group "level-9"']],
    [
      tower({ coverage: { c: { group: 'level-1', hours: { mon: ['x'] } } } }),
      [
        'sites.tower.coverage.c.hours.mon: "x" is not an opening: write 09:00-13:00',
        'sites.tower.coverage.c.hours: no hours at all',
      ],
    ],
    [tower({ zone: 'Mars/Base' }), ['sites.tower.zone: "Mars/Base" is not an IANA zone']],
    [
      desk({ zone: 'Mars/Base' }),
      ['schedules.desk.zone: "Mars/Base" is not an IANA zone', 'sites.tower.level-1: there is no schedule "desk"'],
    ],
    [
      desk({ rotations: [{ id: 'r', versions: [{ ...rotation.versions[0], members: ['zoe'] }] }] }),
      ['schedules.desk: "zoe" is not on the staff list'],
    ],
    [
      desk({ rotations: [{ id: 'r', versions: [rotation.versions[0], rotation.versions[0]] }] }),
      ['schedules.desk.rotations.r.versions: versions must stand in the order of their start'],
    ],
    [
      desk({ rotations: [{ id: 'r', versions: [{ ...rotation.versions[0], only: {} }] }] }),
      ['schedules.desk.rotations.r.versions[0].only: no hours at all'],
    ],
    [
      desk({ shifts: [{ id: 's', people: ['ann'], hours: { moon: ['09:00-10:00'] } }] }),
      [
        'schedules.desk.shifts.s.hours.moon: "moon" is not a day: write mon, mon-fri or daily',
        'schedules.desk.shifts.s.hours: no hours at all',
      ],
    ],
    [
      desk({ dated: [{ person: 'zoe', from: '2026-03-02T10:00', until: '2026-03-02T10:00' }] }),
      ['schedules.desk.dated[0]: ends before it starts', 'schedules.desk: "zoe" is not on the staff list'],
    ],
    [
      { overrides: [{ id: 'o', schedule: 'x', from: '2026-03-02T10:00', until: '2026-03-02T11:00', by: 'b' }] },
      ['overrides.o.schedule: there is no schedule "x"', 'overrides.o: write add, remove, or both for a replacement'],
    ],
    [
      {
        overrides: [
          {
            id: 'o',
            schedule: 'desk',
            from: '2026-03-02T10:00',
            until: '2026-03-02T09:00',
            by: 'b',
            add: 'zoe',
            remove: 'yan',
          },
        ],
      },
      [
        'overrides.o: ends before it starts',
        'overrides.o: "zoe" is not on the staff list',
        'overrides.o: "yan" is not on the staff list',
      ],
    ],
    [
      {
        overrides: [
          { id: 'o', schedule: 'desk', from: '2026-03-02T10:00', until: '2026-03-02T11:00', by: 'b', remove: 'yan' },
        ],
      },
      ['overrides.o: "yan" is not on the staff list'],
    ],
    [
      { temporary: [{ id: 't', schedule: 'x', from: '2026-03-02T10:00', until: '2026-03-02T11:00', shifts: [] }] },
      ['temporary.t.schedule: there is no schedule "x"'],
    ],
    [
      {
        temporary: [
          {
            id: 't',
            schedule: 'desk',
            from: '2026-03-02T10:00',
            until: '2026-03-02T11:00',
            shifts: [{ person: 'zoe', from: '2026-03-02T10:00', until: '2026-03-02T09:00' }],
          },
        ],
      },
      ['temporary.t.shifts[0]: ends before it starts', 'temporary.t: "zoe" is not on the staff list'],
    ],
  ])('names the fault %#', (change, expected) => {
    expect(problems(change)).toEqual(expected)
  })

  it.each(['2026-02-31T07:00', '2026-03-02 07:00', '2026-03-02T07:00Z', '2026-03-02T25:00', 'x2026-03-02T07:00'])(
    '%s is not a local time',
    (from) => {
      const { faults, rosters } = read(
        desk({ rotations: [{ id: 'r', versions: [{ ...rotation.versions[0], from }] }] }),
      )
      expect(faults).toEqual([
        {
          file: 'rosters.yaml',
          key: 'schedules.desk.rotations[0].versions[0].from',
          message: `"${from}" is not a local time: write 2026-01-05T07:00`,
        },
      ])
      expect(rosters.sites.size).toBe(0)
    },
  )

  it('refuses shift lengths, levels and keys it does not know', () => {
    expect(problems(desk({ rotations: [{ id: 'r', versions: [{ ...rotation.versions[0], every: '90m' }] }] }))).toEqual(
      ['schedules.desk.rotations[0].versions[0].every: write a shift length like 12h, 1d or 1w'],
    )
    expect(problems(tower({ levels: { '0': level } }))[0]).toContain('sites.tower.levels.0')
    expect(problems({ colour: 'red' })).toHaveLength(1)
  })
})

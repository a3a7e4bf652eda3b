import { describe, expect, it } from 'vitest'
import { addressesOf, createDirectory, holds, personOf } from '../../../src/core/duty/directory.ts'
import type { Duty } from '../../../src/core/duty/on-duty.ts'
import { onDuty } from '../../../src/core/duty/on-duty.ts'
import { recipients } from '../../../src/core/duty/recipients.ts'
import { runDuty } from '../../../src/core/duty/run-duty.ts'
import { peopleByGroup, whoIsOnDuty } from '../../../src/core/duty/who-is-on-duty.ts'
import { fourPeople, group, hk, person, rosters, rotationVersion, schedule, site, staff } from './sample-duty.ts'

/** Ann is on duty at level 1; the control room's schedule names only Eve, who speaks no English. */
const people = staff(
  ...[...fourPeople.values()].map((one) => (one.id === 'ann' ? { ...one, reportsTo: 'dan' } : one)),
  person('eve', { languages: ['zh-HK'] }),
)
const room = schedule({
  id: 'room',
  name: 'Room',
  rotations: [{ id: 'r', versions: [rotationVersion({ members: ['eve'] })] }],
})
const groups = [
  group({ needs: { language: 'zh-HK' } }),
  group({ group: 'control-room', name: 'Control room', schedules: ['room'], needs: { skills: ['cctv'] } }),
  group({ group: 'level-2', level: 2, name: 'Supervisor', schedules: [] }),
].map(({ level, ...one }) => (one.group === 'control-room' ? one : { ...one, ...(level !== undefined && { level }) }))
const duty: Duty = {
  staff: people,
  rosters: rosters([schedule(), room], { sites: new Map([['tower', site(groups)]]) }),
}
const at = hk('2026-03-02T10:00')
const asked = { ...duty, site: 'tower', at, level: 1 as number | string, needs: {} }

describe('gatehouse duty', () => {
  const show = () => {
    const shown = runDuty(duty, { site: 'tower', at: '2026-03-02T10:00' })
    if (!shown.ok) throw new Error(shown.message)
    return shown
  }

  it('says site, instant and version of the rosters, each level, and the lists beside the ladder', () => {
    expect(show().json).toMatchObject({ site: 'tower', at: at.toISOString(), rosterVersion: 'test' })
    expect(show().json.levels.map(({ group: name, level, name: words }) => [name, level, words])).toEqual([
      ['level-1', 1, 'Officer'],
      ['level-2', 2, 'Supervisor'],
    ])
    expect(show().json.lists.map(({ group: name, level }) => [name, level])).toEqual([['control-room', null]])
  })

  it('says who, until when and by which rule; whom it left out and why; and why a level is empty', () => {
    const [first, second] = show().json.levels
    expect(first?.people).toEqual([
      {
        id: 'ann',
        name: 'Ann',
        until: hk('2026-03-02T19:00').toISOString(),
        because: expect.stringContaining('1 of 3'),
      },
    ])
    expect(first).toMatchObject({ excluded: [], warnings: [], because: expect.stringContaining('Ann') })
    expect(second).toMatchObject({ people: [], because: 'nobody is on duty by any schedule' })
  })

  it('says the same in words', () => {
    const [title, ...lines] = show().text.split('\n')
    expect(title).toMatch(/^Tower, .*10:00.* \(Asia\/Hong_Kong\), rosters test$/)
    expect(lines[0]).toBe('level-1  Officer')
    expect(lines[1]).toMatch(/^ {2}Ann · /)
    expect(lines).toContain('  NOBODY · nobody is on duty by any schedule')
    expect(lines.filter((line) => line.includes('NOBODY'))).toHaveLength(1)
  })

  it('shows who gets it all the same, with the warning, and who does not, with every reason', () => {
    const [list] = show().json.lists
    expect(list).toMatchObject({ people: [{ id: 'eve' }], warnings: [expect.stringContaining('all the same')] })
    expect(show().text).toMatch(/\n {2}warning · Eve gets it all the same/)
    const unfit = person('eve', { posts: [], methods: [] })
    const out = runDuty({ ...duty, staff: staff(...people.values(), unfit) }, { site: 'tower', at: '2026-03-02T10:00' })
    if (!out.ok) throw new Error(out.message)
    const [excluded] = out.json.lists[0]?.excluded ?? []
    expect(excluded).toMatchObject({ id: 'eve', name: 'Eve' })
    expect(excluded?.reasons.length).toBeGreaterThan(1)
    expect(out.text).toContain(`\n  not Eve · ${excluded?.reasons.join(', ')}`)
    expect(out.json.lists[0]?.because).toContain(`nobody on duty may receive it: Eve ${excluded?.reasons.join(', ')}`)
  })

  it('refuses a site that is not there, and what is no instant, in words', () => {
    expect(runDuty(duty, { site: 'castle', at: '2026-03-02T10:00' })).toEqual({
      ...{ ok: false, message: 'there is no site "castle": choose one of tower' },
    })
    expect(runDuty(duty, { site: 'tower', at: 'soon' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('soon'),
    })
    expect(() => runDuty({ ...duty, staff: undefined as never }, { site: 'tower', at: '2026-03-02T10:00' })).toThrow(
      TypeError,
    )
  })
})

describe('who is on duty', () => {
  it('of a site that is not there: nobody, at no level', () => {
    expect(whoIsOnDuty(duty, { site: 'castle', at })).toEqual([])
    expect(onDuty({ ...asked, site: 'castle' })).toEqual({
      ...{ people: [], because: 'there is no site "castle"', warnings: ['there is no site "castle"'] },
    })
    expect(recipients({ ...asked, site: 'castle' })).toMatchObject({ people: [], excluded: [] })
  })

  it('at a level that the site does not have: nobody, and says so', () => {
    const none = { people: [], because: 'Tower has no level-7', warnings: ['Tower has no level-7'] }
    expect(onDuty({ ...asked, level: 7 })).toEqual(none)
    expect(recipients({ ...asked, level: 7 })).toEqual({ ...none, excluded: [] })
  })

  it('by a schedule that names a stranger: everybody else, and a warning', () => {
    const strange = schedule({ rotations: [{ id: 'r', versions: [rotationVersion({ members: ['zoe'] })] }] })
    const of = { ...asked, rosters: rosters([strange]) }
    expect(onDuty(of)).toMatchObject({ people: [], warnings: ['Desk names "zoe", who is not on the staff list'] })
    const missing = {
      ...asked,
      rosters: rosters([], { sites: new Map([['tower', site([group({ schedules: ['x', 'y'] })])]]) }),
    }
    expect(onDuty(missing)).toEqual({
      people: [],
      because: 'nobody is on duty by x, y',
      warnings: ['there is no schedule "x"', 'there is no schedule "y"'],
    })
  })

  it('by group, as a policy reads it', () => {
    const found = peopleByGroup(whoIsOnDuty(duty, { site: 'tower', at }))
    expect(Object.keys(found)).toEqual(['level-1', 'control-room', 'level-2'])
    expect(found['level-1']?.map(({ person: { id } }) => id)).toEqual(['ann'])
  })

  it('asks what the case needs of them: the language of the case wins over that of the post', () => {
    const relieved = rosters([schedule(), room], {
      sites: new Map([['tower', site([group({ needs: { language: 'zh-HK' } })])]]),
    })
    const only = staff(person('ann', { languages: ['en'] }), person('ben'))
    const find = (needs: { language?: 'en' }) =>
      whoIsOnDuty({ rosters: relieved, staff: only }, { site: 'tower', at, needs })[0]?.warnings.length
    expect([find({}), find({ language: 'en' })]).toEqual([1, 0])
  })
})

describe('the directory', () => {
  const directory = () => createDirectory(duty)

  it('knows people by id, and by verified addresses only', () => {
    expect(directory().byId('ann')?.name).toBe('Ann')
    expect(directory().byId('zoe')).toBeUndefined()
    expect(
      directory()
        .all()
        .map(({ id }) => id),
    ).toEqual(['ann', 'ben', 'cat', 'dan', 'eve'])
    expect(directory().byAddress({ channel: 'slack', id: 'U-ben' })?.id).toBe('ben')
    expect(directory().byAddress({ channel: 'sms', id: 'U-ben' })).toBeUndefined()
    const claims = person('mal', { methods: [{ address: { channel: 'slack', id: 'U-ben' }, verified: false }] })
    const claimed = createDirectory({ ...duty, staff: staff(...people.values(), claims) })
    expect(claimed.byAddress({ channel: 'slack', id: 'U-ben' })?.id).toBe('ben')
    expect(addressesOf(claims)).toEqual([])
  })

  it('follows the staff list while the house runs, and builds its book anew only for another list', () => {
    let now: Duty = duty
    const live = createDirectory(() => now)
    expect(live.byAddress({ channel: 'slack', id: 'U-zoe' })).toBeUndefined()
    now = { ...duty, staff: staff(person('zoe')) }
    expect(live.byAddress({ channel: 'slack', id: 'U-zoe' })?.id).toBe('zoe')
    expect(live.byId('ann')).toBeUndefined()
    expect(live.duty()).toBe(now)
    const fixed = now.staff as Map<string, ReturnType<typeof person>>
    fixed.set('yan', person('yan'))
    expect(live.byAddress({ channel: 'slack', id: 'U-yan' })).toBeUndefined()
  })

  it('names the people of each group, for what a case needs', () => {
    const ids = Object.entries(directory().onDuty('tower', at)).map(([name, list]) => [name, list.map(({ id }) => id)])
    expect(ids).toEqual([
      ['level-1', ['ann']],
      ['control-room', ['eve']],
      ['level-2', []],
    ])
    const about = directory().onDuty('tower', at, { about: ['ann'] })
    expect(about['level-1']).toEqual([])
  })

  it('keeps a case from those it is about and the line next to them, and nothing from anybody else', () => {
    expect(directory().isWalledOff('ann', { about: [] })).toBe(false)
    expect(directory().isWalledOff('ann', { about: ['ann'] })).toBe(true)
    expect(directory().isWalledOff('dan', { about: ['ann'] })).toBe(true)
    expect(directory().isWalledOff('ben', { about: ['ann'] })).toBe(false)
  })
})

describe('a person as the ladder sees them', () => {
  it('has the verified methods in order, and their delays where there are any', () => {
    const [slack, sms] = person('ann').methods
    if (slack === undefined || sms === undefined) throw new Error('ann has two methods')
    const three = person('ann', { methods: [slack, { ...sms, verified: false }, { ...sms, afterSeconds: 120 }] })
    expect(personOf(three)).toEqual({ id: 'ann', name: 'Ann', language: 'en', methods: 2, delays: [0, 120] })
    expect(addressesOf(three)).toEqual([slack.address, sms.address])
    const { afterSeconds: _none, ...plain } = slack
    expect(personOf(person('ann', { methods: [plain, plain] }))).not.toHaveProperty('delays')
    expect(personOf(person('ann', { methods: [plain, sms] }))).toMatchObject({ delays: [undefined, 60] })
  })

  it('holds a role where it was given, or everywhere', () => {
    const officer = person('ann')
    const boss = person('bob', { posts: [{ site: '*', role: 'manager' }] })
    expect(holds(officer, 'tower', ['officer', 'manager'])).toBe(true)
    expect(holds(officer, 'tower', ['manager'])).toBe(false)
    expect(holds(officer, 'garden', ['officer'])).toBe(false)
    expect(holds(boss, 'garden', ['manager'])).toBe(true)
    expect(holds(person('x', { posts: [] }), 'tower', ['officer'])).toBe(false)
    const two = person('y', {
      posts: [
        { site: 'garden', role: 'auditor' },
        { site: 'tower', role: 'officer' },
      ],
    })
    expect(holds(two, 'tower', ['officer'])).toBe(true)
  })
})

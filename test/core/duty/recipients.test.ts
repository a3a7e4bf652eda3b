import { describe, expect, it } from 'vitest'
import { conflictWall, lineAbove } from '../../../src/core/duty/conflict-wall.ts'
import { inFairOrder } from '../../../src/core/duty/in-fair-order.ts'
import { type CaseNeeds, mayReceive, maySee } from '../../../src/core/duty/may-receive.ts'
import type { Duty } from '../../../src/core/duty/on-duty.ts'
import { recipients } from '../../../src/core/duty/recipients.ts'
import { levelOf, startGroup } from '../../../src/core/duty/start-group.ts'
import { group, hk, person, rosters, sampleDuty, schedule, site, staff, week } from './sample-duty.ts'

const at = hk('2026-03-02T10:00')
const reasons = (one: ReturnType<typeof person>, needs: CaseNeeds, when = at, list = staff(one)) =>
  mayReceive(one, needs, { at: when, staff: list }).exclusions.map(({ code, reason, waivable }) => [
    code,
    reason,
    waivable,
  ])

describe('who may receive a case', () => {
  it('somebody about whom nothing speaks', () => {
    expect(mayReceive(person('ann'), { site: 'tower', language: 'zh-HK' }, { at, staff: staff() })).toEqual({
      may: true,
      exclusions: [],
    })
  })

  it('needs a language the customer speaks, unless nobody else is there', () => {
    expect(reasons(person('ann'), { language: 'zh-CN' })).toEqual([['language', 'does not speak zh-CN', true]])
    expect(reasons(person('ann'), { language: 'en' })).toEqual([])
  })

  it('needs every skill, unless nobody else is there', () => {
    expect(reasons(person('ann', { skills: ['first_aid'] }), { skills: ['first_aid', 'fire'] })).toEqual([
      ['skill', 'lacks the skill "fire"', true],
    ])
  })

  it('needs training valid today; only a danger to life does not wait for it', () => {
    const trained = person('ann', {
      training: [{ course: 'force', validUntil: hk('2026-03-02T00:00') }, { course: 'tone' }],
    })
    expect(reasons(trained, { training: ['force', 'tone'] })).toEqual([
      ['training', 'training "force" is missing or out of date', false],
    ])
    expect(reasons(trained, { training: ['force'] }, hk('2026-03-01T23:59'))).toEqual([])
    expect(reasons(trained, { training: ['force'] }, hk('2026-03-02T00:00'))).toHaveLength(1)
    expect(reasons(trained, { training: ['other'], severity: 1 })).toEqual([
      ['training', 'training "other" is missing or out of date', true],
    ])
    expect(reasons(trained, { training: ['other'], severity: 2 })[0]?.[2]).toBe(false)
  })

  it('needs a permit of one of the accepted categories, valid at that very instant (Cap. 460)', () => {
    const holder = person('ann', { permits: [{ category: 'B', expiresAt: hk('2026-03-02T10:00') }] })
    const before = new Date(hk('2026-03-02T10:00').getTime() - 1)
    expect(reasons(holder, { permits: ['A', 'B'] }, before)).toEqual([])
    expect(reasons(holder, { permits: ['A', 'B'] })).toEqual([['permit', 'permit has expired', false]])
    expect(reasons(holder, { permits: ['A', 'C'] })).toEqual([['permit', 'holds no permit of category A or C', false]])
    expect(reasons(holder, { permits: [] })).toEqual([])
    const renewed = person('ann', {
      permits: [...holder.permits, { category: 'B', expiresAt: hk('2031-03-02T10:00') }],
    })
    expect(reasons(renewed, { permits: ['B'] })).toEqual([])
  })

  it('needs a role that handles cases at the site', () => {
    const at = (role: 'auditor' | 'administrator' | 'officer' | 'supervisor' | 'manager', where = 'tower') =>
      reasons(person('ann', { posts: [{ site: where, role }] }), { site: 'tower' })
    expect(at('auditor')).toEqual([['role', 'handles no cases at tower', false]])
    expect(at('administrator')).toHaveLength(1)
    expect(at('officer', 'garden')).toHaveLength(1)
    expect([at('officer'), at('supervisor'), at('manager'), at('manager', '*')]).toEqual([[], [], [], []])
    expect(reasons(person('ann', { posts: [] }), {})).toEqual([])
  })

  it('needs a contact method that works', () => {
    const address = { channel: 'sms', id: '1' } as const
    const unverified = person('ann', { methods: [{ address, verified: false, afterSeconds: 0 }] })
    expect(reasons(unverified, {})).toEqual([['unreachable', 'has no working contact method', false]])
    expect(reasons(person('ann'), { unreachable: ['ann'] })).toHaveLength(1)
    expect(reasons(person('ann'), { unreachable: ['ben'] })).toEqual([])
  })

  it('lists every reason at once', () => {
    expect(
      reasons(person('ann'), { language: 'zh-CN', skills: ['x'], permits: ['B'], about: ['ann'] }).map(
        ([code]) => code,
      ),
    ).toEqual(['conflict', 'permit', 'language', 'skill'])
  })
})

describe('the conflict wall', () => {
  // dora leads cleo, who leads ben, who leads ann and abe; eve is outside the line.
  const line = staff(
    person('ann', { reportsTo: 'ben' }),
    person('abe', { reportsTo: 'ben' }),
    person('ben', { reportsTo: 'cleo' }),
    person('cleo', { reportsTo: 'dora' }),
    person('dora'),
    person('eve'),
  )
  const behind = (about: string[]) => [...conflictWall(line, about).keys()].sort()

  it('keeps out the person, the superior next above and everybody below', () => {
    expect(behind(['ann'])).toEqual(['ann', 'ben'])
    expect(behind(['ben'])).toEqual(['abe', 'ann', 'ben', 'cleo'])
    expect(behind(['dora'])).toEqual(['abe', 'ann', 'ben', 'cleo', 'dora'])
    expect(behind(['eve'])).toEqual(['eve'])
    expect(behind(['ann', 'eve'])).toEqual(['ann', 'ben', 'eve'])
    expect(behind([])).toEqual([])
    expect(behind(['stranger'])).toEqual(['stranger'])
  })

  it('says why', () => {
    const wall = conflictWall(line, ['ben'])
    expect([wall.get('ben'), wall.get('cleo'), wall.get('ann')]).toEqual([
      'the case is about this person',
      'is the superior of Ben, whom the case is about',
      'works under Ben, whom the case is about',
    ])
    expect(conflictWall(line, ['ann', 'ben']).get('ben')).toBe('the case is about this person')
  })

  it('a case is invisible to those behind the wall', () => {
    const see = (id: string, about: string[]) => maySee(line.get(id)!, { about }, line)
    expect([
      see('ann', ['ann']),
      see('ben', ['ann']),
      see('abe', ['ann']),
      see('cleo', ['ann']),
      see('dora', ['ann']),
    ]).toEqual([false, false, true, true, true])
    expect(maySee(line.get('ann')!, {}, line)).toBe(true)
  })

  it('survives a line that runs in a circle or leads nowhere', () => {
    const circle = staff(
      person('ann', { reportsTo: 'ben' }),
      person('ben', { reportsTo: 'ann' }),
      person('cat', { reportsTo: 'ghost' }),
    )
    expect(lineAbove(circle, circle.get('ann')!)).toEqual(['ben', 'ann'])
    expect(lineAbove(circle, circle.get('cat')!)).toEqual(['ghost'])
  })

  it('a complaint starts one level above the person, and above the top it goes to compliance', () => {
    const start = (about: string[], level = 1) => startGroup(sampleDuty, { site: 'harbour-view-tower', level, about })
    expect(start([])).toBe('level-1')
    expect(start([], 2)).toBe('level-2')
    expect(start(['chan-tai-man'])).toBe('level-2')
    expect(start(['chan-tai-man'], 3)).toBe('level-3')
    expect(start(['lam-mei-ling'])).toBe('level-3')
    expect(start(['chan-tai-man', 'tang-kwok-leung'])).toBe('level-5')
    expect(start(['kwok-wing-sze'])).toBe('compliance')
    expect(start(['mak-lai-fong'])).toBe('level-1')
    expect(startGroup(sampleDuty, { site: 'jade-garden', level: 1, about: ['chan-tai-man'] })).toBe('level-1')
    expect(startGroup(sampleDuty, { site: 'moon', level: 2, about: ['chan-tai-man'] })).toBe('level-2')
  })

  it('knows the level at which a person is rostered', () => {
    const tower = sampleDuty.rosters.sites.get('harbour-view-tower')
    expect(
      ['chan-tai-man', 'ho-chi-keung', 'kwok-wing-sze', 'mak-lai-fong', 'x'].map((id) =>
        levelOf(sampleDuty.rosters, tower, id),
      ),
    ).toEqual([1, 2, 5, 0, 0])
    expect(levelOf(sampleDuty.rosters, undefined, 'chan-tai-man')).toBe(0)
  })

  it('E6: at no level of the sample operator does a page about somebody reach them, their superior or their reports', () => {
    for (const about of sampleDuty.staff.keys()) {
      const wall = conflictWall(sampleDuty.staff, [about])
      for (const one of sampleDuty.rosters.sites.get('harbour-view-tower')!.groups) {
        const found = recipients({
          ...sampleDuty,
          site: 'harbour-view-tower',
          level: one.group,
          at,
          needs: { about: [about] },
        })
        expect(found.people.filter(({ person: who }) => wall.has(who.id))).toEqual([])
      }
    }
  })
})

describe('who is paged at a level', () => {
  const shifts = (id: string, ...people: string[]) =>
    schedule({
      id,
      name: id,
      rotations: [],
      weeklyShifts: [{ id: 'always', people, week: week({ daily: ['00:00-24:00'] }) }],
    })
  const duty = (people: Duty['staff'], change: Parameters<typeof group>[0] = {}): Duty => ({
    staff: people,
    rosters: rosters([shifts('desk', 'ann', 'ben'), shifts('relief', 'cat')], {
      sites: new Map([['tower', site([group({ relief: ['relief'], ...change })])]]),
    }),
  })
  const ask = (of: Duty, needs: CaseNeeds = {}) => {
    const { people, excluded, because, warnings } = recipients({ ...of, site: 'tower', level: 1, at, needs })
    return {
      people: people.map(({ person: { id } }) => id),
      excluded: excluded.map(({ person: { id } }) => id),
      because,
      warnings,
    }
  }
  const everyone = staff(person('ann'), person('ben', { languages: ['zh-HK'] }), person('cat'))

  it('everybody on duty who may', () => {
    expect(ask(duty(everyone))).toMatchObject({ people: ['ann', 'ben'], excluded: [], warnings: [] })
    expect(ask(duty(everyone), { language: 'en' })).toMatchObject({ people: ['ann'], excluded: ['ben'], warnings: [] })
    expect(ask(duty(everyone)).because).toContain('Ann (desk: shift always, until Tue 3 Mar 00:00); Ben (')
  })

  it('a permit that expires in mid-shift sends the next case to the relief', () => {
    const permit = (expiresAt: Date) => ({ permits: [{ category: 'B', expiresAt }] }) as const
    const people = staff(
      person('ann', permit(at)),
      person('ben', permit(at)),
      person('cat', permit(hk('2027-01-01T00:00'))),
    )
    const before = recipients({
      ...duty(people, { needs: { permits: ['B'] } }),
      site: 'tower',
      level: 1,
      at: new Date(at.getTime() - 1),
      needs: {},
    })
    expect(before.people.map(({ person: { id } }) => id)).toEqual(['ann', 'ben'])
    const after = ask(duty(people, { needs: { permits: ['B'] } }))
    expect(after).toMatchObject({ people: ['cat'], excluded: ['ann', 'ben'] })
    expect(after.because).toMatch(/^relief, as nobody on the post may receive it: Cat \(/)
  })

  it('a missing language gives way before the level is empty, with a warning; a conflict never does', () => {
    const strangers = staff(person('ann'), person('ben', { skills: ['x'] }), person('cat', { reportsTo: 'ann' }))
    const waived = ask(duty(strangers), { language: 'zh-CN', about: ['ann'] })
    expect(waived).toMatchObject({ people: ['ben'], excluded: ['ann', 'cat'] })
    expect(waived.warnings).toEqual(['Ben gets it all the same, as nobody else is there: does not speak zh-CN'])
  })

  it('an empty level says why it is empty', () => {
    const nobody = ask(duty(everyone), { about: ['ann', 'ben', 'cat'] })
    expect(nobody).toMatchObject({ people: [], excluded: ['ann', 'ben', 'cat'] })
    expect(nobody.because).toBe(
      'nobody on duty may receive it: Ann the case is about this person; Ben the case is about this person; Cat the case is about this person',
    )
    const empty = duty(everyone, { schedules: ['none'], relief: [] })
    expect(ask(empty)).toEqual({
      people: [],
      excluded: [],
      because: 'nobody is on duty by none',
      warnings: ['there is no schedule "none"'],
    })
    expect(ask(duty(everyone, { schedules: [], relief: [] })).because).toBe('nobody is on duty by any schedule')
  })

  it('needs of the post and of the case add up', () => {
    const trained = staff(
      person('ann', { training: [{ course: 'post' }], skills: ['s'] }),
      person('ben', { training: [{ course: 'post' }, { course: 'case' }], skills: ['s', 't'] }),
      person('cat'),
    )
    const post = { needs: { training: ['post'], skills: ['s'], language: 'en' }, relief: [] } as const
    expect(ask(duty(trained, post))).toMatchObject({ people: ['ann', 'ben'] })
    expect(ask(duty(trained, post), { training: ['case'] })).toMatchObject({ people: ['ben'] })
    expect(ask(duty(trained, post), { skills: ['t'] })).toMatchObject({ people: ['ben'] })
    expect(ask(duty(trained, post), { language: 'zh-CN' }).warnings).toHaveLength(2)
    expect(ask(duty(trained, post)).warnings).toEqual([])
  })

  it('people outside the site are not paged even when a roster names them', () => {
    const others = staff(person('ann', { posts: [{ site: 'garden', role: 'officer' }] }), person('ben'), person('cat'))
    expect(ask(duty(others))).toMatchObject({ people: ['ben'], excluded: ['ann'] })
  })

  it('a person on two schedules of a level is paged once', () => {
    expect(ask(duty(everyone, { schedules: ['desk', 'desk', 'relief'] })).people).toEqual(['ann', 'ben', 'cat'])
  })
})

describe('the fair order', () => {
  const people = ['ann', 'ben', 'cat', 'dan'].map((id) => ({ person: person(id), until: at, because: '' }))
  const order = (load: Record<string, { openCases: number; lastPagedAt?: Date }>) =>
    inFairOrder(people, new Map(Object.entries(load))).map(({ person: { id } }) => id)

  it('fewest open cases first, then the longest since the last page, then by id', () => {
    expect(order({ ann: { openCases: 2 }, ben: { openCases: 1 } })).toEqual(['cat', 'dan', 'ben', 'ann'])
    expect(
      order({
        ann: { openCases: 0, lastPagedAt: hk('2026-03-02T09:00') },
        ben: { openCases: 0, lastPagedAt: hk('2026-03-02T08:00') },
      }),
    ).toEqual(['cat', 'dan', 'ben', 'ann'])
    expect(order({})).toEqual(['ann', 'ben', 'cat', 'dan'])
    expect(inFairOrder([...people].reverse(), new Map()).map(({ person: { id } }) => id)).toEqual([
      'ann',
      'ben',
      'cat',
      'dan',
    ])
  })
})

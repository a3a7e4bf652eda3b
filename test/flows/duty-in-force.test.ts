import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { keepDuty } from '../../src/core/duty/live-duty.ts'
import { onDuty } from '../../src/core/duty/on-duty.ts'
import { runDuty } from '../../src/core/duty/run-duty.ts'
import type { StaffMember } from '../../src/core/duty/staff.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'
import { scriptedBot, usualLines } from './scripted-bot.ts'

withStore()

const site = 'harbour-view-tower'
const later = (house: TestHouse, hours: number) => new Date(house.now().getTime() + hours * 3_600_000)

const withMember = (config: Config, id: string, change: (member: StaffMember) => StaffMember): Config => {
  const member = config.duty.staff.get(id)
  if (member === undefined) throw new Error(`${id} is not in staff.yaml`)
  return { ...config, duty: { ...config.duty, staff: new Map(config.duty.staff).set(id, change(member)) } }
}

/** A new tenant complains; the number of their case. */
let tenants = 0
async function complaint(house: TestHouse, text = 'Nobody came when I rang the guard post twice.') {
  tenants += 1
  const tenant = phoneOf(house, `+1202555${String(2_000 + tenants)}`)
  await tenant.texts(text)
  const caseId = /GH-\d+-\d+/.exec(tenant.reads('GH-').message.text)?.[0] ?? ''
  return { tenant, caseId }
}

/** What `gatehouse duty` says of a level. */
const dutyOf = (house: TestHouse, level: string): readonly string[] => {
  const shown = runDuty(house.live.duty(), { site, at: house.now().toISOString() })
  if (!shown.ok) throw new Error(shown.message)
  return shown.json.levels.find(({ group }) => group === level)?.people.map(({ id }) => id) ?? []
}

describe('who gets a case', () => {
  it('a permit that expires in mid-shift sends the next case to the relief, not the ones before (Cap. 460)', async () => {
    const expiresAt = new Date('2026-03-04T02:30:00Z')
    const house = await openHouse({
      configured: (config) =>
        withMember(config, 'wong-siu-ming', (one) => ({ ...one, permits: [{ category: 'B', expiresAt }] })),
    })
    const [wong, ng] = [officer(house, 'wong-siu-ming'), officer(house, 'ng-pui-yee')]
    const before = await complaint(house)
    wong.reads(before.caseId)
    await wong.presses('acknowledge', before.caseId)
    towerDesk(house).reads('has it')
    before.tenant.reads('now looks after')
    await house.passes('31m')
    const after = await complaint(house)
    ng.reads(after.caseId)
    wong.hasNothingNew()
    expect(dutyOf(house, 'level-1')).toEqual(['ng-pui-yee'])
  })

  it('somebody who speaks the customer’s language, and in danger everybody', async () => {
    const house = await openHouse({
      configured: (config) => withMember(config, 'wong-siu-ming', (one) => ({ ...one, languages: ['en'] })),
    })
    const [wong, ng] = [officer(house, 'wong-siu-ming'), officer(house, 'ng-pui-yee')]
    const chinese = await complaint(house, '我按咗兩次保安室門鐘都冇人應。')
    ng.reads(chinese.caseId)
    wong.hasNothingNew()
    const english = await complaint(house)
    wong.reads(english.caseId)
    ng.hasNothingNew()
    const tenant = phoneOf(house, '+12025550199')
    await tenant.texts('救命！12樓走廊着火，好大煙！')
    tenant.reads('999')
    wong.reads('緊急')
    officer(house, 'ho-chi-keung').reads('EMERGENCY')
    officer(house, 'lam-mei-ling').reads('緊急')
  })

  it('a complaint about a person starts one level higher, and does not exist for them and the line next to them', async () => {
    const house = await openHouse()
    const [wong, ho, lam] = [
      officer(house, 'wong-siu-ming'),
      officer(house, 'ho-chi-keung'),
      officer(house, 'lam-mei-ling'),
    ]
    const { caseId, tenant } = await complaint(house)
    wong.reads(caseId)
    const { engine } = house
    const { applySignal } = await import('../../src/core/engine.ts')
    const by = { id: 'ho-chi-keung', name: ho.name }
    await applySignal(caseId, { type: 'wall', id: 'w1', at: house.now(), by, about: ['wong-siu-ming'] }, engine)
    await house.settle()
    ho.reads(caseId)
    expect(await wong.presses('acknowledge', caseId)).toBe(`There is no case ${caseId} that you can see.`)
    // Wong reports to Lam: the superior next above answers for him, and is kept out too.
    expect(await lam.presses('note', caseId, { text: 'x' })).toBe(`There is no case ${caseId} that you can see.`)
    expect(towerDesk(house).card(caseId)).toMatchObject({ buttons: [], fields: [] })
    expect(await ho.presses('acknowledge', caseId)).toContain('is yours')
    tenant.reads('Ho Chi Keung now looks after')
    await house.passes('1m')
    wong.hasNothingNew()
  })

  it('integrity goes to compliance, outside the line', async () => {
    const lines = [
      ...usualLines,
      { when: 'paid the guard', understood: { category: 'integrity', severity: 3 } as const },
    ]
    const house = await openHouse({ bot: (config) => scriptedBot(config.content, lines) })
    const { caseId } = await complaint(house, 'I paid the guard to let me park.')
    const state = await house.state(caseId)
    expect(state).toMatchObject({ category: 'integrity', start: 'compliance' })
    officer(house, 'mak-lai-fong').reads(caseId)
  })

  it('a person’s own methods follow by their delays until somebody takes it', async () => {
    const house = await openHouse({ delays: true })
    const wong = officer(house, 'wong-siu-ming')
    const { caseId, tenant } = await complaint(house)
    wong.reads(caseId)
    await house.passes('59s')
    wong.phone.hasNothingNew()
    await house.passes('1s')
    wong.phone.reads(caseId)
    await wong.phone.texts('收到')
    wong.phone.reads('is yours')
    tenant.reads('now looks after')
    towerDesk(house).reads('has it')
    await house.passes('10m')
    expect(house.phones.arrived.filter(({ message }) => message.to.id === '+12025550102')).toHaveLength(2)
  })
})

describe('who is on duty, and the page that is sent, always agree', () => {
  it('a cover, a swap, a take-over, an addition and a removal count at once, for every process', async () => {
    const house = await openHouse()
    const { shifts } = house
    const tower = { schedule: 'tower-officers', by: 'ho-chi-keung' }
    const pagedNow = async () => {
      const { caseId } = await complaint(house)
      const state = await house.state(caseId)
      const people = 'pages' in state ? state.pages.map(({ person }) => person) : []
      for (const person of people) officer(house, person).reads(caseId)
      return people
    }
    const agree = async (...people: readonly string[]) => {
      expect(dutyOf(house, 'level-1')).toEqual(people)
      expect(await pagedNow()).toEqual(people)
      const other = keepDuty(house.config.duty, house.stores.dutyChanges, house.now)
      await other.fresh()
      expect(
        onDuty({ ...other.duty(), site, level: 1, at: house.now() }).people.map(({ person }) => person.id),
      ).toEqual(people)
    }
    await agree('wong-siu-ming')
    const hours = { startAt: house.now(), endAt: later(house, 2) }
    expect(
      await shifts.cover({ id: 'c1', ...tower, ...hours, absent: 'wong-siu-ming', cover: 'lee-ka-yan' }),
    ).toMatchObject({ ok: true })
    await agree('lee-ka-yan')
    expect(
      await shifts.takeOver({ id: 't1', ...tower, from: 'lee-ka-yan', to: 'chan-tai-man', at: house.now() }),
    ).toMatchObject({ ok: true })
    await agree('chan-tai-man')
    expect(await shifts.add({ id: 'a1', ...tower, ...hours, person: 'ng-pui-yee' })).toMatchObject({ ok: true })
    await agree('chan-tai-man', 'ng-pui-yee')
    expect(await shifts.remove({ id: 'r1', ...tower, ...hours, person: 'chan-tai-man' })).toMatchObject({ ok: true })
    await agree('ng-pui-yee')
    expect(await shifts.remove({ id: 'r2', ...tower, ...hours, person: 'ng-pui-yee' })).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('nobody else is on duty')],
    })
    await house.passes('2h')
    expect(dutyOf(house, 'level-1')).toEqual(['wong-siu-ming'])
    // A wake of open complaints is chased meanwhile; this story is not about them.
    while (house.slack.unexpected()[0]) house.slack.take(house.slack.unexpected()[0]!.message.to)
    while (house.phones.unexpected()[0]) house.phones.take(house.phones.unexpected()[0]!.message.to)
  }, 120_000)

  it('the same command twice is one change; one that may not be is refused with every reason', async () => {
    const house = await openHouse()
    const cover = {
      id: 'c1',
      schedule: 'tower-officers',
      by: 'ho-chi-keung',
      startAt: house.now(),
      endAt: later(house, 2),
      absent: 'wong-siu-ming',
      cover: 'lee-ka-yan',
    }
    await house.shifts.cover(cover)
    // Wong is not on duty any more, so the repetition finds nothing to cover.
    expect(await house.shifts.cover(cover)).toMatchObject({ ok: false })
    expect(house.live.duty().rosters.overrides).toHaveLength(1)
    expect(
      await house.shifts.cover({ ...cover, id: 'c2', absent: 'lee-ka-yan', cover: 'cheung-wai-kit' }),
    ).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([
        expect.stringContaining('handles no cases at harbour-view-tower'),
        expect.stringContaining('permit'),
      ]),
    })
  })
})

describe('offices that are closed by a command', () => {
  it('typhoon signal 8: nobody is chased into a closed office, and the time that was left counts on afterwards', async () => {
    const house = await openHouse()
    const wong = officer(house, 'wong-siu-ming')
    const { caseId } = await complaint(house)
    wong.reads(caseId)
    const by = 'ho-chi-keung'
    await house.passes('10m')
    await house.shifts.raiseClosure({ id: 't8', reason: 'typhoon_signal_8', contract: site, startAt: house.now(), by })
    await house.passes('90m')
    wong.hasNothingNew()
    expect(await house.shifts.lowerClosure({ id: 't8', endAt: house.now(), by })).toBe(true)
    expect(await house.shifts.lowerClosure({ id: 't8', endAt: house.now(), by })).toBe(false)
    await house.passes('9m')
    wong.hasNothingNew()
    await house.passes('1m')
    wong.phone.reads('仍待處理', caseId)
  })

  it('typhoon signal 8: a time that an officer named to the customer is chased all the same, by whoever is on duty', async () => {
    const house = await openHouse()
    const wong = officer(house, 'wong-siu-ming')
    const { tenant, caseId } = await complaint(house)
    wong.reads(caseId)
    await wong.presses('acknowledge', caseId)
    await wong.presses('promise', caseId, { by: '2026-03-04 15:00' })
    tenant.reads('now looks after')
    tenant.reads('by Wed 4 Mar, 15:00')
    await house.passes('1h')
    await house.shifts.raiseClosure({
      ...{ id: 't8', reason: 'typhoon_signal_8', contract: site, startAt: house.now(), by: 'ho-chi-keung' },
    })
    await house.passes('209m')
    wong.hasNothingNew()
    await house.passes('1m')
    wong.reads('3月4日（三）15:00')
    await house.passes('30m')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', why: 'lapsed' })
    wong.reads(caseId, '曾接手但沒有進展')
    const desk = towerDesk(house)
    for (const words of ['has it', 'promised the customer news', 'others are paged again']) desk.reads(words)
  })

  it('of one contract do not stop the clocks of another, nor those of danger', async () => {
    const house = await openHouse()
    await house.shifts.raiseClosure({
      id: 't8',
      reason: 'typhoon_signal_8',
      contract: 'jade-garden',
      startAt: house.now(),
      by: 'ho-chi-keung',
    })
    const wong = officer(house, 'wong-siu-ming')
    const { caseId } = await complaint(house)
    wong.reads(caseId)
    await house.passes('20m')
    wong.phone.reads(caseId)
    await house.shifts.raiseClosure({ id: 'b', reason: 'black_rainstorm', startAt: house.now(), by: 'ho-chi-keung' })
    const tenant = phoneOf(house, '+12025550198')
    await tenant.texts('There is a fire in the corridor!')
    tenant.reads('999')
    for (const id of ['wong-siu-ming', 'ho-chi-keung', 'lam-mei-ling']) officer(house, id).reads('GH-')
    await house.passes('1m')
    for (const id of ['wong-siu-ming', 'ho-chi-keung', 'lam-mei-ling']) officer(house, id).phone.reads('GH-')
  })
})

import { describe, expect, it } from 'vitest'
import { openHouse, shippedConfig, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf, reported, towerDesk } from './people.ts'
import { type Line, scriptedBot, usualLines } from './scripted-bot.ts'
import { readAll } from './taken-case.ts'

withStore()

const first = 'GH-2026-000001'
const second = 'GH-2026-000002'

/** A tenant's complaint that Wong has taken. */
async function aTakenCase(channel: 'sms' | 'whatsapp' = 'sms', lines: readonly Line[] = usualLines) {
  const house = await openHouse({ bot: (config) => scriptedBot(config.content, lines) })
  const tenant = phoneOf(house, '+12025550123', channel)
  const [wong, lee, lam] = [
    officer(house, 'wong-siu-ming'),
    officer(house, 'lee-ka-yan'),
    officer(house, 'lam-mei-ling'),
  ]
  await tenant.texts('Nobody came when I rang the guard post twice.')
  await wong.presses('acknowledge', first)
  readAll(house)
  return { house, tenant, wong, lee, lam }
}

/** A case of Wong's with two answers, five minutes apart, of which nothing has been reported yet. */
async function twiceAnswered() {
  const taken = await aTakenCase()
  const answers = async (text: string) => {
    await taken.wong.presses('reply', first, { text })
    return taken.tenant.reads(text)
  }
  const lost = await answers('The relief came late.')
  await taken.house.passes('5m')
  return { ...taken, lost, next: await answers('He is there now.') }
}

describe('what the customer was promised', () => {
  it('holds when the case is handed over or given to somebody else, and the new owner is reminded in time', async () => {
    const { house, tenant, wong, lee, lam } = await aTakenCase()
    await wong.presses('promise', first, { by: '2026-03-04 15:00' })
    tenant.reads('by Wed 4 Mar, 15:00')
    await wong.presses('hand-over', first, { person: 'lee-ka-yan', note: 'I go home.' })
    await lee.presses('accept', first)
    tenant.reads('Lee Ka Yan now looks after', 'Next update by Wed 4 Mar, 15:00')
    await house.passes('3h')
    await lam.presses('assign', first, { person: 'chan-tai-man', note: 'He knows the post.' })
    tenant.reads('Chan Tai Man now looks after', 'Next update by Wed 4 Mar, 15:00')
    expect((await house.state(first)).promisedBy).toEqual(new Date('2026-03-04T07:00:00Z'))
    readAll(house)
  })

  it('holds when the case is given back to the ladder and taken again, also when that is at night', async () => {
    const { house, tenant, wong, lam } = await aTakenCase()
    await wong.presses('promise', first, { by: '2026-03-04 21:00' })
    await wong.presses('escalate', first, { reason: 'He asks for a manager.' })
    readAll(house)
    await house.passes('8h')
    expect((await house.state(first)).status).toBe('exhausted')
    readAll(house)
    await lam.presses('acknowledge', first)
    tenant.reads('Lam Mei Ling now looks after', 'Next update by Wed 4 Mar, 21:00')
    readAll(house)
    await house.passes('165m')
    lam.reads('已承諾客戶於3月4日（三）21:00前有消息')
    await house.passes('16m')
    expect(await house.state(first)).toMatchObject({ status: 'paging', why: 'lapsed' })
    readAll(house)
    await lam.presses('acknowledge', first)
    expect(tenant.reads('Lam Mei Ling now looks after').message.text).toContain('by Thu 5 Mar, 10:00')
    readAll(house)
  })

  it('holds when the case goes on under another number', async () => {
    const { house, tenant, wong, lam } = await aTakenCase()
    await wong.presses('split', first, { text: 'The second visit.' })
    await wong.presses('promise', first, { by: '2026-03-04 15:00' })
    readAll(house)
    await lam.presses('merge', first, { case: second, told: 'One number is enough.' })
    tenant.reads(`goes on under the number ${second}`)
    expect((await house.state(second)).promisedBy).toEqual(new Date('2026-03-04T07:00:00Z'))
    readAll(house)
    await house.passes('290m')
    wong.reads('已承諾客戶於3月4日（三）15:00前有消息')
    readAll(house)
  })

  it('is not kept by an answer that did not arrive: the owner has the time of a page to reach them another way', async () => {
    const { house, tenant, wong } = await aTakenCase()
    await wong.presses('reply', first, { text: 'The relief came late.' })
    await reported(house, tenant.reads('came late'), 'failed', 'the phone is switched off')
    wong.reads('the phone is switched off')
    const state = await house.state(first)
    expect('dueAt' in state && state.dueAt.toISOString()).toMatch(/^2026-03-04T02:20:00/)
    expect(state).toMatchObject({
      chased: true,
      targets: { list: expect.arrayContaining([expect.objectContaining({ name: 'firstReply', stage: 'open' })]) },
    })
    readAll(house)
    await house.passes('20m')
    expect(await house.state(first)).toMatchObject({ status: 'paging', why: 'lapsed' })
    readAll(house)
  })

  it('reported late, after another answer was sent: the owner hears of it, and owes nothing for it', async () => {
    const { house, wong, lost, next } = await twiceAnswered()
    await reported(house, next, 'delivered')
    const before = await house.state(first)
    await reported(house, lost, 'failed', 'the phone is switched off')
    wong.reads('the phone is switched off')
    const state = await house.state(first)
    expect(state).toMatchObject({ status: 'owned', chased: false, dueAt: 'dueAt' in before && before.dueAt })
    expect(state.targets?.list).toContainEqual(
      expect.objectContaining({ name: 'firstReply', stage: 'met', metAt: before.lastReply?.at }),
    )
    readAll(house)
    await house.passes('30m')
    expect(await house.state(first)).toMatchObject({ status: 'owned', chased: false })
    readAll(house)
  })

  it('nor did the other answer arrive: then it is owed all the same', async () => {
    const { house, lost, next } = await twiceAnswered()
    await reported(house, next, 'failed', 'the phone is switched off')
    await reported(house, lost, 'failed', 'the phone is switched off')
    const state = await house.state(first)
    expect(state).toMatchObject({ status: 'owned', chased: true })
    expect(state.targets?.list).toContainEqual(expect.objectContaining({ name: 'firstReply', stage: 'open' }))
    readAll(house)
  })

  it('and a note of how they were reached settles it', async () => {
    const { house, tenant, wong } = await aTakenCase()
    await wong.presses('reply', first, { text: 'The relief came late.' })
    await reported(house, tenant.reads('came late'), 'failed', 'the phone is switched off')
    readAll(house)
    await wong.presses('note', first, { text: 'Told her at the lobby.' })
    await house.passes('1h')
    expect(await house.state(first)).toMatchObject({ status: 'owned', chased: false })
    readAll(house)
  })
})

describe('words that did not arrive', () => {
  it('a question: nobody waits for an answer to it', async () => {
    const { house, tenant, wong } = await aTakenCase()
    await wong.presses('ask', first, { text: 'Which day was it?' })
    await reported(house, tenant.reads('Which day'), 'failed', 'the phone is switched off')
    expect(await house.state(first)).not.toHaveProperty('askedAt')
    await tenant.texts(`STATUS ${first}`)
    expect(tenant.reads('looks after it').message.text).not.toContain('waiting for your answer')
    readAll(house)
  })

  it('an end that may be objected to: it does not close in silence', async () => {
    const { house, tenant, wong } = await aTakenCase()
    await wong.presses('resolve', first, { outcome: 'resolved', told: 'We spoke to him.' })
    await reported(house, tenant.reads('We spoke to him'), 'failed', 'the phone is switched off')
    readAll(house)
    await house.passes('25h')
    expect((await house.state(first)).status).not.toBe('closed')
    readAll(house)
  })

  it('an end: whoever closed it is told', async () => {
    const { house, tenant, wong } = await aTakenCase()
    await wong.presses('close', first, { outcome: 'resolved', told: 'We spoke to him.' })
    const end = tenant.reads('We spoke to him')
    readAll(house)
    await reported(house, end, 'failed', 'the phone is switched off')
    wong.reads('the phone is switched off')
    towerDesk(house).reads('could not be delivered')
  })
})

describe('words that a provider held up', () => {
  it('say when they were written, in the language of the case: what they promise may be over', async () => {
    const house = await openHouse()
    const [tenant, other] = [phoneOf(house, '+12025550123'), phoneOf(house, '+12025550124')]
    house.phones.fromNowOn('busy')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    await other.texts('我揿咗兩次鐘都冇人嚟。')
    await house.passes('90m')
    house.phones.fromNowOn('sent')
    await house.passes('30m')
    tenant.reads('by Wed 4 Mar, 11:00', /We wrote it on Wed 4 Mar, 10:00\.\)$/)
    expect(other.reads('於3月4日（三）10:00撰寫').message.text.match(/撰寫/g)).toHaveLength(1)
    readAll(house)
  })
})

describe('an owner who is no longer in staff.yaml', () => {
  it('has nothing: the last-resort list is told within minutes', async () => {
    const { house } = await aTakenCase()
    house.isOffFor('1h')
    const without = new Map([...shippedConfig().duty.staff].filter(([id]) => id !== 'wong-siu-ming'))
    const later = await openHouse({
      ...{ at: house.now(), watching: true },
      configured: (config) => ({ ...config, duty: { ...config.duty, staff: without } }),
    })
    // The walk over the open cases is at one status at a look.
    for (let look = 0; look < 4; look++) await later.jobs.find(({ name }) => name === 'watch-audit')?.look()
    await later.settle()
    const alarms = later.slack.unexpected().filter(({ message }) => message.text.includes('have nobody'))
    expect(alarms.map(({ message }) => message.text).join()).toContain(first)
    readAll(later)
  })
})

describe('an answer by SMS to what could not go by WhatsApp', () => {
  it('belongs to the case, and STATUS tells of it there', async () => {
    const { house, wong } = await aTakenCase('whatsapp')
    const sms = phoneOf(house, '+12025550123')
    await house.passes('25h')
    await wong.presses('ask', first, { text: 'Which day was it?' })
    sms.reads('Which day was it?', 'Please answer here')
    await sms.texts('It was on Monday.')
    await house.theCase()
    expect(await house.state(first)).not.toHaveProperty('askedAt')
    readAll(house)
    for (const words of ['STATUS', `STATUS ${first}`]) {
      await sms.texts(words)
      sms.reads(`Case ${first}: Wong Siu Ming looks after it`)
    }
    const stranger = phoneOf(house, '+12025550124')
    await stranger.texts(`STATUS ${first}`)
    stranger.reads('cannot show a case')
  })
})

describe('danger on a case that nobody is at', () => {
  const people = (house: TestHouse) => ['ho-chi-keung', 'lam-mei-ling'].map((id) => officer(house, id))

  it('resolved: everybody is paged at once, as the customer is told', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('There is a fire in the corridor!')
    await wong.presses('acknowledge', first)
    await wong.presses('resolve', first, { outcome: 'resolved', told: 'It is out.' })
    readAll(house)
    await house.passes('2h')
    await tenant.texts('The fire is back, there is smoke everywhere!')
    tenant.reads('Call 999 now', 'duty officers are being told now')
    for (const one of people(house)) one.reads(first)
    readAll(house)
  })

  it('whose owner has gone home: the same', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('There is a fire in the corridor!')
    await wong.presses('acknowledge', first)
    await wong.presses('promise', first, { by: '2026-03-05 15:00' })
    readAll(house)
    await house.passes('15h')
    readAll(house)
    expect((await house.state(first)).status).toBe('owned')
    await tenant.texts('The fire is back, there is smoke everywhere!')
    tenant.reads('Call 999 now', 'duty officers are being told now')
    expect(await house.state(first)).toMatchObject({ status: 'paging', step: 0 })
    readAll(house)
  })
})

describe('what a case turns out to be about', () => {
  const bribe: Line = { when: 'paid the guard', understood: { category: 'integrity', severity: 3 } }

  it('integrity, said by a person while it is paged: it leaves the line at once', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    readAll(house)
    await officer(house, 'lam-mei-ling').presses('set-category', first, { category: 'integrity' })
    expect(await house.state(first)).toMatchObject({ status: 'paging', start: 'compliance' })
    officer(house, 'mak-lai-fong').reads(first)
    readAll(house)
  })

  it('and the same when the customer says it later, in graver words of the same severity', async () => {
    const lines = [{ when: 'lift key', understood: { kind: 'enquiry', severity: 3, complaint: false } } as const, bribe]
    const house = await openHouse({ bot: (config) => scriptedBot(config.content, lines) })
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('It is about the lift key.')
    readAll(house)
    await tenant.texts('I paid the guard for it.')
    expect(await house.state(first)).toMatchObject({ category: 'integrity', start: 'compliance' })
    officer(house, 'mak-lai-fong').reads(first)
    readAll(house)
  })
})

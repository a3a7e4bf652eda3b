import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { hands, officer, phoneOf } from './people.ts'
import { aTakenCase } from './taken-case.ts'

withStore()

describe('a question to the customer', () => {
  it('stops the clock until they answer; STATUS says what is waited for', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    const answer = await wong.presses('ask', caseId, { text: 'Which lift is it?' })
    expect(answer).toContain('The clock waits')
    tenant.reads('Which lift is it?', 'we go on as soon as we have it', 'Wong Siu Ming')
    expect(desk.card(caseId).headline).toContain("waits for the customer's answer")
    await tenant.texts(`STATUS ${caseId}`)
    tenant.reads('is waiting for your answer')
    await house.passes('1d')
    wong.hasNothingNew()
    await tenant.texts('The one near the lobby.')
    desk.reads('the customer wrote: The one near the lobby.')
    wong.reads('The one near the lobby.')
    tenant.reads('added this to case')
    const state = await house.state(caseId)
    expect(state).toMatchObject({ status: 'owned', promisedBy: expect.any(Date) })
    expect(state).not.toHaveProperty('askedAt')
  })

  it('is repeated once; then the clock runs again and the owner is told', async () => {
    const { house, tenant, wong, caseId } = await aTakenCase()
    await wong.presses('ask', caseId, { text: 'Which lift is it?' })
    tenant.reads('Which lift is it?')
    await house.passes('5d')
    tenant.reads('we still need your answer')
    await house.passes('4d')
    tenant.hasNothingNew()
    wong.reads('客戶未回覆我們的問題')
  })
})

describe('what the assistant got wrong', () => {
  it('goes on the list of whoever writes the answers, with the customer’s words, and changes nothing by itself', async () => {
    const { house, wong, caseId } = await aTakenCase()
    const before = await house.state(caseId)
    expect(await wong.presses('bot-wrong', caseId, { should: 'An incident report.' })).toContain('on the list')
    expect(await house.stores.botReviews.open(10)).toMatchObject([
      {
        ...{ caseId, by: 'wong-siu-ming', words: 'Nobody came when I rang the guard post twice.' },
        ...{ heardAs: { kind: 'complaint' }, shouldBe: 'An incident report.' },
      },
    ])
    expect(await house.state(caseId)).toEqual(before)
  })
})

describe('a resolved case', () => {
  it('closes by itself when nobody objects', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.presses('resolve', caseId, { outcome: 'resolved', told: 'The post is manned.' })
    tenant.reads('The post is manned.', 'If we hear nothing, the case is closed then')
    desk.reads('resolved by Wong Siu Ming')
    await house.passes('25h')
    desk.reads('closed by Wong Siu Ming')
    tenant.hasNothingNew()
    expect(await house.state(caseId)).toMatchObject({ status: 'closed', outcome: 'resolved' })
  })

  it('goes on when the customer objects, and not when they say thanks', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.presses('resolve', caseId, { outcome: 'resolved', told: 'The post is manned.' })
    tenant.reads('The post is manned.')
    desk.reads('resolved by')
    await tenant.texts('thank you')
    desk.reads('thank you')
    wong.reads('thank you')
    expect(await house.state(caseId)).toHaveProperty('resolved')
    await tenant.texts('Nobody is there again!')
    desk.reads('Nobody is there again!')
    wong.reads('Nobody is there again!')
    tenant.reads('added this to case')
    expect(await house.state(caseId)).not.toHaveProperty('resolved')
  })
})

describe('handing over', () => {
  it('leaves the giver responsible until the receiver accepts; nobody else can accept', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    const lee = officer(house, 'lee-ka-yan')
    await wong.presses('hand-over', caseId, { person: 'lee-ka-yan', note: 'I go home.' })
    lee.reads('Wong Siu Ming asks you to take it over', 'I go home.')
    expect(await house.state(caseId)).toMatchObject({ owner: { id: 'wong-siu-ming' } })
    expect(await wong.presses('accept', caseId)).toContain('is not offered to you')
    expect(await lee.presses('my-cases', '')).toContain('OFFERED TO YOU')
    await lee.presses('accept', caseId)
    tenant.reads('Lee Ka Yan')
    desk.reads('Lee Ka Yan has taken it over from Wong Siu Ming')
    wong.reads('Lee Ka Yan已從Wong Siu Ming接手')
    expect(await house.state(caseId)).toMatchObject({ owner: { id: 'lee-ka-yan' } })
  })
})

describe('words that are changed afterwards', () => {
  const changed = (house: Parameters<typeof hands>[0], messageId: string, text?: string) => {
    const from = { channel: 'sms', id: '+12025550123' }
    const change = { messageId, from, to: { channel: 'sms', id: '+12025550190' }, at: house.now() }
    const reading = { type: 'change', change: { ...change, ...(text !== undefined && { text }) } } as const
    return hands(house, house.phones, { reading, conversation: 'sms:+12025550190:+12025550123', on: 'sms' })
  }

  it('are a fact of their own on the case; the original stays, and a deletion deletes nothing', async () => {
    const { house, wong, desk, caseId } = await aTakenCase()
    const [original] = await house.stores.inbox.thread(caseId, 10)
    await changed(house, original?.id ?? '', 'Nobody came when I rang three times.')
    desk.reads('changed an earlier message', 'three times', 'The original is kept')
    wong.reads('three times')
    await changed(house, original?.id ?? '')
    desk.reads('deleted an earlier message')
    wong.reads('客戶刪除了先前的訊息')
    const log = (await house.stores.cases.log(caseId)).map(({ event }) => event)
    expect(log.filter(({ type }) => type === 'message-changed')).toHaveLength(2)
    const thread = (await house.stores.inbox.thread(caseId, 10)).map(({ text }) => text)
    expect(thread).toContain('Nobody came when I rang the guard post twice.')
    expect(thread).toContain('Nobody came when I rang three times.')
  })

  it('are heard when they tell of danger', async () => {
    const { house, tenant, wong, caseId } = await aTakenCase()
    const [original] = await house.stores.inbox.thread(caseId, 10)
    await changed(house, original?.id ?? '', 'There is a fire in the lobby!')
    tenant.reads('Call 999')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', severity: 1 })
    while (house.slack.unexpected().length > 0) house.slack.take(house.slack.unexpected()[0]!.message.to)
    wong.hasNothingNew()
  })

  it('on no case are nobody’s business', async () => {
    const house = await openHouse()
    await changed(house, 'sms-never', 'x')
    expect((await house.stores.inbox.ledger()).sms).toMatchObject({ received: 1, suppressed: 1 })
  })
})

describe('a merged case', () => {
  it('goes on under the other number, also for what the customer writes next', async () => {
    const { house, tenant, caseId } = await aTakenCase()
    const whatsapp = phoneOf(house, '+12025550123', 'whatsapp')
    await whatsapp.texts('And the lift is stuck.')
    const merged = 'GH-2026-000002'
    whatsapp.reads(merged)
    const lam = officer(house, 'lam-mei-ling')
    expect(await lam.presses('merge', merged, { case: caseId, told: 'We go on under your first number.' })).toContain(
      'done',
    )
    whatsapp.reads('We go on under your first number.')
    await whatsapp.texts('Nobody is there again!')
    expect(await house.state(caseId)).toMatchObject({ messages: 2, links: [{ caseId: merged, how: 'took-in' }] })
    expect(await house.state(merged)).toMatchObject({ status: 'closed', messages: 1 })
    while (house.slack.unexpected().length > 0) house.slack.take(house.slack.unexpected()[0]!.message.to)
    tenant.reads()
  })

  it('is refused for two customers: their words must not meet', async () => {
    const { house, wong, desk, caseId } = await aTakenCase()
    const other = phoneOf(house, '+12025550124')
    await other.texts('Nobody came here either.')
    other.reads('GH-2026-000002')
    wong.reads('GH-2026-000002')
    const answer = await officer(house, 'lam-mei-ling').presses('merge', 'GH-2026-000002', { case: caseId, told: 'x' })
    expect(answer).toContain('is of another customer')
    expect(await house.state('GH-2026-000002')).toMatchObject({ status: 'paging' })
    desk.card('GH-2026-000002')
  })
})

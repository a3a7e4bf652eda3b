import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'
import { aTakenCase } from './taken-case.ts'

withStore()

const attemptsFor = (house: Awaited<ReturnType<typeof openHouse>>, part: string) =>
  house.phones.attempts.filter((id) => id.includes(part)).length

describe('a send without an answer', () => {
  it('is looked up; found there, it was sent, and is not repeated', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.next('silent')
    await wong.presses('reply', caseId, { text: 'I am there.' })
    tenant.reads('I am there.')
    await house.passes('1m')
    tenant.hasNothingNew()
    expect(attemptsFor(house, ':reply')).toBe(1)
    expect(desk.card(caseId).fields.at(-1)?.value).toBe('accepted by the provider')
  })

  it('is absent there after a while: it is sent once more, and arrives once', async () => {
    const { house, tenant, wong, caseId } = await aTakenCase()
    house.phones.next('lost')
    await wong.presses('reply', caseId, { text: 'I am there.' })
    tenant.hasNothingNew()
    await house.passes('1m')
    tenant.reads('I am there.')
    expect(attemptsFor(house, ':reply')).toBe(2)
  })

  it('is lost twice: it is never tried a third time, and a person decides', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.fromNowOn('lost')
    await wong.presses('reply', caseId, { text: 'I am there.' })
    await house.passes('10m')
    expect(attemptsFor(house, ':reply')).toBe(2)
    tenant.hasNothingNew()
    desk.reads('we do not know whether our message to SMS •••• 0123 arrived', 'It was not sent again')
    wong.reads('SMS •••• 0123')
    expect(desk.card(caseId)).toMatchObject({ colour: 'red' })
  })

  it('and the provider cannot say: it is shown to a person, never repeated', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.next('silent')
    house.phones.remembers = false
    await wong.presses('reply', caseId, { text: 'I am there.' })
    tenant.reads('I am there.')
    await house.passes('10m')
    expect(attemptsFor(house, ':reply')).toBe(1)
    desk.reads('we do not know whether our message')
    wong.reads('SMS •••• 0123')
  })

  it('a page is rather sent twice than not at all, but not once somebody has the case', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const [wong, ho] = [officer(house, 'wong-siu-ming'), officer(house, 'ho-chi-keung')]
    house.slack.remembers = false
    house.slack.next('silent', 'U0000000002')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    await ho.presses('acknowledge', caseId)
    tenant.reads('Ho Chi Keung')
    towerDesk(house).reads('Ho Chi Keung')
    wong.reads('Ho Chi Keung')
    await house.passes('1m')
    wong.hasNothingNew()
  })

  it('a page without an answer is repeated while nobody has the case', async () => {
    const house = await openHouse()
    house.slack.remembers = false
    house.slack.next('lost', 'U0000000002')
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    tenant.reads('GH-2026-000001')
    await house.passes('5s')
    officer(house, 'wong-siu-ming').reads('GH-2026-000001')
  })
})

describe('a provider that is down', () => {
  it('and back: everything arrives once, in the order it was written', async () => {
    const { house, tenant, wong, caseId } = await aTakenCase()
    house.phones.fromNowOn('busy')
    for (const text of ['one', 'two', 'three']) {
      await wong.presses('reply', caseId, { text })
      await house.passes('20s')
    }
    await house.passes('10m')
    tenant.hasNothingNew()
    house.phones.fromNowOn('sent')
    await house.passes('6m')
    for (const text of ['one', 'two', 'three']) tenant.reads(text)
  })

  it('does not hold up other customers', async () => {
    const { house, tenant, wong, caseId } = await aTakenCase()
    house.phones.next('busy', '+12025550123')
    await wong.presses('reply', caseId, { text: 'one' })
    const other = phoneOf(house, '+12025550124')
    await other.texts('Can I bring my dog?')
    other.reads('automated assistant')
    tenant.hasNothingNew()
    await house.passes('1m')
    tenant.reads('one')
  })

  it('Slack: cases go on by text message, and the card is there when it is back', async () => {
    const house = await openHouse()
    house.slack.fromNowOn('busy')
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    await house.passes('20m')
    wong.phone.reads('仍待處理')
    await wong.phone.texts('ACK')
    wong.phone.reads('is yours')
    tenant.reads('now looks after')
    house.slack.fromNowOn('sent')
    await house.passes('6m')
    towerDesk(house).reads('has it')
    expect(towerDesk(house).card(caseId).colour).toBe('green')
    wong.hasNothingNew()
  })
})

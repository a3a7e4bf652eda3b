import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wednesdayAtTen, withStore } from './house.ts'
import { towerNumber } from './people.ts'
import { ScriptedChannel } from './scripted-channel.ts'
import {
  entraId,
  inTeams,
  openTeamsHouse,
  type TeamsHouse,
  tenantPhone,
  towerChannel,
  withMethods,
} from './teams-house.ts'

withStore()

let at: TeamsHouse
afterEach(() => at.close())

const [chan, wong] = [entraId(0), entraId(1)]
const control = () => at.teams.control
const texts = (body: string) => at.twilio.textFrom({ channel: 'sms', from: tenantPhone, to: towerNumber, body })
const cardOf = (caseId: string) =>
  control()
    .messages(towerChannel)
    .find(({ cards }) => JSON.stringify(cards).includes(caseId))
const shows = (caseId: string, words: string) => JSON.stringify(cardOf(caseId)?.cards ?? '').includes(words)
const chatWith = (person: string) => control().messages(control().chatOf(person))

/** A case whose card stands in the tower's channel. */
async function complaint(): Promise<string> {
  await texts('Nobody came when I rang the guard post twice. [bank](http://evil.example.test)')
  const caseId = await at.eventually(() => /GH-\d{4}-\d{6}/.exec(at.phone().join('\n'))?.[0])
  await at.eventually(() => cardOf(caseId))
  return caseId
}

describe('a case from arrival to closure inside Teams', () => {
  beforeEach(async () => {
    at = await openTeamsHouse({
      at: wednesdayAtTen,
      configured: (config) => withMethods(config, { 'chan-tai-man': [inTeams(0)], 'wong-siu-ming': [inTeams(1)] }),
    })
  })

  it('is shown, taken, answered and closed there, and the phone reads what was previewed', async () => {
    const caseId = await complaint()
    await at.eventually(() => chatWith(wong).some(({ text }) => text.includes(caseId)))
    const card = cardOf(caseId)?.id ?? ''
    const press = (button: string) => control().press({ user: wong, message: card, button })

    await Promise.all([press('acknowledge'), at.eventually(() => shows(caseId, 'Wong Siu Ming has it'))])
    expect(control().notes(wong).at(-1)?.text).toContain(`${caseId} is yours`)
    await at.eventually(() => at.phone().some((body) => body.includes('Wong Siu Ming now looks after')))

    await press('reply')
    await control().submitDialog(wong, { text: 'I am at the post now.' })
    expect(JSON.stringify(control().dialog(wong)?.card)).toContain('I am at the post now.')
    await at.house.passes('5s')
    expect(at.phone().some((body) => body.includes('at the post'))).toBe(false)
    await Promise.all([
      control().submitDialog(wong),
      at.eventually(() => at.phone().some((body) => body.includes('I am at the post now.'))),
    ])
    await at.eventually(() => shows(caseId, 'delivered'))

    await control().mention({ user: wong, channel: towerChannel, text: 'He sounded upset.', threadOf: card }).delivered
    await at.house.passes('5s')
    expect(at.phone().join('\n')).not.toContain('upset')
    const log = await at.house.stores.cases.log(caseId)
    expect(log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'noted', text: 'He sounded upset.' }),
    )

    await press('close')
    await control().submitDialog(wong, { outcome: 'resolved', told: 'Thank you for telling us.' })
    await Promise.all([control().submitDialog(wong), at.eventually(() => shows(caseId, 'Closed'))])
    await at.eventually(() => at.phone().some((body) => body.includes('Thank you for telling us.')))
    expect(await at.house.state(caseId)).toMatchObject({ status: 'closed', outcome: 'resolved' })
    // One card all the while, changed in place; nothing of the customer's became a link.
    expect(
      control()
        .messages(towerChannel)
        .filter(({ cards }) => cards.length > 0),
    ).toHaveLength(1)
  })

  it('two who press at once: one has it, and the other is told who', async () => {
    const caseId = await complaint()
    const card = cardOf(caseId)?.id ?? ''
    const presses = [chan, wong].map((user) => control().press({ user, message: card, button: 'acknowledge' }))
    await Promise.all([...presses, at.eventually(() => shows(caseId, 'has it'))])
    const told = [chan, wong].map((user) => control().notes(user).at(-1)?.text ?? '')
    expect(told.filter((text) => text.includes('is yours'))).toHaveLength(1)
    const winner = told[0]?.includes('is yours') ? 'Chan Tai Man' : 'Wong Siu Ming'
    expect(told.find((text) => !text.includes('is yours'))).toBe(`${winner} has ${caseId} already.`)
    expect(await at.house.state(caseId)).toMatchObject({ status: 'owned', owner: { name: winner } })
  })

  it('what makes no sense on the case as it stands is answered with why, also where it was only typed', async () => {
    const caseId = await complaint()
    await control().say(wong, `decline ${caseId}`).delivered
    await at.eventually(() =>
      chatWith(wong).some(({ text }) => text === `Decline makes no sense on ${caseId} as it stands.`),
    )
  })

  it('a wrong signature is answered 401 and changes nothing', async () => {
    const caseId = await complaint()
    control().deliveryTrouble({ kind: 'wrong-signature' })
    const pressed = await control().press({ user: wong, message: cardOf(caseId)?.id ?? '', button: 'acknowledge' })
    expect(pressed).toMatchObject({ acknowledged: false, status: 401 })
    expect(await at.house.state(caseId)).toMatchObject({ status: 'paging' })
    expect((await at.house.stores.inbox.ledger()).teams).toBeUndefined()
  })

  it('somebody who is not staff presses in vain, and is told so', async () => {
    const caseId = await complaint()
    const pressed = control().press({ user: entraId(2), message: cardOf(caseId)?.id ?? '', button: 'acknowledge' })
    await Promise.all([pressed, at.eventually(() => control().notes(entraId(2)).length > 0)])
    expect(control().notes(entraId(2)).at(-1)?.text).toMatch(/not in the staff list/)
    expect(await at.house.state(caseId)).toMatchObject({ status: 'paging' })
  })

  it('an employee of a tenant writes to the bot: the same bot, the same case core', async () => {
    const employee = entraId(2)
    await control().say(employee, 'The lobby light is out and nobody answers. I want to complain.').delivered
    const caseId = await at.eventually(
      () =>
        /GH-\d{4}-\d{6}/.exec(
          chatWith(employee)
            .map(({ text }) => text)
            .join('\n'),
        )?.[0],
    )
    await at.eventually(() => cardOf(caseId))
    expect(await at.house.state(caseId)).toMatchObject({ customer: { channel: 'teams', id: employee } })
  })
})

describe('Slack is down', () => {
  const limits = {
    maxTextLength: 10_000,
    buttons: 0,
    reportsDelivery: false,
    replyWindowSeconds: Number.POSITIVE_INFINITY,
    optOut: false,
  }
  const email = 'wong.siu.ming@example.test'
  const phoneOfWong = '+12025550102'
  const methods = [
    { address: { channel: 'slack', id: 'U0000000002' }, verified: true, afterSeconds: 0 },
    inTeams(1, 60),
    { address: { channel: 'sms', id: phoneOfWong }, verified: true, afterSeconds: 120 },
    { address: { channel: 'email', id: email }, verified: true, afterSeconds: 180 },
  ] as const
  let slack: ScriptedChannel
  let mail: ScriptedChannel

  beforeEach(async () => {
    const now = () => new Date()
    slack = new ScriptedChannel('slack', ['slack'], now)
    mail = Object.assign(new ScriptedChannel('email', ['sms'], now), { limits: { email: limits } })
    at = await openTeamsHouse({
      at: wednesdayAtTen,
      configured: (config) => withMethods(config, { 'wong-siu-ming': methods }),
      more: [slack, mail],
    })
  })

  const smsToWong = () => at.twilio.messagesOf(phoneOfWong).filter(({ direction }) => direction !== 'inbound')
  const pages = async (caseId: string) => {
    const rows = await at.house.database.models.outbox.collection
      .find({ caseId, 'purpose.type': 'page' })
      .sort({ queuedAt: 1 })
      .toArray()
    return rows.map(({ message, state }) => [(message as { to: { channel: string } }).to.channel, state])
  }

  it('the page goes by Teams, then by SMS, then by e-mail, each in its time and each recorded', async () => {
    slack.fromNowOn('busy')
    const caseId = await complaint()
    expect(chatWith(wong)).toEqual([])
    await at.house.passes('60s')
    await at.eventually(() => chatWith(wong).some(({ text }) => text.includes(caseId)))
    expect(smsToWong()).toEqual([])
    await at.house.passes('60s')
    await at.eventually(() => smsToWong().some(({ body }) => body.includes(caseId)))
    expect(mail.arrived).toEqual([])
    await at.house.passes('60s')
    await at.eventually(() =>
      mail.arrived.some(({ message }) => message.to.id === email && message.text.includes(caseId)),
    )
    expect(await pages(caseId)).toEqual([
      ['slack', 'queued'],
      ['teams', 'sent'],
      ['sms', 'sent'],
      ['email', 'sent'],
    ])
    slack.fromNowOn('sent')
  })

  it('and where Teams takes nothing either, the phone rings at once, and the desk is told why', async () => {
    slack.fromNowOn('refused')
    control().block(wong)
    const caseId = await complaint()
    await at.eventually(() =>
      control()
        .messages(towerChannel)
        .some(({ text }) => text.includes('has blocked the Gatehouse app')),
    )
    await at.eventually(() => smsToWong().some(({ body }) => body.includes(caseId)))
    const recorded = await pages(caseId)
    expect(recorded.slice(0, 3)).toEqual([
      ['slack', 'failed'],
      ['teams', 'failed'],
      ['sms', 'sent'],
    ])
    expect((await at.house.stores.cases.log(caseId)).map(({ event }) => event.type)).toContain('page-failed')
  })
})

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../src/channels/slack/slack.ts'
import { createTwilioChannel } from '../../src/channels/twilio/twilio.ts'
import type { Channel } from '../../src/core/channel.ts'
import { type LocalSlack, startLocalSlack } from '../../src/simulator/slack/local-slack.ts'
import { type LocalTwilio, startLocalTwilio } from '../../src/simulator/twilio/local-twilio.ts'
import { openDoor } from './door.ts'
import { openHouse, shippedConfig, type TestHouse, withStore } from './house.ts'

withStore()

const account = 'AC000000000000000000000000000000f1'
const authToken = 'an-invented-auth-token'
const publicUrl = 'https://desk.example.test'
const tenant = '+12025550123'
const ours = '+12025550190'
const channelId = 'C0HARBOUR1'

let twilio: LocalTwilio
let slack: LocalSlack
let house: TestHouse
let door: Server
let channels: readonly Channel[]
let deliverTo: string

beforeEach(async () => {
  const { places, duty } = shippedConfig()
  const { senders } = places.file
  twilio = await startLocalTwilio({ accountSid: account, authToken, numbers: senders, stepMs: 1 })
  const people = [...duty.staff.values()].flatMap(({ name, methods }) =>
    methods.flatMap(({ address }) => (address.channel === 'slack' ? [{ id: address.id, name }] : [])),
  )
  const secrets = { signingSecret: 'an-invented-signing-secret', botToken: 'xoxb-invented', appToken: 'xapp-invented' }
  slack = await startLocalSlack({ ...secrets, people, channels: [{ id: channelId, name: 'tower' }] })
  const { apiUrl, contentUrl } = twilio
  channels = [
    createTwilioChannel({
      accountSid: account,
      authTokens: [authToken],
      publicUrl,
      senders,
      templates: {},
      apiUrl,
      contentUrl,
    }),
    createSlackChannel({ botToken: secrets.botToken, signingSecret: secrets.signingSecret, apiUrl: slack.apiUrl }),
  ]
  house = await openHouse({ at: new Date(), channels: () => channels })
  for (const channel of channels) await channel.start(house.inbox, house.reads)
  door = await openDoor(channels)
  deliverTo = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  twilio.connect({ publicUrl, deliverTo })
  slack.control.setRequestUrl(`${deliverTo}/webhooks/slack`)
})

afterEach(async () => {
  for (const channel of channels) await channel.stop()
  await Promise.all([twilio.close(), slack.close()])
  door.closeAllConnections()
  door.close()
})

const phone = () => twilio.messagesOf(tenant).filter(({ direction }) => direction !== 'inbound')

/** Lets the house and the providers go on until this is so. */
async function eventually<T>(look: () => T | undefined | false): Promise<T> {
  const end = Date.now() + 15_000
  for (;;) {
    await house.passes('1s')
    const found = look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const cardOf = (caseId: string) =>
  slack.control.messages(channelId).find((message) => JSON.stringify(message.blocks).includes(caseId))

const shows = (caseId: string, words: string) => JSON.stringify(cardOf(caseId)?.blocks ?? '').includes(words)

describe('the whole way, over the adapters and the providers’ own protocols', () => {
  it('a tenant texts, the officer takes it in Slack and replies, the tenant reads it and it shows as delivered', async () => {
    const sent = await twilio.textFrom({
      channel: 'sms',
      from: tenant,
      to: ours,
      body: 'Nobody came. <!channel> <@U0000000001>',
    })
    expect(sent.status).toBe(200)
    await eventually(() => phone().some(({ body }) => body.includes('Your case number is')))
    const caseId = await house.theCase()
    const card = await eventually(() => cardOf(caseId))
    // The customer's words stand in plain elements only: Slack makes neither a mention nor a link of them.
    expect(JSON.stringify(card.blocks)).not.toMatch(/"mrkdwn","text":"[^"]*<!channel>|"type":"(broadcast|user|link)"/)

    const user = house.directory.onDuty('harbour-view-tower', house.now())['level-1']?.[0]
    const member = user?.methods.find(({ address }) => address.channel === 'slack')?.address.id ?? ''
    const page = await eventually(() => slack.control.messages(slack.control.directMessageOf(member))[0])
    expect(page.text).toContain(caseId)
    await slack.control.press({ user: member, channel: channelId, ts: card.ts, actionId: 'acknowledge' })
    await eventually(() => phone().some(({ body }) => body.includes(`${user?.name} now looks after`)))
    await eventually(() => shows(caseId, `${user?.name} has it`))

    await slack.control.press({ user: member, channel: channelId, ts: card.ts, actionId: 'reply' })
    await eventually(() => slack.control.modal(member))
    await slack.control.submitView(member, { text: 'I am at the post now.' })
    expect(JSON.stringify(slack.control.modal(member)?.view)).toMatch(/To: SMS [^"]+, 1 SMS"/)
    expect(phone().some(({ body }) => body.includes('at the post'))).toBe(false)
    await slack.control.submitView(member)
    const reply = await eventually(() => phone().find(({ body }) => body.includes('I am at the post now.')))
    await eventually(() => reply.status === 'delivered' && shows(caseId, 'delivered'))

    await slack.control.writeInThread({ user: member, channel: channelId, ts: card.ts, text: 'A difficult one.' })
      .delivered
    await house.passes('5s')
    expect(phone().some(({ body }) => body.includes('difficult'))).toBe(false)
    const log = await house.stores.cases.log(caseId)
    expect(log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'noted', text: 'A difficult one.' }),
    )
  })

  it('a STOP whose webhook was lost is learned from 21610, and START lifts it', async () => {
    const texts = (body: string) => twilio.textFrom({ channel: 'sms', from: tenant, to: ours, body })
    const said = (words: string) =>
      phone().some(({ body, direction }) => direction === 'outbound-api' && body.includes(words))
    const isStopped = () =>
      house.stores.consents.stoppedBy({ channel: 'sms', id: ours }, { channel: 'sms', id: tenant })
    twilio.connect({ publicUrl, deliverTo: 'http://127.0.0.1:9' })
    await texts('STOP')
    twilio.connect({ publicUrl, deliverTo })
    expect(await isStopped()).toBeUndefined()
    await texts('Nobody came.')
    await eventually(() => slack.control.messages(channelId).length > 0)
    for (let wait = 0; wait < 100 && (await isStopped()) === undefined; wait++) await house.passes('1s')
    expect(await isStopped()).toBe('carrier')
    expect(said('Your case number is')).toBe(false)
    await texts('START')
    await house.passes('1s')
    await texts('Is anybody there?')
    await eventually(() => said('added this to case'))
  })

  it('a forged text is refused and leaves no trace', async () => {
    await twilio.startTrouble({ kind: 'wrong-signature' })
    const forged = await twilio.textFrom({ channel: 'sms', from: tenant, to: ours, body: 'Nobody came.' })
    expect(forged.status).toBe(403)
    expect(await house.stores.inbox.ledger()).toEqual({})
  })

  it('a text delivered twice is one message, an accepted send without an answer is one reply', async () => {
    await twilio.startTrouble({ kind: 'duplicate' })
    await twilio.startTrouble({ kind: 'reset' }, 1)
    await twilio.textFrom({ channel: 'sms', from: tenant, to: ours, body: 'Nobody came.' })
    await eventually(() => phone().length > 0)
    await house.passes('1m')
    await twilio.settled()
    expect(phone().filter(({ body }) => body.includes('Your case number is'))).toHaveLength(1)
    expect(await house.state(await house.theCase())).toMatchObject({ messages: 1 })
  })
})

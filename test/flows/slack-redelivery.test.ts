import { afterEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../src/channels/slack/slack.ts'
import type { Channel } from '../../src/core/channel.ts'
import { type LocalSlack, startLocalSlack } from '../../src/simulator/slack/local-slack.ts'
import { eventPayload } from '../../src/simulator/slack/payloads.ts'
import { signatureHeaders } from '../../src/simulator/slack/signing.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { phoneOf } from './people.ts'
import { ScriptedChannel } from './scripted-channel.ts'

withStore()

const secrets = { signingSecret: 'an-invented-signing-secret', botToken: 'xoxb-invented', appToken: 'xapp-invented' }
const tower = 'C0HARBOUR1'
const wong = 'U0000000002'

let slack: LocalSlack
let channel: Channel
let house: TestHouse
afterEach(async () => {
  await channel.stop()
  await slack.close()
})

/** The real house and the real Slack channel, and one case whose card stands in the tower's channel. */
async function openWith(entrance: 'http' | 'socket'): Promise<{ readonly caseId: string; readonly ts: string }> {
  const people = Array.from({ length: 12 }, (_, i) => `U00000000${String(i + 1).padStart(2, '0')}`)
  slack = await startLocalSlack({
    ...{
      ...secrets,
      people: people.map((id) => ({ id, name: id })),
      ackWithinMs: 400,
      retryDelaysMs: [100, 500, 1_000],
    },
    channels: [{ id: tower, name: 'tower' }],
    echoesOwnMessages: false,
  })
  let phones: ScriptedChannel | undefined
  house = await openHouse({
    at: new Date(),
    channels: () => {
      phones = new ScriptedChannel('twilio', ['sms', 'whatsapp'], () => house.now())
      const { botToken, signingSecret, appToken } = secrets
      const how = entrance === 'http' ? { signingSecret } : { appToken }
      channel = createSlackChannel({ botToken, apiUrl: slack.apiUrl, ...how }, { clock: () => house.now() })
      return [phones, channel]
    },
  })
  await channel.start(house.inbox, house.reads)
  await phoneOf({ ...house, phones: phones as ScriptedChannel }, '+12025550191').texts('Nobody came when I rang twice.')
  const caseId = await house.theCase()
  const card = slack.control.messages(tower).find(({ blocks }) => JSON.stringify(blocks).includes(caseId))
  return { caseId, ts: card?.ts ?? '' }
}

const events = async (caseId: string, type: string) =>
  (await house.stores.cases.log(caseId)).filter(({ event }) => event.type === type)

describe('over HTTP', () => {
  it('an event that Slack sends again three times, because our answer was lost, has one effect', async () => {
    const { caseId, ts } = await openWith('http')
    const said = { type: 'message', channel: tower, channel_type: 'channel', user: wong, ts: '1763700000.0001' }
    const body = JSON.stringify(eventPayload({ ...said, thread_ts: ts, text: 'He waits at the lobby.' }, new Date()))
    const [route] = channel.routes
    for (let attempt = 0; attempt <= 3; attempt++) {
      const again =
        attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' }
      const headers = { ...signatureHeaders(secrets.signingSecret, body, house.now()), ...again }
      const request = { method: 'POST', url: '/webhooks/slack', headers, body: Buffer.from(body) }
      expect(await route?.handle(request)).toMatchObject({ status: 200 })
      await house.settle()
    }
    expect(await events(caseId, 'noted')).toHaveLength(1)
  })
})

describe('over Socket Mode', () => {
  it('presses and notes made while the line is cut arrive when it is restored, each with one effect', async () => {
    const { caseId, ts } = await openWith('socket')
    const { control } = slack
    const before = control.sockets().sinceStart
    control.cutSockets()
    const noted = control.writeInThread({ user: wong, channel: tower, ts, text: 'He waits at the lobby.' }).delivered
    await expect.poll(() => control.sockets().sinceStart, { timeout: 5_000 }).toBeGreaterThan(before)
    expect(await noted).toMatchObject({ acknowledged: true })
    const press = { user: wong, channel: tower, ts, actionId: 'acknowledge' }
    expect(await control.press(press)).toMatchObject({ acknowledged: true })
    await house.settle()
    expect(await events(caseId, 'noted')).toHaveLength(1)
    expect(await events(caseId, 'acknowledged')).toHaveLength(1)
    expect(await house.state(caseId)).toMatchObject({ status: 'owned', owner: { id: 'wong-siu-ming' } })
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TwilioSettings } from '../../../src/channels/twilio/settings.ts'
import { createTwilioChannel } from '../../../src/channels/twilio/twilio.ts'
import type { Channel, Reading } from '../../../src/core/channel.ts'
import type { OutboundMessage } from '../../../src/core/message.ts'
import {
  type LocalTwilio,
  type LocalTwilioOptions,
  startLocalTwilio,
} from '../../../src/simulator/twilio/local-twilio.ts'
import { recordingInbox, stored } from '../../contract/channel-harness.ts'

export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`
export const TOKEN = 'primary-token-0123456789'
export const SPARE_TOKEN = 'spare-token-0123456789'
export const PUBLIC_URL = 'https://desk.example.test'
export const OURS = '+12025550100'
export const THEIRS = '+12025550123'
export const CONTENT_SID = `HX${'a'.repeat(32)}`

export const TEMPLATES = [
  { sid: CONTENT_SID, name: 'case_update', language: 'en', body: 'Case {{1}}: please reply to {{2}}.' },
]

export const SETTINGS: TwilioSettings = {
  accountSid: ACCOUNT,
  authTokens: [TOKEN],
  publicUrl: PUBLIC_URL,
  senders: [
    { channel: 'sms', number: OURS },
    { channel: 'whatsapp', number: OURS },
  ],
  templates: { case_update: { en: CONTENT_SID } },
}

/** A channel connected to a local Twilio over real HTTP in both directions. */
export type Desk = {
  readonly local: LocalTwilio
  readonly channel: Channel
  readonly inbox: ReturnType<typeof recordingInbox>
  readonly settings: TwilioSettings
  /** All events that arrived, as the core would read them after a restart. */
  readings(): readonly Reading[]
  close(): Promise<void>
}

export async function openDesk(options: Partial<LocalTwilioOptions> = {}, timeoutMs = 400): Promise<Desk> {
  const local = await startLocalTwilio({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    templates: TEMPLATES,
    numbers: SETTINGS.senders,
    stepMs: 1,
    ...options,
  })
  const settings = { ...SETTINGS, apiUrl: local.apiUrl, contentUrl: local.contentUrl }
  const channel = createTwilioChannel(settings, { timeoutMs })
  const inbox = recordingInbox()
  await channel.start(inbox)
  const door = await openDoor(channel)
  local.connect({ publicUrl: PUBLIC_URL, deliverTo: `http://127.0.0.1:${(door.address() as AddressInfo).port}` })
  return {
    local,
    channel,
    inbox,
    settings,
    readings: () => inbox.events.map((event) => channel.read(stored(event))),
    async close() {
      await channel.stop()
      await local.close()
      await new Promise((resolve) => {
        door.close(resolve)
        door.closeAllConnections()
      })
    },
  }
}

export function text(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: 'out-1',
    audience: 'customer',
    to: { channel: 'sms', id: THEIRS },
    conversation: `sms:${OURS}:${THEIRS}`,
    text: 'An officer is on the way',
    ...change,
  }
}

/** The smallest web server that hands requests to a channel's routes, as the real one does. */
function openDoor(channel: Channel): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', url = '/', headers } = request
    const route = channel.routes.find((each) => each.path === url.split('?')[0])
    const answer = await route?.handle({ method, url, headers, body: Buffer.concat(chunks) })
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

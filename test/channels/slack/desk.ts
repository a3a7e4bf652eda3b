import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSlackChannel, type SlackOptions } from '../../../src/channels/slack/slack.ts'
import type { Channel, HttpRequest, Inbox, RawEvent } from '../../../src/core/channel.ts'
import type { CardView, OutboundMessage } from '../../../src/core/message.ts'
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../../src/simulator/slack/local-slack.ts'
import { signatureHeaders } from '../../../src/simulator/slack/signing.ts'

export const secrets = {
  signingSecret: 'an-invented-signing-secret',
  botToken: 'xoxb-invented',
  appToken: 'xapp-invented',
}
export const officer = { id: 'U0CHAN', name: 'Chan Siu Ming' }
export const site = { id: 'C0HARBOUR', name: 'harbour-view' }

/** An inbox that keeps each event once, as the real one does, and can be made to fail. */
export type TestInbox = Inbox & {
  readonly stored: Map<string, RawEvent>
  /** Every attempt to store, in order, with its outcome. */
  readonly attempts: { readonly id: string; readonly outcome: 'stored' | 'duplicate' | 'failed' }[]
  failing: number
}

export function testInbox(): TestInbox {
  const inbox: TestInbox = {
    stored: new Map(),
    attempts: [],
    failing: 0,
    receive(event) {
      if (inbox.failing > 0) {
        inbox.failing -= 1
        inbox.attempts.push({ id: event.id, outcome: 'failed' })
        return Promise.reject(new Error('the database is down'))
      }
      const outcome = inbox.stored.has(event.id) ? 'duplicate' : 'stored'
      inbox.attempts.push({ id: event.id, outcome })
      if (outcome === 'stored') inbox.stored.set(event.id, event)
      return Promise.resolve(outcome)
    },
  }
  return inbox
}

export type Desk = {
  readonly slack: LocalSlack
  readonly channel: Channel
  readonly inbox: TestInbox
  /** What the stored events mean, in the order they came, without our own messages coming back. */
  readings(): ReturnType<Channel['read']>[]
  close(): Promise<void>
}

export type Transport = 'http' | 'socket'

/** A Slack desk on a local Slack, with one officer and one channel, by the transport asked for. */
export async function openDesk(
  transport: Transport,
  more: Partial<LocalSlackOptions & SlackOptions> = {},
): Promise<Desk> {
  const quick = { ackWithinMs: 400, retryDelaysMs: [20, 40, 80], echoesOwnMessages: false }
  const slack = await startLocalSlack({ ...secrets, people: [officer], channels: [site], ...quick, ...more })
  const { botToken, signingSecret, appToken } = secrets
  const entrance = transport === 'http' ? { signingSecret } : { appToken }
  const channel = createSlackChannel({ botToken, apiUrl: slack.apiUrl, ...entrance }, { timeoutMs: 500, ...more })
  const inbox = testInbox()
  await channel.start(inbox)
  const server = transport === 'http' ? await serveRoutes(channel) : undefined
  if (server !== undefined) slack.control.setRequestUrl(`http://127.0.0.1:${portOf(server)}/webhooks/slack`)
  return {
    slack,
    channel,
    inbox,
    readings: () => [...inbox.stored.values()].map((event) => channel.read(storedForm(event))),
    close: async () => {
      await channel.stop()
      await slack.close()
      server?.closeAllConnections()
      server?.close()
    },
  }
}

/** The event as it comes back from a database. */
export function storedForm(event: RawEvent): RawEvent {
  return { ...event, payload: JSON.parse(JSON.stringify(event.payload)) }
}

function serveRoutes(channel: Channel): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const route = channel.routes.find((each) => each.path === request.url)
    const { method = '', url = '', headers } = request
    const answer = await route?.handle({ method, url, headers, body: Buffer.concat(chunks) })
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

export function signedRequest(
  body: string,
  change: Partial<HttpRequest> & { secret?: string; at?: Date } = {},
): HttpRequest {
  const { secret = secrets.signingSecret, at = new Date(), ...rest } = change
  const headers = { 'content-type': 'application/json', ...signatureHeaders(secret, body, at) }
  return { method: 'POST', url: '/webhooks/slack', headers, body: Buffer.from(body), ...rest }
}

export function card(change: Partial<CardView> = {}): CardView {
  return {
    caseId: 'GH-2026-000123',
    version: 1,
    title: 'GH-2026-000123 · Harbour View Tower · complaint',
    colour: 'amber',
    headline: 'Waiting for Chan Siu Ming to acknowledge by 14:35',
    fields: [
      { label: 'Category', value: 'slow response' },
      { label: 'Received', value: '14:25 by WhatsApp' },
    ],
    quote: 'Nobody came when I rang the guard post.',
    replyRoute: { to: 'WhatsApp +852 •••• 1234', as: 'Harbour View Tower Security' },
    buttons: [
      { command: 'acknowledge', label: 'Acknowledge', style: 'primary', form: false },
      { command: 'reply', label: 'Reply', form: true },
      { command: 'close', label: 'Close', style: 'danger', form: true },
    ],
    ...change,
  }
}

export function message(change: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { channel: 'slack', id: site.id }
  return { id: 'out-1', audience: 'staff', to, conversation: site.id, text: 'The lift is back in service', ...change }
}

export async function until(condition: () => boolean, withinMs = 3_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

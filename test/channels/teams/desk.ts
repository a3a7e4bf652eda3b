import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryInMemory, type ReferenceMemory } from '../../../src/channels/teams/references.ts'
import type { TeamsSettings } from '../../../src/channels/teams/settings.ts'
import { createTeamsChannel, type TeamsOptions } from '../../../src/channels/teams/teams.ts'
import type { Channel, HttpRequest, Inbox, RawEvent } from '../../../src/core/channel.ts'
import type { CardView, OutboundMessage } from '../../../src/core/message.ts'
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from '../../../src/simulator/teams/local-teams.ts'

export const secrets = {
  appId: '0a0a0a0a-0000-4000-8000-00000000a001',
  appPassword: 'an-invented-client-secret',
  tenantId: '0b0b0b0b-0000-4000-8000-00000000b001',
}
export const officer = { id: '0c0c0c0c-0000-4000-8000-000000000001', name: 'Chan Siu Ming' }
export const other = { id: '0c0c0c0c-0000-4000-8000-000000000002', name: 'Wong Ka Yan' }
export const site = { id: '19:harbour@thread.tacv2', name: 'Harbour View Tower' }

export function settingsFor(teams: LocalTeams, change: Partial<TeamsSettings> = {}): TeamsSettings {
  const { openIdUrl, loginUrl, serviceUrl } = teams
  return { ...secrets, tenants: [secrets.tenantId], openIdUrl, loginUrl, serviceUrl, ...change }
}

/** An inbox that keeps each event once, as the real one does, and can be made to fail. */
export type TestInbox = Inbox & { readonly stored: Map<string, RawEvent>; failing: number; taken: number }

export function testInbox(): TestInbox {
  const inbox: TestInbox = {
    stored: new Map(),
    failing: 0,
    taken: 0,
    receive(event) {
      if (inbox.failing > 0) {
        inbox.failing -= 1
        return Promise.reject(new Error('the database is down'))
      }
      inbox.taken += 1
      if (inbox.stored.has(event.id)) return Promise.resolve('duplicate')
      inbox.stored.set(event.id, event)
      return Promise.resolve('stored')
    },
  }
  return inbox
}

export type Desk = {
  readonly teams: LocalTeams
  readonly channel: Channel
  readonly inbox: TestInbox
  readonly memory: ReferenceMemory
  /** What the stored events mean, in the order they came. */
  readings(): ReturnType<Channel['read']>[]
  close(): Promise<void>
}

type More = Partial<LocalTeamsOptions & Omit<TeamsOptions, 'memory'>> & { readonly settings?: Partial<TeamsSettings> }

/** A Teams desk on a local Teams, with two officers and one channel. */
export async function openDesk(more: More = {}): Promise<Desk> {
  const quick = { retryDelaysMs: [20, 40], people: [officer, other], channels: [site] }
  const teams = await startLocalTeams({ ...secrets, ...quick, ...more })
  const memory = memoryInMemory()
  const settings = settingsFor(teams, more.settings)
  const channel = createTeamsChannel(settings, { memory, timeoutMs: 500, answerWithinMs: 60, ...more })
  const inbox = testInbox()
  await channel.start(inbox)
  const server = await serveRoutes(channel)
  teams.control.setEndpoint(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  return {
    ...{ teams, channel, inbox, memory },
    readings: () => [...inbox.stored.values()].map((event) => channel.read(storedForm(event))),
    close: async () => {
      await channel.stop()
      await teams.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The event as it comes back from a database. */
export function storedForm(event: RawEvent): RawEvent {
  return { ...event, payload: JSON.parse(JSON.stringify(event.payload)) }
}

export function serveRoutes(channel: Channel): Promise<Server> {
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

/** A message to the bot alone, as Teams delivers it. */
export function chatActivity(serviceUrl: string, change: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'message',
    id: '1763700000000',
    timestamp: '2025-11-21T04:40:00.000Z',
    serviceUrl,
    channelId: 'msteams',
    from: { id: '29:chan', name: officer.name, aadObjectId: officer.id },
    recipient: { id: `28:${secrets.appId}`, name: 'Gatehouse' },
    conversation: { id: `a:chat-${officer.id}`, conversationType: 'personal', tenantId: secrets.tenantId },
    channelData: { tenant: { id: secrets.tenantId } },
    text: 'Hello',
    textFormat: 'plain',
    ...change,
  }
}

export function posted(activity: unknown, authorization?: string): HttpRequest {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
  return { method: 'POST', url: '/api/messages', headers, body: Buffer.from(JSON.stringify(activity)) }
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
    replyRoute: { to: 'WhatsApp •••• 1234', as: 'Harbour View Tower Security' },
    buttons: [
      { command: 'acknowledge', label: 'Acknowledge', style: 'primary', form: false },
      { command: 'reply', label: 'Reply', form: true },
      { command: 'close', label: 'Close', style: 'danger', form: true },
    ],
    ...change,
  }
}

export function message(change: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { channel: 'teams', id: site.id }
  return { id: 'out-1', audience: 'staff', to, conversation: site.id, text: 'The lift is back in service', ...change }
}

export async function until(condition: () => boolean, withinMs = 3_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

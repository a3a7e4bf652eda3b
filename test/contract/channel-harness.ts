import { expect } from 'vitest'
import type { Channel, HttpRequest, HttpResponse, Inbox, RawEvent, Route, SendResult } from '../../src/core/channel.ts'
import type { Address, OutboundMessage } from '../../src/core/message.ts'

/** What can go wrong between us and a provider, by what the provider does. */
export type ProviderTrouble =
  | 'none'
  /** Nobody listens: the request never reached it. */
  | 'down'
  /** It asks us to come back later. */
  | 'throttled'
  /** It will never take this message. */
  | 'refusing'
  /** It takes the message and never answers. */
  | 'silent'
  /** It neither takes the message nor says anything of use (HTTP 500 and the like). */
  | 'failing'

/** The requests by which a provider calls us. */
export type ProviderCalls = {
  /** A customer's or staff member's text, as really delivered; the same key is the same event delivered again. */
  genuine(key: string, text: string): HttpRequest
  forged(text: string): HttpRequest
  unsigned(text: string): HttpRequest
  unreadable(): HttpRequest
  /** The report that a message of ours was delivered; absent where the provider sends none. */
  report?(providerId: string, messageId: string): HttpRequest
}

/** One channel, connected to a local provider that the suite can put into trouble. */
export type ChannelHarness = {
  /** Not yet started: the suite starts it with an inbox of its own. */
  readonly channel: Channel
  /** The same channel with credentials that the provider does not accept. */
  readonly stranger: Channel
  readonly to: Address
  readonly from?: Address
  /** Absent where the channel dials out and has no routes. */
  readonly calls?: ProviderCalls
  /** Messages the provider has taken from us, oldest first. */
  taken(): readonly { readonly providerId: string; readonly text: string }[]
  trouble(kind: ProviderTrouble): Promise<void>
  /** The provider tells nobody what it has sent, so `find` can never say more than that it does not know. */
  readonly keepsNoBook?: true
  /** Tokens, numbers and the like: must not appear in any reason or answer. */
  readonly secrets: readonly string[]
  close(): Promise<void>
}

export type RecordingInbox = Inbox & { readonly events: RawEvent[]; answer: () => Promise<'stored' | 'duplicate'> }

export type Context = { readonly harness: ChannelHarness; readonly inbox: RecordingInbox }

/** Hands a request to the route it was meant for, as the web server does. */
export async function deliver(channel: Channel, request: HttpRequest): Promise<HttpResponse> {
  const path = request.url.split('?')[0]
  const route: Route | undefined = channel.routes.find((each) => each.path === path && each.method === request.method)
  if (!route) throw new Error(`${channel.name} has no route ${request.method} ${path}`)
  return route.handle(request)
}

/** An inbox that stores in memory; `answer` can be replaced to make it slow, full or already filled. */
export function recordingInbox(): RecordingInbox {
  const inbox: RecordingInbox = {
    events: [],
    answer: () => Promise.resolve('stored'),
    receive(event) {
      inbox.events.push(event)
      return inbox.answer()
    },
  }
  return inbox
}

/** The event as it comes back from a database: through JSON, with its date revived. */
export function stored(event: RawEvent): RawEvent {
  return { ...event, payload: JSON.parse(JSON.stringify(event.payload)) }
}

export function outbound(harness: ChannelHarness, change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: 'out-1',
    audience: 'customer',
    to: harness.to,
    ...(harness.from ? { from: harness.from } : {}),
    conversation: 'contract',
    text: 'Thank you, we are looking into it',
    ...change,
  }
}

export function expectSent(result: SendResult): { readonly providerId: string } {
  if (result.outcome !== 'sent') throw new Error(`not sent: ${JSON.stringify(result)}`)
  expect(result.providerId).not.toBe('')
  return result
}

export function expectNoSecrets(harness: ChannelHarness, value: unknown): void {
  const shown = JSON.stringify(value)
  for (const secret of harness.secrets) expect(shown).not.toContain(secret)
}

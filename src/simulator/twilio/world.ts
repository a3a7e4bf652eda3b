import { setMaxListeners } from 'node:events'
import { type MessageBook, openMessageBook, type PhoneChannel } from './message-book.ts'
import { openTroubleBoard, type TroubleBoard } from './trouble.ts'
import { openWebhookCaller, type WebhookCaller, type WebhookTarget } from './webhooks.ts'
import type { LocalTemplate } from './wire.ts'

export type LocalTwilioOptions = {
  readonly accountSid: string
  readonly authToken: string
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Numbers of the account; absent or empty: any sender is ours. */
  readonly numbers?: readonly { readonly channel: PhoneChannel; readonly number: string }[]
  readonly templates?: readonly LocalTemplate[]
  /** Where webhooks lead; may be set later with `connect`. */
  readonly webhooks?: WebhookTarget
  /** Between one status of a message and the next; 20 if absent. */
  readonly stepMs?: number
  readonly webhookTimeoutMs?: number
  readonly clock?: () => Date
  /** Whether incoming keywords carry `OptOutType`. */
  readonly advancedOptOut?: boolean
}

/** Everything one local Twilio consists of behind its port. */
export type World = {
  readonly options: LocalTwilioOptions
  readonly book: MessageBook
  readonly trouble: TroubleBoard
  readonly webhooks: WebhookCaller
  readonly pending: Set<Promise<unknown>>
  readonly mediaRequests: { path: string; authorization: string | undefined }[]
  target: WebhookTarget
  offsetMs: number
  /** Ends webhooks that are under way when the server closes. */
  readonly closing: AbortController
}

export function createWorld(options: LocalTwilioOptions): World {
  const trouble = openTroubleBoard()
  const closing = new AbortController()
  // Every report under way listens to it, however many there are.
  setMaxListeners(0, closing.signal)
  const nowhere = { publicUrl: 'http://127.0.0.1:8080', deliverTo: 'http://127.0.0.1:8080' }
  const world: World = {
    options,
    book: openMessageBook(),
    trouble,
    webhooks: openWebhookCaller({
      authToken: options.authToken,
      target: () => world.target,
      trouble,
      timeoutMs: options.webhookTimeoutMs ?? 15_000,
      closing: closing.signal,
    }),
    pending: new Set(),
    mediaRequests: [],
    target: options.webhooks ?? nowhere,
    offsetMs: 0,
    closing,
  }
  return world
}

export function now(world: World): Date {
  return new Date((world.options.clock?.() ?? new Date()).getTime() + world.offsetMs)
}

export function track<Value>(world: World, work: Promise<Value>): Promise<Value> {
  world.pending.add(work)
  void work.finally(() => world.pending.delete(work)).catch(() => {})
  return work
}

export async function settled(world: World): Promise<void> {
  while (world.pending.size > 0) await Promise.allSettled([...world.pending])
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RawEvent } from '../../core/channel.ts'
import { modalOf } from './modals.ts'

/** A payload as Slack's Events API, interactivity or slash commands deliver it, decoded and nothing more. */
export type SlackBody = Readonly<Record<string, unknown>>

/**
 * Decodes what Slack posts: JSON for events, a form whose `payload` is JSON for interactivity, a plain form for commands.
 * The content type is not asked, because Bolt's exact comparison of it refuses genuine requests. Undefined if unreadable.
 */
export function decodeBody(raw: Buffer): SlackBody | undefined {
  const text = raw.toString('utf8')
  if (text.trimStart().startsWith('{')) return jsonObject(text)
  const form = Object.fromEntries(new URLSearchParams(text))
  if (form.payload !== undefined) return jsonObject(form.payload)
  return form.command === undefined && form.type === undefined ? undefined : form
}

/** Slack's certificate check, unsigned by design: answered, never acted on. */
export function isSslCheck(raw: Buffer): boolean {
  return raw.length < 1000 && new URLSearchParams(raw.toString('utf8')).get('ssl_check') === '1'
}

const text = z.string().optional().catch(undefined)
const named = z.object({ id: text }).optional().catch(undefined)

const inner = z.object({ bot_id: text, ts: text, thread_ts: text }).optional().catch(undefined)

/** The parts of any payload that say which event it is and where it happened. */
const envelope = z.object({
  type: text,
  team_id: text,
  context_team_id: text,
  enterprise_id: text,
  event_id: text,
  trigger_id: text,
  command: text,
  channel_id: text,
  user_id: text,
  action_ts: text,
  message_ts: text,
  team: named,
  enterprise: named,
  user: named,
  channel: named,
  container: z.object({ message_ts: text, channel_id: text }).optional().catch(undefined),
  actions: z
    .array(z.object({ action_ts: text }))
    .optional()
    .catch(undefined),
  view: z
    .object({ id: text, hash: text, callback_id: text, private_metadata: text, state: z.unknown() })
    .optional()
    .catch(undefined),
  event: z
    .object({
      ...{ type: text, subtype: text, channel: text, ts: text, thread_ts: text, bot_id: text },
      ...{ message: inner, previous_message: inner },
    })
    .optional()
    .catch(undefined),
})
type Envelope = z.infer<typeof envelope>

/**
 * What bots write, our own cards among it, comes back as events. Nobody wrote to us, every card would come back twice,
 * and bots answering bots is how loops begin: acknowledged and let go, never stored.
 */
export function isEcho(body: SlackBody): boolean {
  const { event } = envelope.parse(body)
  const written = [event, event?.message, event?.previous_message]
  return event?.type === 'message' && written.some((one) => one?.bot_id !== undefined)
}

/** Wraps a payload for the inbox: its identity, its place, and the payload itself without credentials. */
export function toRawEvent(body: SlackBody, receivedAt: Date): RawEvent {
  const read = envelope.parse(body)
  const team = [read.context_team_id, read.team_id, read.team?.id, read.enterprise_id, read.enterprise?.id].find(
    Boolean,
  )
  const prefix = `slack:${team ?? 'unknown'}`
  const { id, kind, place } = identify(read)
  const event = { source: 'slack', channel: 'slack', kind, receivedAt, payload: withoutSecrets(body) }
  return { ...event, id: `${prefix}:${id ?? digest(body)}`, conversation: `${prefix}:${place}` }
}

type Identity = Pick<RawEvent, 'kind'> & { readonly id: string | undefined; readonly place: string }

function identify(read: Envelope): Identity {
  if (read.event !== undefined) return identifyEvent(read, read.event)
  if (read.view !== undefined && read.actions === undefined) return identifyView(read, read.view)
  const channel = read.channel?.id ?? read.channel_id ?? read.container?.channel_id
  if (read.command !== undefined) {
    return { id: read.trigger_id, kind: 'action', place: placeOf(channel, read.user_id) }
  }
  const pressedAt = read.actions?.[0]?.action_ts ?? read.action_ts
  const id = read.trigger_id || (pressedAt ? `${pressedAt}:${read.user?.id}` : undefined)
  const root = read.container?.message_ts ?? read.message_ts
  return { id, kind: read.type === undefined ? 'report' : 'action', place: placeOf(channel, root ?? read.user?.id) }
}

const edits = new Set(['message_changed', 'message_deleted', 'message_replied'])

function identifyEvent(read: Envelope, event: NonNullable<Envelope['event']>): Identity {
  // A change is read after what it changes, so it belongs to the same thread.
  const about = event.message ?? event.previous_message ?? event
  const place = placeOf(event.channel, about.thread_ts || about.ts || event.ts)
  const isMessage = event.type === 'message' || event.type === 'app_mention'
  if (!isMessage) return { id: read.event_id, kind: 'report', place }
  // A mention arrives as `message` and as `app_mention` with different event ids: one message, so one id.
  const isOwnId = event.channel && event.ts && !edits.has(event.subtype ?? '')
  return { id: isOwnId ? `${event.channel}:${event.ts}` : read.event_id, kind: 'message', place }
}

/**
 * A form sent twice by a double click has the same view, hash and values. Corrected after an error it has other values,
 * while Slack may keep the hash, so the values belong to the identity.
 */
function identifyView(read: Envelope, view: NonNullable<Envelope['view']>): Identity {
  const id = view.id ? `${view.id}:${view.hash ?? ''}:${read.type}:${digest(view.state ?? null)}` : undefined
  const place = modalOf(view.callback_id ?? '', view.private_metadata ?? '')?.origin.place
  const [channel, root] = place?.split(':') ?? []
  return { id, kind: 'action', place: placeOf(channel, root ?? read.user?.id) }
}

/** A direct message is one conversation; in a channel every thread is its own. */
export function placeOf(channel: string | undefined, root: string | undefined): string {
  if (!channel) return root || 'nowhere'
  return channel.startsWith('D') || !root ? channel : `${channel}:${root}`
}

const secretKey = /token|secret|^(trigger_id|function_data|interactivity)$/

/** Verification tokens, bot tokens and one-time ids are of no use later and must not be stored. */
function withoutSecrets(body: SlackBody): unknown {
  return JSON.parse(JSON.stringify(body, (key, value) => (secretKey.test(key) ? undefined : value)))
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}

function jsonObject(source: string): SlackBody | undefined {
  try {
    const value: unknown = JSON.parse(source)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SlackBody) : undefined
  } catch {
    return undefined
  }
}

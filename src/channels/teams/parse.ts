import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RawEvent } from '../../core/channel.ts'

const text = z.string().optional().catch(undefined)
const person = z.object({ id: text, name: text, aadObjectId: text, role: text }).optional().catch(undefined)

/** The parts of an activity that are kept: who, where, what. Everything else is Teams' own business. */
const kept = z.object({
  type: z.string(),
  name: text,
  id: text,
  timestamp: text,
  serviceUrl: text,
  channelId: text,
  action: text,
  from: person,
  recipient: z.object({ id: text, name: text }).optional().catch(undefined),
  conversation: z
    .object({ id: text, conversationType: text, tenantId: text, isGroup: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  text,
  textFormat: text,
  locale: text,
  replyToId: text,
  entities: z.array(z.record(z.string(), z.unknown())).optional().catch(undefined),
  attachments: z.array(z.record(z.string(), z.unknown())).optional().catch(undefined),
  value: z.unknown().optional(),
  channelData: z
    .object({ eventType: text, tenant: z.object({ id: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
export type KeptActivity = z.infer<typeof kept>

/** Wraps an activity for the inbox: its identity, its place, and what a later reading needs of it. */
export function toRawEvent(payload: KeptActivity, tenant: string, receivedAt: Date): RawEvent {
  const place = payload.conversation?.id ?? 'nowhere'
  return {
    id: `teams:${tenant}:${place}:${identityOf(payload)}`,
    source: 'teams',
    channel: 'teams',
    kind: kindOf(payload),
    conversation: `teams:${place}`,
    receivedAt,
    payload: JSON.parse(JSON.stringify(payload)),
  }
}

/** Undefined entries left out, and without the HTML twin that Teams attaches to every message with markup. */
export function keptOf(activity: unknown): KeptActivity {
  const read = kept.parse(activity)
  const attachments = read.attachments?.filter(({ contentType }) => contentType !== 'text/html')
  return attachments === undefined ? read : { ...read, attachments }
}

/** An edit carries the id of the message it changes, so what happened and when belong to its identity. */
function identityOf(read: KeptActivity): string {
  const { type, id, timestamp } = read
  if (type === 'message' && id !== undefined) return id
  if (id !== undefined && type !== 'messageUpdate' && type !== 'messageDelete') return `${type}:${id}`
  return `${type}:${id ?? ''}:${timestamp ?? ''}:${digest([read.value, read.text, read.name])}`
}

function kindOf({ type, value }: KeptActivity): RawEvent['kind'] {
  if (type === 'invoke') return 'action'
  if (type === 'message') return value === undefined || value === null ? 'message' : 'action'
  return type === 'messageUpdate' || type === 'messageDelete' ? 'message' : 'report'
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}

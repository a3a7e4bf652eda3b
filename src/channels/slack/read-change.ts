import { z } from 'zod'
import type { RawEvent, Reading } from '../../core/channel.ts'
import { printable, unescapeMarkup } from './plain-text.ts'

const text = z.string().optional()
const written = z.object({ ts: text, user: text, text, bot_id: text }).optional()

const changeEvent = z.object({
  api_app_id: text,
  event: z.object({
    subtype: z.enum(['message_changed', 'message_deleted']),
    channel: text,
    ts: text,
    message: written,
    previous_message: written,
  }),
})

/**
 * An edit or a deletion, by the id under which the original was stored. Undefined when the event is neither.
 * Slack also reports an edit when it adds the preview of a link: then the words are the same and nothing was changed.
 */
export function readChange({ payload, conversation, receivedAt }: RawEvent): Reading | undefined {
  const read = changeEvent.safeParse(payload)
  if (!read.success) return undefined
  const { event, api_app_id: app } = read.data
  const { channel, message: now, previous_message: before } = event
  const isGone = event.subtype === 'message_deleted'
  const about = isGone ? before : (now ?? before)
  if (!channel || !about?.ts || !about.user)
    return { type: 'suppress', reason: `${event.subtype}: it does not say whose words they were` }
  if (about.bot_id) return { type: 'suppress', reason: `${event.subtype}: of a message that a bot wrote` }
  const words = printable(unescapeMarkup(now?.text ?? ''))
  if (!isGone && words === printable(unescapeMarkup(before?.text ?? '')))
    return { type: 'suppress', reason: 'message_changed: the words are the same' }
  const workspace = conversation.split(':').slice(0, 2).join(':')
  return {
    type: 'change',
    change: {
      messageId: `${workspace}:${channel}:${about.ts}`,
      from: { channel: 'slack', id: about.user },
      to: { channel: 'slack', id: app || 'app' },
      ...(isGone ? {} : { text: words }),
      at: receivedAt,
    },
  }
}

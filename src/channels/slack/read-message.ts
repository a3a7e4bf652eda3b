import { z } from 'zod'
import type { RawEvent, Reading } from '../../core/channel.ts'
import type { Attachment } from '../../core/message.ts'
import { printable, unescapeMarkup } from './plain-text.ts'
import { readChange } from './read-change.ts'

const text = z.string().optional()

const messageEvent = z.object({
  api_app_id: text,
  event: z.object({
    type: z.string(),
    subtype: text,
    channel: text,
    channel_type: text,
    ts: text,
    thread_ts: text,
    user: text,
    bot_id: text,
    app_id: text,
    text,
    files: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
})
type Written = z.infer<typeof messageEvent>['event']

/** Subtypes under which a person really wrote something. */
const byPeople = new Set(['', 'file_share', 'me_message', 'thread_broadcast'])

/** Everything else that Slack reports as a message and that nobody said to us. */
const notSaid: Readonly<Record<string, string>> = {
  bot_message: 'written by a bot',
  message_replied: 'a notice that a thread has a reply',
  reply_broadcast: 'a notice that a thread has a reply',
  ekm_access_denied: 'a notice that messages are withheld',
  reminder_add: 'a reminder',
  bot_add: 'a bot was added',
  bot_remove: 'a bot was removed',
  huddle_thread: 'a huddle',
  assistant_app_thread: 'an assistant thread was opened',
  document_mention: 'a mention in a document',
  tombstone: 'a deleted message',
  file_comment: 'a comment on a file',
  file_mention: 'a mention of a file',
}
const aboutChannel = /^(channel|group)_[a-z_]+$|^(un)?pinned_item$/

/** Understands a `message` or `app_mention` event: for the bot, under a card, or not for us, and then why. */
export function readMessage(event: RawEvent): Reading {
  return readChange(event) ?? readSaid(event)
}

function readSaid(event: RawEvent): Reading {
  const read = messageEvent.safeParse(event.payload)
  if (!read.success) return { type: 'quarantine', reason: 'a message event of unknown shape' }
  const { event: written, api_app_id: app } = read.data
  const subtype = written.subtype ?? ''
  const notice = notSaid[subtype] ?? (aboutChannel.test(subtype) ? 'a notice about the channel' : undefined)
  if (notice !== undefined) return { type: 'suppress', reason: `${subtype}: ${notice}` }
  if (!byPeople.has(subtype)) return { type: 'quarantine', reason: `message subtype ${nameOf(subtype)} is not known` }
  if (written.app_id && written.app_id === app) return { type: 'suppress', reason: 'our own message' }
  if (written.bot_id) return { type: 'suppress', reason: 'written by a bot' }
  if (written.user === 'USLACKBOT') return { type: 'suppress', reason: 'written by Slackbot' }
  return readWritten(event, written, app)
}

function readWritten(event: RawEvent, written: Written, app: string | undefined): Reading {
  const { channel, ts, user, thread_ts: root } = written
  if (!channel || !ts || !user) return { type: 'quarantine', reason: 'a message without channel, time or author' }
  const at = timeOf(ts) ?? event.receivedAt
  const words = printable(unescapeMarkup(written.text ?? ''))
  const from = { channel: 'slack', id: user }
  const isReply = root !== undefined && root !== '' && root !== ts
  if (channel.startsWith('D') || written.channel_type === 'im') {
    const answers = isReply ? { inReplyTo: `${channel}:${root}` } : {}
    const attachments = (written.files ?? []).map(attachmentOf)
    const to = { channel: 'slack', id: app || 'app' }
    const { id, conversation } = event
    const message = { id, from, to, conversation, text: words, attachments, automatic: false, sentAt: at, ...answers }
    return { type: 'message', message }
  }
  if (!isReply) return { type: 'suppress', reason: 'not in a case thread' }
  const threadOf = `${channel}:${root}`
  const files = (written.files ?? []).map(attachmentOf)
  const said = { type: 'thread', user: { address: from, reply: threadOf }, threadOf, text: words, at } as const
  return files.length === 0 ? said : { ...said, files }
}

/** Slack's message times are its ids too: seconds with microseconds, as text. */
export function timeOf(ts: string): Date | undefined {
  return /^\d{1,11}(\.\d+)?$/.test(ts) ? new Date(Math.floor(Number(ts) * 1000)) : undefined
}

/** A name from outside that may stand in a reason: short, and nothing but a name. */
export function nameOf(value: string): string {
  return /^[\w.:-]{1,60}$/.test(value) ? `"${value}"` : 'without a readable name'
}

/** A file as Slack describes it, in a message and in a form. */
export function attachmentOf(file: Readonly<Record<string, unknown>>): Attachment {
  const word = (key: string): string | undefined => (typeof file[key] === 'string' ? file[key] : undefined)
  return {
    name: word('name') ?? 'file',
    contentType: word('mimetype') ?? 'application/octet-stream',
    sizeBytes: typeof file.size === 'number' ? file.size : 0,
    ref: word('url_private') ?? word('id') ?? '',
  }
}

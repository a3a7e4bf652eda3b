import type { FindResult, SendResult } from '../../core/channel.ts'
import type { Address, CardView, OutboundMessage } from '../../core/message.ts'
import { failureOf, platformErrorOf } from './errors.ts'
import { type Rendered, renderCard, renderMessage } from './render.ts'
import type { SlackSettings } from './settings.ts'
import { postWithFiles } from './uploading.ts'
import type { WebClient } from './web-client.ts'

/** Slack's advice for a message's text; it cuts at 40,000. */
export const maxTextLength = 4000

const pageSize = 200
const mostPages = 5
/** Our clock and Slack's may differ a little; looking back too far costs only pages. */
const clockSkewSeconds = 30

export type Posting = {
  send(message: OutboundMessage): Promise<SendResult>
  find(message: OutboundMessage, attemptedAt: Date): Promise<FindResult>
  show(place: Address, card: CardView, shownAs: string | undefined): Promise<SendResult>
}

/** Everything we write into Slack's channels and direct messages. One call is one attempt. */
export function createPosting(client: () => Promise<WebClient>, settings: SlackSettings): Posting {
  const rooms = new Rooms(client)
  return {
    async send(message) {
      if (message.text.length > maxTextLength) {
        return { outcome: 'refused', permanent: true, reason: `longer than ${maxTextLength} characters` }
      }
      const room = await rooms.of(message.to)
      if (typeof room !== 'string') return room
      const target = { channel: room, ...threadOf(message) }
      const { enclosures: files = [] } = message
      if (files.length === 0) return post(await client(), target, renderMessage(message))
      return postWithFiles(await client(), settings, { target, rendered: renderMessage(message), files })
    },
    async find(message, attemptedAt) {
      const room = await rooms.of(message.to)
      if (typeof room !== 'string') return { outcome: 'unknown', reason: room.reason }
      const { metadata: marked, blocks } = renderMessage(message)
      const said = message.files === undefined ? {} : { said: wordsOf(blocks[0]) }
      const search = { channel: room, ts: threadOf(message).thread_ts, marked, since: attemptedAt, ...said }
      return look(await client(), search)
    },
    async show(place, card, shownAs) {
      const rendered = renderCard(card)
      const changed = shownAs === undefined ? undefined : await change(await client(), shownAs, rendered)
      if (changed !== undefined) return changed
      const room = await rooms.of(place)
      if (typeof room !== 'string') return room
      return postCard(await client(), room, rendered)
    },
  }
}

/** A card whose posting ended without an answer is looked up at once, so that it is not shown twice. */
async function postCard(client: WebClient, channel: string, rendered: Rendered): Promise<SendResult> {
  const since = new Date()
  const posted = await post(client, { channel }, rendered)
  if (posted.outcome !== 'unknown') return posted
  const found = await look(client, { channel, ts: undefined, marked: rendered.metadata, since })
  return found.outcome === 'found' ? { outcome: 'sent', providerId: found.providerId } : posted
}

type Target = { readonly channel: string; readonly thread_ts?: string }

/** Nothing in our texts is markup, a mention or a link to unfurl. */
const asWritten = { mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const

async function post(client: WebClient, target: Target, rendered: Rendered): Promise<SendResult> {
  try {
    const posted = await client.chat.postMessage({ ...asWritten, ...target, ...rendered })
    return { outcome: 'sent', providerId: `${posted.channel ?? target.channel}:${posted.ts}` }
  } catch (error) {
    return failureOf(error)
  }
}

const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found'])

/** Changes a card in place. Undefined when it is not there any more and must be posted anew. */
async function change(client: WebClient, shownAs: string, rendered: Rendered): Promise<SendResult | undefined> {
  const [channel = '', ts = ''] = shownAs.split(':')
  try {
    await client.chat.update({ channel, ts, parse: 'none', link_names: false, ...rendered })
    return { outcome: 'sent', providerId: shownAs }
  } catch (error) {
    if (gone.has(platformErrorOf(error) ?? '')) return undefined
    const failure = failureOf(error)
    // Changing a card twice does no harm, so an unclear end is only a reason to try again.
    return failure.outcome === 'refused' ? failure : { ...failure, outcome: 'refused', permanent: false }
  }
}

type Search = {
  readonly channel: string
  readonly ts: string | undefined
  readonly marked: Rendered['metadata']
  readonly since: Date
  /** Its first words, for a message with files: Slack lets those carry no mark. */
  readonly said?: string | undefined
}

/**
 * Looks for a message by the id it carries in its metadata. Slack limits history for distributed apps to fifteen messages
 * a minute; Gatehouse is installed as an internal app, which is exempt, and looks only from the attempt on.
 */
async function look(client: WebClient, search: Search): Promise<FindResult> {
  let cursor = ''
  try {
    for (let page = 0; page < mostPages; page++) {
      const read = await readPage(client, search, cursor)
      const hit = read.messages?.find((message) => isMarked(message.metadata, search.marked) || isSaid(message, search))
      if (hit?.ts !== undefined) return { outcome: 'found', providerId: `${search.channel}:${hit.ts}` }
      cursor = read.response_metadata?.next_cursor ?? ''
      if (cursor === '') return { outcome: 'absent' }
    }
    return { outcome: 'unknown', reason: `not among the last ${pageSize * mostPages} messages there` }
  } catch (error) {
    return { outcome: 'unknown', reason: failureOf(error).reason }
  }
}

function readPage(client: WebClient, { channel, ts, since }: Search, cursor: string) {
  const oldest = String(since.getTime() / 1000 - clockSkewSeconds)
  const page = { channel, oldest, limit: pageSize, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) }
  return ts === undefined ? client.conversations.history(page) : client.conversations.replies({ ...page, ts })
}

type Metadata = { readonly event_type?: string; readonly event_payload?: unknown } | undefined

function isMarked(metadata: Metadata, marked: Rendered['metadata']): boolean {
  const payload = metadata?.event_payload as { readonly id?: unknown } | undefined
  return metadata?.event_type === marked.event_type && payload?.id === marked.event_payload.id
}

type Said = { readonly files?: unknown; readonly blocks?: readonly unknown[]; readonly bot_id?: string }

const isSaid = ({ files, blocks = [], bot_id: bot }: Said, { said }: Search): boolean =>
  said !== undefined && bot !== undefined && Array.isArray(files) && wordsOf(blocks[0]) === said

const wordsOf = (block: unknown): string | undefined =>
  (block as { readonly text?: { readonly text?: string } } | undefined)?.text?.text

function threadOf(message: OutboundMessage): { readonly thread_ts?: string } {
  const ts = message.threadOf?.split(':')[1]
  return ts === undefined ? {} : { thread_ts: ts }
}

/** Where a person can be written to; Slack opens a direct message once and its id never changes. */
class Rooms {
  readonly #client: () => Promise<WebClient>
  readonly #opened = new Map<string, string>()

  constructor(client: () => Promise<WebClient>) {
    this.#client = client
  }

  async of(address: Address): Promise<string | Extract<SendResult, { outcome: 'refused' }>> {
    if (!/^[UW]/.test(address.id)) return address.id
    const known = this.#opened.get(address.id)
    if (known !== undefined) return known
    try {
      const opened = await (await this.#client()).conversations.open({ users: address.id })
      const id = opened.channel?.id
      if (id === undefined) return { outcome: 'refused', permanent: false, reason: 'Slack opened no direct message' }
      this.#opened.set(address.id, id)
      return id
    } catch (error) {
      const failure = failureOf(error)
      // Opening a direct message sends nothing, so an unclear end is only a reason to try again.
      return failure.outcome === 'refused' ? failure : { ...failure, outcome: 'refused', permanent: false }
    }
  }
}

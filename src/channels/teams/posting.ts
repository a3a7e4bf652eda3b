import type { FindResult, SendResult } from '../../core/channel.ts'
import type { Address, CardView, OutboundMessage } from '../../core/message.ts'
import { closedBecause, type Failure, failureOf, isGone } from './errors.ts'
import type { Framework } from './framework.ts'
import { personKey, placeKey, type Reference, type References, rootOf, tenantKey } from './references.ts'
import { type Rendered, renderCard, renderMessage } from './render.ts'
import type { TeamsSettings } from './settings.ts'

/** With a card beside it, a text of this length stays well below the 80 KB that Teams takes. */
export const maxTextLength = 20_000

export type Posting = {
  send(message: OutboundMessage): Promise<SendResult>
  find(): Promise<FindResult>
  show(place: Address, card: CardView, shownAs: string | undefined): Promise<SendResult>
  /** Writes into a conversation that Teams named, or to a person. */
  post(to: string, rendered: Rendered): Promise<SendResult>
}

export type PostingParts = {
  readonly framework: () => Promise<Framework>
  readonly references: References
  readonly settings: TeamsSettings
}

/** Everything we write into Teams' channels and chats. One call is one attempt. */
export function createPosting(parts: PostingParts): Posting {
  const post = (to: string, rendered: Rendered) => attempt(parts, to, rendered)
  return {
    post,
    async send(message) {
      if (message.text.length > maxTextLength)
        return { outcome: 'refused', permanent: true, reason: `longer than ${maxTextLength} characters` }
      const under = message.threadOf === undefined ? message.to.id : partsOf(message.threadOf).conversation
      return post(under, renderMessage(message))
    },
    // A bot cannot read what was posted, neither by itself nor with a permission it could ask a tenant for in earnest.
    find: async () => ({ outcome: 'unknown', reason: 'Teams does not let an app look up what it has sent' }),
    async show(place, card, shownAs) {
      const rendered = renderCard(card)
      const changed = shownAs === undefined ? undefined : await change(parts, shownAs, rendered)
      return changed ?? post(place.id, rendered)
    },
  }
}

/** Conversations have a colon after a number or a letter; Entra's ids of persons and Teams' own have none, or begin with 29. */
const isConversation = (id: string): boolean => /^(19|a):/.test(id)

type Where = { readonly key: string; readonly reference: Reference }

async function attempt(parts: PostingParts, to: string, rendered: Rendered): Promise<SendResult> {
  const first = await tryOnce(parts, to, rendered)
  // Whoever removed the chat gets a new one; nothing was sent into the one that is gone.
  if (first.outcome !== 'refused' || !first.isGone || isConversation(to)) return without(first)
  await parts.references.forget(personKey(to))
  return without(await tryOnce(parts, to, rendered))
}

type Tried = SendResult & { readonly isGone?: boolean }
const without = ({ isGone: _, ...result }: Tried): SendResult => result

async function tryOnce(parts: PostingParts, to: string, rendered: Rendered): Promise<Tried> {
  const { references } = parts
  let where: Where | undefined
  try {
    where = await whereIs(parts, to)
    const closed = references.closedBecause(where.reference)
    if (closed !== undefined) return { outcome: 'refused', permanent: true, reason: closed }
    const connector = await (await parts.framework()).connector(where.reference.serviceUrl)
    const { conversation } = where.reference
    const sent = await connector.send({ conversation, activity: rendered })
    return { outcome: 'sent', providerId: idOf(conversation, sent.id ?? '') }
  } catch (error) {
    const known = where ?? { key: keyFor(to), reference: await fallbackReference(parts, to) }
    const failure = await remembered(parts, known, error)
    // Opening a chat sends nothing, so an unclear end is only a reason to try again.
    return where === undefined ? harmless(failure) : { ...failure, isGone: isGone(error) }
  }
}

const harmless = (failure: Failure): Failure =>
  failure.outcome === 'refused' ? failure : { ...failure, outcome: 'refused', permanent: false }

const keyFor = (to: string): string => (isConversation(to) ? placeKey(to) : personKey(to))

/** A conversation that takes nothing more is remembered as such, so that a ladder goes on by another way at once. */
async function remembered({ references }: PostingParts, { key, reference }: Where, error: unknown): Promise<Failure> {
  const because = closedBecause(error)
  if (because !== undefined) await references.close(key, reference, because)
  return failureOf(error)
}

/**
 * The name under which a message is known later. One that begins a thread of a channel is known by its thread, because
 * that is what answers under it carry; any other by its conversation and its id.
 */
function idOf(conversation: string, id: string): string {
  const beginsThread = channels.test(conversation) && rootOf(conversation) === conversation && /^\d+$/.test(id)
  return beginsThread ? `${conversation};messageid=${id}` : `${conversation} ${id}`
}

/** Only channels have threads; group chats, `19:…@thread.v2`, have none. */
const channels = /^19:.+@thread\.(tacv2|skype)$/

/** The conversation and the id of a message that we sent earlier. */
function partsOf(providerId: string): { readonly conversation: string; readonly id: string } {
  const [conversation = '', id] = providerId.split(' ')
  return { conversation, id: id ?? /;messageid=(\d+)$/.exec(conversation)?.[1] ?? '' }
}

/** Changes a card in place. Undefined when it is not there any more and must be posted anew. */
async function change(parts: PostingParts, shownAs: string, rendered: Rendered): Promise<SendResult | undefined> {
  const { conversation, id } = partsOf(shownAs)
  const where = { key: placeKey(conversation), reference: await referenceOf(parts, conversation) }
  try {
    const connector = await (await parts.framework()).connector(where.reference.serviceUrl)
    await connector.update({ conversation, id, activity: { ...rendered, id } })
    return { outcome: 'sent', providerId: shownAs }
  } catch (error) {
    if (isGone(error)) return undefined
    // Changing a card twice does no harm, so an unclear end is only a reason to try again.
    return harmless(await remembered(parts, where, error))
  }
}

async function whereIs(parts: PostingParts, to: string): Promise<Where> {
  if (isConversation(to)) return { key: placeKey(to), reference: await referenceOf(parts, to) }
  const key = personKey(to)
  const known = await parts.references.recall(key)
  const isKnown =
    known !== undefined && (known.conversation !== '' || parts.references.closedBecause(known) !== undefined)
  if (isKnown) return { key, reference: known }
  const { serviceUrl } = await fallbackReference(parts, to)
  const conversation = await openChat(parts, to, serviceUrl)
  await parts.references.heard(key, { serviceUrl, conversation })
  return { key, reference: { serviceUrl, conversation, seenAt: new Date() } }
}

/** A chat with one person, by the id that Entra or Teams gives them; Teams answers with the same chat every time. */
async function openChat({ framework, settings }: PostingParts, person: string, serviceUrl: string): Promise<string> {
  const { appId, tenantId } = settings
  const connector = await (await framework()).connector(serviceUrl)
  const opened = await connector.create({
    isGroup: false,
    bot: { id: `28:${appId}` },
    members: [{ id: person }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  })
  if (!opened.id) throw new Error('Teams opened no chat')
  return opened.id
}

/** Where a conversation is reached: as it was last heard from, else as its tenant was, else at Microsoft's general address. */
async function referenceOf(parts: PostingParts, conversation: string): Promise<Reference> {
  const known = await parts.references.recall(placeKey(conversation))
  return { ...(known ?? (await fallbackReference(parts, conversation))), conversation }
}

async function fallbackReference({ references, settings }: PostingParts, to: string): Promise<Reference> {
  const tenant = await references.recall(tenantKey(settings.tenantId))
  const conversation = isConversation(to) ? to : ''
  return { serviceUrl: tenant?.serviceUrl ?? settings.serviceUrl, conversation, seenAt: new Date(0) }
}

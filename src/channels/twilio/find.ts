import type { FindResult } from '../../core/channel.ts'
import type { OutboundMessage } from '../../core/message.ts'
import { renderMessage } from './render.ts'
import type { TwilioRest } from './rest.ts'
import type { TwilioSettings } from './settings.ts'

/** Twilio and we may disagree about the time, and Twilio counts whole seconds. */
const CLOCK_SKEW_MS = 5_000
/** A request that we gave up on may still be on its way into Twilio's list. */
export const SETTLING_MS = 15_000

type Search = {
  readonly rest: Pick<TwilioRest, 'listMessages'>
  readonly settings: TwilioSettings
  readonly now: Date
}

/**
 * Looks for a message whose sending ended without an answer. Twilio takes no key of ours on a message, so it is
 * known by sender, recipient, time and exact text; a template's text is Twilio's, so for one that may be ours we do
 * not guess. Two that match are one too many to claim either.
 */
export async function findMessage(message: OutboundMessage, attemptedAt: Date, search: Search): Promise<FindResult> {
  const rendered = renderMessage(message, search.settings)
  if (!rendered.ok) return { outcome: 'absent' }
  const { from, to, body } = rendered.params
  const since = new Date(attemptedAt.getTime() - CLOCK_SKEW_MS)
  const listed = await search.rest.listMessages({ from, to, dateSentAfter: since, limit: 200 })
  const candidates = listed.filter(
    (each) => each.from === from && each.to === to && !(each.dateCreated < floorToSecond(since)),
  )
  const same = candidates.filter((each) => each.body === body)
  const [match] = same
  if (match !== undefined && same.length === 1) return { outcome: 'found', providerId: match.sid }
  if (same.length > 1) return unknown('Twilio has several messages with this text: a person should compare them')
  if (body === undefined && candidates.length > 0)
    return unknown('Twilio has messages to this customer, and a template cannot be told apart')
  const ageMs = search.now.getTime() - attemptedAt.getTime()
  return ageMs < SETTLING_MS
    ? unknown('it is too soon to say: Twilio may still be taking the message')
    : { outcome: 'absent' }
}

function floorToSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000)
}

function unknown(reason: string): FindResult {
  return { outcome: 'unknown', reason }
}

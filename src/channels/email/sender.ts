import { domainOf } from './addresses.ts'
import type { Letter } from './letter.ts'
import type { Authenticity } from './verify.ts'

/** RFC 2606 section 2: a name that can never be delivered to. */
export const nobody = 'nobody@sender.invalid'

const unanswerable = /^(?:no-?_?reply|do-?_?not-?_?reply|donotreply)(?:[+@._-]|$)/i

/**
 * Who wrote a mail, as one address. The author counts, never Reply-To: answers must not go wherever a mail asks for.
 * Only a form that writes as "no-reply" on behalf of somebody names its author there.
 */
export function senderOf({ from, replyTo }: Pick<Letter, 'from' | 'replyTo'>): string {
  if (from === undefined) return replyTo?.address ?? nobody
  return unanswerable.test(from.address) && replyTo !== undefined ? replyTo.address : from.address
}

/** Mail systems vouch for the domain of the author; for another address that the mail names they say nothing. */
export function vouchedFor(found: Authenticity, letter: Pick<Letter, 'from' | 'replyTo'>): Authenticity {
  const isAuthor = letter.from !== undefined && domainOf(letter.from.address) === domainOf(senderOf(letter))
  return found.verdict === 'pass' && !isAuthor ? { ...found, verdict: 'unknown' } : found
}

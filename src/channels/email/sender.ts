import type { Letter } from './letter.ts'

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

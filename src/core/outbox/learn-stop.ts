import type { Clock, ConsentStore, OutboxRow } from '../ports.ts'

/** Why a message was not sent, in words that tell staff what to do. */
export const stopWords = 'the customer has sent STOP'

type Deps = { readonly consents: Pick<ConsentStore, 'refused' | 'isStopped'>; readonly clock: Clock }

/**
 * The carrier refuses our messages because of a STOP that we may never have seen: from now on it is ours as well. A START
 * that came after this message was tried is newer than the refusal, and stands. True where the customer is stopped.
 */
export async function learnStop(
  { message, attemptedAt, queuedAt }: Pick<OutboxRow, 'message' | 'attemptedAt' | 'queuedAt'>,
  { consents, clock }: Deps,
): Promise<boolean> {
  const { from, to } = message
  if (from === undefined) return false
  await consents.refused(from, to, { triedAt: attemptedAt ?? queuedAt, at: clock.now() })
  return consents.isStopped(from, to)
}

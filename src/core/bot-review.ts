import type { Category, Kind } from './case/taxonomy.ts'

/** "The bot got this wrong", as a member of staff said it from a case. It waits for whoever writes the answers, and changes nothing by itself. */
export type BotReview = {
  /** The same id again changes nothing: use the id of the press or message. */
  readonly id: string
  readonly at: Date
  readonly caseId: string
  readonly by: string
  /** The customer's words it is about. */
  readonly words: string
  readonly heardAs: { readonly kind: Kind; readonly category: Category; readonly answer?: string }
  /** What it should have been, in the words of staff: another kind, an answer's id, a better utterance. */
  readonly shouldBe: string
}

export type BotReviewList = {
  /** Keeps a proposal until somebody has looked at it. */
  propose(review: BotReview): Promise<void>
  /** Those nobody has looked at, oldest first. */
  open(limit: number): Promise<readonly BotReview[]>
  /** False where there is none, or it was looked at before. */
  settle(id: string, at: Date): Promise<boolean>
}

/** Nobody needs a novel to mend an answer; the whole message stays with its case. */
export const mostReviewWords = 500

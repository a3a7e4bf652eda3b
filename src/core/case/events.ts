import type { Address, Language } from '../message.ts'
import type { Facts } from './commands.ts'
import type { Contact } from './contact.ts'
import type { Actor, Outcome } from './signals.ts'
import type { Category, Kind, Severity } from './taxonomy.ts'

/** Why a case moved up the ladder. */
export type Climb = 'silence' | 'unreachable' | 'asked' | 'lapsed'

/** One person paged in one step. `method` counts through that person's own list of `methods`. */
export type Page = {
  readonly person: string
  readonly name: string
  readonly methods: number
  readonly method: number
  /** The methods that could not reach them. */
  readonly failed: readonly number[]
  /** Paged in an earlier step: may still take the case, but is not chased any more. */
  readonly earlier?: true
}

export type Opened = {
  readonly caseId: string
  readonly site: string
  readonly customer: Address
  readonly contact: Contact
  /** Our number, mailbox or bot the customer wrote to; answers leave from it. */
  readonly via: Address
  readonly conversation: string
  readonly openedAt: Date
  readonly policyVersion: string
}

export type Classified = {
  readonly language: Language
  readonly kind: Kind
  readonly category: Category
  readonly severity: Severity
}

/** Facts, past tense, never edited. Together they are the case's log; the state is their fold. */
export type CaseEvent = { readonly at: Date } & (
  | { readonly type: 'opened'; readonly opened: Opened; readonly classified: Classified }
  | {
      readonly type: 'message-added'
      readonly messageId: string
      readonly language: Language
      readonly acknowledged: boolean
    }
  | { readonly type: 'classified'; readonly classified: Classified }
  | { readonly type: 'answered'; readonly answer: string; readonly closesAt: Date }
  | { readonly type: 'choices-offered'; readonly answers: readonly string[]; readonly dueAt: Date }
  /** The ladder starts (again): a new epoch, so that no page of an older one is mistaken for it. */
  | { readonly type: 'handed-to-people'; readonly promisedBy: Date; readonly fromStep: number }
  | {
      readonly type: 'paged'
      readonly step: number
      readonly cycle: number
      readonly pages: readonly Page[]
      readonly dueAt: Date
      readonly why: Climb | 'start'
      /** What the page says beyond that, e.g. who asked for it and why; kept for the next method. */
      readonly facts?: Facts
      readonly lateMs: number
    }
  | { readonly type: 'level-empty'; readonly step: number; readonly cycle: number; readonly groups: readonly string[] }
  | { readonly type: 'chased'; readonly chase: number; readonly dueAt: Date; readonly lateMs: number }
  | {
      readonly type: 'page-failed'
      readonly person: string
      readonly method: number
      readonly reason: string
      readonly nextMethod?: number
    }
  /** Every level was paged; `pages` are those of the last-resort list. */
  | { readonly type: 'exhausted'; readonly pages: readonly Page[]; readonly dueAt: Date; readonly lateMs: number }
  | { readonly type: 'reminded'; readonly dueAt: Date }
  | { readonly type: 'acknowledged'; readonly by: Actor; readonly dueAt: Date; readonly promisedBy: Date }
  | { readonly type: 'owner-chased'; readonly dueAt: Date; readonly lateMs: number }
  | { readonly type: 'progressed'; readonly dueAt: Date; readonly promisedBy: Date }
  | { readonly type: 'replied'; readonly by: Actor; readonly messageId: string }
  | { readonly type: 'noted'; readonly by: Actor; readonly text: string }
  | { readonly type: 'escalation-asked'; readonly by: Actor; readonly reason: string }
  | { readonly type: 'delivery-failed'; readonly messageId: string; readonly reason: string; readonly certain: boolean }
  | {
      readonly type: 'closed'
      readonly by: Actor
      readonly outcome: Outcome
      readonly told: string
      readonly reopenUntil: Date
    }
  | { readonly type: 'reopened'; readonly by: 'customer' | Actor; readonly reason: string }
)

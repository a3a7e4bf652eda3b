import type { Address, FileRef, Language } from '../message.ts'
import type { Facts } from './commands.ts'
import type { Contact } from './contact.ts'
import type { Link, Party } from './links.ts'
import type { Actor, Outcome } from './signals.ts'
import type { Targets } from './targets.ts'
import type { Category, Kind, Severity } from './taxonomy.ts'

/** Why a case moved up the ladder. */
export type Climb = 'silence' | 'unreachable' | 'asked' | 'lapsed' | 'overdue'

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
  /** The methods still to come by the person's own delays, while the page is unanswered. */
  readonly later?: readonly { readonly method: number; readonly at: Date }[]
  /** Where on the ladder they were paged. */
  readonly step?: number
  readonly cycle?: number
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
  /** More involved than most, as a supervisor has found: the policy may give such a case longer. */
  readonly complex?: boolean
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
  /** `by` and `reason` where a person decided it. */
  | {
      readonly type: 'classified'
      readonly classified: Classified
      readonly by?: Actor
      readonly reason?: string
    }
  | { readonly type: 'answered'; readonly answer: string; readonly closesAt: Date }
  | { readonly type: 'choices-offered'; readonly answers: readonly string[]; readonly dueAt: Date }
  /** The ladder starts (again): a new epoch, so that no page of an older one is mistaken for it. */
  | {
      readonly type: 'handed-to-people'
      readonly promisedBy: Date
      readonly fromStep: number
      /** The group the ladder begins at, where that is not its first step. */
      readonly start?: string
    }
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
  | {
      readonly type: 'chased'
      readonly chase: number
      readonly dueAt: Date
      readonly lateMs: number
      /** Methods of people's own lists whose time had come at the same moment: the chase used them. */
      readonly tried?: readonly { readonly person: string; readonly method: number }[]
    }
  | {
      readonly type: 'methods-tried'
      readonly tried: readonly { readonly person: string; readonly method: number }[]
      readonly lateMs: number
    }
  /** A recorded closure took working time away. */
  | { readonly type: 'postponed'; readonly dueAt: Date }
  | { readonly type: 'targets-set'; readonly targets: Targets }
  | { readonly type: 'target-chased'; readonly target: string; readonly targets: Targets; readonly lateMs: number }
  /** What was promised was not kept: the case climbs, and a later report counts it. */
  | { readonly type: 'target-missed'; readonly target: string; readonly targets: Targets; readonly lateMs: number }
  /** Staff whom the case is about; from here on it is hidden from them and the line next to them. */
  | { readonly type: 'walled'; readonly by: Actor; readonly about: readonly string[]; readonly out: readonly string[] }
  /** A complaint names them, so it may be about them: they are left out of it. */
  | { readonly type: 'suspected'; readonly people: readonly Actor[] }
  /** It is not about them after all: they may get and see it again. */
  | { readonly type: 'cleared'; readonly by: Actor; readonly person: Actor; readonly reason: string }
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
  | {
      readonly type: 'replied'
      readonly by: Actor
      readonly messageId: string
      readonly files?: readonly FileRef[]
    }
  | { readonly type: 'noted'; readonly by: Actor; readonly text: string }
  | { readonly type: 'escalation-asked'; readonly by: Actor; readonly reason: string }
  /** `optedOut`: the customer had sent STOP; `stopped`: and it is told again when they take that back. */
  | {
      readonly type: 'delivery-failed'
      readonly messageId: string
      readonly reason: string
      readonly certain: boolean
      readonly stopped?: true
      readonly optedOut?: true
    }
  | { readonly type: 'reachable-again'; readonly messageIds: readonly string[] }
  | {
      readonly type: 'closed'
      readonly by: Actor
      readonly outcome: Outcome
      readonly told: string
      readonly reopenUntil: Date
      /** The message that tells the customer. */
      readonly messageId?: string
    }
  | { readonly type: 'reopened'; readonly by: 'customer' | Actor; readonly reason: string }
  /** The audit of a command: who, by which desk, with which words. What it led to follows. */
  | {
      readonly type: 'commanded'
      readonly by: Actor
      readonly command: string
      readonly desk: string
      readonly args: Readonly<Record<string, string>>
    }
  | {
      readonly type: 'assigned'
      readonly by: Actor
      readonly to: Actor
      readonly note: string
      readonly dueAt: Date
      readonly promisedBy: Date
    }
  | { readonly type: 'hand-over-offered'; readonly by: Actor; readonly to: Actor; readonly note: string }
  | { readonly type: 'hand-over-declined'; readonly by: Actor; readonly reason: string }
  | {
      readonly type: 'handed-over'
      readonly by: Actor
      readonly from: Actor
      readonly dueAt: Date
      readonly promisedBy: Date
    }
  /** A question went to the customer; no news is owed until they answer. At `dueAt` it is looked at again. */
  | { readonly type: 'asked'; readonly by: Actor; readonly messageId: string; readonly dueAt: Date }
  | { readonly type: 'asked-again'; readonly messageId: string; readonly dueAt: Date }
  /** The clock runs again: the customer answered or objected, or did not answer in time. */
  | {
      readonly type: 'resumed'
      readonly why: 'customer' | 'silence' | 'staff' | 'undelivered'
      readonly dueAt: Date
      readonly promisedBy?: Date
    }
  /** `agreed`: the customer agreed to wait until `promisedBy`. */
  | {
      readonly type: 'promised'
      readonly by: Actor
      readonly promisedBy: Date
      readonly dueAt: Date
      readonly agreed?: true
      readonly messageId?: string
    }
  /** `page` is set where the person joins those who are paged now. */
  | {
      readonly type: 'person-paged'
      readonly by: Actor
      readonly person: string
      readonly reason: string
      readonly page?: Page
    }
  /** `givenWord`: the time that the customer of a case taken in was named there. */
  | { readonly type: 'linked'; readonly by: Actor; readonly link: Link; readonly givenWord?: Date }
  | { readonly type: 'unlinked'; readonly by: Actor; readonly other: string }
  | { readonly type: 'party-added'; readonly by: Actor; readonly party: Party }
  /** Done in our eyes; closes at `dueAt` unless the customer objects. */
  | {
      readonly type: 'resolved'
      readonly by: Actor
      readonly outcome: Outcome
      readonly told: string
      readonly dueAt: Date
      readonly messageId?: string
    }
  /** The customer changed a message (`text`) or took it back; the original stays where it was stored. */
  | { readonly type: 'message-changed'; readonly messageId: string; readonly text?: string }
)

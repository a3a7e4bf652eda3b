import type { FileRef, InboundMessage, Language } from '../message.ts'
import type { CustomerOccasion } from './commands.ts'
import type { Asked, DeskSignal } from './desk-signals.ts'
import type { Category, Kind, Severity } from './taxonomy.ts'

/** A staff member, as the log names them. */
export type Actor = { readonly id: string; readonly name: string }

/** A member of staff whose full name stands in a customer's words; `isAddressed`: only as the one who is written to. */
export type Named = Actor & { readonly isAddressed?: boolean }

/** What the bot made of a customer's message and what it proposes to do about it. */
export type Assessment = {
  readonly language: Language
  readonly kind: Kind
  readonly category: Category
  readonly severity: Severity
  readonly complaint: boolean
  readonly handoff: boolean
  /** `aside`: a word of thanks and the like, which needs no action of its own. */
  readonly proposal: 'emergency' | 'answer' | 'choices' | 'case' | 'aside'
  /** The answer to give, or the choices to offer, by id. */
  readonly answers: readonly string[]
  /** Place and time as the customer said them, for saying them back; and what to ask for, once. */
  readonly told?: string
  readonly ask?: 'where' | 'when'
  /** Staff who are named in the words. */
  readonly named?: readonly Named[]
}

/** The parts of a first message that the case keeps; the words themselves stay in the inbox. */
export type Origin = {
  readonly caseId: string
  readonly site: string
}

export const outcomes = [
  'resolved',
  'not_resolved',
  'duplicate',
  'not_for_us',
  'withdrawn',
  'unreachable',
  'no_case',
] as const
export type Outcome = (typeof outcomes)[number]

/** Ends in which nobody can be told: the customer cannot be reached, or it was spam or a test. Every other end needs words. */
export const untold: readonly Outcome[] = ['unreachable', 'no_case']

/**
 * What reaches a case from outside. `id` is stable, so applying a signal twice changes nothing;
 * `at` is its own time, so nothing in this folder reads a clock.
 */
export type Signal = { readonly id: string; readonly at: Date; readonly asked?: Asked } & (
  | DeskSignal
  | {
      readonly type: 'message'
      readonly origin: Origin
      readonly message: InboundMessage
      readonly assessment: Assessment
    }
  | { readonly type: 'acknowledge'; readonly by: Actor }
  /** The case turns out to be about these members of staff. */
  | { readonly type: 'wall'; readonly by: Actor; readonly about: readonly string[] }
  /** It is not about this member of staff: a wrong guess, or a mistake. */
  | { readonly type: 'clear'; readonly by: Actor; readonly person: Actor; readonly reason: string }
  | { readonly type: 'reply'; readonly by: Actor; readonly text: string; readonly files?: readonly FileRef[] }
  | { readonly type: 'note'; readonly by: Actor; readonly text: string }
  | { readonly type: 'escalate'; readonly by: Actor; readonly reason: string }
  | { readonly type: 'close'; readonly by: Actor; readonly outcome: Outcome; readonly told: string }
  | { readonly type: 'reopen'; readonly by: Actor; readonly reason: string }
  /** Somebody looked at the clock; whether anything is due is decided here. */
  | { readonly type: 'deadline' }
  /** A page could not reach this person by this method. */
  | {
      readonly type: 'page-failed'
      readonly epoch: number
      readonly person: string
      readonly method: number
      readonly reason: string
    }
  /** A message to the customer was not delivered, or nobody can tell whether it was. */
  | {
      readonly type: 'not-delivered'
      readonly messageId: string
      readonly reason: string
      readonly certain: boolean
      /** What it was to tell the customer. */
      readonly occasion?: CustomerOccasion
      /** When it was written: what came after it may have arrived. */
      readonly writtenAt?: Date
      /** The customer had sent STOP, so it was not sent at all. */
      readonly stopped?: true
    }
  /** The customer lets us write again; what they did not get meanwhile, to the letter. */
  | { readonly type: 'reachable-again'; readonly missed: readonly string[] }
)

export type SignalOf<T extends Signal['type']> = Extract<Signal, { readonly type: T }>

import type { Category, Kind, Severity } from '../core/case/taxonomy.ts'
import type { Language } from '../core/message.ts'
import type { Heard } from './heard.ts'

/** What the bot made of one message. Every field is filled for every input, however odd. */
export type Understanding = {
  readonly language: Language
  readonly kind: Kind
  /** How far `kind` stands above the next best, 0 at a tie; what the rules decide is sure. */
  readonly kindLead: number
  readonly category: Category
  readonly severity: Severity
  /** Danger to life or safety now, or soon: by rule or by model. Nothing later may cancel it. */
  readonly emergency: boolean
  /** Expresses dissatisfaction with us, even beside a question. An answer never cancels it. */
  readonly complaint: boolean
  /** The same by words or by a clear lead of the model, not only by the margin set for recall: people must get it. */
  readonly complaintIsClear: boolean
  /** Asks for a person. */
  readonly handoff: boolean
  /** The authored answer that fits best, by id. */
  readonly intent?: string
  /** 0..1: how sure the bot is of `intent`. */
  readonly confidence: number
  /** Up to three answers worth offering, best first. */
  readonly alternatives: readonly { readonly intent: string; readonly confidence: number }[]
  /** Place and time as they were said, and the one thing to ask for. */
  readonly heard?: Heard
  /** Which rules and scores led here, for `gatehouse bot` and the case log. */
  readonly because: readonly string[]
}

/** What the bot remembers of a conversation; kept by the core, passed in each time. */
export type Memory = {
  /** The language of the previous turn. */
  readonly language?: Language
  /** The answers offered last, in the order shown, so that "2" can be understood. */
  readonly offered?: readonly string[]
  /** How many times in a row we did not understand. */
  readonly misses: number
  readonly site: string
  /** Whether a case of this conversation is open: then the message belongs to it. */
  readonly caseOpen: boolean
}

/** What the bot proposes. The core carries it out; the bot touches nothing. */
export type BotDecision =
  | {
      readonly type: 'command'
      readonly command: 'status' | 'help' | 'agent' | 'stop' | 'start'
      readonly caseRef?: string
    }
  | { readonly type: 'emergency' }
  /** Sure of an answer. `alsoOffer`: log a complaint or talk to a person is offered beside it. */
  | { readonly type: 'answer'; readonly answer: string; readonly alsoOffer: boolean }
  /** Not sure: show these and "none of these". */
  | { readonly type: 'choices'; readonly answers: readonly string[] }
  /** A person must deal with it. */
  | { readonly type: 'case' }

export type BotTurn = { readonly understanding: Understanding; readonly decision: BotDecision }

/** Understands and proposes; holds no connection and reads no clock. Trained once from authored content. */
export interface Bot {
  /** `action` is the id of a pressed button, where there was one. `today` (UTC) decides which answers have expired. */
  consider(message: { readonly text: string; readonly action?: string }, memory: Memory, today: Date): BotTurn
  /** The authored text of an answer, with its why and its options. Undefined when unknown or expired. */
  answer(
    id: string,
    about: { readonly language: Language; readonly site: string; readonly today: Date },
  ): AnswerText | undefined
}

export type AnswerText = { readonly title: string; readonly text: string }

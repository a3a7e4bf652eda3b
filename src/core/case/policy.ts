import type { Language } from '../message.ts'
import type { Severity } from './taxonomy.ts'

/** How acknowledgements are chased for one severity: steps climbed in order, then again, then exhausted. */
export type Ladder = {
  readonly steps: readonly [Step, ...Step[]]
  /** How often the whole ladder is climbed before it is exhausted; Infinity repeats until a human acts. */
  readonly cycles: number
  /** An owner who shows no progress for so long is chased once, then the case climbs again. */
  readonly ownerSilenceSeconds: number
  /** What the customer is promised: a named person within this time. Never shorter than the internal target. */
  readonly acknowledgePromiseSeconds: number
  /** What the customer is promised once somebody owns the case: news within this time. */
  readonly updatePromiseSeconds: number
}

export type Step = {
  /** Duty groups paged together, e.g. `level-1`, `control-room`. */
  readonly notify: readonly string[]
  readonly ackWithinSeconds: number
  readonly chases: number
  readonly chaseEverySeconds: number
}

export type Policy = {
  /** Cases keep the policy they were opened under; this names it. */
  readonly version: string
  readonly ladders: Readonly<Record<Severity, Ladder>>
  /** How long a customer may object to an answer before the bot closes the case. */
  readonly objectionSeconds: number
  /** How long the bot waits for a choice before a person takes over. */
  readonly choiceSeconds: number
  /** A closed case is opened again by the customer's next message within this time; later it is a new case. */
  readonly reopenSeconds: number
  /** Additions that follow each other faster than this are acknowledged to the customer once. */
  readonly additionQuietSeconds: number
  /** How often an exhausted case is shown again in the desk's channel. */
  readonly exhaustedReminderSeconds: number
}

/** A person as the ladder sees them: ordered methods, the first that works is used. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly language: Language
  readonly methods: number
}

/** What is true outside the case at the moment a signal is decided. Gathered by the engine, given as data. */
export type World = {
  readonly policy: Policy
  /** Who is on duty now in each group; a group without people is an empty level. */
  readonly onDuty: Readonly<Record<string, readonly Person[]>>
  /** Told once when a ladder is exhausted. Never empty. */
  readonly lastResort: readonly Person[]
  /** `at` plus so much of the clock that this severity runs on (round the clock, or working hours). */
  readonly due: (at: Date, seconds: number, severity: Severity) => Date
}

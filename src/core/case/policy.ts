import type { Language } from '../message.ts'
import type { CaseFile } from './state.ts'
import type { Pause, TargetName, TargetSpec } from './targets.ts'
import type { Category, Kind, Severity } from './taxonomy.ts'

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
  /** The machine's receipt must have been accepted by the provider within so long; the auditor looks. */
  readonly receiptSeconds?: number
  readonly firstReply?: TargetSpec
  readonly resolution?: TargetSpec
}

/** Other targets for a kind, a category, a site (one contract each) or a severity; the last one that fits counts. */
export type TargetException = {
  readonly severity?: Severity
  readonly kind?: Kind
  readonly category?: Category
  readonly site?: string
  /** Only for cases that a supervisor has marked as complex. */
  readonly complex?: true
  readonly firstReply?: TargetSpec
  readonly resolution?: TargetSpec
}

/** What a category asks for: where its ladder begins, and what those must know who get it. */
export type CategoryRule = {
  /** `level-2`, or a list outside the line such as `compliance`. Severity 1 always goes to everybody. */
  readonly start?: string
  readonly skills?: readonly string[]
  readonly training?: readonly string[]
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
  readonly exceptions?: readonly TargetException[]
  readonly categories?: Readonly<Partial<Record<Category, CategoryRule>>>
}

/** A person as the ladder sees them: ordered methods, the first that works is used. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly language: Language
  readonly methods: number
  /** Seconds after the page began at which each method is tried; undefined: only after a failure or in a chase. */
  readonly delays?: readonly (number | undefined)[]
}

type Around = { readonly clock?: 'always'; readonly pauses?: readonly Pause[] }

/** What is true outside the case at the moment a signal is decided. Gathered by the engine, given as data. */
export type World = {
  readonly policy: Policy
  /** Who is on duty now in each group and may get this case; a group without people is an empty level. */
  readonly onDuty: (file: CaseFile) => Readonly<Record<string, readonly Person[]>>
  /** The group the ladder must begin at: above whom the case is about, or where its category goes. */
  readonly startOf: (file: CaseFile) => string | undefined
  /** Whether this person must keep out of the case. */
  readonly isWalledOff: (file: CaseFile, person: string) => boolean
  /** Told once when a ladder is exhausted. Never empty. */
  readonly lastResort: readonly Person[]
  /** `at` plus so much of the clock that this severity runs on (round the clock, or working hours). */
  readonly due: (at: Date, seconds: number, severity: Severity, around?: Around) => Date
  /** `dueAt` as computed `setAt`, computed again with the closures recorded since. */
  readonly again: (setAt: Date, dueAt: Date, severity: Severity) => Date
  readonly targets: (file: CaseFile) => Readonly<Partial<Record<TargetName, TargetSpec>>>
}

/** The targets of a case by its policy: those of its severity, unless an exception fits better. */
export function targetsFor({ ladders, exceptions = [] }: Policy, file: CaseFile): ReturnType<World['targets']> {
  const { acknowledgePromiseSeconds: seconds, firstReply, resolution } = ladders[file.severity]
  const fits = exceptions.filter(
    ({ severity, kind, category, site, complex }) =>
      (severity ?? file.severity) === file.severity &&
      (kind ?? file.kind) === file.kind &&
      (category ?? file.category) === file.category &&
      (site ?? file.site) === file.site &&
      (complex !== true || file.complex === true),
  )
  const best = {
    firstReply: fits.findLast((one) => one.firstReply)?.firstReply ?? firstReply,
    resolution: fits.findLast((one) => one.resolution)?.resolution ?? resolution,
  }
  return {
    acknowledge: { seconds, internalSeconds: Math.floor(seconds * 0.9) },
    ...(best.firstReply && { firstReply: best.firstReply }),
    ...(best.resolution && { resolution: best.resolution }),
  }
}

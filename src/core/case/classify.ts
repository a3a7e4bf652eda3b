import { type Decision, nothing } from './decision.ts'
import type { Classified } from './events.ts'
import type { World } from './policy.ts'
import type { Assessment, SignalOf } from './signals.ts'
import { type CaseState, isOpen, type StateOf } from './state.ts'
import { kinds, type Severity } from './taxonomy.ts'

type Heard = SignalOf<'message'>

export const classifiedOf = ({ language, kind, category, severity }: Assessment): Classified => ({
  language,
  kind,
  category,
  severity,
})

/** What later words make of a case: severity and kind only ever rise. */
export function classify(state: CaseState, { at, assessment }: Heard): Decision {
  if (!isOpen(state)) return nothing
  const severity = Math.min(assessment.severity, state.severity) as Severity
  const graver = kinds.indexOf(assessment.kind) < kinds.indexOf(state.kind)
  if (severity === state.severity && !graver) return nothing
  const { kind } = graver ? assessment : state
  // What made it graver is what it is about now: its category says where the ladder begins and who may get it.
  const { category } = graver || severity < state.severity ? assessment : state
  const classified: Classified = { language: assessment.language, kind, category, severity }
  return { events: [{ type: 'classified', at, classified }], commands: [] }
}

/**
 * So long after the end of an emergency words belong to it: "still there", "it is worse", "又嚟喇" tell of danger only to
 * whoever knows what was before, and no rule hears it in them.
 */
const aftermathMs = 3_600_000

/**
 * An emergency is over, and its customer asks for a copy of the report: that is a question, not an emergency, and must not
 * wake everybody. It becomes what these words are, unless danger is heard in them or they may tell of the old one.
 */
export function calmed(before: CaseState, { at, assessment }: Heard, { policy }: World): Decision {
  const endedAt = endOf(before)
  if (endedAt === undefined || before.status === 'none' || before.severity !== 1) return nothing
  const { kind, severity, proposal } = assessment
  if (proposal === 'emergency' || proposal === 'aside' || kind === 'emergency' || severity === 1) return nothing
  const isQuestion = kind === 'enquiry' && (proposal === 'choices' || proposal === 'answer')
  if (!isQuestion && at.getTime() - endedAt.getTime() < aftermathMs) return nothing
  // A matter that goes to others than the officer on the post stays one.
  const isElsewhere = policy.categories?.[before.category]?.start !== undefined
  const classified = { ...classifiedOf(assessment), ...(isElsewhere && { category: before.category }) }
  return { events: [{ type: 'classified', at, classified }], commands: [] }
}

/** When it was taken for done; undefined while somebody is at it. */
const endOf = (state: CaseState): Date | undefined =>
  state.status === 'closed' ? state.closedAt : isResolved(state) ? state.dueSetAt : undefined

const isResolved = (state: CaseState): state is StateOf<'owned'> =>
  state.status === 'owned' && state.resolved !== undefined

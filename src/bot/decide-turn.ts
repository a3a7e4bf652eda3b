import type { BotDecision, Memory, Understanding } from './bot.ts'
import { merelyRemarks } from './rules/asking.ts'
import { spokenCommand } from './rules/commands.ts'
import { ruleForm } from './rules/emergency.ts'

export type Turn = {
  readonly text: string
  readonly action?: string | undefined
  readonly understanding: Understanding
  readonly memory: Memory
  /** Confidence from which an answer is given without asking. */
  readonly sure: number
  /** Whether an answer exists and has not expired. */
  readonly canAnswer: (id: string) => boolean
  /** What an answer is about. */
  readonly categoryOf: (id: string) => string | undefined
  /** A question answered beside a matter for people. */
  readonly beside?: string | undefined
}

/** Two misses in a row and a person takes over. */
const mostMisses = 2
const mostChoices = 3

/** What to do, in the order that keeps people safe: danger, commands and people first, answers last. */
export function decideTurn(turn: Turn): BotDecision {
  if (turn.understanding.emergency) return { type: 'emergency' }
  return asCommand(turn) ?? asChoice(turn) ?? asHandoff(turn) ?? asAnswer(turn) ?? asChoices(turn) ?? { type: 'case' }
}

const asCommand = ({ text }: Turn): BotDecision | undefined => {
  const spoken = spokenCommand(text)
  return spoken && { type: 'command', ...spoken }
}

/** A pressed button, or the number of an answer that was offered. */
function asChoice({ text, action, memory, canAnswer }: Turn): BotDecision | undefined {
  const offered = memory.offered ?? []
  const chosen = action === undefined ? chosenByNumber(text, offered) : action.replace(/^answer:/, '')
  if (chosen === undefined) return undefined
  if (chosen === 'agent') return { type: 'command', command: 'agent' }
  if (canAnswer(chosen)) return { type: 'answer', answer: chosen, alsoOffer: false }
  return chosen === 'none' || offered.includes(chosen) ? { type: 'case' } : undefined
}

const numerals: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
}
const noneOfThese =
  /^(none( of (these|them|the above))?|neither|以上(都|皆)?(不是|唔係|唔啱)|都不是|都唔係|全部都?(唔係|不是))$/

function chosenByNumber(text: string, offered: readonly string[]): string | undefined {
  if (offered.length === 0) return undefined
  const said = ruleForm(text.slice(0, 40))
    .replace(/[\s.。)）(（#]/g, ' ')
    .trim()
  if (noneOfThese.test(said)) return 'none'
  const number = /^\d{1,2}$/.test(said) ? Number(said) : numerals[said]
  if (number === undefined) return undefined
  return number === offered.length + 1 ? 'none' : offered[number - 1]
}

/** A plain wish for a person; one inside a complaint or a report goes with the case instead. */
function asHandoff({ understanding }: Turn): BotDecision | undefined {
  const { handoff, kind } = understanding
  if (!handoff) return undefined
  return kind === 'complaint' || kind === 'incident_report' ? { type: 'case' } : { type: 'command', command: 'agent' }
}

function asAnswer({ text, understanding, sure, canAnswer, categoryOf, beside }: Turn): BotDecision | undefined {
  if (beside !== undefined) return { type: 'answer', answer: beside, alsoOffer: true }
  const { intent, confidence, complaint, complaintIsClear, kind, severity, category } = understanding
  const isAsked = (kind === 'enquiry' || kind === 'service_request') && !merelyRemarks(text)
  // It may be a complaint that only sounds like a question: most wrong answers were, so the customer is asked.
  if (complaint && !complaintIsClear && confidence < nearlyVerbatim) return undefined
  if (intent === undefined) return undefined
  if (confidence < nearlyVerbatim && rivalOf(intent, understanding) > closeRival) return undefined
  // Two judges, of answers and of categories, that disagree: one of them is wrong, and the customer knows which.
  if (confidence < nearlyVerbatim && categoryOf(intent) !== category) return undefined
  if (confidence < sure || !canAnswer(intent) || severity <= 2 || !isAsked) return undefined
  return { type: 'answer', answer: intent, alsoOffer: complaintIsClear }
}

/** Where another answer is nearly as likely, the customer knows better which of them was meant. */
const closeRival = 0.15
const nearlyVerbatim = 0.95

const rivalOf = (intent: string | undefined, { alternatives }: Understanding): number =>
  alternatives.find((other) => other.intent !== intent)?.confidence ?? 0

/** Several answers are worth showing only for a question, before two misses, and never under a clear complaint. */
function asChoices({ understanding, memory, canAnswer }: Turn): BotDecision | undefined {
  const { alternatives, complaintIsClear, kind, severity } = understanding
  if (memory.caseOpen || memory.misses >= mostMisses || complaintIsClear || kind !== 'enquiry' || severity <= 2)
    return undefined
  const answers = alternatives.map(({ intent }) => intent).filter(canAnswer)
  return answers.length === 0 ? undefined : { type: 'choices', answers: answers.slice(0, mostChoices) }
}

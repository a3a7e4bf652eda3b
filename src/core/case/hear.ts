import { ladderOf, startLadder } from './climb.ts'
import type { Command, CustomerOccasion, Facts } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import type { Classified } from './events.ts'
import type { World } from './policy.ts'
import type { Assessment, SignalOf } from './signals.ts'
import { type CaseFile, type CaseState, isOpen, type Open, type StateOf } from './state.ts'
import { kinds, type Severity } from './taxonomy.ts'

type Heard = SignalOf<'message'>

/** What a customer's message does to a case. */
export function hear(state: CaseState, signal: Heard, world: World): Decision {
  if (state.status === 'none') return signal.message.automatic ? nothing : open(state, signal, world)
  if (signal.message.automatic) return add(state, signal, false)
  if (state.status === 'closed') return hearAfterClosing(state, signal, world)
  return state.status === 'with-bot' ? converse(state, signal, world) : addition(state, signal, world)
}

function open(state: CaseState, signal: Heard, world: World): Decision {
  const { at, message, origin, assessment } = signal
  const opened = {
    ...origin,
    customer: message.from,
    via: message.to,
    conversation: message.conversation,
    openedAt: at,
    policyVersion: world.policy.version,
  }
  return inTurn(
    state,
    () => ({ events: [{ type: 'opened', at, opened, classified: classifiedOf(assessment) }], commands: [] }),
    (current) => add(current, signal, false),
    (current) => actOn(current, signal, world),
  )
}

/** While the bot is talking, a message is understood afresh; severity and kind only ever rise. */
function converse(state: Open, signal: Heard, world: World): Decision {
  if (signal.assessment.proposal === 'aside') return add(state, signal, false)
  return inTurn(
    state,
    (current) => add(current, signal, false),
    (current) => classify(current, signal),
    (current) => actOn(current, signal, world),
  )
}

function actOn(state: CaseState, signal: Heard, world: World): Decision {
  switch (signal.assessment.proposal) {
    case 'emergency':
      return toPeople(state, signal, world, 'safety')
    case 'answer':
      return answer(state, signal, world)
    case 'choices':
      return offer(state, signal, world)
    case 'aside':
    case 'case':
      return toPeople(state, signal, world, 'received')
  }
}

/** Starts the ladder and tells the customer what happens next. */
export function toPeople(
  state: CaseState,
  { id, at }: { id: string; at: Date },
  world: World,
  occasion: CustomerOccasion,
  facts: Facts = {},
): Decision {
  return inTurn(
    state,
    (current) => startLadder(current, at, world, { step: 0, why: 'start' }),
    (current) => ({ events: [], commands: [tell(id, occasion, { ...facts, ...promise(current) })] }),
  )
}

function answer(state: CaseState, signal: Heard, world: World): Decision {
  const { id, at, assessment } = signal
  const [chosen] = assessment.answers
  if (state.status === 'none' || chosen === undefined) return toPeople(state, signal, world, 'received')
  // An answer never cancels a complaint: it is given, and people get the case all the same.
  if (assessment.complaint) return toPeople(state, signal, world, 'answer-with-offer', { answer: chosen })
  const closesAt = new Date(at.getTime() + world.policy.objectionSeconds * 1000)
  return {
    events: [{ type: 'answered', at, answer: chosen, closesAt }],
    commands: [tell(id, 'answer', { answer: chosen })],
  }
}

function offer(state: CaseState, signal: Heard, world: World): Decision {
  const { id, at, assessment } = signal
  if (assessment.answers.length === 0) return toPeople(state, signal, world, 'received')
  const dueAt = new Date(at.getTime() + world.policy.choiceSeconds * 1000)
  return {
    events: [{ type: 'choices-offered', at, answers: assessment.answers, dueAt }],
    commands: [tell(id, 'choices', { answers: assessment.answers.join(' ') })],
  }
}

/** People have the case already: add the words, tell them, and start again higher if it became more serious. */
function addition(state: Open, signal: Heard, world: World): Decision {
  const worse = signal.assessment.severity < state.severity && signal.assessment.severity <= 2
  if (worse) return worsen(state, signal, world)
  const acknowledged = signal.assessment.proposal !== 'aside' && isQuiet(state, signal.at, world)
  return inTurn(
    state,
    (current) => add(current, signal, acknowledged),
    (current) => classify(current, signal),
    (current) => ({
      events: [],
      commands: acknowledged ? [tell(signal.id, 'received-again', promise(current))] : [],
    }),
  )
}

const worsen = (state: Open, signal: Heard, world: World): Decision =>
  inTurn(
    state,
    (current) => add(current, signal, true),
    (current) => classify(current, signal),
    (current) => toPeople(current, signal, world, signal.assessment.severity === 1 ? 'safety' : 'received-again'),
  )

const isQuiet = (state: CaseFile, at: Date, { policy }: World): boolean =>
  state.additionToldAt === undefined ||
  at.getTime() - state.additionToldAt.getTime() >= policy.additionQuietSeconds * 1000

/** A word of thanks leaves a closed case closed; anything else opens it again for people. */
function hearAfterClosing(state: StateOf<'closed'>, signal: Heard, world: World): Decision {
  if (signal.assessment.proposal === 'aside') return add(state, signal, false)
  const occasion = signal.assessment.proposal === 'emergency' ? 'safety' : 'reopened'
  return inTurn(
    state,
    (current) => add(current, signal, false),
    () => ({
      events: [{ type: 'reopened', at: signal.at, by: 'customer', reason: '' }],
      commands: [{ type: 'announce', id: `${signal.id}:reopened`, occasion: 'reopened-staff', facts: {} }],
    }),
    (current) => classify(current, signal),
    (current) => toPeople(current, signal, world, occasion),
  )
}

/** Files the message on the case and shows it to the people who have it. */
function add(state: CaseState, { id, at, message, assessment }: Heard, acknowledged: boolean): Decision {
  const facts = { text: message.text, attachments: String(message.attachments.length) }
  const commands: Command[] = []
  if (state.status !== 'none' && state.messages > 0)
    commands.push({ type: 'announce', id: `${id}:wrote`, occasion: 'customer-wrote', facts })
  if (state.status === 'owned')
    commands.push({ type: 'inform', id: `${id}:inform`, person: state.owner.id, occasion: 'customer-wrote', facts })
  return {
    events: [{ type: 'message-added', at, messageId: message.id, language: assessment.language, acknowledged }],
    commands,
  }
}

function classify(state: CaseState, { at, assessment }: Heard): Decision {
  if (!isOpen(state)) return nothing
  const severity = Math.min(assessment.severity, state.severity) as Severity
  const graver = kinds.indexOf(assessment.kind) < kinds.indexOf(state.kind)
  if (severity === state.severity && !graver) return nothing
  const { kind, category } = graver ? assessment : state
  const classified: Classified = { language: assessment.language, kind, category, severity }
  return { events: [{ type: 'classified', at, classified }], commands: [] }
}

const classifiedOf = ({ language, kind, category, severity }: Assessment): Classified => ({
  language,
  kind,
  category,
  severity,
})

const tell = (id: string, occasion: CustomerOccasion, facts: Facts): Command => ({
  type: 'tell',
  id: `${id}:${occasion}`,
  occasion,
  facts,
})

const promise = (state: CaseState): Facts =>
  state.status !== 'none' && state.promisedBy ? { by: state.promisedBy.toISOString() } : {}

/** The promise of news that goes with ownership; the internal target lies before it. */
export const ownership = (state: CaseFile, at: Date, world: World) => {
  const ladder = ladderOf(state, world)
  return {
    dueAt: world.due(at, ladder.ownerSilenceSeconds, state.severity),
    promisedBy: world.due(at, ladder.updatePromiseSeconds, state.severity),
  }
}

import type { InboundMessage } from '../message.ts'
import { calmed, classifiedOf, classify } from './classify.ts'
import { ladderOf, startLadder, toWhoMayHearIt } from './climb.ts'
import type { Command, CustomerOccasion, Facts } from './commands.ts'
import { contactOf } from './contact.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { excerptOf } from './excerpt.ts'
import type { World } from './policy.ts'
import type { Assessment, SignalOf } from './signals.ts'
import { type CaseFile, type CaseState, isOpen, type Open, type StateOf } from './state.ts'
import { isSuspected, keepFromNamed, passOn } from './suspect.ts'
import { resume } from './wait.ts'

type Heard = SignalOf<'message'>

/** What a customer's message does to a case. */
export function hear(state: CaseState, signal: Heard, world: World): Decision {
  if (state.status === 'none') return signal.message.automatic ? nothing : open(state, signal, world)
  if (signal.message.automatic) return add(state, signal, false)
  return inTurn(
    state,
    // First of all: whom it names must not be shown the words.
    (current) => keepFromNamed(current, signal, world),
    (current) => hearOn(current, signal, world),
    (current) => passOn(current, state, signal.at, world),
  )
}

function hearOn(state: CaseState, signal: Heard, world: World): Decision {
  if (state.status === 'closed') return hearAfterClosing(state, signal, world)
  if (!isOpen(state)) return nothing
  return state.status === 'with-bot' ? converse(state, signal, world) : addition(state, signal, world)
}

function open(state: CaseState, signal: Heard, world: World): Decision {
  const { at, message, origin, assessment } = signal
  const opened = {
    ...origin,
    customer: message.from,
    contact: contactOf(message),
    via: message.to,
    conversation: message.conversation,
    openedAt: at,
    policyVersion: world.policy.version,
  }
  return inTurn(
    state,
    () => ({ events: [{ type: 'opened', at, opened, classified: classifiedOf(assessment) }], commands: [] }),
    (current) => keepFromNamed(current, signal, world),
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
      return wantsOnlyAPerson(signal)
        ? toPeople(state, signal, world, 'agent')
        : toPeople(state, signal, world, 'received', heardFacts(signal))
  }
}

/** What we say back, and ask for: only here, where a case first goes to people, so that nothing is asked twice. */
const heardFacts = ({ assessment: { told, ask } }: Heard): Facts => ({ ...(told && { told }), ...(ask && { ask }) })

const wantsOnlyAPerson = ({ assessment: { handoff, complaint } }: Heard): boolean => handoff && !complaint

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
  const { proposal, severity } = signal.assessment
  const isDanger = proposal === 'emergency'
  const worse = (severity < state.severity && severity <= 2) || (isDanger && isForEverybody(state, world))
  if (worse) return worsen(state, signal, world)
  const acknowledged = proposal !== 'aside' && isQuiet(state, signal.at, world)
  return inTurn(
    state,
    (current) => add(current, signal, acknowledged),
    () => calmed(state, signal, world),
    (current) => classify(current, signal),
    (current) => toWhoMayHearIt(current, state, signal.at, world),
    (current) =>
      current.status === 'owned' && answers(current, proposal) ? resume(current, signal.at, world) : nothing,
    (current) => (isDanger && current.status === 'owned' ? rouse(current, signal, world) : nothing),
    (current) => ({ events: [], commands: acknowledged ? [tellAddition(current, signal)] : [] }),
  )
}

/** Nobody is at it now: it is taken for done, or whoever has it is off duty. Danger must not wait for one person's phone. */
function isForEverybody(state: Open, world: World): boolean {
  if (state.status !== 'owned') return state.status === 'exhausted'
  const { owner } = state
  const isOnDuty = Object.values(world.onDuty(state)).some((people) => people.some(({ id }) => id === owner.id))
  return state.resolved !== undefined || !isOnDuty
}

/** Any word answers a question of ours; thanks are no objection. */
const answers = ({ askedAt }: StateOf<'owned'>, proposal: Assessment['proposal']): boolean =>
  askedAt !== undefined || proposal !== 'aside'

/** Danger is reported on a case that somebody has: they must show that they know, within the first step's time. */
function rouse(state: StateOf<'owned'>, { at }: Heard, world: World): Decision {
  const soon = world.due(at, ladderOf(state, world).steps[0].ackWithinSeconds, state.severity)
  const dueAt = soon < state.dueAt ? soon : state.dueAt
  return { events: [{ type: 'owner-chased', at, dueAt, lateMs: 0 }], commands: [] }
}

function tellAddition(state: CaseState, signal: Heard): Command {
  const { id, at, assessment } = signal
  if (assessment.proposal === 'emergency') return tell(id, 'safety', {})
  const canPromise = state.status !== 'none' && state.promisedBy !== undefined && state.promisedBy > at
  return tell(id, wantsOnlyAPerson(signal) && canPromise ? 'agent' : 'received-again', promise(state))
}

const worsen = (state: Open, signal: Heard, world: World): Decision =>
  inTurn(
    state,
    (current) => add(current, signal, true),
    (current) => classify(current, signal),
    (current) => toPeople(current, signal, world, isDangerous(signal) ? 'safety' : 'received-again'),
  )

const isDangerous = ({ assessment: one }: Heard): boolean => one.proposal === 'emergency' || one.severity === 1

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
      commands: [{ type: 'announce', id: `${signal.id}:reopened-staff`, occasion: 'reopened-staff', facts: {} }],
    }),
    () => calmed(state, signal, world),
    (current) => classify(current, signal),
    (current) => toPeople(current, signal, world, occasion),
  )
}

function shown({ text, attachments }: InboundMessage): string {
  const files = attachments.length > 0 ? `📎 × ${attachments.length}` : ''
  return [excerptOf(text), files].filter((part) => part !== '').join(' ')
}

/** Files the message on the case and shows it to the people who have it. */
function add(state: CaseState, { id, at, message, assessment }: Heard, acknowledged: boolean): Decision {
  const facts = { text: shown(message) }
  const commands: Command[] = []
  const occasion = assessment.proposal === 'emergency' ? 'emergency-again' : 'customer-wrote'
  if (state.status !== 'none' && state.messages > 0)
    commands.push({ type: 'announce', id: `${id}:wrote`, occasion: 'customer-wrote', facts })
  if (state.status === 'owned' && !isSuspected(state, state.owner.id))
    commands.push({ type: 'inform', id: `${id}:inform`, person: state.owner.id, method: 0, occasion, facts })
  return {
    events: [{ type: 'message-added', at, messageId: message.id, language: assessment.language, acknowledged }],
    commands,
  }
}

const tell = (id: string, occasion: CustomerOccasion, facts: Facts): Command => ({
  type: 'tell',
  id: `${id}:${occasion}`,
  occasion,
  facts,
})

const promise = (state: CaseState): Facts =>
  state.status !== 'none' && state.promisedBy ? { by: state.promisedBy.toISOString() } : {}

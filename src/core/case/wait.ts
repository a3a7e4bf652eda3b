import { acknowledge, newsGiven } from './act.ts'
import { agreedAhead, nineTenths } from './agreement.ts'
import { ladderOf } from './climb.ts'
import { announce, type Command, inform } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { owedWord } from './given-word.ts'
import { ownership } from './news.ts'
import type { World } from './policy.ts'
import type { SignalOf } from './signals.ts'
import { type CaseState, isOpen, mayWait, type StateOf } from './state.ts'

type Owned = StateOf<'owned'>

/** A question to the customer, sent as shown. The clock waits for the answer; asking about an unowned case takes it. */
export function ask(state: CaseState, signal: SignalOf<'ask'>, world: World): Decision {
  if (!isOpen(state)) return nothing
  const { id, at, by, text, files } = signal
  const messageId = `${id}:ask`
  const enclosed = files === undefined ? {} : { files }
  const facts = { text, name: by.name }
  const question: Command = { type: 'tell', id: messageId, occasion: 'ask', facts, ...enclosed }
  const waits = mayWait(state)
  return inTurn(
    state,
    (current) => taken(current, signal, world, { quietly: waits }),
    (current) => {
      const replied = { type: 'replied', at, by, messageId, ...enclosed } as const
      if (!waits || current.status !== 'owned')
        return { events: [replied, ...newsGiven(current, at, world)], commands: [question] }
      const dueAt = waitEnds(current, at, world)
      return { events: [replied, { type: 'asked', at, by, messageId, dueAt }], commands: [question] }
    },
  )
}

/** Whoever writes to the customer about a case that nobody has takes it; quietly where those words name them anyway. */
function taken(
  state: CaseState,
  signal: Parameters<typeof acknowledge>[1],
  world: World,
  { quietly }: { readonly quietly: boolean },
): Decision {
  const { events, commands } = acknowledge(state, signal, world)
  return { events, commands: quietly ? commands.filter(({ type }) => type !== 'tell') : commands }
}

const waitEnds = (state: Owned, at: Date, world: World): Date =>
  world.due(at, ladderOf(state, world).updatePromiseSeconds, state.severity)

/** The customer has not answered: they are reminded once, then the clock runs again and the owner is told. */
export function stillWaiting(state: Owned, at: Date, world: World): Decision {
  const id = `${state.caseId}:e${state.epoch}:asked:${state.dueAt.toISOString()}`
  if (state.again === undefined) {
    const messageId = `${id}:again`
    return {
      events: [{ type: 'asked-again', at, messageId, dueAt: waitEnds(state, at, world) }],
      commands: [{ type: 'tell', id: messageId, occasion: 'ask-again', facts: { name: state.owner.name } }],
    }
  }
  const { dueAt, promisedBy } = ownership(state, at, world)
  const named = owedWord(state, at) === undefined ? {} : { promisedBy }
  return {
    events: [{ type: 'resumed', at, why: 'silence', dueAt, ...named }],
    commands: [inform(id, state.owner.id, 'customer-silent', {})],
  }
}

/** The customer wrote: what was waited for is here, what was agreed may be so no more, and news is owed again. */
export function resume(state: Owned, at: Date, world: World): Decision {
  if (state.askedAt === undefined && state.resolved === undefined && agreedAhead(state, at) === undefined)
    return nothing
  const { agreedUntil: _over, ...rest } = state
  return { events: [{ type: 'resumed', at, why: 'customer', ...ownership(rest, at, world) }], commands: [] }
}

/**
 * News by then, told to the customer; the internal target lies before it. Where the customer agreed to wait until then,
 * the clock of severities 3 and 4 stands still as well.
 */
export function promiseUpdate(state: CaseState, signal: SignalOf<'promise'>, world: World): Decision {
  const { id, at, by, until } = signal
  if (!isOpen(state) || until <= at) return nothing
  const dueAt = nineTenths(at, until)
  const facts = { name: by.name, by: until.toISOString() }
  const agreed = signal.agreed === true && mayWait(state)
  const messageId = `${id}:promised`
  return inTurn(
    state,
    (current) => taken(current, signal, world, { quietly: true }),
    () => ({
      events: [
        { type: 'promised', at, by, promisedBy: until, dueAt, messageId, ...(agreed && { agreed: true as const }) },
      ],
      commands: [
        { type: 'tell', id: messageId, occasion: agreed ? 'agreed' : 'promised', facts },
        announce(id, agreed ? 'agreed-desk' : 'promised-desk', { name: by.name, promised: until.toISOString() }),
      ],
    }),
  )
}

/** Done in our eyes. The customer hears what was done and until when they may object; without a word it then closes. */
export function resolve(state: CaseState, signal: SignalOf<'resolve'>, world: World): Decision {
  const { id, at, by, outcome, told } = signal
  if (!isOpen(state)) return nothing
  const dueAt = new Date(at.getTime() + world.policy.objectionSeconds * 1_000)
  const facts = { name: by.name, outcome }
  const messageId = `${id}:resolved`
  return inTurn(
    state,
    (current) => taken(current, signal, world, { quietly: true }),
    () => ({
      events: [{ type: 'resolved', at, by, outcome, told, dueAt, messageId }],
      commands: [
        {
          type: 'tell',
          id: messageId,
          occasion: 'resolved',
          facts: { ...facts, told, until: dueAt.toISOString() },
        },
        announce(id, 'resolved-staff', facts),
      ],
    }),
  )
}

/** The time to object is over. The customer was told everything when it was resolved. */
export function closeResolved(state: Owned, at: Date, { policy }: World): Decision {
  const { resolved } = state
  if (resolved === undefined) return nothing
  const { by, outcome, told } = resolved
  const reopenUntil = new Date(at.getTime() + policy.reopenSeconds * 1_000)
  const id = `${state.caseId}:e${state.epoch}:unopposed:${state.dueAt.toISOString()}`
  return {
    events: [{ type: 'closed', at, by, outcome, told, reopenUntil }],
    commands: [announce(id, 'closed-staff', { name: by.name, outcome })],
  }
}

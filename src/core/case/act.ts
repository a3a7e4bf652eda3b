import { startLadder } from './climb.ts'
import { announce, type Command } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { evolve } from './evolve.ts'
import { nextNews, ownership } from './news.ts'
import type { World } from './policy.ts'
import type { Actor, SignalOf } from './signals.ts'
import { type CaseState, isOpen, type StateOf } from './state.ts'

type By = { readonly id: string; readonly at: Date; readonly by: Actor }

/** A named human takes the case. The first one wins; nobody is chased any more. */
export function acknowledge(state: CaseState, { id, at, by }: By, world: World): Decision {
  if (!isOpen(state) || state.status === 'owned') return nothing
  const promised = ownership(state, at, world)
  const others = state.told.filter((person) => person !== by.id)
  const facts = { name: by.name }
  return {
    events: [{ type: 'acknowledged', at, by, ...promised }],
    commands: [
      {
        type: 'tell',
        id: `${id}:acknowledged`,
        occasion: 'acknowledged',
        facts: { ...facts, by: promised.promisedBy.toISOString() },
      },
      announce(id, 'taken', facts),
      ...others.map(
        (person): Command => ({
          type: 'inform',
          id: `${id}:taken:${person}`,
          person,
          method: 0,
          occasion: 'taken',
          facts,
        }),
      ),
    ],
  }
}

/** Words for the customer, sent only because a person asked for exactly that. Answering an unowned case takes it. */
export function reply(state: CaseState, signal: SignalOf<'reply'>, world: World): Decision {
  if (!isOpen(state)) return nothing
  const { id, at, by, text, files } = signal
  const messageId = `${id}:reply`
  const enclosed = files === undefined ? {} : { files }
  return inTurn(
    state,
    (current) => acknowledge(current, signal, world),
    (current) => ({
      events: [{ type: 'replied', at, by, messageId, ...enclosed }, ...newsGiven(current, at, world)],
      commands: [{ type: 'tell', id: messageId, occasion: 'reply', facts: { text, name: by.name }, ...enclosed }],
    }),
  )
}

/** For the file only. A note does not acknowledge: only the button, the command or the reply code does. */
export function note(before: CaseState, { at, by, text }: SignalOf<'note'>, world: World): Decision {
  if (before.status === 'none') return nothing
  const noted = { type: 'noted', at, by, text } as const
  const state = evolve(before, noted)
  // While the customer is waited for, or may object, a note moves no clock.
  const isOwner =
    state.status === 'owned' && state.owner.id === by.id && state.askedAt === undefined && state.resolved === undefined
  return { events: [noted, ...(isOwner ? stillAtIt(state, at, world) : [])], commands: [] }
}

/** The customer has had news: what was promised is kept, and the next news is due. */
export const newsGiven = (state: CaseState, at: Date, world: World) =>
  state.status === 'owned' ? [{ type: 'progressed', at, ...nextNews(state, at, world) } as const] : []

/** Work that the customer does not see: the owner is not silent, but what the customer was promised still stands. */
function stillAtIt(state: StateOf<'owned'>, at: Date, world: World) {
  const { dueAt: silentAt, promisedBy: fresh } = ownership(state, at, world)
  const promisedBy = state.promisedBy ?? fresh
  const dueAt = promisedBy > at && promisedBy < silentAt ? promisedBy : silentAt
  return [{ type: 'progressed', at, dueAt, promisedBy } as const]
}

/** Somebody asks for the next level now, from whatever state. */
export function escalate(state: CaseState, { at, by, reason }: SignalOf<'escalate'>, world: World): Decision {
  if (!isOpen(state)) return nothing
  const step = state.status === 'with-bot' ? 0 : state.step + 1
  return inTurn(
    state,
    () => ({ events: [{ type: 'escalation-asked', at, by, reason }], commands: [] }),
    (current) => startLadder(current, at, world, { step, why: 'asked', facts: { name: by.name, reason } }),
  )
}

/** Closes with an outcome and the words the customer is told. */
export function close(state: CaseState, { id, at, by, outcome, told }: SignalOf<'close'>, { policy }: World): Decision {
  if (!isOpen(state)) return nothing
  const reopenUntil = new Date(at.getTime() + policy.reopenSeconds * 1000)
  const facts = { name: by.name, outcome }
  const commands: Command[] = [announce(id, 'closed-staff', facts)]
  const mayObject = { until: reopenUntil.toISOString() }
  const closed = { type: 'closed', at, by, outcome, told, reopenUntil } as const
  if (told === '') return { events: [closed], commands }
  const messageId = `${id}:closed`
  commands.unshift({ type: 'tell', id: messageId, occasion: 'closed', facts: { ...facts, ...mayObject, told } })
  return { events: [{ ...closed, messageId }], commands }
}

/** A closed case is opened again by a person, with the reason; one that only waits for an objection stays with its owner. */
export function reopen(state: CaseState, { id, at, by, reason }: SignalOf<'reopen'>, world: World): Decision {
  if (state.status === 'owned' && state.resolved !== undefined)
    return {
      events: [{ type: 'resumed', at, why: 'staff', ...ownership(state, at, world) }],
      commands: [announce(id, 'reopened-staff', { name: by.name, reason })],
    }
  if (state.status !== 'closed') return nothing
  return inTurn(
    state,
    () => ({
      events: [{ type: 'reopened', at, by, reason }],
      commands: [announce(id, 'reopened-staff', { name: by.name, reason })],
    }),
    (current) => startLadder(current, at, world, { step: 0, why: 'start' }),
  )
}

import { close } from './act.ts'
import { nineTenths } from './agreement.ts'
import { announce, inform } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { excerptOf } from './excerpt.ts'
import { type Link, mostLinks, mostParties } from './links.ts'
import { ownership } from './news.ts'
import type { World } from './policy.ts'
import type { Actor, SignalOf } from './signals.ts'
import { type CaseState, isOpen, type StateOf } from './state.ts'
import { isKeptOut, responsible } from './undelivered.ts'
import { resume } from './wait.ts'

/** Two cases belong together; each holds its own side of it. The customer hears nothing of the other. */
export function link(state: CaseState, signal: SignalOf<'link'>): Decision {
  const { id, at, by, link: to, promisedBy } = signal
  // One that has passed is over with the words that tell the customer of the merger.
  const givenWord = signal.givenWord !== undefined && signal.givenWord > at ? signal.givenWord : undefined
  if (state.status === 'none' || to.caseId === state.caseId || isLinked(state, to)) return nothing
  if ((state.links ?? []).length >= mostLinks) return nothing
  return {
    events: [
      { type: 'linked', at, by, link: to, ...(givenWord && { givenWord }) },
      ...takenOver(state, { at, by, promisedBy: promisedBy ?? givenWord }),
    ],
    commands: [announce(id, 'linked', { name: by.name, other: to.caseId })],
  }
}

/** The customer of a case that is taken in holds its promise still: the sooner of the two is kept. */
function takenOver(state: CaseState, { at, by, promisedBy }: { at: Date; by: Actor; promisedBy: Date | undefined }) {
  if (promisedBy === undefined || state.status !== 'owned' || promisedBy <= at) return []
  if (state.promisedBy === undefined || state.promisedBy <= promisedBy) return []
  const soon = nineTenths(at, promisedBy)
  return [{ type: 'promised', at, by, promisedBy, dueAt: soon < state.dueAt ? soon : state.dueAt } as const]
}

/** Whatever else joins two cases says more than that they are related. */
const isLinked = (state: Exclude<CaseState, { status: 'none' }>, { caseId, how }: Link): boolean =>
  (state.links ?? []).some((one) => one.caseId === caseId && (one.how === how || how === 'related'))

export function unlink(state: CaseState, { id, at, by, other }: SignalOf<'unlink'>): Decision {
  if (state.status === 'none' || !(state.links ?? []).some(({ caseId }) => caseId === other)) return nothing
  return {
    events: [{ type: 'unlinked', at, by, other }],
    commands: [announce(id, 'unlinked', { name: by.name, other })],
  }
}

/** What a customer wrote about two cases stands on one of them; whoever has the other is told where to read it. */
export function namedToo(state: CaseState, signal: SignalOf<'named-too'>, world: World): Decision {
  if (state.status === 'none' || signal.other === state.caseId) return nothing
  const { id, at, by, other } = signal
  const facts = { other }
  const who = responsible(state)
  return inTurn(
    state,
    () => ({
      events: [{ type: 'noted', at, by, text: `The customer named this case too, in what they wrote on ${other}.` }],
      commands: [
        announce(id, 'named-too', facts),
        ...(who === undefined || isKeptOut(state, who, world) ? [] : [inform(id, who.id, 'named-too', facts)]),
      ],
    }),
    (current) => quietly(link(current, { ...signal, type: 'link', link: { caseId: other, how: 'related' } })),
  )
}

/** It was just said, in other words. */
const quietly = ({ events }: Decision): Decision => ({ events, commands: [] })

export function addParty(state: CaseState, { id, at, by, party }: SignalOf<'add-party'>): Decision {
  if (state.status === 'none' || (state.parties ?? []).length >= mostParties) return nothing
  return {
    events: [{ type: 'party-added', at, by, party }],
    commands: [announce(id, 'party-added', { name: by.name, party: party.role })],
  }
}

/** Goes on under another number: linked to it and closed, with what the customer is told. */
export function closeAs(state: CaseState, signal: SignalOf<'close-as'>, world: World): Decision {
  if (!isOpen(state) || signal.link.caseId === state.caseId) return nothing
  return inTurn(
    state,
    (current) => link(current, { ...signal, type: 'link' }),
    (current) =>
      underOtherNumber(close(current, { ...signal, type: 'close', outcome: 'duplicate' }, world), signal.link),
  )
}

/** A merged case does not open again: what its customer writes goes on under the other number, so they are told that one. */
function underOtherNumber(closing: Decision, { caseId: other, how }: Link): Decision {
  if (how !== 'merged-into') return closing
  const commands = closing.commands.map((one) =>
    one.type === 'tell' ? { ...one, occasion: 'merged' as const, facts: { ...one.facts, other } } : one,
  )
  return { ...closing, commands }
}

/** A matter of its own, out of another case: same customer, own number, owned by whoever saw that it is two. */
export function splitOff(state: CaseState, signal: SignalOf<'split-off'>, world: World): Decision {
  if (state.status !== 'none') return nothing
  const { at, by, from, category, language, about } = signal
  const opened = { ...signal.opened, openedAt: at, policyVersion: world.policy.version }
  const classified = { language, category, kind: from.kind, severity: from.severity }
  return inTurn(
    state,
    () => ({ events: [{ type: 'opened', at, opened, classified }], commands: [] }),
    () => ({
      events: [
        { type: 'linked', at, by, link: { caseId: from.caseId, how: 'split-from' } },
        { type: 'noted', at, by, text: about },
      ],
      commands: [],
    }),
    (current) => (isOpen(current) ? takenBySplitter(current, signal, world) : nothing),
  )
}

function takenBySplitter(
  state: Extract<CaseState, { readonly dueAt: Date }>,
  { id, at, by, from, about }: SignalOf<'split-off'>,
  world: World,
): Decision {
  const promised = ownership(state, at, world)
  const facts = { name: by.name, other: from.caseId, text: about, by: promised.promisedBy.toISOString() }
  return {
    events: [{ type: 'acknowledged', at, by, ...promised }],
    commands: [{ type: 'tell', id: `${id}:split`, occasion: 'split', facts }, announce(id, 'taken', { name: by.name })],
  }
}

/** What the customer changed afterwards is a fact of its own: the original stays, and whoever has the case is told. */
export function messageChanged(state: CaseState, signal: SignalOf<'message-changed'>, world: World): Decision {
  if (state.status === 'none') return nothing
  const { id, at, messageId, text } = signal
  const occasion = text === undefined ? 'message-deleted' : 'message-edited'
  const facts = text === undefined ? {} : { text: excerptOf(text) }
  const event = { type: 'message-changed', at, messageId, ...(text !== undefined && { text }) } as const
  return inTurn(
    state,
    () => ({
      events: [event],
      commands: [
        announce(id, occasion, facts),
        ...(state.status === 'owned' ? [inform(id, state.owner.id, occasion, facts)] : []),
      ],
    }),
    (current) =>
      current.status === 'owned' && text !== undefined ? resume(current as StateOf<'owned'>, at, world) : nothing,
  )
}

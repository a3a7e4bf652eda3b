import { acknowledge } from './act.ts'
import { ladderOf, pageCommand } from './climb.ts'
import { announce, type Command, inform } from './commands.ts'
import { type Decision, nothing } from './decision.ts'
import type { Page } from './events.ts'
import { inherited } from './news.ts'
import type { World } from './policy.ts'
import type { SignalOf } from './signals.ts'
import { type CaseState, isOpen, type Open } from './state.ts'

/** Gives the case to a person. They must show soon that they know: until then nobody has acknowledged it. */
export function assign(state: CaseState, signal: SignalOf<'assign'>, world: World): Decision {
  const { id, at, by, to, note } = signal
  if (!isOpen(state) || (state.status === 'owned' && state.owner.id === to.id)) return nothing
  if (by.id === to.id && state.status !== 'owned') return acknowledge(state, signal, world)
  const promised = inherited(state, at, world)
  const dueAt = by.id === to.id ? promised.dueAt : soonest(promised.dueAt, firstSignBy(state, at, world))
  const facts = { name: to.name, giver: by.name, reason: note }
  const commands: Command[] = [
    told(id, to.name, promised.promisedBy),
    announce(id, 'assigned-desk', facts),
    ...(by.id === to.id ? [] : [inform(id, to.id, 'assigned', facts)]),
    ...othersToTell(state, [by.id, to.id]).map((person) => inform(id, person, 'taken', facts)),
  ]
  return { events: [{ type: 'assigned', at, by, to, note, dueAt, promisedBy: promised.promisedBy }], commands }
}

const told = (id: string, name: string, by: Date): Command => ({
  ...{ type: 'tell', id: `${id}:acknowledged`, occasion: 'acknowledged', facts: { name, by: by.toISOString() } },
})

const soonest = (one: Date, other: Date): Date => (one < other ? one : other)

/** The first step's time: nobody who was given a case may be silent for longer than somebody who was paged. */
export const firstSignBy = (state: Open, at: Date, world: World): Date =>
  world.due(at, ladderOf(state, world).steps[0].ackWithinSeconds, state.severity)

const othersToTell = (state: Open, known: readonly string[]): readonly string[] => {
  const owner = state.status === 'owned' ? [state.owner.id] : state.told
  return owner.filter((person) => !known.includes(person))
}

/** Offers the case to somebody. Nothing changes hands before they accept. */
export function offerHandOver(state: CaseState, signal: SignalOf<'offer-hand-over'>): Decision {
  const { id, at, by, to, note } = signal
  if (state.status !== 'owned' || state.owner.id === to.id || state.offeredTo?.id === to.id) return nothing
  const facts = { name: to.name, giver: state.owner.name, reason: note }
  return {
    events: [{ type: 'hand-over-offered', at, by, to, note }],
    commands: [inform(id, to.id, 'hand-over-offered', facts)],
  }
}

/** Only the person it was offered to can accept. The customer is told the new name. */
export function acceptHandOver(state: CaseState, signal: SignalOf<'accept-hand-over'>, world: World): Decision {
  const { id, at, by } = signal
  if (state.status !== 'owned' || state.offeredTo?.id !== by.id) return nothing
  const promised = inherited(state, at, world)
  const facts = { name: by.name, giver: state.owner.name }
  return {
    events: [{ type: 'handed-over', at, by, from: state.owner, ...promised }],
    commands: [
      told(id, by.name, promised.promisedBy),
      announce(id, 'handed-over', facts),
      inform(id, state.owner.id, 'handed-over', facts),
    ],
  }
}

export function declineHandOver(state: CaseState, { id, at, by, reason }: SignalOf<'decline-hand-over'>): Decision {
  if (state.status !== 'owned' || state.offeredTo?.id !== by.id) return nothing
  const facts = { name: by.name, reason }
  return {
    events: [{ type: 'hand-over-declined', at, by, reason }],
    commands: [inform(id, state.owner.id, 'hand-over-declined', facts)],
  }
}

/** One person is asked to look, beside the ladder. While it is climbed they join those who are paged and chased. */
export function pagePerson(state: CaseState, signal: SignalOf<'page-person'>): Decision {
  const { id, at, by, person, reason } = signal
  if (!isOpen(state) || person.methods === 0) return nothing
  const facts = { name: by.name, reason, person: person.name }
  const event = { type: 'person-paged', at, by, person: person.id, reason } as const
  const shown = announce(id, 'person-paged-desk', facts)
  if (state.status !== 'paging' && state.status !== 'exhausted')
    return { events: [event], commands: [shown, inform(id, person.id, 'person-paged', facts)] }
  const page: Page = { person: person.id, name: person.name, methods: person.methods, method: 0, failed: [] }
  const asked = pageCommand(state, page, { occasion: 'person-paged', chase: 0, facts })
  return { events: [{ ...event, page }], commands: [shown, { ...asked, id: `${id}:page:${person.id}:m0` }] }
}

import { startLadder } from './climb.ts'
import { announce, inform } from './commands.ts'
import { type Decision, nothing } from './decision.ts'
import type { World } from './policy.ts'
import type { Actor, Assessment, SignalOf } from './signals.ts'
import { type CaseFile, type CaseState, currentPages } from './state.ts'
import type { Category } from './taxonomy.ts'

type Heard = SignalOf<'message'>

/** What people do to people: here a name is more than that of whoever the words are written to. */
const conduct: ReadonlySet<Category> = new Set([
  ...(['staff_conduct', 'use_of_force', 'belongings_search', 'discrimination_harassment', 'integrity'] as const),
])

/** Whoever pastes a whole staff list accuses nobody, and must not empty the ladder. */
const mostSuspected = 5

/**
 * Members of staff whom a complaint names by their full name. They may only be mentioned in it; whether it is about them,
 * `about-staff` says. In danger nobody is left out on a guess.
 */
function suspectedIn({ named = [], complaint, kind, category, severity, proposal }: Assessment): readonly Actor[] {
  const isComplaint = complaint || kind === 'complaint' || conduct.has(category)
  if (!isComplaint || proposal === 'emergency' || severity === 1) return []
  const meant = named.filter(({ isAddressed }) => isAddressed !== true || conduct.has(category))
  return meant.slice(0, mostSuspected).map(({ id, name }) => ({ id, name }))
}

/** A complaint is kept from the members of staff it names, until somebody knows better. */
export function keepFromNamed(state: CaseState, { at, assessment }: Heard, world: World): Decision {
  if (state.status === 'none' || state.severity === 1) return nothing
  const people = suspectedIn(assessment).filter(({ id }) => !world.isWalledOff(state, id))
  return people.length === 0 ? nothing : { events: [{ type: 'suspected', at, people }], commands: [] }
}

/** Whoever had it, or was the last to be waited for, may be the one who was just named: then others are asked. */
export function passOn(state: CaseState, before: CaseState, at: Date, world: World): Decision {
  if (state.status === 'none' || state.suspected === (before.status === 'none' ? undefined : before.suspected))
    return nothing
  const lost =
    state.status === 'owned'
      ? world.isWalledOff(state, state.owner.id)
      : (state.status === 'paging' || state.status === 'exhausted') && currentPages(state).length === 0
  return lost ? startLadder(state, at, world, { step: 0, why: 'start' }) : nothing
}

/**
 * Somebody who read it says that the case is not about this person: they may be given it, be paged for it and see it again.
 * The ladder goes on as it is, and finds them at its next step. New words that name them are a new guess.
 */
export function clear(state: CaseState, { id, at, by, person, reason }: SignalOf<'clear'>): Decision {
  if (state.status === 'none' || by.id === person.id) return nothing
  const isKept = isSuspected(state, person.id) || state.about?.includes(person.id)
  if (!isKept) return nothing
  const facts = { name: by.name, person: person.name }
  const owner = state.status === 'owned' && state.owner.id !== by.id ? state.owner.id : undefined
  return {
    events: [{ type: 'cleared', at, by, person, reason }],
    commands: [
      announce(id, 'cleared-desk', { name: by.name }),
      ...(owner === undefined ? [] : [inform(id, owner, 'cleared', { ...facts, reason })]),
    ],
  }
}

/** Whether this person was named in the complaint: they hear nothing more of it. */
export const isSuspected = ({ suspected = [] }: CaseFile, person: string): boolean =>
  suspected.some(({ id }) => id === person)

import type { CaseEvent } from './events.ts'
import { withWordOf, withWordOver, withWordResting } from './given-word.ts'
import { type Link, mostLinks, mostParties } from './links.ts'
import type { Actor } from './signals.ts'
import { type CaseFile, type CaseState, fileOf, isOpen, type Open, type StateOf } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>

/** Facts that the further commands of the desk lead to. */
export type DeskEvent = Extract<
  CaseEvent,
  {
    readonly type:
      | 'assigned'
      | 'hand-over-offered'
      | 'hand-over-declined'
      | 'handed-over'
      | 'asked'
      | 'asked-again'
      | 'resumed'
      | 'promised'
      | 'person-paged'
      | 'linked'
      | 'unlinked'
      | 'party-added'
      | 'resolved'
  }
>

/** Replays one of them. Facts about who has a case change nothing on a case that nobody has. */
export function evolveDesk(state: Known, event: DeskEvent): CaseState {
  switch (event.type) {
    case 'assigned':
      return isOpen(state) ? ownedBy(state, event.to, event) : state
    case 'handed-over':
      return isOpen(state) ? ownedBy(state, event.by, event) : state
    case 'person-paged':
      return paged(state, event)
    case 'linked':
      return { ...withWordOf(state, event.givenWord), links: linked(state, event.link) }
    case 'unlinked':
      return { ...state, links: (state.links ?? []).filter(({ caseId }) => caseId !== event.other) }
    case 'party-added':
      return { ...state, parties: [...(state.parties ?? []), event.party].slice(0, mostParties) }
    default:
      return state.status === 'owned' ? evolveOwned(state, event) : state
  }
}

type OwnedEvent = Exclude<
  DeskEvent,
  { readonly type: 'assigned' | 'handed-over' | 'person-paged' | 'linked' | 'unlinked' | 'party-added' }
>

function evolveOwned(state: StateOf<'owned'>, event: OwnedEvent): StateOf<'owned'> {
  switch (event.type) {
    case 'hand-over-offered':
      return { ...state, offeredTo: event.to }
    case 'hand-over-declined':
      return withoutOffer(state)
    case 'asked':
      return { ...quiet(withWordResting(state, event)), chased: false, askedAt: event.at, dueAt: event.dueAt }
    case 'asked-again':
      return { ...state, again: true, newsAt: event.at, dueAt: event.dueAt }
    case 'resumed': {
      const { promisedBy, dueAt, why } = event
      const rest = why === 'silence' ? quiet(state) : withoutAgreement(quiet(state))
      return { ...rest, chased: false, dueAt, ...(promisedBy && { promisedBy }) }
    }
    case 'promised': {
      const { promisedBy, dueAt, agreed } = event
      const rest = withWordOver(withoutAgreement(withoutWaiting(state)), event)
      const word = { promisedBy, givenWord: promisedBy, newsAt: event.at }
      return { ...rest, chased: false, dueAt, ...word, ...(agreed && { agreedUntil: promisedBy }) }
    }
    case 'resolved': {
      const { by, outcome, told, dueAt } = event
      return {
        ...withWordOver(withoutAgreement(quiet(state)), event),
        newsAt: event.at,
        chased: false,
        dueAt,
        resolved: { by, outcome, told },
      }
    }
  }
}

type Clock = { readonly dueAt: Date; readonly promisedBy: Date }

/** What was agreed with the customer was agreed by us, whoever has the case. */
const ownedBy = (state: Open, owner: Actor, { dueAt, promisedBy }: Clock): StateOf<'owned'> => ({
  ...fileOf(state),
  ...(state.status === 'owned' && state.agreedUntil && { agreedUntil: state.agreedUntil }),
  status: 'owned',
  owner,
  chased: false,
  dueAt,
  promisedBy,
})

/** Neither waiting for the customer nor for an objection any more. */
export function withoutWaiting(state: StateOf<'owned'>): StateOf<'owned'> {
  const { askedAt: _asked, again: _again, resolved: _resolved, ...rest } = state
  return rest
}

/** While the customer's answer is waited for, no news is owed to them; a time that was named rests. */
function quiet(state: StateOf<'owned'>): StateOf<'owned'> {
  const { promisedBy: _over, ...rest } = withoutWaiting(state)
  return rest
}

function withoutAgreement(state: StateOf<'owned'>): StateOf<'owned'> {
  const { agreedUntil: _over, ...rest } = state
  return rest
}

function withoutOffer(state: StateOf<'owned'>): StateOf<'owned'> {
  const { offeredTo: _declined, ...rest } = state
  return rest
}

/** One link to a case, the newest word about it. */
const linked = ({ links = [] }: CaseFile, link: Link): readonly Link[] =>
  [...links.filter(({ caseId }) => caseId !== link.caseId), link].slice(-mostLinks)

function paged(state: Known, { person, page }: Extract<DeskEvent, { type: 'person-paged' }>): CaseState {
  const told = [...new Set([...state.told, person])]
  if (page === undefined || (state.status !== 'paging' && state.status !== 'exhausted')) return { ...state, told }
  return { ...state, told, pages: [page, ...state.pages.filter((one) => one.person !== page.person)] }
}

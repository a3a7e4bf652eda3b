import type { CaseEvent, Page } from './events.ts'
import { runningWord } from './given-word.ts'
import { type CaseState, isOpen, type Open } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>

/** Facts about clocks, methods and who must keep out of a case. */
export type TimeEvent = Extract<
  CaseEvent,
  {
    readonly type:
      | 'postponed'
      | 'methods-tried'
      | 'targets-set'
      | 'target-chased'
      | 'target-missed'
      | 'walled'
      | 'suspected'
      | 'cleared'
  }
>

/** Replays one of them. */
export function evolveTime(state: Known, event: TimeEvent): CaseState {
  switch (event.type) {
    case 'postponed':
      return isOpen(state) ? { ...state, dueAt: event.dueAt } : state
    case 'methods-tried':
      return withTried(state, event.tried)
    case 'walled':
      return without({ ...state, about: [...new Set([...(state.about ?? []), ...event.about])] }, event.out)
    case 'suspected': {
      const out = event.people.map(({ id }) => id)
      return without({ ...state, suspected: [...(state.suspected ?? []), ...event.people] }, out)
    }
    case 'cleared':
      return cleared(state, event.person.id)
    case 'targets-set':
    case 'target-chased':
    case 'target-missed':
      return { ...state, targets: event.targets }
  }
}

function cleared(state: Known, person: string): CaseState {
  const { about, suspected, ...rest } = state
  const certain = (about ?? []).filter((one) => one !== person)
  const named = (suspected ?? []).filter(({ id }) => id !== person)
  return { ...rest, ...(certain.length > 0 && { about: certain }), ...(named.length > 0 && { suspected: named }) }
}

/** Whoever must keep out is neither waited for nor told any more. */
function without(state: Known, out: readonly string[]): CaseState {
  const left = { ...state, told: state.told.filter((person) => !out.includes(person)) }
  if (left.status !== 'paging' && left.status !== 'exhausted') return left
  return { ...left, pages: left.pages.filter(({ person }) => !out.includes(person)) }
}

/** Whoever was tried by a method is tried by it once. */
export function withTried(state: Known, tried: readonly Tried[]): CaseState {
  if (state.status !== 'paging' && state.status !== 'exhausted') return state
  return { ...state, pages: state.pages.map((page) => afterTrying(page, tried)) }
}

type Tried = { readonly person: string; readonly method: number }

function afterTrying(page: Page, tried: readonly Tried[]): Page {
  const used = tried.filter(({ person }) => person === page.person).map(({ method }) => method)
  const last = used.at(-1)
  if (last === undefined) return page
  return { ...page, method: last, later: (page.later ?? []).filter(({ method }) => !used.includes(method)) }
}

/**
 * Remembers when the next look was set: a recorded closure lets it be computed again from there. No case is looked at later
 * than the time that a person named to its customer, whoever has it or is paged for it.
 */
export function clocked(before: CaseState, decided: CaseState, at: Date): CaseState {
  if (!isOpen(decided)) return decided
  const after = noLaterThan(decided, runningWord(decided), at)
  const isSame = isOpen(before) && before.status === after.status && before.dueAt.getTime() === after.dueAt.getTime()
  return isSame ? after : { ...after, dueSetAt: at }
}

const noLaterThan = (state: Open, word: Date | undefined, at: Date): Open =>
  word !== undefined && word > at && word < state.dueAt ? { ...state, dueAt: word } : state

import type { CaseEvent, Page } from './events.ts'
import { type CaseState, isOpen } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>

/** Facts about clocks, methods and who must keep out of a case. */
export type TimeEvent = Extract<
  CaseEvent,
  { readonly type: 'postponed' | 'methods-tried' | 'targets-set' | 'target-chased' | 'target-missed' | 'walled' }
>

/** Replays one of them. */
export function evolveTime(state: Known, event: TimeEvent): CaseState {
  switch (event.type) {
    case 'postponed':
      return isOpen(state) ? { ...state, dueAt: event.dueAt } : state
    case 'methods-tried':
      return withTried(state, event.tried)
    case 'walled':
      return walledOff(state, event)
    case 'targets-set':
    case 'target-chased':
    case 'target-missed':
      return { ...state, targets: event.targets }
  }
}

function walledOff(state: Known, { about, out }: Extract<TimeEvent, { readonly type: 'walled' }>): CaseState {
  const told = state.told.filter((person) => !out.includes(person))
  const walled = { ...state, about: [...new Set([...(state.about ?? []), ...about])], told }
  if (walled.status !== 'paging' && walled.status !== 'exhausted') return walled
  return { ...walled, pages: walled.pages.filter(({ person }) => !out.includes(person)) }
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

/** Remembers when the next look was set: a recorded closure lets it be computed again from there. */
export function clocked(before: CaseState, after: CaseState, at: Date): CaseState {
  if (!isOpen(after)) return after
  const isSame = isOpen(before) && before.status === after.status && before.dueAt.getTime() === after.dueAt.getTime()
  return isSame ? after : { ...after, dueSetAt: at }
}

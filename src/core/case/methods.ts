import { pageCommand, wordingOf } from './climb.ts'
import type { Command } from './commands.ts'
import { type Decision, nothing } from './decision.ts'
import type { Page } from './events.ts'
import type { StateOf } from './state.ts'

type Paged = StateOf<'paging' | 'exhausted'>
export type Tried = { readonly person: string; readonly method: number }

/** The methods of people's own lists whose time has come, those that are known not to work left out. */
export function methodsDue(
  { pages }: Paged,
  at: Date,
): readonly { readonly page: Page; readonly method: number; readonly since: Date }[] {
  return pages.flatMap((page) =>
    (page.later ?? []).filter((one) => one.at <= at).map(({ method, at: since }) => ({ page, method, since })),
  )
}

/** The page went unacknowledged for as long as the person said: the same page by their next method. */
export function tryMethods(state: Paged, at: Date): Decision {
  const due = methodsDue(state, at)
  if (due.length === 0) return nothing
  const tried = due.map(({ page, method }) => ({ person: page.person, method }))
  const lateMs = Math.max(...due.map(({ since }) => at.getTime() - since.getTime()))
  const usable = due.filter(({ page, method }) => !page.failed.includes(method))
  return {
    events: [{ type: 'methods-tried', at, tried, lateMs }],
    commands: usable.map(({ page, method }) => byMethod(state, page, method)),
  }
}

/** Somebody paged in an earlier step keeps the key of that step. */
function byMethod(state: Paged, page: Page, method: number): Command {
  const place = { step: page.step ?? state.step, cycle: page.cycle ?? state.cycle }
  return pageCommand({ ...state, ...place }, { ...page, method }, wordingOf(state, 0))
}

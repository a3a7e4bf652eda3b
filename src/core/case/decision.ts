import type { Command } from './commands.ts'
import type { CaseEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { CaseState } from './state.ts'

/** What happened, and what to do about it. */
export type Decision = { readonly events: readonly CaseEvent[]; readonly commands: readonly Command[] }

export const nothing: Decision = { events: [], commands: [] }

type Rule = (state: CaseState) => Decision

/** Applies rules one after the other, each seeing the case as the earlier ones left it. */
export function inTurn(state: CaseState, ...rules: readonly Rule[]): Decision {
  const events: CaseEvent[] = []
  const commands: Command[] = []
  let current = state
  for (const rule of rules) {
    const decision = rule(current)
    current = decision.events.reduce(evolve, current)
    events.push(...decision.events)
    commands.push(...decision.commands)
  }
  return { events, commands }
}

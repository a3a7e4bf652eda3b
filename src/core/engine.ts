import type { Command } from './case/commands.ts'
import { decide } from './case/decide.ts'
import { evolve } from './case/evolve.ts'
import type { World } from './case/policy.ts'
import type { Signal } from './case/signals.ts'
import type { CaseState } from './case/state.ts'
import type { Address } from './message.ts'
import type { CaseStore, Outgoing } from './ports.ts'

/** Puts a command into words and addresses; none when nobody is there to be written to. */
export type Write = (command: Command, state: CaseState) => readonly Outgoing[]

export type EngineDeps = {
  readonly cases: CaseStore
  /** Gathers what is true outside the case at this instant: its policy, and who is on duty at its site. */
  readonly worldFor: (state: CaseState, signal: Signal) => World | Promise<World>
  readonly write: Write
  readonly placesOf: (state: CaseState) => readonly Address[]
  /** Something new waits in the outbox or on a card. */
  readonly onRelayed: () => void
}

export type Applied = { readonly before: CaseState; readonly after: CaseState; readonly changed: boolean }

const maxAttempts = 8

/**
 * Load, decide, save; again if someone else was faster. The only place that moves a case.
 * Applying a signal twice changes nothing. Throws when the race was lost eight times or the store cannot be reached.
 */
export async function applySignal(caseId: string, signal: Signal, deps: EngineDeps): Promise<Applied> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const stored = await deps.cases.load(caseId)
    const before = stored.state
    if (stored.applied.includes(signal.id)) return { before, after: before, changed: false }
    const { events, commands } = decide(before, signal, await deps.worldFor(before, signal))
    if (events.length === 0) return { before, after: before, changed: false }
    const after = events.reduce(evolve, before)
    const outgoing = commands.flatMap((command) => deps.write(command, after))
    const change = { signalId: signal.id, at: signal.at, state: after, events, outgoing, places: deps.placesOf(after) }
    if (!(await deps.cases.save(caseId, stored, change))) continue
    await deps.cases.relay(caseId, stored, change)
    deps.onRelayed()
    return { before, after, changed: true }
  }
  throw new Error(`case ${caseId}: lost the race ${maxAttempts} times`)
}

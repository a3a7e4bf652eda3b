import { applySignal, type EngineDeps } from './engine.ts'
import type { Clock } from './ports.ts'

const atOnce = 100
const breadth = 8

export type DeadlineDeps = {
  readonly engine: EngineDeps
  readonly clock: Clock
  readonly onFault: (error: unknown, caseId: string) => void
}

/**
 * Lets every case whose time has come decide what happens now. Looking early, late or twice is harmless:
 * the case itself knows whether it is due. Resolves with the number of cases looked at.
 */
export async function moveDueCases({ engine, clock, onFault }: DeadlineDeps): Promise<number> {
  const seen = new Set<string>()
  const quiet = { ...engine, onRelayed: () => {} }
  for (;;) {
    const now = clock.now()
    // Beyond those already looked at: cases that cannot be moved must not stand in the way of the others.
    const due = (await engine.cases.findDue(now, atOnce + seen.size)).filter((caseId) => !seen.has(caseId))
    if (due.length === 0) return seen.size
    for (const caseId of due) seen.add(caseId)
    const rest = [...due]
    const lane = async () => {
      for (let caseId = rest.shift(); caseId !== undefined; caseId = rest.shift()) await move(caseId, now)
    }
    await Promise.all(Array.from({ length: breadth }, lane))
    // Once for all of them: pages that wait together for one phone can go out as one.
    engine.onRelayed()
  }

  async function move(caseId: string, at: Date): Promise<void> {
    try {
      await applySignal(caseId, { type: 'deadline', id: `deadline:${caseId}:${at.toISOString()}`, at }, quiet)
    } catch (error) {
      onFault(error, caseId)
    }
  }
}

/** Finishes what a worker that died had saved but not yet handed on. */
export async function relayLeftovers({ engine, clock }: DeadlineDeps, olderThanMs: number): Promise<number> {
  const before = new Date(clock.now().getTime() - olderThanMs)
  const left = await engine.cases.findUnrelayed(before, atOnce)
  for (const caseId of left) await engine.cases.relayLeft(caseId)
  if (left.length > 0) engine.onRelayed()
  return left.length
}

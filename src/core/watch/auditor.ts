import { type CaseState, currentPages, isOpen } from '../case/state.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

/** Where a walk over the open cases has come to; undefined begins anew. */
export type Cursor = { readonly status: string; readonly openedAt: Date; readonly caseId: string }

/** What the auditor reads. Each look costs the same however many cases there are. */
export interface AuditStore {
  /** Cases whose next time lies before this, the oldest first. */
  overdue(before: Date, limit: number): Promise<readonly string[]>
  /** The next open cases of the walk, and where it goes on. */
  openAfter(
    cursor: Cursor | undefined,
    limit: number,
  ): Promise<{
    readonly cases: readonly { readonly id: string; readonly state: CaseState; readonly isTimed: boolean }[]
    readonly next: Cursor | undefined
  }>
  /** Messages that began before this and have come to no end. */
  undecided(before: Date, limit: number): Promise<readonly { readonly id: string; readonly caseId?: string }[]>
}

export const findingKinds = ['overdue', 'orphan', 'undecided', 'slow'] as const
export type Finding = { readonly kind: (typeof findingKinds)[number]; readonly refs: readonly string[] }

export type AuditDeps = {
  readonly store: AuditStore
  readonly clock: Clock
  readonly notify: Notify
  /** Told of every finding, by two methods at once. */
  readonly lastResort: readonly StaffMember[]
  /** Whoever has left is told nothing, so what they had is nobody's. */
  readonly isStaff: (id: string) => boolean
  /** Outside dead-man's switch: called only after a clean look, so that silence is the alarm. */
  readonly heartbeat: () => Promise<void>
  /** Milliseconds; the auditor must not become what stops the house. */
  readonly stopwatch: () => number
}

/** A look that came late by less is no finding: workers hand over, providers are asked again. */
const graceMs = 5 * 60_000
const perLook = 200
const named = 10
const budgetMs = 5_000
const hourMs = 3_600_000

/** Finds what everything else has missed, and says so to people who are not part of any ladder. */
export function createAuditor(deps: AuditDeps): () => Promise<readonly Finding[]> {
  let cursor: Cursor | undefined
  return async () => {
    const began = deps.stopwatch()
    const before = new Date(deps.clock.now().getTime() - graceMs)
    const overdue = await deps.store.overdue(before, perLook)
    const walked = await deps.store.openAfter(cursor, perLook)
    cursor = walked.next
    const undecided = await deps.store.undecided(before, perLook)
    const orphans = walked.cases
      .filter(({ state, isTimed }) => !isTimed || isOrphan(state, deps.isStaff))
      .map(({ id }) => id)
    const tookMs = deps.stopwatch() - began
    const found: Finding[] = [
      { kind: 'overdue', refs: overdue },
      { kind: 'orphan', refs: orphans },
      { kind: 'undecided', refs: undecided.map(({ id, caseId }) => caseId ?? id) },
      { kind: 'slow', refs: tookMs > budgetMs ? [`${Math.round(tookMs)} ms`] : [] },
    ]
    const findings = found.filter(({ refs }) => refs.length > 0)
    for (const finding of findings) await alarm(finding, deps)
    if (findings.length === 0) await deps.heartbeat()
    return findings
  }
}

/** An open case must have somebody: an owner who is still in staff.yaml, people who are being paged, the last-resort list, or the assistant. */
export function isOrphan(state: CaseState, isStaff: (id: string) => boolean): boolean {
  if (!isOpen(state) || state.status === 'with-bot') return false
  if (state.status === 'owned') return !isStaff(state.owner.id)
  return currentPages(state).length === 0
}

/** Once an hour for as long as it stays so. */
function alarm({ kind, refs }: Finding, { clock, notify, lastResort }: AuditDeps): Promise<boolean> {
  const hour = Math.floor(clock.now().getTime() / hourMs)
  const list = [...new Set(refs)].slice(0, named).join(', ')
  const facts = { count: String(refs.length), refs: list }
  return notify({ id: `audit:${kind}:${hour}`, occasion: `audit-${kind}`, facts, people: lastResort, methods: 2 })
}

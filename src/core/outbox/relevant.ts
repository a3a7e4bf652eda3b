import type { CaseState } from '../case/state.ts'
import type { Purpose } from '../ports.ts'

/**
 * Why a message is no longer worth sending; undefined when it still is. A page for a case that somebody has taken,
 * or for an earlier climb of the ladder, must not wake anybody.
 */
export function supersededBecause(purpose: Purpose, state: CaseState): string | undefined {
  if (purpose.type !== 'page') return undefined
  if (state.status !== 'paging' && state.status !== 'exhausted') return `the case is ${state.status} now`
  return purpose.epoch === state.epoch ? undefined : 'the ladder was started again'
}

/** A probe whose round is over proves nothing; after a provider's long trouble many of them would go out at once. */
export const lapsedBecause = (purpose: Purpose, now: Date): string | undefined =>
  purpose.type === 'probe' && now > purpose.until ? 'its round is over' : undefined

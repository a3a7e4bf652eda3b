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

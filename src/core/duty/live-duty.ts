import type { Closure } from '../calendar/closures.ts'
import type { Duty } from './on-duty.ts'
import { type Override, withChanges } from './rosters.ts'
import { type VerifiedContact, withVerified } from './verified.ts'

/** What people recorded since the configuration was written. */
export type DutyChanges = {
  /** In the order they were recorded. */
  readonly overrides: readonly Override[]
  readonly closures: readonly Closure[]
  /** Addresses that their owners confirmed with a code. */
  readonly contacts?: readonly VerifiedContact[]
}

/** Where recorded changes are kept, for every process that shares the database. */
export interface DutyChangeStore {
  /** Grows with every change: whoever has seen this number has seen everything. */
  version(): Promise<number>
  /** What still matters at this instant or later. */
  load(from: Date): Promise<DutyChanges>
  record(overrides: readonly Override[]): Promise<void>
  confirm(contact: VerifiedContact): Promise<void>
  raise(closure: Closure): Promise<void>
  /** False when there is no such closure, or it is lowered already. */
  lower(id: string, lowered: { readonly endAt: Date; readonly by: string }): Promise<boolean>
}

/** The rosters and closures as they are now. The one place that the ladder, the desk and `gatehouse duty` ask. */
export type LiveDuty = {
  readonly duty: () => Duty
  readonly closures: () => readonly Closure[]
  /** Changes of shifts that people recorded, without those of the configuration. */
  readonly overrides: () => readonly Override[]
  /** Resolves when nothing that was recorded more than `oldestMs` ago is unknown here. */
  readonly fresh: (oldestMs?: number) => Promise<void>
}

/** Overrides of the last days stay known: cases are explained and handed over after a shift has ended. */
const keptMs = 3 * 86_400_000

/** Keeps what is recorded beside the configured rosters; asks the store at most every `oldestMs`. */
export function keepDuty(base: Duty, store: DutyChangeStore, now: () => Date): LiveDuty {
  let known: DutyChanges & { readonly version: number; readonly duty: Duty } = {
    ...{ version: -1, duty: base, overrides: [], closures: [] },
  }
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined
  const ask = async () => {
    const began = performance.now()
    const version = await store.version()
    if (version !== known.version) {
      const { overrides, closures, contacts = [] } = await store.load(new Date(now().getTime() - keptMs))
      const staff = withVerified(base.staff, contacts)
      known = {
        version,
        overrides,
        closures,
        duty: { ...base, staff, rosters: withChanges(base.rosters, { overrides }) },
      }
    }
    askedAt = began
  }
  return {
    duty: () => known.duty,
    closures: () => known.closures,
    overrides: () => known.overrides,
    fresh: async (oldestMs = 500) => {
      if (performance.now() - askedAt <= oldestMs) return
      // Somebody who asks while an answer is on its way may have recorded after it was read.
      if (asking !== undefined && oldestMs === 0) await asking.catch(() => {})
      asking ??= ask().finally(() => {
        asking = undefined
      })
      await asking
    },
  }
}

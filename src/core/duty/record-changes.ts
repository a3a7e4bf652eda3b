import type { ClosureReason } from '../calendar/calendar.ts'
import type { DutyChangeStore, LiveDuty } from './live-duty.ts'
import type { Duty } from './on-duty.ts'
import type { Override } from './rosters.ts'
import { addToShift, cover, removeFromShift, type ShiftChange, swap, takeOver } from './shift-changes.ts'

/** What a command recorded, or everything that speaks against it, in words for the person who asked. */
export type Recorded =
  | { readonly ok: true; readonly overrides: readonly Override[] }
  | { readonly ok: false; readonly faults: readonly string[] }

type Raise = {
  readonly id: string
  readonly reason: ClosureReason
  /** The site whose contract it is; absent: every contract. */
  readonly contract?: string
  readonly startAt: Date
  readonly by: string
}

type Args<F extends (duty: Duty, request: never) => ShiftChange> = Parameters<F>[1]

/** Changes of rosters and office closures by people, checked and recorded; in force for every page sent afterwards. */
export type ShiftDesk = {
  cover(request: Args<typeof cover>): Promise<Recorded>
  swap(request: Args<typeof swap>): Promise<Recorded>
  takeOver(request: Args<typeof takeOver>): Promise<Recorded>
  add(request: Args<typeof addToShift>): Promise<Recorded>
  remove(request: Args<typeof removeFromShift>): Promise<Recorded>
  /** Offices of a contract close, e.g. typhoon signal 8: their business clocks stand still from then. */
  raiseClosure(request: Raise): Promise<void>
  /** False when no such closure is open. */
  lowerClosure(request: { readonly id: string; readonly endAt: Date; readonly by: string }): Promise<boolean>
}

/** The commands on one store. A request repeated under its id changes nothing. */
export function shiftDesk(live: LiveDuty, store: DutyChangeStore): ShiftDesk {
  const recorded = async (decide: (duty: Duty) => ShiftChange): Promise<Recorded> => {
    await live.fresh(0)
    const change = decide(live.duty())
    if (!change.ok) return change
    await store.record(change.overrides)
    await live.fresh(0)
    return change
  }
  return {
    cover: (request) => recorded((duty) => cover(duty, request)),
    swap: (request) => recorded((duty) => swap(duty, request)),
    takeOver: (request) => recorded((duty) => takeOver(duty, request)),
    add: (request) => recorded((duty) => addToShift(duty, request)),
    remove: (request) => recorded((duty) => removeFromShift(duty, request)),
    raiseClosure: async ({ by, ...closure }) => {
      await store.raise({ ...closure, raisedBy: by })
      await live.fresh(0)
    },
    lowerClosure: async ({ id, endAt, by }) => {
      const lowered = await store.lower(id, { endAt, by })
      await live.fresh(0)
      return lowered
    },
  }
}

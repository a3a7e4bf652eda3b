import type { ClosedTime, ClosureReason } from './calendar.ts'
import type { Interval } from './interval.ts'

/**
 * A closure as the desk records it: who closed which contract's office, why, from when, and until when once it is lowered.
 * Times are those announced (the signal's), which may lie before the recording.
 */
export type Closure = {
  readonly id: string
  readonly reason: ClosureReason
  /** Absent: every contract. */
  readonly contract?: string
  readonly startAt: Date
  readonly endAt?: Date
  readonly raisedBy: string
  readonly loweredBy?: string
}

/** Adds a closure. Raising an id a second time changes nothing, so a repeated command is harmless. */
export function raiseClosure(closures: readonly Closure[], closure: Closure): readonly Closure[] {
  return closures.some((known) => known.id === closure.id) ? closures : [...closures, closure]
}

/** Ends an open closure; one that is lowered already keeps its first end. */
export function lowerClosure(
  closures: readonly Closure[],
  lowered: { readonly id: string; readonly endAt: Date; readonly loweredBy: string },
): readonly Closure[] {
  return closures.map((closure) =>
    closure.id === lowered.id && closure.endAt === undefined
      ? { ...closure, endAt: lowered.endAt, loweredBy: lowered.loweredBy }
      : closure,
  )
}

/** The closures that stop a contract's clocks, ready for `due`; see `endedBy` for those still open. */
export function closuresFor(closures: readonly Closure[], contract: string, now: Date): ClosedTime[] {
  return endedBy(
    closures.filter((closure) => closure.contract === undefined || closure.contract === contract),
    now,
  )
}

/**
 * Treats whatever is still open as ending now: the earliest it could. A deadline computed so is the earliest possible
 * one, so the wake-up it causes only has to compute again while the pause or the closure lasts.
 */
export function endedBy<T extends { readonly startAt: Date; readonly endAt?: Date }>(
  open: readonly T[],
  now: Date,
): (T & Interval)[] {
  return open.map((stop) => ({ ...stop, endAt: stop.endAt ?? (now > stop.startAt ? now : stop.startAt) }))
}

import type { Interval } from './interval.ts'

/**
 * One opening on a local day, in minutes after that day's midnight. Half-open.
 * `toMinute` above 1,440 runs past midnight and still belongs to the day it started on.
 */
export type Opening = { readonly fromMinute: number; readonly toMinute: number }

/** Openings by weekday as `Date.getUTCDay` counts them: 0 is Sunday. */
export type Week = readonly [Openings, Openings, Openings, Openings, Openings, Openings, Openings]
export type Openings = readonly Opening[]

/** A reviewed table of holidays; `names` is keyed by local date, `2026-04-03`. Never computed at run time. */
export type HolidayTable = {
  readonly id: string
  /** Years the table has, drafts included. */
  readonly years: readonly number[]
  /** Years that nobody has compared with the official list yet. */
  readonly drafts: readonly number[]
  readonly names: Readonly<Record<string, string>>
}

export type Calendar = {
  readonly name: string
  /** IANA zone, never an offset. */
  readonly zone: string
  /** How people call that zone's time, e.g. "Hong Kong time". */
  readonly zoneLabel: string
  /** `always` is round the clock: holidays and closures do not touch it. */
  readonly hours: 'always' | Week
  readonly holidays?: HolidayTable
  /** What one working day (`1wd`) is worth on this clock, in working minutes. */
  readonly workingDayMinutes: number
}

/** Why an office is closed although its hours say otherwise. */
export const closureReasons = ['typhoon_signal_8', 'black_rainstorm', 'extreme_conditions', 'other'] as const
export type ClosureReason = (typeof closureReasons)[number]

/** Time in which the clock of a case stands still, because we wait for the customer or for an agreed date. */
export type Pause = Interval & { readonly reason?: 'waiting_customer' | 'waiting_agreed_date' }

/** Time in which an office is shut, as recorded by the person who raised it. */
export type ClosedTime = Interval & { readonly reason?: ClosureReason }

/** What stops a clock. Both must have an end: see `endedBy` for those that are still open. */
export type Stops = { readonly pauses?: readonly Pause[]; readonly closures?: readonly ClosedTime[] }

import type { Week } from '../calendar/calendar.ts'
import type { WallTime } from '../calendar/wall-clock.ts'
import type { Language } from '../message.ts'
import type { PermitCategory } from './staff.ts'

/**
 * One way of taking turns, in force from its own start until the next version's: changing the members never moves
 * a shift that has been worked.
 */
export type RotationVersion = {
  /** The first hand-over, as the wall clock of the schedule's zone shows it; every later one keeps that reading. */
  readonly startsAtWall: WallTime
  readonly members: readonly string[]
  readonly shiftMinutes: number
  /** Somebody is on duty only in these hours; turns that would lie wholly outside them are nobody's turn. */
  readonly only?: Week
}

/** Versions in ascending order of their start. */
export type Rotation = { readonly id: string; readonly versions: readonly RotationVersion[] }

/** The same people in the same hours every week; hours past midnight belong to the day they begin. */
export type WeeklyShift = { readonly id: string; readonly people: readonly string[]; readonly week: Week }

/** One shift on one date, as imported from a file. Half-open. */
export type DatedShift = { readonly person: string; readonly startAt: Date; readonly endAt: Date }

/** Who answers a schedule's pages: everybody whom any of its parts puts on duty. */
export type Schedule = {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly rotations: readonly Rotation[]
  readonly weeklyShifts: readonly WeeklyShift[]
  readonly datedShifts: readonly DatedShift[]
}

/** What an override does. `replace` does nothing while the replaced person is not on duty (GoAlert #4306). */
export type OverrideChange =
  | { readonly kind: 'add'; readonly add: string }
  | { readonly kind: 'remove'; readonly remove: string }
  | { readonly kind: 'replace'; readonly remove: string; readonly add: string }

/** A dated change to one schedule, and to no other. Half-open. */
export type Override = OverrideChange & {
  readonly id: string
  readonly schedule: string
  readonly startAt: Date
  readonly endAt: Date
  readonly by: string
  readonly reason?: string
}

/** For its time it is the schedule: rotations and overrides do not count. Half-open. */
export type TemporarySchedule = {
  readonly id: string
  readonly schedule: string
  readonly startAt: Date
  readonly endAt: Date
  readonly shifts: readonly DatedShift[]
}

/** What the work at a level or on a case asks of a person. */
export type Needs = {
  /** Any one of these is enough. */
  readonly permits?: readonly PermitCategory[]
  readonly training?: readonly string[]
  readonly skills?: readonly string[]
  readonly language?: Language
}

/** People paged together: a level of the ladder, or a list beside it such as the control room. */
export type DutyGroup = {
  /** `level-1` or the list's own name: the key that policies use. */
  readonly group: string
  readonly level?: number
  readonly name: string
  readonly schedules: readonly string[]
  /** Asked when nobody of `schedules` may receive a case, e.g. because a permit expired in mid-shift. */
  readonly relief: readonly string[]
  readonly needs: Needs
}

/** So many people who fulfil the needs must be on duty in these hours (absent: always). */
export type CoverageRule = {
  readonly id: string
  readonly group: string
  readonly atLeast: number
  readonly needs: Needs
  readonly hours?: Week
}

export type Site = {
  readonly id: string
  readonly name: string
  readonly nameZh?: string
  readonly zone: string
  /** Levels in ascending order, then the lists. */
  readonly groups: readonly DutyGroup[]
  readonly coverage: readonly CoverageRule[]
}

export type Rosters = {
  readonly version: string
  readonly sites: ReadonlyMap<string, Site>
  readonly schedules: ReadonlyMap<string, Schedule>
  /** In the order they were recorded: a later one sees what the earlier ones made of the shift. */
  readonly overrides: readonly Override[]
  readonly temporary: readonly TemporarySchedule[]
}

/** The rosters with what the desk has recorded since the configuration was written. */
export function withChanges(
  rosters: Rosters,
  changes: { readonly overrides?: readonly Override[]; readonly temporary?: readonly TemporarySchedule[] },
): Rosters {
  return {
    ...rosters,
    overrides: [...rosters.overrides, ...(changes.overrides ?? [])],
    temporary: [...rosters.temporary, ...(changes.temporary ?? [])],
  }
}

/** The key of a group from a level number or a list's name: 2 and `level-2` are the same. */
export function groupKey(level: number | string): string {
  return typeof level === 'number' ? `level-${level}` : level
}

export function findGroup(site: Site, level: number | string): DutyGroup | undefined {
  return site.groups.find((group) => group.group === groupKey(level))
}

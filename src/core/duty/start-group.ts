import type { Duty } from './on-duty.ts'
import { type DutyGroup, groupKey, type Rosters, type Schedule, type Site } from './rosters.ts'

/** Where cases go that the whole line must keep out of. */
export const aboveTheLine = 'compliance'

/**
 * The group at which a case's ladder begins: the level asked for, or one level above the highest of those the case is
 * about. A complaint about the top of the ladder goes to `compliance`, outside the line.
 */
export function startGroup(
  { rosters }: Duty,
  { site, level, about }: { readonly site: string; readonly level: number; readonly about: readonly string[] },
): string {
  const place = rosters.sites.get(site)
  const levels = place?.groups.flatMap((group) => group.level ?? []) ?? []
  const highest = Math.max(0, ...about.map((person) => levelOf(rosters, place, person)))
  const start = Math.max(level, highest + 1)
  return levels.includes(start) || highest === 0 ? groupKey(start) : aboveTheLine
}

/** The highest level of a site whose schedules name the person; 0 for those on none. */
export function levelOf(rosters: Rosters, site: Site | undefined, person: string): number {
  const levels = (site?.groups ?? []).flatMap((group) =>
    group.level !== undefined && groupMembers(rosters, group).has(person) ? [group.level] : [],
  )
  return Math.max(0, ...levels)
}

/** Everybody who can come on duty in a group by its own schedules, at any time. */
export function groupMembers(rosters: Rosters, group: DutyGroup): ReadonlySet<string> {
  return new Set(
    group.schedules.flatMap((id) => {
      const schedule = rosters.schedules.get(id)
      return schedule ? scheduleMembers(schedule) : []
    }),
  )
}

/** Everybody a schedule names by rotation, weekly or dated shift. */
export function scheduleMembers(schedule: Schedule): readonly string[] {
  return [
    ...schedule.rotations.flatMap((rotation) => rotation.versions.flatMap((version) => version.members)),
    ...schedule.weeklyShifts.flatMap((shift) => shift.people),
    ...schedule.datedShifts.map((shift) => shift.person),
  ]
}

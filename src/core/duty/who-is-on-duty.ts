import type { CaseNeeds } from './may-receive.ts'
import type { Duty, OnDutyPerson } from './on-duty.ts'
import { type Recipients, recipients } from './recipients.ts'
import type { DutyGroup } from './rosters.ts'

/** One line of "who is on duty": the people who would be paged now, or why nobody would. */
export type GroupOnDuty = Recipients & {
  readonly group: string
  readonly level?: number
  readonly name: string
}

/** Every level and list of a site with the people whom a page would reach at this instant. */
export function whoIsOnDuty(
  duty: Duty,
  { site, at, needs = {} }: { readonly site: string; readonly at: Date; readonly needs?: CaseNeeds },
): readonly GroupOnDuty[] {
  const groups = duty.rosters.sites.get(site)?.groups ?? []
  return groups.map((group: DutyGroup) => ({
    group: group.group,
    ...(group.level !== undefined && { level: group.level }),
    name: group.name,
    ...recipients({ ...duty, site, level: group.group, at, needs }),
  }))
}

/** The same as a policy reads it: people by group name. */
export function peopleByGroup(groups: readonly GroupOnDuty[]): Readonly<Record<string, readonly OnDutyPerson[]>> {
  return Object.fromEntries(groups.map(({ group, people }) => [group, people]))
}

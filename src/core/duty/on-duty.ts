import { resolveSchedule } from './resolve-schedule.ts'
import { type DutyGroup, findGroup, groupKey, type Rosters } from './rosters.ts'
import type { Staff, StaffMember } from './staff.ts'

/** Everything the resolver knows: one value for engine, preview, pages, desk and command line. */
export type Duty = { readonly rosters: Rosters; readonly staff: Staff }

export type OnDutyPerson = { readonly person: StaffMember; readonly until: Date; readonly because: string }

export type OnDuty = {
  readonly people: readonly OnDutyPerson[]
  readonly because: string
  readonly warnings: readonly string[]
}

export type DutyQuestion = Duty & {
  readonly site: string
  /** 1 to 5, or a group's name: `level-1`, `control-room`. */
  readonly level: number | string
  readonly at: Date
}

/** Who is on duty at a level of a site at an instant, and why. The only resolver: whatever shows or pages people asks it. */
export function onDuty({ rosters, staff, site, level, at }: DutyQuestion): OnDuty {
  const place = rosters.sites.get(site)
  if (!place) return nobody(`there is no site "${site}"`)
  const group = findGroup(place, level)
  if (!group) return nobody(`${place.name} has no ${groupKey(level)}`)
  return onDutyBy({ rosters, staff }, group.schedules, at)
}

/** Who stands in for a group whose people on duty may not receive a case. */
export function onRelief(duty: Duty, group: DutyGroup, at: Date): OnDuty {
  return onDutyBy(duty, group.relief, at)
}

function onDutyBy({ rosters, staff }: Duty, schedules: readonly string[], at: Date): OnDuty {
  const people: OnDutyPerson[] = []
  const warnings: string[] = []
  for (const id of schedules) {
    const schedule = rosters.schedules.get(id)
    if (!schedule) {
      warnings.push(`there is no schedule "${id}"`)
      continue
    }
    const resolved = resolveSchedule(rosters, schedule, at)
    warnings.push(...resolved.warnings)
    for (const { person: personId, until, because } of resolved.people) {
      const person = staff.get(personId)
      if (!person) warnings.push(`${schedule.name} names "${personId}", who is not on the staff list`)
      else if (!people.some((known) => known.person.id === personId)) people.push({ person, until, because })
    }
  }
  return { people, because: reasonFor(people, schedules), warnings }
}

function reasonFor(people: readonly OnDutyPerson[], schedules: readonly string[]): string {
  if (people.length === 0) return `nobody is on duty by ${schedules.join(', ') || 'any schedule'}`
  return people.map(({ person, because }) => `${person.name} (${because})`).join('; ')
}

function nobody(because: string): OnDuty {
  return { people: [], because, warnings: [because] }
}

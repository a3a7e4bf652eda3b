import type { Problem } from './read-schedule.ts'
import type { DutyGroup, Override, Rosters, Site } from './rosters.ts'
import type { Staff, StaffMember } from './staff.ts'
import { handlesCasesAt, verifiedChannels } from './staff.ts'
import { scheduleMembers } from './start-group.ts'

/** What is wrong with the rosters as a whole: names that lead nowhere, and people who could not be paged or may not work. */
export function checkRosters(rosters: Rosters, staff: Staff): readonly Problem[] {
  return [
    ...[...rosters.sites.values()].flatMap((site) => checkSite(rosters, staff, site)),
    ...[...rosters.schedules.values()].flatMap((schedule) =>
      unknownPeople(staff, `schedules.${schedule.id}`, scheduleMembers(schedule)),
    ),
    ...rosters.overrides.flatMap((override) => unknownPeople(staff, `overrides.${override.id}`, peopleOf(override))),
    ...rosters.temporary.flatMap((one) =>
      unknownPeople(
        staff,
        `temporary.${one.id}`,
        one.shifts.map((shift) => shift.person),
      ),
    ),
  ]
}

function checkSite(rosters: Rosters, staff: Staff, site: Site): Problem[] {
  const coverage = site.coverage.flatMap(({ id, group }) =>
    site.groups.some((known) => known.group === group)
      ? []
      : [{ key: `sites.${site.id}.coverage.${id}.group`, message: `there is no group "${group}"` }],
  )
  return [...site.groups.flatMap((group) => checkGroup(rosters, staff, site, group)), ...coverage]
}

function checkGroup(rosters: Rosters, staff: Staff, site: Site, group: DutyGroup): Problem[] {
  const key = `sites.${site.id}.${group.group}`
  return [...group.schedules, ...group.relief].flatMap((id) => {
    const schedule = rosters.schedules.get(id)
    if (!schedule) return [{ key, message: `there is no schedule "${id}"` }]
    return rostered(rosters, id).flatMap((personId) => {
      const person = staff.get(personId)
      return person ? personProblems(person, site, group).map((message) => ({ key, message })) : []
    })
  })
}

/** Everybody whom a schedule can put on duty, by overrides and temporary schedules too, each once. */
function rostered(rosters: Rosters, id: string): readonly string[] {
  const schedule = rosters.schedules.get(id)
  const changes = rosters.overrides.filter((one) => one.schedule === id).flatMap(addedPeople)
  const temporary = rosters.temporary.filter((one) => one.schedule === id).flatMap((one) => one.shifts)
  const members = schedule ? scheduleMembers(schedule) : []
  return [...new Set([...members, ...changes, ...temporary.map((shift) => shift.person)])]
}

/** Why a person must not be put on duty in a group of a site; empty when nothing speaks against it. */
export function personProblems(person: StaffMember, site: Site, group: DutyGroup): string[] {
  const problems: string[] = []
  if (verifiedChannels(person).size < 2) {
    problems.push(`${person.id} has fewer than two verified contact methods on different channels`)
  }
  if (!handlesCasesAt(person, site.id)) problems.push(`${person.id} handles no cases at ${site.id}`)
  const accepted = group.needs.permits ?? []
  if (accepted.length > 0 && !person.permits.some((permit) => accepted.includes(permit.category))) {
    problems.push(`${person.id} holds no permit of category ${accepted.join(' or ')} (Cap. 460)`)
  }
  return problems
}

function unknownPeople(staff: Staff, key: string, people: readonly string[]): Problem[] {
  return people
    .filter((person) => !staff.has(person))
    .map((person) => ({ key, message: `"${person}" is not on the staff list` }))
}

function peopleOf(override: Override): readonly string[] {
  return override.kind === 'remove'
    ? [override.remove]
    : [...addedPeople(override), ...(override.kind === 'replace' ? [override.remove] : [])]
}

function addedPeople(override: Override): readonly string[] {
  return override.kind === 'remove' ? [] : [override.add]
}

import { localTime } from '../calendar/explain-due.ts'
import { type CommandOutput, readInstant } from '../calendar/run-due.ts'
import type { Duty } from './on-duty.ts'
import { type GroupOnDuty, whoIsOnDuty } from './who-is-on-duty.ts'

/** The arguments of `gatehouse duty`; `at` is an ISO instant, local time of the site when it has no offset. */
export type DutyArguments = { readonly site: string; readonly at: string }

export type DutyJson = {
  readonly site: string
  readonly at: string
  readonly rosterVersion: string
  readonly levels: readonly GroupJson[]
  /** Beside the ladder: control room, compliance, privacy. */
  readonly lists: readonly GroupJson[]
}

export type GroupJson = {
  readonly group: string
  readonly level: number | null
  readonly name: string
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly until: string
    readonly because: string
  }[]
  readonly excluded: readonly { readonly id: string; readonly name: string; readonly reasons: readonly string[] }[]
  readonly because: string
  readonly warnings: readonly string[]
}

/** `gatehouse duty`: who would be paged at each level of a site, and why; the resolver that pages. */
export function runDuty(duty: Duty, args: DutyArguments): CommandOutput<DutyJson> {
  const site = duty.rosters.sites.get(args.site)
  if (!site) {
    return {
      ok: false,
      message: `there is no site "${args.site}": choose one of ${[...duty.rosters.sites.keys()].join(', ')}`,
    }
  }
  try {
    const at = readInstant(args.at, site.zone)
    const groups = whoIsOnDuty(duty, { site: site.id, at })
    const json = dutyJson(duty, site.id, at, groups)
    const title = `${site.name}, ${localTime(site.zone, at)} (${site.zone}), rosters ${duty.rosters.version}`
    return { ok: true, json, text: [title, ...groups.flatMap(groupLines)].join('\n') }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, message: error.message }
    throw error
  }
}

function dutyJson(duty: Duty, site: string, at: Date, groups: readonly GroupOnDuty[]): DutyJson {
  return {
    site,
    at: at.toISOString(),
    rosterVersion: duty.rosters.version,
    levels: groups.filter((group) => group.level !== undefined).map(groupJson),
    lists: groups.filter((group) => group.level === undefined).map(groupJson),
  }
}

function groupJson({ group, level, name, people, excluded, because, warnings }: GroupOnDuty): GroupJson {
  return {
    group,
    level: level ?? null,
    name,
    people: people.map(({ person, until, because: why }) => ({
      id: person.id,
      name: person.name,
      until: until.toISOString(),
      because: why,
    })),
    excluded: excluded.map(({ person, exclusions }) => ({
      id: person.id,
      name: person.name,
      reasons: exclusions.map((one) => one.reason),
    })),
    because,
    warnings,
  }
}

function groupLines(group: GroupOnDuty): string[] {
  const heading = `${group.group}  ${group.name}`
  const people = group.people.map(({ person, because }) => `  ${person.name} · ${because}`)
  const nobody = group.people.length === 0 ? [`  NOBODY · ${group.because}`] : []
  const excluded = group.excluded.map(
    ({ person, exclusions }) => `  not ${person.name} · ${exclusions.map((one) => one.reason).join(', ')}`,
  )
  return [heading, ...people, ...nobody, ...excluded, ...group.warnings.map((warning) => `  warning · ${warning}`)]
}

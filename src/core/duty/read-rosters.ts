import { IANAZone } from 'luxon'
import type { ConfigDocument, Fault } from '../calendar/fault.ts'
import { readDocument } from '../calendar/read-document.ts'
import { checkRosters } from './check-rosters.ts'
import { type Problem, type Report, readDatedShift, readHours, readPeriod, readSchedule } from './read-schedule.ts'
import type { Rosters, Schedule, Site, TemporarySchedule } from './rosters.ts'
import {
  type CoverageRule,
  type DutyGroup,
  groupKey,
  type Needs,
  type Override,
  type OverrideChange,
} from './rosters.ts'
import type { GroupEntry, NeedsEntry, OverrideEntry, RostersFile, SiteEntry, TemporaryEntry } from './rosters-schema.ts'
import { rostersSchema } from './rosters-schema.ts'
import type { Staff } from './staff.ts'

export type RostersRead = { readonly rosters: Rosters; readonly faults: readonly Fault[] }

const noRosters: Rosters = { version: '', sites: new Map(), schedules: new Map(), overrides: [], temporary: [] }

/**
 * Reads the rosters and checks them against the staff list. Lists every fault, among them: somebody at a level without two
 * verified contact methods, without a role at the site, or without a permit of the post's category. Without `staff`,
 * which could not be read, only the rosters themselves are judged.
 */
export function readRosters(document: ConfigDocument, staff: Staff | undefined): RostersRead {
  const { value, faults } = readDocument(rostersSchema, document)
  if (!value) return { rosters: noRosters, faults }
  const problems: Problem[] = []
  const rosters = build(value, (key, message) => problems.push({ key, message }))
  const all = [...problems, ...(staff ? checkRosters(rosters, staff) : [])]
  return { rosters, faults: all.map((problem) => ({ file: document.file, ...problem })) }
}

function build(file: RostersFile, report: Report): Rosters {
  const schedules = Object.entries(file.schedules).flatMap(([id, entry]) => readSchedule(id, entry, report) ?? [])
  const byId = new Map(schedules.map((schedule) => [schedule.id, schedule] as const))
  return {
    version: file.version,
    sites: new Map(Object.entries(file.sites).map(([id, entry]) => [id, readSite(id, entry, report)] as const)),
    schedules: byId,
    overrides: file.overrides.flatMap((entry) => readOverride(entry, byId, report) ?? []),
    temporary: file.temporary.flatMap((entry) => readTemporary(entry, byId, report) ?? []),
  }
}

function readSite(id: string, entry: SiteEntry, report: Report): Site {
  const key = `sites.${id}`
  if (!IANAZone.isValidZone(entry.zone)) report(`${key}.zone`, `"${entry.zone}" is not an IANA zone`)
  const levels = Object.entries(entry.levels).map(([level, group]) => readLevel(Number(level), group))
  const lists = Object.entries(entry.lists).map(([name, group]) => readGroup(name, group))
  return {
    id,
    name: entry.name,
    ...(entry.nameZh !== undefined && { nameZh: entry.nameZh }),
    zone: entry.zone,
    groups: [...levels.sort((a, b) => (a.level ?? 0) - (b.level ?? 0)), ...lists],
    coverage: Object.entries(entry.coverage).map(([rule, found]): CoverageRule => {
      const hours = found.hours && readHours(found.hours, `${key}.coverage.${rule}.hours`, report)
      const { group, atLeast } = found
      return { id: rule, group, atLeast, needs: readNeeds(found.needs), ...(hours && { hours }) }
    }),
  }
}

function readLevel(level: number, entry: GroupEntry): DutyGroup {
  return { level, ...readGroup(groupKey(level), entry) }
}

function readGroup(group: string, { name, schedules, relief, needs }: GroupEntry): DutyGroup {
  return { group, name, schedules, relief, needs: readNeeds(needs) }
}

function readNeeds({ permits, training, skills, language }: NeedsEntry): Needs {
  return {
    ...(permits && { permits }),
    ...(training && { training }),
    ...(skills && { skills }),
    ...(language && { language }),
  }
}

type Schedules = ReadonlyMap<string, Schedule>

function readOverride(entry: OverrideEntry, schedules: Schedules, report: Report): Override | undefined {
  const key = `overrides.${entry.id}`
  const schedule = schedules.get(entry.schedule)
  const change = overrideChange(entry)
  if (!schedule) report(`${key}.schedule`, `there is no schedule "${entry.schedule}"`)
  if (!change) report(key, 'write add, remove, or both for a replacement')
  if (!schedule || !change) return undefined
  const { id, by, reason } = entry
  return {
    ...change,
    ...readPeriod(entry, schedule.zone, key, report),
    id,
    schedule: schedule.id,
    by,
    ...(reason !== undefined && { reason }),
  }
}

function overrideChange({ add, remove }: OverrideEntry): OverrideChange | undefined {
  if (add !== undefined && remove !== undefined) return { kind: 'replace', add, remove }
  if (add !== undefined) return { kind: 'add', add }
  return remove === undefined ? undefined : { kind: 'remove', remove }
}

function readTemporary(entry: TemporaryEntry, schedules: Schedules, report: Report): TemporarySchedule | undefined {
  const key = `temporary.${entry.id}`
  const schedule = schedules.get(entry.schedule)
  if (!schedule) {
    report(`${key}.schedule`, `there is no schedule "${entry.schedule}"`)
    return undefined
  }
  const shifts = entry.shifts.map((shift, index) =>
    readDatedShift(shift, schedule.zone, `${key}.shifts[${index}]`, report),
  )
  return { id: entry.id, schedule: schedule.id, ...readPeriod(entry, schedule.zone, key, report), shifts }
}

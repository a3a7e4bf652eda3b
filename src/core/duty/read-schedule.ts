import { IANAZone } from 'luxon'
import type { Week } from '../calendar/calendar.ts'
import { firstInstant } from '../calendar/wall-clock.ts'
import { readWeek } from '../calendar/weekly-hours.ts'
import type { DatedShift, Rotation, RotationVersion, Schedule, WeeklyShift } from './rosters.ts'
import type { DatedShiftEntry, ScheduleEntry } from './rosters-schema.ts'

/** A fault inside a file: the key and what is wrong. */
export type Problem = { readonly key: string; readonly message: string }
/** Collects problems while a document is being read. */
export type Report = (key: string, message: string) => void

/** Builds one schedule; undefined when its zone is unknown, because then none of its times mean anything. */
export function readSchedule(id: string, entry: ScheduleEntry, report: Report): Schedule | undefined {
  const key = `schedules.${id}`
  if (!IANAZone.isValidZone(entry.zone)) {
    report(`${key}.zone`, `"${entry.zone}" is not an IANA zone`)
    return undefined
  }
  return {
    id,
    name: entry.name,
    zone: entry.zone,
    rotations: entry.rotations.map((rotation) => readRotation(rotation, `${key}.rotations.${rotation.id}`, report)),
    weeklyShifts: entry.shifts.map((shift) => readWeeklyShift(shift, `${key}.shifts.${shift.id}`, report)),
    datedShifts: entry.dated.map((shift, index) => readDatedShift(shift, entry.zone, `${key}.dated[${index}]`, report)),
  }
}

function readRotation(entry: ScheduleEntry['rotations'][number], key: string, report: Report): Rotation {
  const versions = entry.versions.map((version, index): RotationVersion => {
    const only = version.only && readHours(version.only, `${key}.versions[${index}].only`, report)
    return {
      startsAtWall: version.from,
      members: version.members,
      shiftMinutes: shiftMinutes(version.every),
      ...(only && { only }),
    }
  })
  const ascending = versions.every(
    (version, index) => version.startsAtWall > (versions[index - 1]?.startsAtWall ?? -Infinity),
  )
  if (!ascending) report(`${key}.versions`, 'versions must stand in the order of their start')
  return { id: entry.id, versions }
}

/** `12h`, `1d`, `1w` on the wall clock: a day is a day even when it has 23 hours. */
function shiftMinutes(text: string): number {
  const minutes = { h: 60, d: 1_440, w: 10_080 }[text.slice(-1)] ?? 0
  return Number(text.slice(0, -1)) * minutes
}

function readWeeklyShift(entry: ScheduleEntry['shifts'][number], key: string, report: Report): WeeklyShift {
  return { id: entry.id, people: entry.people, week: readHours(entry.hours, `${key}.hours`, report) }
}

export function readHours(hours: Readonly<Record<string, readonly string[]>>, key: string, report: Report): Week {
  const { week, faults } = readWeek(hours)
  for (const { day, message } of faults) report(`${key}.${day}`, message)
  if (week.every((openings) => openings.length === 0)) report(key, 'no hours at all')
  return week
}

/** A shift given in local time; the end must lie after the start. */
export function readDatedShift(entry: DatedShiftEntry, zone: string, key: string, report: Report): DatedShift {
  return { person: entry.person, ...readPeriod(entry, zone, key, report) }
}

/** `from` and `until` in local time as a half-open interval. */
export function readPeriod(
  entry: { readonly from: number; readonly until: number },
  zone: string,
  key: string,
  report: Report,
): { readonly startAt: Date; readonly endAt: Date } {
  if (entry.until <= entry.from) report(key, 'ends before it starts')
  return { startAt: new Date(firstInstant(zone, entry.from)), endAt: new Date(firstInstant(zone, entry.until)) }
}

import { localTime } from '../calendar/explain-due.ts'
import { contains, instant } from '../calendar/interval.ts'
import type { Override, Rosters, Schedule, TemporarySchedule } from './rosters.ts'
import { turnAt } from './rotation.ts'
import { windowAt } from './week-window.ts'

/** A person whom a schedule puts on duty, until when at the latest, and by which rule. */
export type OnShift = { readonly person: string; readonly until: Date; readonly because: string }

export type ScheduleAt = { readonly people: readonly OnShift[]; readonly warnings: readonly string[] }

/** Who is on duty by one schedule: temporary schedules over overrides over rotations and shifts. All ends half-open. */
export function resolveSchedule(rosters: Rosters, schedule: Schedule, at: Date): ScheduleAt {
  const temporary = rosters.temporary.filter((one) => one.schedule === schedule.id && contains(one, at))
  const overrides = rosters.overrides.filter((one) => one.schedule === schedule.id && contains(one, at))
  const latest = temporary.at(-1)
  if (latest) return byTemporarySchedule(schedule, latest, temporary, overrides, at)
  const people = overrides.reduce(
    (onShift, override) => applyOverride(schedule, onShift, override),
    onShiftByRules(schedule, at),
  )
  return { people, warnings: [] }
}

function byTemporarySchedule(
  schedule: Schedule,
  latest: TemporarySchedule,
  temporary: readonly TemporarySchedule[],
  overrides: readonly Override[],
  at: Date,
): ScheduleAt {
  const people = latest.shifts
    .filter((shift) => contains(shift, at))
    .map((shift) => onShift(schedule, shift.person, shift.endAt, `temporary schedule ${latest.id}`))
  const masked = overrides.map((one) => `override ${one.id} has no effect: temporary schedule ${latest.id} is in force`)
  const shadowed = temporary.slice(0, -1).map((one) => `temporary schedule ${one.id} is hidden by ${latest.id}`)
  return { people: unique(people), warnings: [...masked, ...shadowed] }
}

function onShiftByRules(schedule: Schedule, at: Date): readonly OnShift[] {
  const now = instant(at)
  const turns = schedule.rotations.flatMap((rotation) => {
    const turn = turnAt(rotation, schedule.zone, now)
    if (!turn) return []
    const rule = `rotation ${rotation.id}, turn ${turn.turn} of ${turn.members}`
    return [onShift(schedule, turn.person, new Date(turn.end), rule)]
  })
  const weekly = schedule.weeklyShifts.flatMap((shift) => {
    const window = windowAt(schedule.zone, shift.week, now)
    return window ? shift.people.map((id) => onShift(schedule, id, new Date(window.end), `shift ${shift.id}`)) : []
  })
  const dated = schedule.datedShifts
    .filter((shift) => contains(shift, at))
    .map((shift) => onShift(schedule, shift.person, shift.endAt, 'dated shift'))
  return unique([...turns, ...weekly, ...dated])
}

/** Each override sees what earlier ones left, so that a cover can itself be covered. */
function applyOverride(schedule: Schedule, people: readonly OnShift[], override: Override): readonly OnShift[] {
  switch (override.kind) {
    case 'add':
      return unique([...people, onShift(schedule, override.add, override.endAt, `added by ${override.by}`)])
    case 'remove':
      return people.filter((one) => one.person !== override.remove)
    case 'replace':
      return unique(people.map((one) => (one.person === override.remove ? replaced(schedule, one, override) : one)))
  }
}

function replaced(schedule: Schedule, one: OnShift, override: Override & { kind: 'replace' }): OnShift {
  const until = new Date(Math.min(one.until.getTime(), override.endAt.getTime()))
  return onShift(schedule, override.add, until, `in place of ${override.remove}, recorded by ${override.by}`)
}

function onShift(schedule: Schedule, person: string, until: Date, rule: string): OnShift {
  return { person, until, because: `${schedule.name}: ${rule}, until ${localTime(schedule.zone, until)}` }
}

/** A person counts once, by the first rule that names them. */
function unique(people: readonly OnShift[]): readonly OnShift[] {
  return people.filter((one, index) => people.findIndex((other) => other.person === one.person) === index)
}

import { type Interval, toSpan } from '../calendar/interval.ts'
import { personProblems } from './check-rosters.ts'
import { piecesBetween, scheduleEdges } from './duty-edges.ts'
import { mayReceive } from './may-receive.ts'
import type { Duty } from './on-duty.ts'
import { resolveSchedule } from './resolve-schedule.ts'
import type { Override, Schedule } from './rosters.ts'
import type { StaffMember } from './staff.ts'

/** The overrides a command makes, or everything that speaks against it in words for the person who asked. */
export type ShiftChange =
  | { readonly ok: true; readonly overrides: readonly Override[] }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Who recorded a change, under which id (made by the caller), and why. */
export type ChangeRecord = { readonly id: string; readonly by: string; readonly reason?: string }

export type CoverRequest = ChangeRecord &
  Interval & { readonly schedule: string; readonly absent: string; readonly cover: string }

/** One person stands in for another on one schedule. Refused when the stand-in could not be paged or may not work there. */
export function cover(duty: Duty, request: CoverRequest): ShiftChange {
  const schedule = duty.rosters.schedules.get(request.schedule)
  if (!schedule) return refused(`there is no schedule "${request.schedule}"`)
  const person = duty.staff.get(request.cover)
  if (!person) return refused(`"${request.cover}" is not on the staff list`)
  const faults =
    request.startAt < request.endAt ? coverFaults(duty, schedule, person, request) : ['ends before it starts']
  return faults.length > 0 ? { ok: false, faults } : { ok: true, overrides: [replacement(request)] }
}

/** Two people exchange a stretch of duty each. The stretches must not overlap. */
export function swap(
  duty: Duty,
  request: ChangeRecord & { readonly schedule: string; readonly one: Stretch; readonly other: Stretch },
): ShiftChange {
  const { one, other, schedule, id, ...record } = request
  if (one.startAt < other.endAt && other.startAt < one.endAt) return refused('the two stretches overlap')
  const exchanges = [
    cover(duty, { ...record, ...one, id: `${id}:1`, schedule, absent: one.person, cover: other.person }),
    cover(duty, { ...record, ...other, id: `${id}:2`, schedule, absent: other.person, cover: one.person }),
  ]
  const faults = exchanges.flatMap((change) => (change.ok ? [] : change.faults))
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, overrides: exchanges.flatMap((change) => (change.ok ? change.overrides : [])) }
}

export type Stretch = Interval & { readonly person: string }

/** Somebody takes over from the person on duty, from now to the end of that shift. */
export function takeOver(
  duty: Duty,
  request: ChangeRecord & { readonly schedule: string; readonly from: string; readonly to: string; readonly at: Date },
): ShiftChange {
  const { from, to, at, ...record } = request
  const schedule = duty.rosters.schedules.get(request.schedule)
  if (!schedule) return refused(`there is no schedule "${request.schedule}"`)
  const shift = resolveSchedule(duty.rosters, schedule, at).people.find((one) => one.person === from)
  if (!shift) return refused(`${from} is not on duty now`)
  return cover(duty, { ...record, absent: from, cover: to, startAt: at, endAt: shift.until })
}

/** One more person for a stretch, beside whoever is on duty. Refused when they could not be paged or may not work there. */
export function addToShift(
  duty: Duty,
  { person: personId, ...request }: ChangeRecord & Stretch & { readonly schedule: string },
): ShiftChange {
  const schedule = duty.rosters.schedules.get(request.schedule)
  if (!schedule) return refused(`there is no schedule "${request.schedule}"`)
  const person = duty.staff.get(personId)
  if (!person) return refused(`"${personId}" is not on the staff list`)
  if (request.startAt >= request.endAt) return refused('ends before it starts')
  const faults = fitnessFaults(duty, schedule, person, request)
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, overrides: [{ kind: 'add', add: personId, ...request }] }
}

/** Somebody is taken off a stretch without a stand-in. Refused while nobody else would be on duty: that needs a cover. */
export function removeFromShift(
  { rosters }: Duty,
  { person, ...request }: ChangeRecord & Stretch & { readonly schedule: string },
): ShiftChange {
  const schedule = rosters.schedules.get(request.schedule)
  if (!schedule) return refused(`there is no schedule "${request.schedule}"`)
  if (request.startAt >= request.endAt) return refused('ends before it starts')
  const within = toSpan(request)
  const manned = piecesBetween(scheduleEdges(rosters, schedule, within), within).map(({ start }) =>
    resolveSchedule(rosters, schedule, new Date(start)).people.map((one) => one.person),
  )
  if (!manned.some((people) => people.includes(person))) return refused(`${person} is not on duty then`)
  if (manned.some((people) => people.length === 1 && people[0] === person))
    return refused(`nobody else is on duty then: name somebody who covers for ${person}`)
  return { ok: true, overrides: [{ kind: 'remove', remove: person, ...request }] }
}

function refused(fault: string): ShiftChange {
  return { ok: false, faults: [fault] }
}

function replacement({ id, by, reason, schedule, startAt, endAt, absent, cover: add }: CoverRequest): Override {
  return {
    kind: 'replace',
    id,
    schedule,
    startAt,
    endAt,
    remove: absent,
    add,
    by,
    ...(reason !== undefined && { reason }),
  }
}

function coverFaults(duty: Duty, schedule: Schedule, person: StaffMember, request: CoverRequest): string[] {
  return [...presenceFaults(duty, schedule, request), ...fitnessFaults(duty, schedule, person, request)]
}

/** A cover for somebody who is off, or by somebody who is on already, would leave the post with fewer people than it seems. */
function presenceFaults({ rosters }: Duty, schedule: Schedule, request: CoverRequest): string[] {
  const within = toSpan(request)
  const onDuty = piecesBetween(scheduleEdges(rosters, schedule, within), within).map(({ start }) =>
    resolveSchedule(rosters, schedule, new Date(start)).people.map(({ person }) => person),
  )
  const faults: string[] = []
  if (!onDuty.some((people) => people.includes(request.absent))) faults.push(`${request.absent} is not on duty then`)
  const both = onDuty.some((people) => people.includes(request.absent) && people.includes(request.cover))
  return both ? [...faults, `${request.cover} is on duty then already`] : faults
}

/** The stand-in must be fit for every group that this schedule answers or relieves, up to the last moment of the shift. */
function fitnessFaults({ rosters, staff }: Duty, schedule: Schedule, person: StaffMember, request: Interval): string[] {
  const lastMoment = new Date(request.endAt.getTime() - 1)
  const faults = [...rosters.sites.values()].flatMap((site) =>
    site.groups
      .filter((group) => [...group.schedules, ...group.relief].includes(schedule.id))
      .flatMap((group) => [
        ...personProblems(person, site, group),
        ...mayReceive(person, group.needs, { at: lastMoment, staff }).exclusions.map(
          (one) => `${person.id} ${one.reason}`,
        ),
      ]),
  )
  return [...new Set(faults)]
}

import type { Week } from '../calendar/calendar.ts'
import type { Interval, Span } from '../calendar/interval.ts'
import type { Rosters, Rotation, Schedule } from './rosters.ts'
import { turnAt, versionStarts } from './rotation.ts'
import type { Staff } from './staff.ts'
import { windowsIn } from './week-window.ts'

/** Cuts a span at every edge, so that nothing changes inside a piece. */
export function piecesBetween(edges: readonly number[], within: Span): Span[] {
  const inside = edges.filter((edge) => within.start < edge && edge < within.end)
  const points = [within.start, ...new Set(inside.sort((a, b) => a - b)), within.end]
  return points.slice(1).map((end, index) => ({ start: points[index] ?? within.start, end }))
}

/** Every instant in a span at which a schedule may put somebody else on duty. */
export function scheduleEdges(rosters: Rosters, schedule: Schedule, within: Span): number[] {
  const dated: readonly Interval[] = [
    ...schedule.datedShifts,
    ...rosters.overrides.filter((one) => one.schedule === schedule.id),
    ...rosters.temporary.filter((one) => one.schedule === schedule.id).flatMap((one) => [one, ...one.shifts]),
  ]
  return [
    ...schedule.rotations.flatMap((rotation) => rotationEdges(rotation, schedule.zone, within)),
    ...schedule.weeklyShifts.flatMap((shift) => weekEdges(schedule.zone, shift.week, within)),
    ...dated.flatMap((one) => [one.startAt.getTime(), one.endAt.getTime()]),
  ]
}

export function weekEdges(zone: string, week: Week, within: Span): number[] {
  return windowsIn(zone, week, within).flatMap((window) => [window.start, window.end])
}

function rotationEdges(rotation: Rotation, zone: string, within: Span): number[] {
  const edges = versionStarts(rotation, zone)
  const restricted = rotation.versions.flatMap((version) => (version.only ? weekEdges(zone, version.only, within) : []))
  const unrestricted = { ...rotation, versions: rotation.versions.map(({ only: _only, ...version }) => version) }
  let at = Math.max(within.start, edges[0] ?? within.end)
  while (at < within.end) {
    edges.push(at)
    at = turnAt(unrestricted, zone, at)?.end ?? within.end
  }
  return [...edges, ...restricted]
}

/** The instants at which a permit or a course of anybody lapses. */
export function lapses(staff: Staff): number[] {
  return [...staff.values()].flatMap((person) => [
    ...person.permits.map((permit) => permit.expiresAt.getTime()),
    ...person.training.flatMap((course) => course.validUntil?.getTime() ?? []),
  ])
}

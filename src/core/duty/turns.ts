import { toSpan } from '../calendar/interval.ts'
import { piecesBetween, scheduleEdges } from './duty-edges.ts'
import type { Duty } from './on-duty.ts'
import { resolveSchedule } from './resolve-schedule.ts'
import type { Rosters, Schedule } from './rosters.ts'

/** One person's stretch on one schedule, as the resolver has it: swaps and covers that were recorded are in it. */
export type Turn = {
  readonly schedule: string
  readonly person: string
  readonly startAt: Date
  readonly endAt: Date
}

const dayMs = 86_400_000
/** What is shown to choose from; later turns can be named all the same. */
const shownDays = 8
/** No turn is longer than this, so that far ahead only this much has to be looked at. */
const longestDays = 32
const furthestDays = 400

/** A turn that runs keeps its name: it is named by its end. */
export const turnId = ({ schedule, person, endAt }: Turn): string =>
  `${schedule} ${person} ${endAt.toISOString().replace(/:00\.000Z$/, 'Z')}`

/** What is left of the running turns of a site and those that come, the next one first. */
export function comingTurns({ rosters }: Pick<Duty, 'rosters'>, site: string, at: Date): readonly Turn[] {
  const ids = new Set(rosters.sites.get(site)?.groups.flatMap((group) => [...group.schedules, ...group.relief]))
  const until = new Date(at.getTime() + shownDays * dayMs)
  return [...ids]
    .flatMap((id) => turnsOf(rosters, rosters.schedules.get(id), at, until))
    .sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
}

/** The turn of this name that is not over yet. */
export function turnNamed({ rosters }: Pick<Duty, 'rosters'>, id: string, at: Date): Turn | undefined {
  const [schedule = '', person, written = ''] = id.trim().split(/\s+/)
  const endAt = new Date(written)
  const ahead = (endAt.getTime() - at.getTime()) / dayMs
  if (Number.isNaN(ahead) || ahead <= 0 || ahead > furthestDays) return undefined
  const from = new Date(Math.max(at.getTime(), endAt.getTime() - longestDays * dayMs))
  const until = new Date(endAt.getTime() + dayMs)
  return turnsOf(rosters, rosters.schedules.get(schedule), from, until).find(
    (turn) => turn.person === person && turn.endAt.getTime() === endAt.getTime(),
  )
}

function turnsOf(rosters: Rosters, schedule: Schedule | undefined, startAt: Date, endAt: Date): readonly Turn[] {
  if (schedule === undefined || startAt >= endAt) return []
  const within = toSpan({ startAt, endAt })
  const found: { readonly person: string; readonly until: number; readonly start: number; end: number }[] = []
  for (const { start, end } of piecesBetween(scheduleEdges(rosters, schedule, within), within))
    for (const { person, until } of resolveSchedule(rosters, schedule, new Date(start)).people) {
      const before = found.find((one) => one.person === person && one.end === start && one.until === until.getTime())
      if (before) before.end = end
      else found.push({ person, until: until.getTime(), start, end })
    }
  return found
    .filter(({ end, until }) => end < within.end || until <= within.end)
    .map(({ person, start, end }) => ({
      ...{ schedule: schedule.id, person },
      ...{ startAt: new Date(start), endAt: new Date(end) },
    }))
}

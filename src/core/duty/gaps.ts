import { type Interval, type Span, toInterval } from '../calendar/interval.ts'
import { dayMs } from '../calendar/wall-clock.ts'
import { lapses, piecesBetween, scheduleEdges, weekEdges } from './duty-edges.ts'
import { mayReceive } from './may-receive.ts'
import { type Duty, onDuty } from './on-duty.ts'
import { combined } from './recipients.ts'
import { type CoverageRule, type DutyGroup, findGroup, type Site } from './rosters.ts'
import { windowAt } from './week-window.ts'

/** Time in which fewer people are on duty than a coverage rule asks for. */
export type Gap = Interval & {
  readonly site: string
  readonly group: string
  readonly rule: string
  /** The fewest there are in this time. */
  readonly have: number
  readonly atLeast: number
}

/** Every group must have somebody, whatever else the coverage rules ask. */
const somebody = 'somebody'

/**
 * The gaps of all sites between two instants; ask from now on, because gaps that have passed help nobody. Permits and
 * courses that lapse in that time are counted from the instant they lapse.
 */
export function gaps(duty: Duty, { from, until }: { readonly from: Date; readonly until: Date }): readonly Gap[] {
  const within = { start: from.getTime(), end: until.getTime() }
  return [...duty.rosters.sites.values()].flatMap((site) =>
    rulesOf(site).flatMap((rule) => {
      const group = findGroup(site, rule.group)
      return group ? gapsOfRule(duty, site, group, rule, within) : []
    }),
  )
}

function rulesOf(site: Site): readonly CoverageRule[] {
  return [...site.groups.map(({ group }) => ({ id: somebody, group, atLeast: 1, needs: {} })), ...site.coverage]
}

function gapsOfRule(duty: Duty, site: Site, group: DutyGroup, rule: CoverageRule, within: Span): Gap[] {
  const found: Gap[] = []
  for (const piece of piecesBetween(edgesOf(duty, site, group, rule, within), within)) {
    const { startAt, endAt } = toInterval(piece)
    if (rule.hours && !windowAt(site.zone, rule.hours, piece.start)) continue
    const have = countFit(duty, site, group, rule, startAt)
    if (have >= rule.atLeast) continue
    const last = found.at(-1)
    if (last?.endAt.getTime() === piece.start)
      found[found.length - 1] = { ...last, endAt, have: Math.min(last.have, have) }
    else found.push({ site: site.id, group: group.group, rule: rule.id, startAt, endAt, have, atLeast: rule.atLeast })
  }
  return found
}

function edgesOf(duty: Duty, site: Site, group: DutyGroup, rule: CoverageRule, within: Span): number[] {
  const schedules = group.schedules.flatMap((id) => {
    const schedule = duty.rosters.schedules.get(id)
    return schedule ? scheduleEdges(duty.rosters, schedule, within) : []
  })
  return [...schedules, ...lapses(duty.staff), ...(rule.hours ? weekEdges(site.zone, rule.hours, within) : [])]
}

function countFit(duty: Duty, site: Site, group: DutyGroup, rule: CoverageRule, at: Date): number {
  const { people } = onDuty({ ...duty, site: site.id, level: group.group, at })
  const needs = combined(group.needs, { ...rule.needs, site: site.id })
  return people.filter(({ person }) => mayReceive(person, needs, { at, staff: duty.staff }).may).length
}

/** Why a gap is announced now: it has just appeared in the plan, it begins within a day, or it has begun. */
export type GapStage = 'found' | 'within-a-day' | 'open'
export type GapAlert = Gap & { readonly stage: GapStage }

/**
 * The gaps to announce now: once when they appear, again 24 hours ahead, again when they begin; never one that has
 * passed. `told` holds the alerts sent so far: a gap that grew or shrank since is still the same one.
 */
export function gapAlerts(found: readonly Gap[], told: readonly GapAlert[], now: Date): readonly GapAlert[] {
  return found
    .filter((gap) => gap.endAt > now)
    .map((gap) => ({ ...gap, stage: stageOf(gap, now) }))
    .filter((alert) => !told.some((one) => one.stage === alert.stage && isSameGap(one, alert)))
}

function stageOf(gap: Gap, now: Date): GapStage {
  if (gap.startAt <= now) return 'open'
  return gap.startAt.getTime() - now.getTime() <= dayMs ? 'within-a-day' : 'found'
}

function isSameGap(a: Gap, b: Gap): boolean {
  const sameRule = a.site === b.site && a.group === b.group && a.rule === b.rule
  return sameRule && a.startAt <= b.endAt && b.startAt <= a.endAt
}

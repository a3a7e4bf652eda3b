import type { Duty } from './on-duty.ts'
import { resolveSchedule } from './resolve-schedule.ts'

/** An open case in a digest: enough to decide what to look at first; the case itself stays behind the desk. */
export type HandOverItem = { readonly caseId: string; readonly owner: string; readonly headline: string }

/** The open work of a person whose shift has ended, offered to those who follow. Until accepted it is still theirs. */
export type HandOver = {
  readonly id: string
  readonly schedule: string
  readonly from: string
  readonly to: readonly string[]
  readonly offeredAt: Date
  readonly items: readonly HandOverItem[]
  readonly acceptedBy?: string
  readonly acceptedAt?: Date
}

/**
 * The digests due when shifts of a schedule end at an instant: one for every person who was on duty just before and no
 * longer is. Nobody following means no hand-over, because there is nobody to accept it: that is a gap.
 */
export function offerHandOvers(
  { rosters }: Duty,
  {
    schedule: id,
    at,
    items,
  }: { readonly schedule: string; readonly at: Date; readonly items: readonly HandOverItem[] },
): readonly HandOver[] {
  const schedule = rosters.schedules.get(id)
  if (!schedule) return []
  const before = resolveSchedule(rosters, schedule, new Date(at.getTime() - 1)).people.map(({ person }) => person)
  const to = resolveSchedule(rosters, schedule, at).people.map(({ person }) => person)
  if (to.length === 0) return []
  return before
    .filter((person) => !to.includes(person))
    .map((from) => ({
      id: `${id}:${at.toISOString()}:${from}`,
      schedule: id,
      from,
      to,
      offeredAt: at,
      items: items.filter((item) => item.owner === from),
    }))
}

/** Accepts a digest; only somebody it was offered to may, and the first acceptance stands. Undefined when refused. */
export function acceptHandOver(
  handOver: HandOver,
  { by, at }: { readonly by: string; readonly at: Date },
): HandOver | undefined {
  if (handOver.acceptedBy !== undefined) return handOver.acceptedBy === by ? handOver : undefined
  return handOver.to.includes(by) ? { ...handOver, acceptedBy: by, acceptedAt: at } : undefined
}

/** Who answers for the cases in the digest now. */
export function responsibleFor(handOver: HandOver): string {
  return handOver.acceptedBy ?? handOver.from
}

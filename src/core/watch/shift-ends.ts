import type { Signal } from '../case/signals.ts'
import type { CaseState } from '../case/state.ts'
import { scheduleEdges } from '../duty/duty-edges.ts'
import { type HandOver, type HandOverItem, offerHandOvers } from '../duty/hand-over.ts'
import type { Duty } from '../duty/on-duty.ts'
import { resolveSchedule } from '../duty/resolve-schedule.ts'
import type { Schedule } from '../duty/rosters.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

export type ShiftDeps = {
  readonly duty: () => Duty
  readonly clock: Clock
  readonly notify: Notify
  readonly said: { has(id: string): Promise<boolean>; mark(id: string, at: Date): Promise<void> }
  /** What this person has open. */
  readonly openWorkOf: (person: string, limit: number) => Promise<readonly HandOverItem[]>
  readonly apply: (caseId: string, signal: Signal) => Promise<{ readonly after: CaseState }>
  /** Whoever comes on duty gets a message that shows that their first method works. */
  readonly testPage: boolean
  /** When this house began to look: whoever came on duty before gets no test message in hindsight. */
  readonly since: Date
  readonly time: (at: Date, zone: string) => string
}

/** Edges found so late still count: the house may have been off. */
const lookBackMs = 2 * 3_600_000
/** More open work than anybody has; a query needs a limit. */
const mostItems = 1_000
/** Named in a digest, so that it fits into one text message whatever the method is. */
const mostNamed = 20

/** At each change of shift: open work is offered to those who follow, with a digest, and their first method is tried. */
export async function changeShifts(deps: ShiftDeps): Promise<number> {
  const now = deps.clock.now()
  const within = { start: now.getTime() - lookBackMs, end: now.getTime() + 1 }
  let changes = 0
  for (const schedule of deps.duty().rosters.schedules.values()) {
    const edges = scheduleEdges(deps.duty().rosters, schedule, within)
    for (const edge of [...new Set(edges)].sort((a, b) => a - b)) {
      if (edge < within.start || edge > now.getTime()) continue
      const id = `shift:${schedule.id}:${new Date(edge).toISOString()}`
      if (await deps.said.has(id)) continue
      await changeShift(schedule, new Date(edge), deps)
      await deps.said.mark(id, now)
      changes += 1
    }
  }
  return changes
}

async function changeShift(schedule: Schedule, at: Date, deps: ShiftDeps): Promise<void> {
  const { rosters, staff } = deps.duty()
  const before = resolveSchedule(rosters, schedule, new Date(at.getTime() - 1)).people.map(({ person }) => person)
  const after = resolveSchedule(rosters, schedule, at).people
  const items = (await Promise.all(before.map((person) => deps.openWorkOf(person, mostItems)))).flat()
  for (const handOver of offerHandOvers(deps.duty(), { schedule: schedule.id, at, items }))
    if (handOver.items.length > 0) await offer(handOver, deps)
  if (!deps.testPage || at < deps.since) return
  for (const { person, until } of after.filter((one) => !before.includes(one.person))) {
    const member = staff.get(person)
    const facts = { schedule: schedule.name, until: deps.time(until, schedule.zone) }
    const id = `on-duty:${schedule.id}:${at.toISOString()}:${person}`
    if (member) await deps.notify({ id, occasion: 'shift-start', facts, people: [member] })
  }
}

/** Until it is accepted the work stays with whoever had it; nothing changes hands by the clock alone. */
async function offer({ id, from, to, items, offeredAt }: HandOver, deps: ShiftDeps): Promise<void> {
  const { staff } = deps.duty()
  const [giver, taker] = [staff.get(from), to.map((person) => staff.get(person)).find((one) => one !== undefined)]
  if (giver === undefined || taker === undefined) return
  const offered: HandOverItem[] = []
  for (const item of items) {
    const { after } = await deps.apply(item.caseId, {
      ...{ type: 'offer-hand-over', id: `${id}:${item.caseId}`, at: deps.clock.now() },
      ...{ by: actor(giver), to: actor(taker), note: `end of shift ${offeredAt.toISOString()}` },
    })
    // A case that the next person must keep out of is not offered to them, nor named.
    if (after.status === 'owned' && after.offeredTo?.id === taker.id) offered.push(item)
  }
  if (offered.length === 0) return
  const named = offered.slice(0, mostNamed).map(({ caseId, headline }) => `${caseId} ${headline}`)
  const list = [...named, ...(offered.length > mostNamed ? [`+ ${offered.length - mostNamed}`] : [])].join('\n')
  const facts = { name: giver.name, count: String(offered.length), list }
  await deps.notify({ id: `digest:${id}`, occasion: 'shift-digest', facts, people: [taker] })
}

const actor = ({ id, name }: StaffMember) => ({ id, name })

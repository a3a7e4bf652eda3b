import type { Closure } from '../calendar/closures.ts'
import type { Duty } from '../duty/on-duty.ts'
import type { Override } from '../duty/rosters.ts'
import type { Address } from '../message.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

export type RotaNewsDeps = {
  readonly duty: () => Duty
  /** What people recorded: not what the configuration says. */
  readonly recorded: () => { readonly overrides: readonly Override[]; readonly closures: readonly Closure[] }
  readonly clock: Clock
  readonly notify: Notify
  readonly placesOf: (site: string) => readonly Address[]
  readonly time: (at: Date, zone: string) => string
  /** What this process knows to have been said, so that nothing is asked of the store twice. */
  readonly known: Set<string>
}

/** Ended so long ago, a closure is no news: the house may have been off. */
const newsForMs = 2 * 3_600_000

/**
 * Whoever a cover, a swap or a take-over concerns is told, and each site hears when its offices close and open; from whichever
 * desk or process it was recorded. Whoever recorded it knows.
 */
export async function announceRota(deps: RotaNewsDeps): Promise<void> {
  const { overrides, closures } = deps.recorded()
  const now = deps.clock.now()
  for (const change of overrides)
    if (change.endAt > now) await once(`rota:${change.id}`, deps, (id) => tellChange(id, change, deps))
  for (const closure of closures) {
    const { id, endAt } = closure
    if (endAt === undefined) await once(`closed:${id}`, deps, (key) => tellClosure(key, closure, deps))
    else if (endAt.getTime() + newsForMs > now.getTime())
      await once(`opened:${id}`, deps, (key) => tellClosure(key, closure, deps))
  }
}

async function once(id: string, { known }: RotaNewsDeps, tell: (id: string) => Promise<unknown>): Promise<void> {
  if (known.has(id)) return
  await tell(id)
  known.add(id)
}

async function tellChange(id: string, change: Override, { duty, notify, time }: RotaNewsDeps): Promise<void> {
  const { rosters, staff } = duty()
  const schedule = rosters.schedules.get(change.schedule)
  if (schedule === undefined || change.kind !== 'replace') return
  const nameOf = (person: string) => staff.get(person)?.name ?? person
  const facts = {
    ...{ schedule: schedule.name, from: time(change.startAt, schedule.zone), until: time(change.endAt, schedule.zone) },
    ...{
      name: nameOf(change.add),
      person: nameOf(change.remove),
      giver: nameOf(change.by),
      reason: change.reason ?? '',
    },
  }
  const people = [change.add, change.remove]
    .filter((person) => person !== change.by)
    .flatMap((one) => staff.get(one) ?? [])
  await notify({ id, occasion: 'shift-changed', facts, people })
}

async function tellClosure(id: string, closure: Closure, deps: RotaNewsDeps): Promise<void> {
  const { rosters, staff } = deps.duty()
  const { reason, contract, startAt, endAt, raisedBy, loweredBy } = closure
  const sites = [...rosters.sites.values()].filter((site) => contract === undefined || site.id === contract)
  const by = endAt === undefined ? raisedBy : (loweredBy ?? raisedBy)
  for (const site of sites) {
    const facts = {
      ...{ site: site.name, reason: reason.replace(/_/g, ' '), name: staff.get(by)?.name ?? by },
      from: deps.time(endAt ?? startAt, site.zone),
    }
    const occasion = endAt === undefined ? 'offices-closed' : 'offices-opened'
    await deps.notify({ id: `${id}:${site.id}`, occasion, facts, people: [], places: deps.placesOf(site.id) })
  }
}

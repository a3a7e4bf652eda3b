import type { ClosureReason } from './core/calendar/calendar.ts'
import type { Closure } from './core/calendar/closures.ts'
import type { KnownClosure, RotaDesk } from './core/desk/rota-desk.ts'
import type { LiveDuty } from './core/duty/live-duty.ts'
import type { ShiftDesk } from './core/duty/record-changes.ts'
import { comingTurns, type Turn, turnId, turnNamed } from './core/duty/turns.ts'

type Site = { readonly id: string; readonly name: string; readonly zone: string }
type Parts = {
  readonly live: LiveDuty
  readonly shifts: ShiftDesk
  readonly sites: readonly Site[]
  readonly time: (at: Date, site: string) => string
}

type Announced = { readonly reason: ClosureReason; readonly contract?: string; readonly startAt: Date }

/** The name of a closure; the same announcement recorded twice is one, unless the offices were opened in between. */
export function closureId({ reason, contract, startAt }: Announced, recorded: readonly Closure[]): string {
  const name = [reason, contract ?? 'all', startAt.toISOString()].join('@')
  const same = recorded.filter(({ id }) => id === name || id.startsWith(`${name}@`))
  const open = same.find(({ endAt }) => endAt === undefined)
  return open?.id ?? (same.length === 0 ? name : `${name}@${same.length + 1}`)
}

/** Shifts and closures as the desk arranges them, over the rosters in force. */
export function rotaOf(parts: Parts): RotaDesk {
  const { live, shifts } = parts
  const describe = describing(parts)
  return {
    fresh: () => live.fresh(0),
    coming: (of, at) => {
      const turns = new Map(of.flatMap((site) => comingTurns(live.duty(), site, at)).map((one) => [turnId(one), one]))
      return [...turns]
        .toSorted(([, a], [, b]) => a.startAt.getTime() - b.startAt.getTime())
        .map(([id, turn]) => ({ id, label: describe.turn(turn) }))
    },
    turn: (id, at) => {
      const turn = turnNamed(live.duty(), id, at)
      return turn && { ...turn, label: describe.turn(turn), sites: describe.sitesOf(turn.schedule) }
    },
    isRecorded: (command) => live.overrides().some(({ id }) => id === command || id === `${command}:1`),
    cover: shifts.cover,
    swap: shifts.swap,
    closures: () => inForce(live).map(describe.closure),
    isOver: (closure) => live.closures().some(({ id, endAt }) => id === closure && endAt !== undefined),
    close: async ({ reason, contract, startAt, by }) => {
      await live.fresh(0)
      const same = inForce(live).find((one) => one.reason === reason && one.contract === contract)
      if (same) return { ok: false, ...describe.closure(same) }
      const announced = { reason, startAt, ...(contract !== undefined && { contract }) }
      const closure = { id: closureId(announced, live.closures()), ...announced }
      await shifts.raiseClosure({ ...closure, by })
      return { ok: true, ...describe.closure({ ...closure, raisedBy: by }) }
    },
    open: shifts.lowerClosure,
  }
}

const inForce = (live: LiveDuty): readonly Closure[] => live.closures().filter(({ endAt }) => endAt === undefined)

/** What the desk shows of a shift and of a closure. */
function describing({ live, sites, time }: Parts) {
  const sitesOf = (schedule: string) =>
    [...live.duty().rosters.sites.values()]
      .filter(({ groups }) => groups.some((group) => [...group.schedules, ...group.relief].includes(schedule)))
      .map(({ id }) => id)
  return {
    sitesOf,
    turn: ({ schedule, person, startAt, endAt }: Turn): string => {
      const { rosters, staff } = live.duty()
      const [site = ''] = sitesOf(schedule)
      const name = staff.get(person)?.name ?? person
      const post = rosters.schedules.get(schedule)?.name ?? schedule
      return `${name}, ${post}, ${time(startAt, site)} - ${time(endAt, site)}`
    },
    closure: ({ id, reason, contract, startAt }: Closure): KnownClosure => {
      const site = sites.find((one) => one.id === contract)
      const label = `${reason.replace(/_/g, ' ')}, ${site?.name ?? 'every contract'}, since ${time(startAt, site?.id ?? '')}`
      return { id, startAt, label, ...(contract !== undefined && { contract }) }
    },
  }
}

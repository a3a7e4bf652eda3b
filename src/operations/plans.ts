import { type ClosureReason, closureReasons } from '../core/calendar/calendar.ts'
import { type CommandOutput, readInstant, runDue } from '../core/calendar/run-due.ts'
import { keepDuty } from '../core/duty/live-duty.ts'
import { shiftDesk } from '../core/duty/record-changes.ts'
import { runDuty } from '../core/duty/run-duty.ts'
import { configured, withStores } from './configured.ts'
import { Refusal } from './refusal.ts'

export type DutyOptions = { readonly site: string; readonly at?: string; readonly json?: boolean }
export type DueOptions = {
  readonly calendar: string
  readonly from: string
  readonly in: string
  readonly pause?: readonly string[]
  readonly json?: boolean
}
export type CloseOptions = {
  readonly reason: string
  readonly by: string
  readonly site?: string
  readonly at?: string
}
export type OpenOptions = { readonly by: string; readonly at?: string }

/** `gatehouse duty`: the resolver that pages, asked by a person; with every swap and cover that was recorded. */
export async function showDuty({ site, at = new Date().toISOString(), json }: DutyOptions): Promise<void> {
  const duty = await withStores(async (stores, _database, config) => {
    const live = keepDuty(config.duty, stores.dutyChanges, () => new Date())
    await live.fresh(0)
    return live.duty()
  })
  show(runDuty(duty, { site, at }), json)
}

/** `gatehouse due`: both deadlines and why. */
export async function showDue({ pause, json, ...args }: DueOptions): Promise<void> {
  show(runDue(configured().calendars, { ...args, ...(pause && { pauses: pause }) }), json)
}

/** `gatehouse close-offices`: the business clocks of one contract, or of all, stand still from then on. */
export async function closeOffices({ reason, by, site, at }: CloseOptions): Promise<void> {
  const known = closureReasons.find((one) => one === reason)
  if (known === undefined) throw new Refusal(`write one of ${closureReasons.join(', ')}`)
  await onShifts(by, async (desk, { sites, zone }) => {
    if (site !== undefined && !sites.includes(site))
      throw new Refusal(`there is no site "${site}": choose one of ${sites.join(', ')}`)
    const startAt = at === undefined ? new Date() : readInstant(at, zone)
    const id = idOf(known, site, startAt)
    await desk.raiseClosure({ id, reason: known, startAt, by, ...(site !== undefined && { contract: site }) })
    console.log(id)
  })
}

const idOf = (reason: ClosureReason, site: string | undefined, startAt: Date): string =>
  [reason, site ?? 'all', startAt.toISOString()].join('@')

/** `gatehouse open-offices`: the clocks run again. */
export async function openOffices(id: string, { by, at }: OpenOptions): Promise<void> {
  await onShifts(by, async (desk, { zone }) => {
    const endAt = at === undefined ? new Date() : readInstant(at, zone)
    if (!(await desk.lowerClosure({ id, endAt, by }))) throw new Refusal(`no closure ${id} is open`)
    console.log(`${id} ended ${endAt.toISOString()}`)
  })
}

type Context = { readonly sites: readonly string[]; readonly zone: string }

async function onShifts(by: string, work: (desk: ReturnType<typeof shiftDesk>, context: Context) => Promise<void>) {
  await withStores(async ({ dutyChanges }, _database, { duty }) => {
    if (!duty.staff.has(by)) throw new Refusal(`"${by}" is not on the staff list`)
    const desk = shiftDesk(
      keepDuty(duty, dutyChanges, () => new Date()),
      dutyChanges,
    )
    const sites = [...duty.rosters.sites.values()]
    await work(desk, { sites: sites.map(({ id }) => id), zone: sites[0]?.zone ?? 'UTC' })
  })
}

function show<T>(output: CommandOutput<T>, json = false): void {
  if (!output.ok) throw new Refusal(output.message)
  console.log(json ? JSON.stringify(output.json) : output.text)
}

import { randomUUID } from 'node:crypto'
import { closureReasons } from '../core/calendar/calendar.ts'
import { type CommandOutput, readInstant, runDue } from '../core/calendar/run-due.ts'
import { keepDuty, type LiveDuty } from '../core/duty/live-duty.ts'
import { type Recorded, type ShiftDesk, shiftDesk } from '../core/duty/record-changes.ts'
import { runDuty } from '../core/duty/run-duty.ts'
import { comingTurns, type Turn, turnId, turnNamed } from '../core/duty/turns.ts'
import { closureId } from '../rota.ts'
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
export type ArrangeOptions = { readonly by: string; readonly person?: string; readonly reason?: string }
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

/** `gatehouse shifts`: the shifts to come at a site, with the names by which cover and swap know them. */
export async function showShifts({ site }: { readonly site: string }): Promise<void> {
  await withLive(async ({ live }) => {
    if (!live.duty().rosters.sites.has(site)) throw new Refusal(`there is no site "${site}"`)
    for (const turn of comingTurns(live.duty(), site, new Date()))
      console.log(`${turn.startAt.toISOString()}  ${turnId(turn)}`)
  })
}

/** `gatehouse cover`: somebody stands in for a shift to come, or for what is left of one. */
export async function coverShift(shift: string, { by, person = by, reason = '' }: ArrangeOptions): Promise<void> {
  await withLive(async ({ live, desk, at }) => {
    const { schedule, person: absent, startAt, endAt } = namedTurn(live, shift, at)
    const record = { id: `cli:${randomUUID()}`, by: knownPerson(live, by), reason }
    said(await desk.cover({ ...record, schedule, absent, cover: person, startAt, endAt }))
  })
}

/** `gatehouse swap`: two people exchange a shift each. */
export async function swapShifts(shift: string, otherShift: string, options: ArrangeOptions): Promise<void> {
  const { by, reason = '' } = options
  await withLive(async ({ live, desk, at }) => {
    const [one, other] = [namedTurn(live, shift, at), namedTurn(live, otherShift, at)]
    if (one.schedule !== other.schedule) throw new Refusal('a swap stays within one schedule: record two covers')
    const record = { id: `cli:${randomUUID()}`, by: knownPerson(live, by), reason }
    said(await desk.swap({ ...record, schedule: one.schedule, one, other }))
  })
}

function namedTurn(live: LiveDuty, name: string, at: Date): Turn {
  const found = turnNamed(live.duty(), name, at)
  if (found === undefined) throw new Refusal(`there is no shift "${name}" to come: see gatehouse shifts`)
  return found
}

function knownPerson(live: LiveDuty, id: string): string {
  if (!live.duty().staff.has(id)) throw new Refusal(`"${id}" is not on the staff list`)
  return id
}

function said(recorded: Recorded): void {
  if (!recorded.ok) throw new Refusal(recorded.faults.join('; '))
  for (const { schedule, startAt, endAt, ...change } of recorded.overrides)
    console.log(`${schedule} ${startAt.toISOString()} - ${endAt.toISOString()}: ${'add' in change ? change.add : ''}`)
}

type Arranging = { readonly live: LiveDuty; readonly desk: ShiftDesk; readonly at: Date }

async function withLive(work: (arranging: Arranging) => Promise<void>): Promise<void> {
  await withStores(async ({ dutyChanges }, _database, { duty }) => {
    const live = keepDuty(duty, dutyChanges, () => new Date())
    await live.fresh(0)
    await work({ live, desk: shiftDesk(live, dutyChanges), at: new Date() })
  })
}

/** `gatehouse due`: both deadlines and why. */
export async function showDue({ pause, json, ...args }: DueOptions): Promise<void> {
  show(runDue(configured().calendars, { ...args, ...(pause && { pauses: pause }) }), json)
}

/** `gatehouse close-offices`: the business clocks of one contract, or of all, stand still from then on. */
export async function closeOffices({ reason, by, site, at }: CloseOptions): Promise<void> {
  const known = closureReasons.find((one) => one === reason)
  if (known === undefined) throw new Refusal(`write one of ${closureReasons.join(', ')}`)
  await onShifts(by, async (desk, { sites, zone, live }) => {
    if (site !== undefined && !sites.includes(site))
      throw new Refusal(`there is no site "${site}": choose one of ${sites.join(', ')}`)
    const startAt = at === undefined ? new Date() : readInstant(at, zone)
    const announced = { reason: known, startAt, ...(site !== undefined && { contract: site }) }
    await live.fresh(0)
    const id = closureId(announced, live.closures())
    await desk.raiseClosure({ id, by, ...announced })
    console.log(id)
  })
}

/** `gatehouse open-offices`: the clocks run again. */
export async function openOffices(id: string, { by, at }: OpenOptions): Promise<void> {
  await onShifts(by, async (desk, { zone }) => {
    const endAt = at === undefined ? new Date() : readInstant(at, zone)
    if (!(await desk.lowerClosure({ id, endAt, by }))) throw new Refusal(`no closure ${id} is open`)
    console.log(`${id} ended ${endAt.toISOString()}`)
  })
}

type Context = { readonly sites: readonly string[]; readonly zone: string; readonly live: LiveDuty }

async function onShifts(by: string, work: (desk: ReturnType<typeof shiftDesk>, context: Context) => Promise<void>) {
  await withStores(async ({ dutyChanges }, _database, { duty }) => {
    if (!duty.staff.has(by)) throw new Refusal(`"${by}" is not on the staff list`)
    const live = keepDuty(duty, dutyChanges, () => new Date())
    const sites = [...duty.rosters.sites.values()]
    const context = { sites: sites.map(({ id }) => id), zone: sites[0]?.zone ?? 'UTC', live }
    await work(shiftDesk(live, dutyChanges), context)
  })
}

function show<T>(output: CommandOutput<T>, json = false): void {
  if (!output.ok) throw new Refusal(output.message)
  console.log(json ? JSON.stringify(output.json) : output.text)
}

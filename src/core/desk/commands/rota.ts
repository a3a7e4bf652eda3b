import { type ClosureReason, closureReasons } from '../../calendar/calendar.ts'
import { holds } from '../../duty/directory.ts'
import type { StaffMember } from '../../duty/staff.ts'
import { command, type DeskCommand, everybody, handlers, leaders, words } from '../command.ts'
import type { DeskDeps } from '../desk-deps.ts'
import type { FormField } from '../forms.ts'
import { type CommandRequest, type Performed, refuse } from '../performed.ts'
import { siteField, sitesOf } from './looking.ts'

const everywhere = '*'
const mostShown = 40

const turn = (name: string, label: string): FormField => ({
  ...{ kind: 'choice', name, label, required: true, options: [], from: 'turns' },
  hint: 'As "shifts" shows it: schedule, person, and when it ends.',
})
const why = words('reason', 'Reason', { lines: 'one', maxLength: 200 })

const reasonNames: Readonly<Record<ClosureReason, string>> = {
  typhoon_signal_8: 'Typhoon signal 8 or above',
  black_rainstorm: 'Black rainstorm warning',
  extreme_conditions: 'Extreme conditions',
  other: 'Another reason',
}

const when: FormField = {
  ...{ kind: 'time', name: 'at', label: 'Announced for', required: false },
  hint: 'Now if left out; else like 2026-07-20 12:20.',
}

/** Leaders arrange for others; an officer may take somebody's turn on themselves. */
function mayArrange(by: StaffMember, sites: readonly string[], comes: readonly string[]): boolean {
  const leads = sites.length > 0 && sites.every((site) => holds(by, site, leaders))
  return leads || comes.every((person) => person === by.id)
}

const notAllowed = refuse(
  'not-allowed',
  'You may take a shift on yourself; arranging for others needs one of these roles at the site: supervisor, manager, administrator.',
)

async function cover(request: CommandRequest, args: Readonly<Record<string, string>>, desk: DeskDeps) {
  const { id, by, at } = request
  const { turn: named = '', person = '', reason = '' } = args
  await desk.rota.fresh()
  if (desk.rota.isRecorded(id)) return recordedBefore
  const found = desk.rota.turn(named, at)
  if (found === undefined) return refuse('bad-arguments', 'turn: there is no such shift to come', 'turn')
  const comes = person === '' ? by.id : person
  if (!mayArrange(by, found.sites, [comes])) return notAllowed
  const { schedule, person: absent, startAt, endAt } = found
  const change = { id, by: by.id, reason, schedule, absent, cover: comes, startAt, endAt }
  const done = await desk.rota.cover(change)
  return done.ok
    ? answered(`${nameOf(comes, desk)} stands in for ${nameOf(absent, desk)}: ${found.label}.`)
    : refuse('bad-arguments', `person: ${done.faults.join('; ')}`, 'person')
}

async function swap(request: CommandRequest, args: Readonly<Record<string, string>>, desk: DeskDeps) {
  const { id, by, at } = request
  await desk.rota.fresh()
  if (desk.rota.isRecorded(id)) return recordedBefore
  const [one, other] = [desk.rota.turn(args.one ?? '', at), desk.rota.turn(args.other ?? '', at)]
  if (one === undefined) return refuse('bad-arguments', 'one: there is no such shift to come', 'one')
  if (other === undefined) return refuse('bad-arguments', 'other: there is no such shift to come', 'other')
  if (one.schedule !== other.schedule)
    return refuse('bad-arguments', 'other: must be a shift of the same schedule; else record two covers', 'other')
  if (!one.sites.every((site) => holds(by, site, leaders))) return notAllowed
  const done = await desk.rota.swap({ id, by: by.id, reason: args.reason ?? '', schedule: one.schedule, one, other })
  return done.ok
    ? answered(
        `Swapped: ${nameOf(other.person, desk)} for ${one.label}, ${nameOf(one.person, desk)} for ${other.label}.`,
      )
    : refuse('bad-arguments', `other: ${done.faults.join('; ')}`, 'other')
}

const answered = (answer: string): Performed => ({ outcome: 'answered', answer })
const recordedBefore = answered('That is recorded: pages go by it.')
const nameOf = (id: string, { directory }: DeskDeps): string => directory.byId(id)?.name ?? id

/** A bare clock time means the next one, so what was announced an hour ago would be taken for tomorrow. */
const furthestAheadMs = 12 * 3_600_000

function announcedAt(written: string | undefined, now: Date): Date | undefined {
  const at = written === undefined || written === '' ? now : new Date(written)
  return at.getTime() - now.getTime() > furthestAheadMs ? undefined : at
}

const tooFar = refuse('bad-arguments', 'at: must lie at most 12 hours ahead; write the day as well', 'at')

async function close({ by, at }: CommandRequest, args: Readonly<Record<string, string>>, { rota, sites }: DeskDeps) {
  const { site = '' } = args
  // A closure of a contract that does not exist stops no clock.
  if (site !== '' && sites.every(({ id }) => id !== site))
    return refuse('bad-arguments', `site: must be one of ${sites.map(({ id }) => id).join(', ')}`, 'site')
  const reason = closureReasons.find((one) => one === args.reason) ?? 'other'
  if (!holds(by, site === '' ? everywhere : site, leaders))
    return refuse('not-allowed', 'Needs a leading role there: name your own site.')
  const startAt = announcedAt(args.at, at)
  if (startAt === undefined) return tooFar
  const done = await rota.close({ reason, startAt, by: by.id, ...(site !== '' && { contract: site }) })
  return done.ok
    ? answered(`The business clocks stand still: ${done.label}. Open again with: open-offices ${done.id}`)
    : refuse('bad-arguments', `reason: ${done.label} is in force already`, 'reason')
}

async function open({ by, at }: CommandRequest, { closure = '', at: written }: Record<string, string>, desk: DeskDeps) {
  await desk.rota.fresh()
  const found = desk.rota.closures().find(({ id }) => id === closure)
  if (found === undefined && desk.rota.isOver(closure)) return answered('The business clocks run again already.')
  if (found === undefined) return refuse('bad-arguments', 'closure: no such closure is open', 'closure')
  if (!holds(by, found.contract ?? everywhere, leaders))
    return refuse('not-allowed', 'Needs a leading role where it was closed.')
  const endAt = announcedAt(written, at)
  if (endAt === undefined) return tooFar
  if (endAt < found.startAt) return refuse('bad-arguments', 'at: must not lie before the closure', 'at')
  return (await desk.rota.open({ id: closure, endAt, by: by.id }))
    ? answered(`The business clocks run again: ${found.label}.`)
    : refuse('bad-arguments', 'closure: no such closure is open', 'closure')
}

export const rotaCommands: readonly DeskCommand[] = [
  command({
    name: 'shifts',
    label: 'Coming shifts',
    help: 'The shifts of your sites in the next days, with the names by which cover and swap know them.',
    roles: everybody,
    about: 'desk',
    place: 'typed',
    fields: [siteField(false)],
    run: async ({ by, at }, { site = '' }, desk) => {
      const sites = sitesOf(by, desk, site)
      if (sites.length === 0) return refuse('not-allowed', 'You hold no role at such a site.')
      await desk.rota.fresh()
      const items = desk.rota.coming(sites, at).slice(0, mostShown)
      const list = {
        title: 'Coming shifts',
        items: items.map(({ id, label }) => ({ title: label, detail: id })),
        empty: 'None.',
      }
      const answer = items.map(({ id, label }) => `${label}: ${id}`).join('\n')
      return { outcome: 'answered', answer: answer === '' ? list.empty : answer, shown: { list } }
    },
  }),
  command({
    name: 'cover',
    label: 'Cover a shift',
    help: 'Somebody stands in for a shift, or for what is left of it. Officers may only stand in themselves.',
    roles: handlers,
    about: 'desk',
    place: 'typed',
    fields: [
      turn('turn', 'Which shift'),
      {
        kind: 'choice',
        name: 'person',
        label: 'Who stands in',
        required: false,
        options: [],
        from: 'people',
        hint: 'You, if left out.',
      },
      why,
    ],
    form: { title: 'Cover a shift', submit: 'Record', intro: 'Pages go to the stand-in from then on.' },
    run: cover,
  }),
  command({
    name: 'swap',
    label: 'Swap two shifts',
    help: 'Two people exchange a shift each, on one schedule.',
    roles: leaders,
    about: 'desk',
    place: 'typed',
    fields: [turn('one', 'One shift'), turn('other', 'The other shift'), why],
    form: { title: 'Swap two shifts', submit: 'Swap', intro: 'Both must know of it. Pages go by it from then on.' },
    run: swap,
  }),
  command({
    name: 'close-offices',
    label: 'Close offices',
    help: 'Typhoon signal 8, black rainstorm or extreme conditions: business clocks stand still until the offices open again.',
    roles: leaders,
    about: 'desk',
    place: 'typed',
    fields: [
      {
        ...{ kind: 'choice', name: 'reason', label: 'Why', required: true },
        options: closureReasons.map((id) => ({ id, label: reasonNames[id] })),
      },
      { ...siteField(false), label: 'Site (every contract if left out)' },
      when,
    ],
    form: { title: 'Close offices', submit: 'Close', intro: 'Serious matters (severity 1 and 2) run on all the same.' },
    run: close,
  }),
  command({
    name: 'open-offices',
    label: 'Open offices',
    help: 'The offices open again: business clocks run on with what was left.',
    roles: leaders,
    about: 'desk',
    place: 'typed',
    fields: [
      { kind: 'choice', name: 'closure', label: 'Which closure', required: true, options: [], from: 'closures' },
      when,
    ],
    form: { title: 'Open offices', submit: 'Open' },
    run: open,
  }),
]

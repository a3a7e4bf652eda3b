import { idsIn, namedFor, sizeWords } from '../attachments/outgoing.ts'
import { decide } from '../case/decide.ts'
import { evolve } from '../case/evolve.ts'
import type { CaseFile, CaseState } from '../case/state.ts'
import { noCase } from '../case/state.ts'
import type { DeskReads, FormAnswer, FormAsk, PreviewAnswer } from '../channel.ts'
import { addressesOf, holds } from '../duty/directory.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { FileRef, Option } from '../message.ts'
import type { Clock } from '../ports.ts'
import { type Args, handlers, type Step } from './command.ts'
import { searched, sitesOf } from './commands/looking.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { FormField } from './forms.ts'
import { dueSoon, mine, team } from './lists.ts'
import { saysNothingNew } from './nothing-new.ts'
import type { CommandRequest } from './performed.ts'
import { isRefused, mayGive, prepare, type Ready, stepsOf } from './prepare.ts'

const homeLimit = 10
const mostOptions = 100
const stranger = 'You are not in the staff list. Ask an administrator to add you.'

/** What a desk asks while a person waits: forms, previews and home pages, each only for what that person may see. */
export function createDeskReads(desk: DeskDeps, clock: Clock): DeskReads {
  const memberAt = (ask: Pick<FormAsk, 'user'>) => desk.directory.byAddress(ask.user)
  return {
    form: async (ask) => {
      const by = memberAt(ask)
      return by === undefined ? { ok: false, why: stranger, isStranger: true } : formFor(ask, by, desk, clock.now())
    },
    preview: async (ask) => {
      const by = memberAt(ask)
      if (by === undefined) return { ok: false, why: stranger }
      const { command, caseId, args, user, files = [] } = ask
      const enclosed = files.length === 0 ? {} : { files: namedFor('preview', files) }
      return trial({ id: 'preview', at: clock.now(), by, command, caseId, args, desk: user.channel, ...enclosed }, desk)
    },
    find: async (user, q) => {
      const by = desk.directory.byAddress(user)
      return by === undefined ? undefined : searched(by, q, clock.now(), desk)
    },
    card: async (user, caseId) => {
      const by = desk.directory.byAddress(user)
      if (by === undefined) return undefined
      const permitted = await mayGive({ by, command: 'show', caseId }, desk)
      return isRefused(permitted) ? undefined : desk.cardFor(caseId, permitted.state)
    },
    home: async (user) => {
      const by = desk.directory.byAddress(user)
      if (by === undefined) return []
      const sites = sitesOf(by, desk)
      return Promise.all([
        mine(by, desk, homeLimit),
        dueSoon(by, { sites, at: clock.now() }, desk, homeLimit),
        team(by, sites, desk, homeLimit),
      ])
    },
  }
}

async function formFor(
  { command: name, caseId }: FormAsk,
  by: StaffMember,
  desk: DeskDeps,
  at: Date,
): Promise<FormAnswer> {
  const permitted = await mayGive({ by, command: name, caseId }, desk)
  if (isRefused(permitted)) return { ok: false, why: permitted.answer }
  const { command, state } = permitted
  if (command.form === undefined) return { ok: false, why: `${command.label} needs no form.` }
  if (command.about === 'case' && !command.offered(state))
    return { ok: false, why: `${command.label} makes no sense on ${caseId} as it stands.` }
  const fields = await Promise.all(command.form.fields.map((field) => filled(field, { by, state, at }, desk)))
  const route = state.status === 'none' ? {} : { route: desk.routeOf(state) }
  return { ok: true, form: { ...command.form, fields }, ...route }
}

type About = { readonly by: StaffMember; readonly state: CaseState; readonly at: Date }

const holdsNow = ({ kind, category, severity, complex }: CaseFile): Readonly<Record<string, string>> => ({
  ...{ kind, category, severity: String(severity), ...(complex && { complex: 'yes' }) },
})

/** A field as this person sees it for this case: with its choices, and with what holds now chosen. */
async function filled(field: FormField, about: About, desk: DeskDeps): Promise<FormField> {
  const { state } = about
  const initial = state.status === 'none' ? undefined : holdsNow(state)[field.name]
  const preset = initial === undefined ? field : { ...field, initial }
  if (preset.kind === 'files') return { ...preset, options: await filesToChoose(about, desk) }
  if (preset.kind !== 'choice' || preset.from === undefined) return preset
  return { ...preset, options: (await optionsOf(preset.from, about, desk)).slice(0, mostOptions) }
}

async function optionsOf(
  from: NonNullable<Extract<FormField, { kind: 'choice' }>['from']>,
  { by, state, at }: About,
  desk: DeskDeps,
): Promise<readonly Option[]> {
  const sites = desk.sites.filter(({ id }) => sitesOf(by, desk).includes(id))
  switch (from) {
    case 'people':
      return colleagues(state.status === 'none' ? sites.map(({ id }) => id) : [state.site], at, desk)
    case 'texts':
      return state.status === 'none' ? [] : desk.texts.list(state.category)
    case 'links':
      return state.status === 'none'
        ? []
        : (state.links ?? []).map(({ caseId, how }) => ({ id: caseId, label: `${caseId}, ${how}` }))
    case 'kept-out':
      return state.status === 'none' ? [] : keptOut(state, desk)
    case 'sites':
      return sites.map(({ id, name }) => ({ id, label: name }))
    case 'shifts':
      return sites.flatMap(({ id }) => desk.shifts.running(id, at))
    case 'turns':
      await desk.rota.fresh()
      return desk.rota.coming(
        sites.map(({ id }) => id),
        at,
      )
    case 'closures':
      await desk.rota.fresh()
      return desk.rota.closures()
    case 'methods':
      return by.methods.map((one, i) => ({
        id: String(i),
        label: `${desk.contacts.nameOf(one)}${one.verified ? ' (confirmed)' : ''}`,
      }))
    case 'files':
      return filesToChoose({ by, state, at }, desk)
    case 'quarantine':
      return (await desk.quarantine.list(mostOptions)).map(({ id, channel, reason }) => ({
        id,
        label: `${channel}: ${reason}`,
      }))
  }
}

async function filesToChoose({ by, state, at }: About, { files }: DeskDeps): Promise<readonly Option[]> {
  const found = state.status === 'none' ? [] : await files.offered(by.id, state.caseId, at)
  return found.map(({ id, name, sizeBytes }) => ({ id, label: `${name} (${sizeWords(sizeBytes)})` }))
}

/** Whom a case is about, or may be; only those see this who may see the case. */
const keptOut = ({ about = [], suspected = [] }: CaseFile, { directory }: DeskDeps): readonly Option[] => [
  ...about.map((id) => ({ id, label: directory.byId(id)?.name ?? id })),
  ...suspected.map(({ id, name }) => ({ id, label: `${name}, named in the customer's words` })),
]

/** Those who may work at one of the sites and can be reached, whoever is on duty first. */
function colleagues(sites: readonly string[], at: Date, { directory }: DeskDeps): readonly Option[] {
  const groups = sites.flatMap((site) => Object.values(directory.onDuty(site, at)))
  const onDuty = new Set(groups.flatMap((people) => people.map(({ id }) => id)))
  return directory
    .all()
    .filter((one) => sites.some((site) => holds(one, site, handlers)) && addressesOf(one).length > 0)
    .map((one) => ({ id: one.id, label: onDuty.has(one.id) ? `${one.name} (on duty)` : one.name }))
    .sort((a, b) => Number(onDuty.has(b.id)) - Number(onDuty.has(a.id)) || a.label.localeCompare(b.label))
}

/** Decides everything and saves nothing: what the customer would be told, to the letter. */
async function trial(request: CommandRequest, desk: DeskDeps): Promise<PreviewAnswer> {
  const ready = await prepare(request, desk)
  if (isRefused(ready)) return faultOf(ready)
  const steps = await stepsOf(ready, request, desk, async () => newNumber)
  if (isRefused(steps)) return faultOf(steps)
  const told = await Promise.all(steps.map((step) => toldBy(step, desk)))
  const [changes] = told
  if (changes === undefined) return { ok: false, why: `It would change nothing on ${request.caseId}.` }
  const { state, args } = ready
  const said = told.flatMap((one) => one ?? [])
  if (state.status === 'none') return { ok: true, args, told: said }
  const { words, links, sized } = desk.files.on(state, filesOfSteps(steps))
  const [first = '', ...others] = said
  const withLinks = (lines: readonly string[]) =>
    lines.length === 0 ? said : [[first, ...lines].join('\n'), ...others]
  const files = words.length === 0 ? {} : { files: words }
  const warning = await repeats(state.caseId, steps, desk)
  const route = { ...desk.routeOf(state, withLinks(sized)), ...(warning !== undefined && { warning }) }
  const remarks = await remarksOn(ready, desk)
  const advice = remarks.length === 0 ? {} : { remarks }
  return { ok: true, args: withoutNew(args, request), told: withLinks(links), route, ...files, ...advice }
}

/** Only on what people write themselves: prepared texts were read before they were prepared. */
async function remarksOn({ command, args, state }: Ready, { remarksOn: advise }: DeskDeps): Promise<readonly string[]> {
  const { text = '' } = args
  const isWritten = command.form?.preview?.field === 'text' && text.trim() !== ''
  return isWritten && state.status !== 'none' ? advise(state, text) : []
}

/** The commands whose words the customer reads. */
const toCustomer: readonly string[] = ['reply', 'ask', 'split']

/** An update that says nothing new is no update, however punctual it is: its writer is told before it is sent. */
async function repeats(caseId: string, [first]: readonly Step[], desk: DeskDeps): Promise<string | undefined> {
  if (first?.signal.type !== 'reply') return undefined
  const { log } = await desk.cases.record(caseId)
  const said = log.flatMap(({ event }) =>
    event.type === 'commanded' && toCustomer.includes(event.command) ? (event.args.text ?? []) : [],
  )
  const last = said.at(-1)
  return last !== undefined && saysNothingNew(first.signal.text, last)
    ? `This says nothing that the last message did not say: “${[...last].slice(0, 120).join('')}”. Add what is new, or a time.`
    : undefined
}

/** What came with the form comes with it again when it is sent; only what was kept before is an argument. */
function withoutNew(args: Args, { files = [] }: CommandRequest): Args {
  if (files.length === 0) return args
  const kept = idsIn(args.files).filter((id) => !files.some((file) => file.id === id))
  return { ...args, files: kept.join(' ') }
}

const filesOfSteps = (steps: readonly Step[]): readonly FileRef[] =>
  steps.flatMap(({ signal }) => ('files' in signal ? (signal.files ?? []) : []))

/** Stands for a number that is only taken when the command is given. */
const newNumber = '(new number)'

const faultOf = ({ answer, field }: { readonly answer: string; readonly field?: string }): PreviewAnswer => ({
  ...{ ok: false, why: answer },
  ...(field !== undefined && { field }),
})

async function toldBy({ caseId, signal }: Step, { engine }: DeskDeps): Promise<readonly string[] | undefined> {
  const { state } = caseId === newNumber ? { state: noCase } : await engine.cases.load(caseId)
  const { events, commands } = decide(state, signal, await engine.worldFor(state, signal))
  if (events.length === 0) return undefined
  const after = events.reduce(evolve, state)
  const outgoing = commands.filter(({ type }) => type === 'tell').flatMap((command) => engine.write(command, after))
  return outgoing.map(({ message }) => message.text)
}

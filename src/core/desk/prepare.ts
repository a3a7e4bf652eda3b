import { idsIn } from '../attachments/outgoing.ts'
import type { CaseState } from '../case/state.ts'
import { holds } from '../duty/directory.ts'
import { roles } from '../duty/staff.ts'
import type { Args, DeskCommand, Known, Look, Step, When } from './command.ts'
import type { DeskDeps } from './desk-deps.ts'
import { instantOf } from './instant.ts'
import { type CommandRequest, type Performed, refuse } from './performed.ts'
import { commandNamed } from './registry.ts'
import { caseIdOf } from './reply-code.ts'
import { filesFor } from './reply-files.ts'

type Refused = Extract<Performed, { outcome: 'refused' }>

/** A command that may be given, with its arguments understood. */
export type Ready = { readonly command: DeskCommand; readonly args: Args; readonly state: CaseState }

export const isRefused = <T extends object>(one: T | Refused): one is Refused => 'because' in one

/** Checks who asks, what and with which words. The same for a press, a preview and a form. */
export async function prepare(request: CommandRequest, desk: DeskDeps): Promise<Ready | Refused> {
  const permitted = await mayGive(request, desk)
  if (isRefused(permitted)) return permitted
  const { command, state } = permitted
  const read = command.args.safeParse(request.args)
  if (!read.success) {
    const [first] = read.error.issues
    const answer = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
    return refused('bad-arguments', answer, String(first?.path[0] ?? ''))
  }
  return withInstants(command, withFiles(command, read.data, request), state, request, desk)
}

/** What came with the command and what was chosen from before are one list. */
function withFiles({ fields }: DeskCommand, args: Args, { files = [] }: CommandRequest): Args {
  const field = fields.find(({ kind }) => kind === 'files')
  if (field === undefined) return args
  return { ...args, [field.name]: [...idsIn(args[field.name]), ...files.map(({ id }) => id)].join(' ') }
}

const refused = (because: Refused['because'], answer: string, field?: string): Refused =>
  refuse(because, answer, field) as Refused

/** The command and the case it is about, for somebody who may give it there. */
export async function mayGive(
  request: Pick<CommandRequest, 'by' | 'command' | 'caseId'>,
  { engine, directory }: DeskDeps,
): Promise<{ readonly command: DeskCommand; readonly state: CaseState } | Refused> {
  const { by, caseId } = request
  const command = commandNamed(request.command)
  if (command === undefined)
    return refused('unknown-command', `There is no command "${request.command}". Type "help" for the list.`)
  if (command.about === 'desk') {
    const mayAnywhere = by.posts.some(({ role }) => command.roles.includes(role))
    return mayAnywhere ? { command, state: { status: 'none' } } : refused('not-allowed', neededWords(command))
  }
  const { state } = await engine.cases.load(caseId)
  // The same answer for "does not exist" and "not yours", so that case numbers cannot be tried out.
  if (state.status === 'none' || !holds(by, state.site, roles) || directory.isWalledOff(by.id, state))
    return refused('no-case', `There is no case ${caseId} that you can see.`)
  if (!holds(by, state.site, command.roles)) return refused('not-allowed', neededWords(command))
  return { command, state }
}

const neededWords = ({ label, about, roles: wanted }: DeskCommand): string =>
  `${label} needs one of these roles${about === 'case' ? ' at this site' : ''}: ${wanted.join(', ')}.`

/** Times as people write them become instants, by the clock of the case's site. */
function withInstants(
  command: DeskCommand,
  args: Args,
  state: CaseState,
  { at }: CommandRequest,
  { sites }: DeskDeps,
): Ready | Refused {
  const site = state.status === 'none' ? args.site : state.site
  const zone = (sites.find(({ id }) => id === site) ?? sites[0])?.zone ?? 'Asia/Hong_Kong'
  const read: Record<string, string> = { ...args }
  for (const { name, kind } of command.fields) {
    if (kind !== 'time' || read[name] === '') continue
    const instant = instantOf(read[name] ?? '', at, zone)
    if (instant === undefined) return refused('bad-arguments', `${name} must be a time like 17:30 or 2h`, name)
    read[name] = instant.toISOString()
  }
  return { command, args: read, state }
}

/** The signals a command means, or why not. `newCaseId` is asked for only by commands that open a case. */
export async function stepsOf(
  { command, args, state }: Ready,
  request: CommandRequest,
  desk: DeskDeps,
  newCaseId: () => Promise<string>,
): Promise<readonly Step[] | Refused> {
  if (command.steps === undefined || state.status === 'none') return []
  const other = await otherOf(command, args, request, desk)
  if (other !== undefined && 'because' in other) return other
  const files = await filesFor({ command, args, state }, request, desk)
  if (typeof files === 'string') return refused('bad-arguments', files, 'files')
  const { id, at, by } = request
  const asked = { command: command.name, desk: request.desk, args }
  const when: When = { id, at, by: { id: by.id, name: by.name }, asked }
  const look: Look = {
    ...{ state, member: by, staff: desk.directory.byId, files },
    isWalledOff: (person) => desk.directory.isWalledOff(person, state),
    text: (key) => desk.texts.text(key, state, by.name),
    ...(other && { other }),
    ...(command.opensCase && { newCaseId: await newCaseId() }),
  }
  const steps = command.steps(args, when, look)
  if (typeof steps !== 'string') return steps
  const [, field] = /^(\w+): /.exec(steps) ?? []
  return refused('bad-arguments', steps, field)
}

/** The other case a command names: whoever joins two cases must be allowed to work on both. */
async function otherOf(
  { otherCase, roles: wanted }: DeskCommand,
  args: Args,
  { by, at }: CommandRequest,
  { engine, directory }: DeskDeps,
): Promise<Known | Refused | undefined> {
  if (otherCase === undefined) return undefined
  const named = (args[otherCase] ?? '').trim().toUpperCase()
  const isNumber = /^(?:GH-)?(?:\d{4}-)?\d{1,6}$/.test(named)
  const caseId = isNumber ? caseIdOf(named, at.getUTCFullYear()) : named
  const { state } = await engine.cases.load(caseId)
  if (state.status === 'none' || !holds(by, state.site, wanted) || directory.isWalledOff(by.id, state))
    return refused('bad-arguments', `${otherCase}: there is no case ${caseId} that you can work on`, otherCase)
  return state
}

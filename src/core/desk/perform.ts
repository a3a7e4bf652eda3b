import type { CaseState } from '../case/state.ts'
import { holds } from '../duty/directory.ts'
import { roles, type StaffMember } from '../duty/staff.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { Ending } from '../ports.ts'
import { commandNamed, type DeskCommand } from './registry.ts'

/** A command as any surface hands it in. `id` makes a second delivery of the same press harmless. */
export type CommandRequest = {
  readonly id: string
  readonly at: Date
  readonly by: StaffMember
  readonly command: string
  readonly caseId: string
  readonly args: Readonly<Record<string, string>>
}

/** `answer` is for the person who asked, in plain words, whatever happened. */
export type Performed =
  | { readonly outcome: 'done'; readonly answer: string; readonly state: CaseState }
  /** Nothing to do: somebody was faster, or it is so already. */
  | { readonly outcome: 'unchanged'; readonly answer: string; readonly state: CaseState }
  | {
      readonly outcome: 'refused'
      readonly because: 'unknown-command' | 'no-case' | 'not-allowed' | 'bad-arguments'
      readonly answer: string
    }

/** Checks who asks, what and with which words, then lets the case decide. The only way staff can act on a case. */
export async function perform(request: CommandRequest, engine: EngineDeps): Promise<Performed> {
  const command = commandNamed(request.command)
  if (command === undefined)
    return refuse('unknown-command', `There is no command "${request.command}". Type "help" for the list.`)
  const { state } = await engine.cases.load(request.caseId)
  // The same answer for "does not exist" and "not yours", so that case numbers cannot be tried out.
  if (state.status === 'none' || !holds(request.by, state.site, roles))
    return refuse('no-case', `There is no case ${request.caseId} that you can see.`)
  if (!holds(request.by, state.site, command.roles))
    return refuse('not-allowed', `${command.label} needs one of these roles at this site: ${command.roles.join(', ')}.`)
  const args = command.args.safeParse(request.args)
  if (!args.success)
    return refuse(
      'bad-arguments',
      args.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '),
    )
  const { id, at, by } = request
  const signal = command.signal(args.data, { id, at, by: { id: by.id, name: by.name } })
  const { before, after, changed } = await applySignal(request.caseId, signal, engine)
  return changed
    ? { outcome: 'done', answer: doneWords(command, request.caseId, after), state: after }
    : { outcome: 'unchanged', answer: unchangedWords(command, request, before), state: before }
}

/** How the event that carried a command is accounted for. */
export const endingOfCommand = (performed: Performed, caseId: string): Ending =>
  performed.outcome === 'refused'
    ? { state: 'suppressed', reason: `refused: ${performed.because}` }
    : { state: 'case', caseId }

type Because = Extract<Performed, { outcome: 'refused' }>['because']
const refuse = (because: Because, answer: string): Performed => ({ outcome: 'refused', because, answer })

function doneWords(command: DeskCommand, caseId: string, state: CaseState): string {
  switch (command.name) {
    case 'acknowledge':
      return `${caseId} is yours. The customer is being told.`
    case 'reply':
      return `Your reply on ${caseId} is on its way; the card shows when it arrives.`
    case 'escalate':
      return state.status === 'exhausted'
        ? `${caseId}: there is no level left; the last-resort list is told.`
        : `${caseId}: the next level is paged.`
    default:
      return `${command.label}: done on ${caseId}.`
  }
}

function unchangedWords(command: DeskCommand, { caseId, by }: CommandRequest, state: CaseState): string {
  if (state.status === 'owned' && command.name === 'acknowledge')
    return state.owner.id === by.id ? `${caseId} is yours already.` : `${state.owner.name} has ${caseId} already.`
  if (state.status === 'closed') return `${caseId} is closed. Reopen it first.`
  return `${command.label} changed nothing on ${caseId}.`
}

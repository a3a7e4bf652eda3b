import { idsIn } from '../attachments/outgoing.ts'
import type { CaseState } from '../case/state.ts'
import { type Applied, applySignal } from '../engine.ts'
import type { Ending } from '../ports.ts'
import type { DeskCommand, Step } from './command.ts'
import type { DeskDeps } from './desk-deps.ts'
import type { CommandRequest, Performed } from './performed.ts'
import { isRefused, prepare, stepsOf } from './prepare.ts'

export type { CommandRequest, Performed } from './performed.ts'

/** Checks who asks, what and with which words, then lets the case decide. The only way staff can act on a case. */
export async function perform(given: CommandRequest, desk: DeskDeps): Promise<Performed> {
  const request = { ...given, caseId: given.caseId.trim().toUpperCase() }
  const ready = await prepare(request, desk)
  if (isRefused(ready)) return ready
  const { command, args } = ready
  if (command.run !== undefined) return command.run(request, args, desk)
  const steps = await stepsOf(ready, request, desk, () => newCaseFor(request, desk))
  if (isRefused(steps)) return steps
  const applied = await applyAll(steps, desk)
  const attached = idsIn(args.files)
  if (attached.length > 0) await desk.files.used(attached)
  const [first] = applied
  if (first === undefined) throw new Error(`the command ${command.name} has no effect`)
  const { before, after, changed } = first
  return changed
    ? { outcome: 'done', answer: doneWords(command, request.caseId, after, steps), state: after }
    : { outcome: 'unchanged', answer: unchangedWords(command, request, before), state: before }
}

/** The case itself first. Repeated after a crash, what was done stays done and the rest follows. */
async function applyAll(steps: readonly Step[], { engine }: DeskDeps): Promise<readonly Applied[]> {
  const applied: Applied[] = []
  for (const { caseId, signal } of steps) applied.push(await applySignal(caseId, signal, engine))
  return applied
}

/** A fresh number, unless this very command kept one before it was cut off. */
async function newCaseFor({ id, caseId, at }: CommandRequest, { engine }: DeskDeps): Promise<string> {
  const { applied } = await engine.cases.load(caseId)
  if (applied.includes(id)) {
    const log = await engine.cases.log(caseId)
    for (const { signalId, event } of log) if (signalId === id && event.type === 'linked') return event.link.caseId
  }
  return engine.cases.nextCaseId(at.getUTCFullYear())
}

/** How the event that carried a command is accounted for. */
export function endingOfCommand(performed: Performed, caseId: string): Ending {
  if (performed.outcome === 'refused') return { state: 'suppressed', reason: `refused: ${performed.because}` }
  if (performed.outcome === 'answered' && performed.caseId === undefined)
    return { state: 'suppressed', reason: 'a question of staff, answered' }
  return { state: 'case', caseId }
}

function doneWords(command: DeskCommand, caseId: string, state: CaseState, steps: readonly Step[]): string {
  switch (command.name) {
    case 'acknowledge':
      return `${caseId} is yours. The customer is being told.`
    case 'reply':
    case 'reply-with':
      return `Your reply on ${caseId} is on its way; the card shows when it arrives.`
    case 'ask':
      return state.status === 'owned' && state.askedAt !== undefined
        ? `Your question on ${caseId} is on its way. The clock waits for the answer.`
        : `Your question on ${caseId} is on its way. The clock does not wait: the case is serious.`
    case 'hand-over':
      return `${caseId} is offered. It stays yours until they accept.`
    case 'split':
      return `${caseId}: ${steps[1]?.caseId ?? 'a new case'} is split off, and yours.`
    case 'escalate':
      return state.status === 'exhausted'
        ? `${caseId}: there is no level left; the last-resort list is told.`
        : `${caseId}: the next level is paged.`
    default:
      return `${command.label}: done on ${caseId}.`
  }
}

function unchangedWords({ name, label }: DeskCommand, { caseId, by }: CommandRequest, state: CaseState): string {
  if (state.status === 'owned' && name === 'acknowledge')
    return state.owner.id === by.id ? `${caseId} is yours already.` : `${state.owner.name} has ${caseId} already.`
  if (name === 'accept' || name === 'decline') return `${caseId} is not offered to you (any more).`
  if (state.status === 'closed' && name !== 'reopen') return `${caseId} is closed. Reopen it first.`
  return `${label} changed nothing on ${caseId}.`
}

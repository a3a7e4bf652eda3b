import type { DeskDeps } from '../desk/desk-deps.ts'
import { endingOfCommand, perform } from '../desk/perform.ts'
import { caseIdOf, readReplyCode, refersTo } from '../desk/reply-code.ts'
import type { StaffMember } from '../duty/staff.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import type { Clock, Ending, InboxRow } from '../ports.ts'

type Deps = {
  readonly engine: EngineDeps
  readonly desk: DeskDeps
  readonly clock: Clock
  readonly answerStaff: AnswerStaff
}

/** Writes back to a staff member on the channel they used. */
export type AnswerStaff = (message: InboundMessage, text: string) => Promise<void>

const maxOpenPages = 20

/**
 * A text from a staff member's own phone. Only a reply code acts; when it could mean several cases they are asked which.
 * Undefined: it is no reply code.
 */
export async function hearStaff(
  message: InboundMessage,
  member: StaffMember,
  row: InboxRow,
  deps: Deps,
): Promise<Ending | undefined> {
  const code = readReplyCode(message.text)
  if (code === undefined) return undefined
  const { engine, clock } = deps
  const paged = message.concerns ?? (await engine.cases.findPaged(member.id, maxOpenPages))
  const [caseId, another] = code.caseRef === undefined ? paged : casesMeant(code.caseRef, paged, clock.now())
  if (caseId === undefined) {
    await deps.answerStaff(message, 'No case is waiting for you.')
    return { state: 'suppressed', reason: 'reply code for no open page', message }
  }
  if (another !== undefined) return askWhich(message, paged, deps)
  const { id, channel: desk } = row
  const request = { id, at: clock.now(), by: member, command: code.command, caseId, args: {}, desk }
  const performed = await perform(request, deps.desk)
  await deps.answerStaff(message, performed.answer)
  return { ...endingOfCommand(performed, caseId), message }
}

/** The case that a number names among those they were paged for, else by itself: it may be taken, closed or not theirs. */
function casesMeant(caseRef: string, paged: readonly string[], now: Date): readonly string[] {
  const meant = paged.filter((caseId) => refersTo(caseRef, caseId))
  return meant.length > 0 ? meant : [caseIdOf(caseRef, now.getUTCFullYear())]
}

/**
 * Plain words of somebody who is being paged: filed as a note on that case, and they are told that this does not take it.
 * Undefined: they are not being paged, so they are heard like any customer.
 */
export async function fileStaffWords(
  message: InboundMessage,
  member: StaffMember,
  row: InboxRow,
  deps: Deps,
): Promise<Ending | undefined> {
  const open = await deps.engine.cases.findPaged(member.id, maxOpenPages)
  const answered = open.filter((id) => message.concerns?.includes(id))
  const paged = answered.length > 0 ? answered : open
  const [caseId, another] = paged
  if (caseId === undefined) return undefined
  if (another !== undefined) return askWhich(message, paged, deps)
  const by = { id: member.id, name: member.name }
  await applySignal(caseId, { type: 'note', id: row.id, at: deps.clock.now(), by, text: message.text }, deps.engine)
  await deps.answerStaff(message, `Noted on ${caseId}. Nobody has taken it yet: reply ACK to take it.`)
  return { state: 'case', caseId, message, by: 'staff' }
}

async function askWhich(message: InboundMessage, paged: readonly string[], { answerStaff }: Deps): Promise<Ending> {
  await answerStaff(message, `Which one? Reply ACK and its number: ${paged.join(', ')}.`)
  return { state: 'suppressed', reason: 'a reply that could mean several open pages', message }
}

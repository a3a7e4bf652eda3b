import { perform } from '../desk/perform.ts'
import { readReplyCode, refersTo } from '../desk/reply-code.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import type { Clock, Ending, InboxRow } from '../ports.ts'

type Deps = { readonly engine: EngineDeps; readonly clock: Clock; readonly answerStaff: AnswerStaff }

/** Writes back to a staff member on the channel they used. */
export type AnswerStaff = (message: InboundMessage, text: string) => Promise<void>

const maxOpenPages = 20

/**
 * A text from a staff member's own phone. Only a reply code acts; when it could mean several cases they are asked which.
 * Undefined: it is no reply code, so the member is heard like any customer.
 */
export async function hearStaff(
  message: InboundMessage,
  member: StaffMember,
  row: InboxRow,
  deps: Deps,
): Promise<Ending | undefined> {
  const code = readReplyCode(message.text)
  if (code === undefined) return undefined
  const paged = await deps.engine.cases.findPaged(member.id, maxOpenPages)
  const { caseRef } = code
  const meant = caseRef === undefined ? paged : paged.filter((caseId) => refersTo(caseRef, caseId))
  const [caseId] = meant
  if (caseId === undefined || meant.length > 1) {
    await deps.answerStaff(message, ask(paged))
    return {
      state: 'suppressed',
      reason: caseId === undefined ? 'reply code for no open page' : 'reply code for several open pages',
      message,
    }
  }
  const request = { id: row.id, at: deps.clock.now(), by: member, command: code.command, caseId, args: {} }
  const performed = await perform(request, deps.engine)
  await deps.answerStaff(message, performed.answer)
  return { state: 'case', caseId, message }
}

const ask = (paged: readonly string[]): string =>
  paged.length === 0 ? 'No case is waiting for you.' : `Which one? Reply ACK and its number: ${paged.join(', ')}.`

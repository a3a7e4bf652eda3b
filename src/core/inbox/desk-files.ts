import { offeredRows } from '../attachments/keep.ts'
import { faultOf, mayGoOut, namedFor, offeredTo, typeOf } from '../attachments/outgoing.ts'
import type { Channel } from '../channel.ts'
import type { DeskDeps } from '../desk/desk-deps.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Attachment, InboundMessage } from '../message.ts'
import type { Clock, Ending, InboxRow } from '../ports.ts'
import type { AnswerStaff } from './staff.ts'

type Deps = { readonly desk: DeskDeps; readonly clock: Clock; readonly answerStaff: AnswerStaff }

/** Files from a form, or from under a card: they belong to that case, and may be attached to its answers. */
export async function wantForCase(
  files: readonly Attachment[],
  { row, caseId }: { readonly row: InboxRow; readonly caseId: string },
  { desk, clock }: Pick<Deps, 'desk' | 'clock'>,
): Promise<void> {
  if (files.length === 0) return
  const offer = { to: offeredTo.case(caseId), caseId, source: row.source }
  await desk.files.want(offeredRows(namedFor(row.id, files), offer), clock.now())
}

/** A file without words, sent to a desk by staff: meant for an answer that is still to be written. */
export const isForAnAnswer = ({ text, attachments }: InboundMessage, channel: Channel): boolean =>
  channel.show !== undefined && attachments.length > 0 && text.trim() === ''

/** Kept for this person's next answers, on whatever case; they are told how to use it. */
export async function keepForAnswer(
  message: InboundMessage,
  member: StaffMember,
  row: InboxRow,
  { desk, clock, answerStaff }: Deps,
): Promise<Ending> {
  const { attachments } = message
  const offer = { to: offeredTo.person(member.id), caseId: '', source: row.source }
  await desk.files.want(offeredRows(namedFor(row.id, attachments), offer), clock.now())
  const faults = attachments.flatMap((file) => faultOf(file) ?? [])
  const names = attachments.filter((file) => mayGoOut(typeOf(file))).map(({ name }) => name)
  const kept = `Kept for a day: ${names.join(', ')}. Press Reply on a card and choose it under Files.`
  await answerStaff(message, [...(names.length > 0 ? [kept] : []), ...faults].join('\n'))
  return { state: 'suppressed', reason: 'a file of staff for an answer', message }
}

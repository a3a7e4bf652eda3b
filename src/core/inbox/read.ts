import { cleanName, namedFor } from '../attachments/outgoing.ts'
import type { Channel, DeskAction, DeskUser, Reading, Shown } from '../channel.ts'
import type { DeskDeps } from '../desk/desk-deps.ts'
import { type CommandRequest, endingOfCommand, perform } from '../desk/perform.ts'
import { readReplyCode } from '../desk/reply-code.ts'
import type { Directory } from '../duty/directory.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import type { CardStore, Clock, Ending, InboxRow, InboxStore } from '../ports.ts'
import type { HearProbe } from '../watch/round-trip.ts'
import type { RowResult } from '../work-off.ts'
import { hearChange } from './change.ts'
import type { HearCustomer } from './customer.ts'
import { isForAnAnswer, keepForAnswer, wantForCase } from './desk-files.ts'
import { type ApplyReport, isTooEarly } from './reports.ts'
import { type AnswerStaff, fileStaffWords, hearStaff } from './staff.ts'

export type ReadDeps = {
  readonly channels: ReadonlyMap<string, Channel>
  readonly inbox: Pick<InboxStore, 'end' | 'failed' | 'endingOf'>
  readonly cards: Pick<CardStore, 'caseOf'>
  readonly engine: EngineDeps
  readonly desk: DeskDeps
  readonly directory: Directory
  readonly clock: Clock
  readonly hearCustomer: HearCustomer
  readonly applyReport: ApplyReport
  /** Asked first: what we send ourselves is nobody's message. */
  readonly hearProbe: HearProbe
  readonly answerStaff: AnswerStaff
  readonly onFault: (error: unknown, id: string) => void
}

/** After so many failed attempts an event is set aside for a person; before that it is tried again, later each time. */
const maxAttempts = 8

/** Reads one stored event to its end: a message on a case, suppressed with a reason, or quarantined. */
export async function readEvent(row: InboxRow, deps: ReadDeps): Promise<RowResult> {
  try {
    const ending = await endingOf(row, deps)
    if ('waitUntil' in ending) return ending
    await deps.inbox.end(row.id, ending, deps.clock.now())
    return 'next'
  } catch (error) {
    deps.onFault(error, row.id)
    return afterFault(row, error, deps)
  }
}

async function afterFault(row: InboxRow, error: unknown, { inbox, clock }: ReadDeps): Promise<RowResult> {
  const reason = error instanceof Error ? error.name : 'fault'
  const now = clock.now()
  if (row.attempts + 1 >= maxAttempts) {
    await inbox.end(row.id, { state: 'quarantined', reason: `could not be read ${maxAttempts} times: ${reason}` }, now)
    return 'next'
  }
  await inbox.failed(row.id, reason)
  return { waitUntil: new Date(now.getTime() + Math.min(60_000, 250 * 2 ** row.attempts)) }
}

async function endingOf(row: InboxRow, deps: ReadDeps): Promise<Ending | { waitUntil: Date }> {
  const channel = deps.channels.get(row.source)
  if (channel === undefined) return { state: 'quarantined', reason: `channel ${row.source} is switched off` }
  const reading = readingOf(channel, row)
  const probed = await deps.hearProbe(reading, row)
  if (probed !== undefined) return probed
  switch (reading.type) {
    case 'suppress':
      if (row.releasedBy !== undefined && reading.message !== undefined) return released(reading.message, row, deps)
      return { state: 'suppressed', reason: reading.reason, ...(reading.message && { message: reading.message }) }
    case 'quarantine':
      return { state: 'quarantined', reason: reading.reason }
    case 'report':
      return (await deps.applyReport(reading.report, row)) ?? isTooEarly(row, deps.clock.now())
    case 'action':
      return act(reading.action, channel, row, deps)
    case 'thread':
      return noteFromThread(reading, row, deps)
    case 'change':
      return hearChange(reading.change, row, deps)
    case 'message':
      return hear(reading, channel, row, deps)
  }
}

/** A person says that it was no machine. Whoever wrote it is a customer by that, and never staff. */
const released = (message: InboundMessage, row: InboxRow, { hearCustomer }: ReadDeps): Promise<Ending> =>
  hearCustomer({ ...message, automatic: false, senderProven: false }, row)

/** A channel that stumbles over its own event must not stop the queue: the event is kept for a person to look at. */
function readingOf(channel: Channel, row: InboxRow): Reading {
  try {
    return channel.read(row)
  } catch (error) {
    return { type: 'quarantine', reason: `unreadable: ${error instanceof Error ? error.name : 'fault'}` }
  }
}

type Heard = Extract<Reading, { type: 'message' }>

async function hear({ message, typed }: Heard, channel: Channel, row: InboxRow, deps: ReadDeps): Promise<Ending> {
  if (message.automatic) return { state: 'suppressed', reason: 'automatic message', message }
  // Where anybody can write any sender, an address alone makes nobody staff.
  const member = message.senderProven === false ? undefined : deps.directory.byAddress(message.from)
  if (member === undefined) return deps.hearCustomer(message, row)
  if (typed !== undefined && 'formOf' in typed)
    return { state: 'suppressed', reason: `asked for the form "${typed.formOf}"`, message }
  if (typed !== undefined && (typed.caseId !== '' || readReplyCode(message.text) === undefined))
    return act(typed, channel, row, deps, message)
  if (typed === undefined && isForAnAnswer(message, channel)) return keepForAnswer(message, member, row, deps)
  const heard = await hearStaff(message, member, row, deps)
  return heard ?? deps.hearCustomer(message, { ...row, instead: () => fileStaffWords(message, member, row, deps) })
}

async function act(
  action: DeskAction,
  channel: Channel,
  row: InboxRow,
  deps: ReadDeps,
  typedAs?: InboundMessage,
): Promise<Ending> {
  const member = deps.directory.byAddress(action.user.address)
  if (member === undefined) {
    await whisper(
      channel,
      action.user,
      'You are not in the staff list, so this changed nothing. Ask an administrator to add you.',
    )
    return { state: 'suppressed', reason: 'pressed by somebody who is not staff' }
  }
  const { command, args } = action
  const caseId = action.caseId || (await caseUnder(action, deps))
  const { id, channel: desk } = row
  const given = action.files ?? []
  const files = given.length === 0 ? {} : { files: namedFor(id, given) }
  const request: CommandRequest = { id, at: deps.clock.now(), by: member, command, caseId, args, desk, ...files }
  const performed = await perform(request, deps.desk)
  // The case knows of them first; what sends the answer waits for them.
  if (performed.outcome !== 'refused') await wantForCase(given, { row, caseId }, deps)
  // Where a channel cannot answer in passing, as mail cannot, the answer is a message of its own.
  if (channel.whisper === undefined && typedAs !== undefined) await deps.answerStaff(typedAs, performed.answer)
  await whisper(channel, action.user, performed.answer, 'shown' in performed ? performed.shown : undefined)
  const ending = endingOfCommand(performed, caseId)
  if (channel.whisper !== undefined || typedAs === undefined) return ending
  return { ...ending, message: typedAs, ...(ending.state === 'case' && { by: 'staff' as const }) }
}

const caseUnder = async ({ threadOf }: DeskAction, { cards }: ReadDeps): Promise<string> =>
  (threadOf === undefined ? undefined : await cards.caseOf(threadOf)) ?? ''

async function whisper(channel: Channel, user: DeskUser, text: string, shown?: Shown): Promise<void> {
  await channel.whisper?.(user, text, shown).catch(() => {})
}

type InThread = Extract<Reading, { type: 'thread' }>

/** Text under a case card is internal: a note on that case, never a message to the customer. */
async function noteFromThread(
  { user, threadOf, text, files = [] }: InThread,
  row: InboxRow,
  deps: ReadDeps,
): Promise<Ending> {
  const caseId = await deps.cards.caseOf(threadOf)
  if (caseId === undefined) return { state: 'suppressed', reason: 'not under a case card' }
  const member = deps.directory.byAddress(user.address)
  const by =
    member === undefined ? { id: `${user.address.channel}:${user.address.id}`, name: 'somebody at the desk' } : member
  const noted = [text, ...files.map(({ name }) => `[${cleanName(name)}]`)].filter((line) => line !== '').join('\n')
  const actor = { id: by.id, name: by.name }
  const signal = { type: 'note', id: row.id, at: deps.clock.now(), by: actor, text: noted } as const
  await applySignal(caseId, signal, deps.engine)
  if (member !== undefined) await wantForCase(files, { row, caseId }, deps)
  return { state: 'case', caseId, by: 'staff' }
}

import type { Reading } from '../channel.ts'
import type { Directory } from '../duty/directory.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import type { Clock, Ending, InboxRow, InboxStore } from '../ports.ts'
import type { HearCustomer } from './customer.ts'

type Deps = {
  readonly inbox: Pick<InboxStore, 'endingOf'>
  readonly engine: EngineDeps
  readonly directory: Pick<Directory, 'byAddress'>
  readonly clock: Clock
  readonly hearCustomer: HearCustomer
}
type Change = Extract<Reading, { type: 'change' }>['change']

/**
 * Words that were changed or taken back after they had been sent. The original stays as it was stored; the change is a
 * fact on the same case. New words that tell of danger are heard as if they had just been written.
 */
export async function hearChange(change: Change, row: InboxRow, deps: Deps): Promise<Ending> {
  const original = await deps.inbox.endingOf(change.messageId)
  if (original?.state !== 'case') return { state: 'suppressed', reason: 'a change of words that are on no case' }
  const { caseId } = original
  if (original.by === 'staff') return noteChange(caseId, change, row, deps)
  const { messageId, text } = change
  const at = deps.clock.now()
  const signal = { type: 'message-changed', id: row.id, at, messageId, ...(text !== undefined && { text }) } as const
  await applySignal(caseId, signal, deps.engine)
  if (text === undefined || change.to === undefined) return { state: 'case', caseId, by: 'staff' }
  const { from, to } = change
  const message: InboundMessage = {
    ...{ id: row.id, from, to, conversation: row.conversation, text, attachments: [], automatic: false, sentAt: at },
  }
  const filed: Ending = { state: 'case', caseId, message }
  // The signal above has this row's id, so a filing of the same words needs one of its own.
  return deps.hearCustomer(message, { ...row, id: `${row.id}:heard`, isChange: true, instead: async () => filed })
}

/** A note that staff changed is two notes: what stood there stays. */
async function noteChange(caseId: string, { from, text }: Change, row: InboxRow, { engine, clock, directory }: Deps) {
  const { id, name } = directory.byAddress(from) ?? {
    ...{ id: `${from.channel}:${from.id}`, name: 'somebody at the desk' },
  }
  const by = { id, name }
  const words = text === undefined ? 'A note in the thread was deleted. It stays here.' : `Changed to: ${text}`
  await applySignal(caseId, { type: 'note', id: row.id, at: clock.now(), by, text: words }, engine)
  return { state: 'case', caseId, by: 'staff' } as const
}

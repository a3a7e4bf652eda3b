import type { CaseState } from '../case/state.ts'
import type { EngineDeps } from '../engine.ts'
import type { Clock, OutboxRow, OutboxStore } from '../ports.ts'

type Deps = {
  readonly engine: Pick<EngineDeps, 'write'>
  readonly outbox: Pick<OutboxStore, 'reword'>
  readonly clock: Clock
}

const lateMs = 15 * 60_000

/**
 * Words that a provider's trouble held up may promise a time that has passed meanwhile: they say when they were written. Kept
 * with the message before it is sent, because a send without an answer is looked up by its exact words.
 */
export async function saidLate(row: OutboxRow, state: CaseState | undefined, deps: Deps): Promise<OutboxRow> {
  const { message, purpose, queuedAt } = row
  const heldUpMs = deps.clock.now().getTime() - queuedAt.getTime()
  if (message.audience !== 'customer' || purpose.type !== 'tell' || state === undefined || heldUpMs < lateMs) return row
  const facts = { written: queuedAt.toISOString() }
  const [note] = deps.engine.write({ type: 'tell', id: row.id, occasion: 'held-up', facts }, state)
  if (note === undefined || message.text.endsWith(note.message.text)) return row
  const text = `${message.text}\n${note.message.text}`
  await deps.outbox.reword(row.id, text)
  return { ...row, message: { ...message, text } }
}

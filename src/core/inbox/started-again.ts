import { isSafetyText } from '../case/undelivered.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import type { Clock, ConversationStore, OutboxStore } from '../ports.ts'

type Deps = {
  readonly engine: EngineDeps
  readonly conversations: Pick<ConversationStore, 'lentTo'>
  readonly outbox: Pick<OutboxStore, 'byId'>
  readonly clock: Clock
}

/** Of somebody with a long history only the newest cases are looked at. */
const newestLookedAt = 20

/**
 * After START: whoever has a case of theirs is told which answers never left because of STOP. They are not sent by
 * themselves: what was true then may not be so now, and only a person knows.
 */
export async function tellWhatWasMissed({ id, from, conversation }: InboundMessage, deps: Deps): Promise<void> {
  const { cases } = deps.engine
  const [own, lent] = await Promise.all([
    cases.ofCustomer(from, newestLookedAt),
    deps.conversations.lentTo(conversation),
  ])
  for (const caseId of new Set([...own, ...(lent === undefined ? [] : [lent])])) {
    const { state } = await cases.load(caseId)
    if (state.status === 'none' || state.unheard === undefined) continue
    const words = state.unheard.filter((messageId) => !isSafetyText(messageId))
    const rows = await Promise.all(words.map((messageId) => deps.outbox.byId(messageId)))
    const missed = rows.flatMap((row) => (row === undefined ? [] : [row.message.text]))
    const signal = { type: 'reachable-again', id: `${id}:started`, at: deps.clock.now(), missed } as const
    await applySignal(caseId, signal, deps.engine)
  }
}

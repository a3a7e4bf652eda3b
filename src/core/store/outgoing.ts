import type { Address } from '../message.ts'
import type { Outgoing } from '../ports.ts'

/** One card for each case and place. */
export const cardId = (caseId: string, place: Address): string => `${caseId}@${place.channel}:${place.id}`

/** Urgent messages sort before everything that was queued in the last hour. */
const headStartMs = 3_600_000

/** How an outgoing message waits in the outbox. `place` in the queue is by time and by order within one decision. */
export function outboxDocument(outgoing: Outgoing, at: Date): Record<string, unknown> {
  const { message, purpose, urgent } = outgoing
  return {
    _id: message.id,
    ...(message.caseId !== undefined && { caseId: message.caseId }),
    ...{ message, purpose, urgent, attempts: 0, state: 'queued', queuedAt: at },
    nextAt: urgent ? new Date(at.getTime() - headStartMs) : at,
    waitsIn: message.conversation,
  }
}

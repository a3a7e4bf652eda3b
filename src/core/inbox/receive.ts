import type { Inbox, RawEvent } from '../channel.ts'
import type { InboxStore } from '../ports.ts'
import { together } from '../together.ts'

export type ReceiveDeps = {
  readonly store: Pick<InboxStore, 'add'>
  /** These are new and wait to be read. */
  readonly onStored: (events: readonly RawEvent[]) => void
  /** More events than this waiting for the disk are refused, so that providers retry instead of us running out of memory. */
  readonly maxWaiting: number
  /** So long an event may wait for the disk; then its provider is told to come again, before it gives up by itself. */
  readonly patienceMs?: number
}

/** Events of one write; what arrives above it goes into the next. */
const maxGroup = 256
/** Twilio waits fifteen seconds for an answer, Slack three; Slack's second attempt follows at once. */
const usualPatienceMs = 8_000

/**
 * Writes events down in groups: what arrives while one write is under way shares the next one.
 * Each `receive` resolves only when its own event survives a crash, and rejects when it could not be stored.
 */
export function createInbox({ store, onStored, maxWaiting, patienceMs = usualPatienceMs }: ReceiveDeps): Inbox {
  const write = together(async (events: readonly RawEvent[]) => {
    const stored = await within(patienceMs, store.add(events))
    const fresh = events.filter((_, i) => stored[i] !== 'duplicate')
    // Not before those who wait for their answer have it.
    if (fresh.length > 0) queueMicrotask(() => onStored(fresh))
    return stored
  }, maxGroup)
  return {
    receive: (event) =>
      write.waiting() >= maxWaiting ? Promise.reject(new Error('too many events wait to be stored')) : write.ask(event),
  }
}

/** The write itself goes on and may yet succeed: then the provider's next attempt is a duplicate. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not stored within ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

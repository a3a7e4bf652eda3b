import type { Inbox, RawEvent } from '../channel.ts'
import type { InboxStore } from '../ports.ts'

type Waiting = {
  readonly event: RawEvent
  readonly resolve: (stored: 'stored' | 'duplicate') => void
  readonly reject: (error: unknown) => void
}

export type ReceiveDeps = {
  readonly store: Pick<InboxStore, 'add'>
  /** Something new waits to be read. */
  readonly onStored: (count: number) => void
  /** More events than this waiting for the disk are refused, so that providers retry instead of us running out of memory. */
  readonly maxWaiting: number
}

/** Events of one write; above it a second write runs beside the first. */
const maxGroup = 256

/**
 * Writes events down in groups: what arrives while one write is under way shares the next one.
 * Each `receive` resolves only when its own event survives a crash, and rejects when it could not be stored.
 */
export function createInbox({ store, onStored, maxWaiting }: ReceiveDeps): Inbox {
  let waiting: Waiting[] = []
  let writing = false

  async function write(group: readonly Waiting[]): Promise<void> {
    try {
      const stored = await store.add(group.map(({ event }) => event))
      group.forEach(({ resolve }, i) => {
        resolve(stored[i] ?? 'stored')
      })
      onStored(group.length)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  async function drain(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup)
      waiting = waiting.slice(maxGroup)
      await write(group)
    }
    writing = false
  }

  return {
    receive: (event) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= maxWaiting) return reject(new Error('too many events wait to be stored'))
        waiting.push({ event, resolve, reject })
        // Not at once: requests that were read in the same turn of the loop join the group.
        if (!writing) {
          writing = true
          setImmediate(() => void drain())
        }
      }),
  }
}

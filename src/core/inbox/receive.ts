import type { Inbox, RawEvent } from '../channel.ts'
import type { InboxStore } from '../ports.ts'

type Waiting = {
  readonly event: RawEvent
  readonly resolve: (stored: 'stored' | 'duplicate') => void
  readonly reject: (error: unknown) => void
}

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

/** A database that is there refuses at once; one that is not is waited for. */
const atOnceMs = 500

/**
 * Writes events down in groups: what arrives while one write is under way shares the next one.
 * Each `receive` resolves only when its own event survives a crash, and rejects when it could not be stored.
 */
export function createInbox({ store, onStored, maxWaiting, patienceMs = usualPatienceMs }: ReceiveDeps): Inbox {
  let waiting: Waiting[] = []
  let writing = false

  async function write(group: readonly Waiting[]): Promise<void> {
    const stored = await within(patienceMs, store.add(group.map(({ event }) => event)))
    const fresh = group.filter((_, i) => stored[i] !== 'duplicate')
    group.forEach(({ resolve }, i) => {
      resolve(stored[i] ?? 'stored')
    })
    if (fresh.length > 0) onStored(fresh.map(({ event }) => event))
  }

  async function writeOrRefuse(group: readonly Waiting[]): Promise<void> {
    const began = performance.now()
    try {
      await write(group)
    } catch (error) {
      const mayBeOne = group.length > 1 && performance.now() - began < atOnceMs
      if (!mayBeOne || !(await writeEach(group, write))) refuse(group, error)
    }
  }

  /** Without the disk everyone who waits is told at once: nobody has to find out in turn. */
  function refuse(group: readonly Waiting[], error: unknown): void {
    const all = [...group, ...waiting]
    waiting = []
    for (const { reject } of all) reject(error)
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup)
      waiting = waiting.slice(maxGroup)
      await writeOrRefuse(group)
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

/**
 * After a group failed, each by itself: one event that the database will not have must not refuse its neighbours.
 * False when it was not that: two failures in a row are the database's own.
 */
async function writeEach(
  group: readonly Waiting[],
  write: (group: readonly Waiting[]) => Promise<void>,
): Promise<boolean> {
  let failures = 0
  for (const one of group) {
    const began = performance.now()
    try {
      await write([one])
      failures = 0
    } catch (error) {
      one.reject(error)
      if (++failures === 2 || performance.now() - began > atOnceMs) return false
    }
  }
  return true
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

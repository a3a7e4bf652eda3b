import type { RawEvent } from '../channel.ts'
import type { InboundMessage } from '../message.ts'
import type { Counts, Ending, InboxRow, InboxStore, ThreadEntry } from '../ports.ts'
import { duplicatesIn } from './duplicate.ts'
import { changeTogether } from './grouped.ts'
import type { Models } from './models.ts'
import { queueOn } from './queue.ts'

type Document = Record<string, unknown>
type Stored = 'stored' | 'duplicate'

/** What people write comes before what providers report, unless a report has waited this much longer. */
const peopleFirstMs = 10_000
/** A report waits by itself: one that cannot be matched yet must not hold up the words of a customer. */
const reportsWait = 'report:'
/** Rows that were hastened come before everything that arrived in the last hour. */
const headStartMs = 3_600_000

export type HastyInbox = InboxStore & {
  /** These events are read before all others, within the order of their own conversations. */
  hasten(ids: readonly string[], now: Date): Promise<void>
}

export function createInboxStore(models: Models): HastyInbox {
  const rows = models.inbox.collection
  const byId = (id: string) => ({ _id: id }) as object
  const change = changeTogether(models.inbox)
  return {
    ...queueOn<InboxRow>(models.inbox, models.leases, {
      ...{ name: 'in', order: 'receivedAt', toRow },
      // Reports rank, so that it is harmless when two workers read one.
      needsNoLease: (conversation) => conversation.startsWith(reportsWait),
    }),
    add: (events) => add(models, events),
    end: async (id, ending, at) => {
      const { state, message } = ending
      const about =
        state === 'case' ? { caseId: ending.caseId, ...(ending.by && { by: ending.by }) } : { reason: ending.reason }
      // A machine may be mistaken about what a machine wrote; elsewhere what is suppressed was a command, and is done.
      const isReleasable = state === 'suppressed' && message?.to.channel === 'email'
      const release = isReleasable && { releasableAt: at }
      // Whatever counts or lists rows asks for those of a kind; of this kind nobody asks for any.
      const kind = state === 'suppressed' && ending.isProbe && { kind: 'probe' }
      const set = { state, endedAt: at, ...about, ...(message && { message }), ...release, ...kind }
      await change({ filter: byId(id), update: { $set: set, $unset: { nextAt: true, waitsIn: true } } })
    },
    hasten: async (ids, now) => {
      const early = new Date(now.getTime() - headStartMs)
      // Only what still waits has this field: one that was read meanwhile stays as it ended.
      await rows.updateMany({ _id: { $in: [...ids] }, nextAt: { $gt: early } } as object, { $set: { nextAt: early } })
    },
    endingOf: async (id) => {
      const projection = { state: 1, caseId: 1, reason: 1, by: 1 }
      const found = await rows.findOne(byId(id), { projection })
      return found === null || found.state === 'pending' ? undefined : (found as unknown as Ending)
    },
    failed: async (id, reason) => {
      await rows.updateOne(byId(id), { $inc: { attempts: 1 }, $set: { lastFault: reason } })
    },
    ledger: () => ledger(models),
    thread: async (caseId, limit) => {
      const found = rows
        .find({ caseId, kind: 'message', by: { $exists: false } })
        .sort({ receivedAt: -1 })
        .limit(limit)
      return (await found.toArray()).map(entryOf)
    },
  }
}

/** One write for all that arrived together; each event learns whether it was new. */
async function add(models: Models, events: readonly RawEvent[]): Promise<readonly Stored[]> {
  const documents = events.map(({ id, conversation, ...event }) => ({
    _id: id,
    ...{ conversation, ...event, state: 'pending', attempts: 0 },
    ...(event.kind === 'report'
      ? { waitsIn: `${reportsWait}${id}`, nextAt: event.receivedAt }
      : { waitsIn: conversation, nextAt: new Date(event.receivedAt.getTime() - peopleFirstMs) }),
  }))
  try {
    await models.inbox.collection.insertMany(documents as unknown as Document[], { ordered: false })
    return events.map((): Stored => 'stored')
  } catch (error) {
    const duplicates = duplicatesIn(error, events.length)
    if (duplicates === undefined) throw error
    return events.map((_, i): Stored => (duplicates.has(i) ? 'duplicate' : 'stored'))
  }
}

const toRow = (document: Document): InboxRow => {
  const { _id, source, channel, kind, conversation, receivedAt, payload, attempts, nextAt, releasedBy } = document
  const released = releasedBy !== undefined && { releasedBy }
  return {
    id: _id,
    source,
    channel,
    kind,
    conversation,
    receivedAt,
    payload,
    attempts,
    nextAt,
    ...released,
  } as InboxRow
}

function entryOf(document: Document): ThreadEntry {
  const message = document.message as InboundMessage | undefined
  return {
    id: String(document._id),
    at: message?.sentAt ?? (document.receivedAt as Date),
    direction: 'in',
    channel: String(document.channel),
    text: message?.text ?? '',
    ...(message?.authenticity && { authenticity: message.authenticity }),
  }
}

/**
 * Every stored message and press, by channel and how it ended. Terminal states are counted first and everything else
 * counts as pending, so that the sums balance at any moment, also while messages arrive and are read.
 */
async function ledger({ inbox }: Models): Promise<Readonly<Record<string, Counts>>> {
  const channels = await channelsIn(inbox)
  const counts = await Promise.all(channels.map(async (channel) => [channel, await countsOf(inbox, channel)] as const))
  return Object.fromEntries(counts.filter(([, { received }]) => received > 0).sort(([a], [b]) => a.localeCompare(b)))
}

/** From one channel to the next by its index; `distinct` would read every row there is. */
export async function channelsIn({ collection }: Models['inbox']): Promise<readonly string[]> {
  const channels: string[] = []
  for (;;) {
    const next = collection.find({ channel: { $gt: channels.at(-1) ?? '' } }, { projection: { channel: 1 } })
    const [found] = await next.sort({ channel: 1 }).limit(1).toArray()
    if (found === undefined) return channels
    channels.push(String(found.channel))
  }
}

async function countsOf(inbox: Models['inbox'], channel: string): Promise<Counts> {
  const kind = { $in: ['message', 'action'] }
  const count = (state: Ending['state']) => inbox.collection.countDocuments({ channel, kind, state })
  const [onCase, suppressed, quarantined] = await Promise.all([
    count('case'),
    count('suppressed'),
    count('quarantined'),
  ])
  const received = await inbox.collection.countDocuments({ channel, kind })
  return { received, onCase, suppressed, quarantined, pending: received - onCase - suppressed - quarantined }
}

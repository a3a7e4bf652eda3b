import type { DeliveryState, OutboundMessage } from '../message.ts'
import type { OutboxRow, OutboxStore, ThreadEntry } from '../ports.ts'
import type { Models } from './models.ts'
import { insertAnew, outboxDocument } from './outgoing.ts'
import { queueOn } from './queue.ts'

type Document = Record<string, unknown>

/** A report with a lower rank than the stored one came late and changes nothing. `failed` is final unless it arrived. */
const rank: Readonly<Record<DeliveryState, number>> = { accepted: 1, sent: 2, failed: 3, delivered: 4, read: 5 }

const done = { nextAt: true, waitsIn: true }

export function createOutboxStore(models: Models): OutboxStore {
  const rows = models.outbox.collection
  const byId = (id: string) => ({ _id: id }) as object
  return {
    ...queueOn<OutboxRow>(models.outbox, models.leases, { name: 'out', order: 'queuedAt', toRow }),
    add: (outgoing, at) =>
      insertAnew(
        models.outbox,
        outgoing.map((one) => outboxDocument(one, at)),
      ),
    attempting: async (id, at) => {
      await rows.updateOne(byId(id), { $set: { state: 'sending', attemptedAt: at }, $inc: { attempts: 1 } })
    },
    sent: async (id, { providerId, at }) => {
      const set = { state: 'sent', providerId, sentAt: at }
      await rows.updateOne(byId(id), { $set: set, $max: { rank: rank.accepted }, $unset: { ...done, reason: true } })
    },
    retry: async (id, { at, reason, state }) => {
      await rows.updateOne(byId(id), { $set: { state, nextAt: at, reason } })
    },
    ended: async (id, { state, reason, at }) => {
      await rows.updateOne(byId(id), { $set: { state, reason, endedAt: at }, $unset: done })
    },
    report: (report) => applyReport(models, report),
    byId: async (id) => {
      const found = await rows.findOne(byId(id))
      return found === null ? undefined : toRow(found)
    },
    thread: async (caseId, limit) => {
      const found = rows.find({ caseId, 'message.audience': 'customer' }).sort({ queuedAt: -1 }).limit(limit)
      return (await found.toArray()).map(entryOf)
    },
  }
}

/** Finds the message by our own id where the provider carries it back, else by the provider's id. */
async function applyReport(
  { outbox }: Models,
  report: Parameters<OutboxStore['report']>[0],
): Promise<OutboxRow | undefined> {
  const { providerId, messageId, delivery, reason, at } = report
  const known = messageId === undefined ? { providerId } : { _id: messageId }
  const higher = { ...known, $or: [{ rank: { $exists: false } }, { rank: { $lt: rank[delivery] } }] }
  const set = {
    rank: rank[delivery],
    delivery,
    providerId,
    [`${delivery}At`]: at,
    ...(reason !== undefined && { reason }),
  }
  const update = { $set: set, ...(delivery === 'failed' ? {} : { $unset: { failure: true } }) }
  await outbox.collection.updateOne(higher as object, update)
  const found = await outbox.collection.findOne(known as object)
  return found === null ? undefined : toRow(found)
}

const toRow = (document: Document): OutboxRow => {
  const { _id, message, purpose, urgent, state, attempts, nextAt, queuedAt, attemptedAt, delivery, providerId } =
    document
  const row = {
    id: _id,
    message,
    purpose,
    urgent,
    state,
    attempts,
    nextAt,
    queuedAt,
    attemptedAt,
    delivery,
    providerId,
  }
  return row as unknown as OutboxRow
}

function entryOf(document: Document): ThreadEntry {
  const message = document.message as OutboundMessage
  return {
    id: String(document._id),
    at: document.queuedAt as Date,
    direction: 'out',
    channel: message.to.channel,
    text: message.text,
    state: String(document.delivery ?? document.state),
    ...(typeof document.reason === 'string' && { reason: document.reason }),
  }
}

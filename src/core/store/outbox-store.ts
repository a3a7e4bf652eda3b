import type { DeliveryState, OutboundMessage } from '../message.ts'
import type { OutboxRow, OutboxStore, ThreadEntry } from '../ports.ts'
import { type Change, changeTogether, findTogether, insertTogether } from './grouped.ts'
import type { Models } from './models.ts'
import { outboxDocument } from './outgoing.ts'
import { queueOn } from './queue.ts'

type Document = Record<string, unknown>

/** A report with a lower rank than the stored one came late and changes nothing. `failed` is final unless it arrived. */
const rank: Readonly<Record<DeliveryState, number>> = { accepted: 1, sent: 2, failed: 3, delivered: 4, read: 5 }

const done = { nextAt: true, waitsIn: true }

export function createOutboxStore(models: Models): OutboxStore {
  const rows = models.outbox.collection
  const insert = insertTogether(models.outbox)
  const find = findTogether(models.outbox)
  const applyChange = changeTogether(models.outbox)
  const change = (id: string, update: object) => applyChange({ filter: { _id: id }, update })
  return {
    ...queueOn<OutboxRow>(models.outbox, models.leases, { name: 'out', order: 'queuedAt', toRow }),
    add: (outgoing, at) => insert(outgoing.map((one) => outboxDocument(one, at))),
    attempting: (id, at) => change(id, { $set: { state: 'sending', attemptedAt: at }, $inc: { attempts: 1 } }),
    reword: (id, text) => change(id, { $set: { 'message.text': text } }),
    sent: async (id, { providerId, at }) => {
      const set = { state: 'sent', providerId, sentAt: at }
      await change(id, { $set: set, $max: { rank: rank.accepted }, $unset: { ...done, reason: true } })
    },
    retry: (id, { at, reason, state }) => change(id, { $set: { state, nextAt: at, reason } }),
    ended: (id, { state, reason, at }) => change(id, { $set: { state, reason, endedAt: at }, $unset: done }),
    report: async (report) => {
      await applyChange(changeBy(report))
      const { messageId, providerId } = report
      const found = messageId === undefined ? await rows.findOne({ providerId }) : await find(messageId)
      return found ? toRow(found) : undefined
    },
    byId: async (id) => {
      const found = await find(id)
      return found && toRow(found)
    },
    thread: async (caseId, limit) => {
      const found = rows.find({ caseId, 'message.audience': 'customer' }).sort({ queuedAt: -1 }).limit(limit)
      return (await found.toArray()).map(entryOf)
    },
  }
}

/** Finds the message by our own id where the provider carries it back, else by the provider's id. */
function changeBy({ providerId, messageId, delivery, reason, at }: Parameters<OutboxStore['report']>[0]): Change {
  const known = messageId === undefined ? { providerId } : { _id: messageId }
  const set = {
    rank: rank[delivery],
    delivery,
    providerId,
    [`${delivery}At`]: at,
    ...(reason !== undefined && { reason }),
  }
  return {
    filter: { ...known, $or: [{ rank: { $exists: false } }, { rank: { $lt: rank[delivery] } }] },
    // Why an earlier attempt failed is no longer true.
    update: { $set: set, ...(reason === undefined && { $unset: { reason: true } }) },
  }
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
    text: [message.text, ...(message.files ?? []).map(({ name }) => `[${name}]`)].join('\n'),
    state: String(document.delivery ?? document.state),
    ...(typeof document.reason === 'string' && { reason: document.reason }),
  }
}

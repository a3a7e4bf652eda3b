import type { Model } from 'mongoose'
import type { Queue } from '../ports.ts'
import { isDuplicate } from './duplicate.ts'

type Rows = Model<Record<string, unknown>>

/**
 * A queue over one collection: a row waits while it has `nextAt`, and `waitsIn` names its conversation.
 * Both are unset when the row is done, so the sparse indexes hold only what waits.
 */
export function queueOn<Row>(
  rows: Rows,
  leases: Rows,
  { name, order, toRow }: { name: string; order: string; toRow: (document: Record<string, unknown>) => Row },
): Queue<Row> {
  const leaseId = (conversation: string) => `${name}:${conversation}`
  return {
    due: async (now, limit) => {
      const found = await rows.collection
        .find({ nextAt: { $lte: now } }, { projection: { waitsIn: 1 } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray()
      return [...new Set(found.map((row) => String(row.waitsIn)))]
    },
    lease: async (conversation, now, until) => {
      try {
        const filter = { _id: leaseId(conversation), until: { $lte: now } }
        const result = await leases.collection.updateOne(filter as object, { $set: { until } }, { upsert: true })
        return result.matchedCount + result.upsertedCount > 0
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    release: async (conversation) => {
      await leases.collection.deleteOne({ _id: leaseId(conversation) } as object)
    },
    waiting: async (conversation, limit) => {
      const found = rows.collection
        .find({ waitsIn: conversation })
        .sort({ [order]: 1, _id: 1 })
        .limit(limit)
      return (await found.toArray()).map(toRow)
    },
    postpone: async (conversation, until) => {
      await rows.collection.updateMany({ waitsIn: conversation }, { $max: { nextAt: until } })
    },
  }
}

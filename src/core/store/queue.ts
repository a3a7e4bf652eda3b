import { randomUUID } from 'node:crypto'
import type { Model } from 'mongoose'
import type { Queue } from '../ports.ts'
import { isDuplicate } from './duplicate.ts'

type Rows = Model<Record<string, unknown>>

/** Rows of conversations that crowd out others are looked past so often. */
const mostLooks = 4

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
  /** Only the worker that took a lease may extend or release it: one that was held up must not free another's. */
  const by = randomUUID()
  return {
    due: (now, limit) => dueIn(rows, now, limit),
    lease: async (conversation, now, until) => {
      try {
        const filter = { _id: leaseId(conversation), $or: [{ until: { $lte: now } }, { by }] }
        const result = await leases.collection.updateOne(filter as object, { $set: { until, by } }, { upsert: true })
        return result.matchedCount + result.upsertedCount > 0
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    release: async (conversation) => {
      await leases.collection.deleteOne({ _id: leaseId(conversation), by } as object)
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

/**
 * The conversations of the rows that wait longest. One that has more rows than fit in a look would hide all others behind
 * it, so the look goes on past those it has found.
 */
async function dueIn(rows: Rows, now: Date, limit: number): Promise<readonly string[]> {
  const found = new Set<string>()
  for (let look = 0; look < mostLooks; look++) {
    const others = found.size === 0 ? {} : { waitsIn: { $nin: [...found] } }
    const page = await rows.collection
      .find({ nextAt: { $lte: now }, ...others }, { projection: { waitsIn: 1 } })
      .sort({ nextAt: 1 })
      .limit(limit)
      .toArray()
    for (const { waitsIn } of page) found.add(String(waitsIn))
    if (page.length < limit || found.size >= limit / 2) break
  }
  return [...found].slice(0, limit)
}

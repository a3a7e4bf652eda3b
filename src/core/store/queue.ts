import { randomUUID } from 'node:crypto'
import type { Model } from 'mongoose'
import type { Queue } from '../ports.ts'
import { together } from '../together.ts'
import { deleteTogether, putTogether } from './grouped.ts'

type Rows = Model<Record<string, unknown>>

/** Rows of conversations that crowd out others are looked past so often. */
const mostLooks = 4

type QueueOptions<Row> = {
  readonly name: string
  readonly order: string
  readonly toRow: (document: Record<string, unknown>) => Row
  readonly needsNoLease?: (conversation: string) => boolean
}

/**
 * A queue over one collection: a row waits while it has `nextAt`, and `waitsIn` names its conversation.
 * Both are unset when the row is done, so the sparse indexes hold only what waits.
 */
export function queueOn<Row>(
  rows: Rows,
  leases: Rows,
  { name, order, toRow, needsNoLease = () => false }: QueueOptions<Row>,
): Queue<Row> {
  const leaseId = (conversation: string) => `${name}:${conversation}`
  /** Only the worker that took a lease may extend or release it: one that was held up must not free another's. */
  const by = randomUUID()
  const take = putTogether(leases)
  const free = deleteTogether(leases, { by })
  const wait = waitingIn(rows, order, toRow)
  return {
    due: (now, limit) => dueIn(rows, now, limit),
    lease: async (conversation, now, until) =>
      needsNoLease(conversation) ||
      take({
        filter: { _id: leaseId(conversation), $or: [{ until: { $lte: now } }, { by }] },
        update: { $set: { until, by } },
      }),
    release: async (conversation) => {
      if (!needsNoLease(conversation)) await free(leaseId(conversation))
    },
    waiting: (conversation, limit) => wait({ conversation, limit }),
    postpone: async (conversation, until) => {
      await rows.collection.updateMany({ waitsIn: conversation }, { $max: { nextAt: until } })
    },
  }
}

type Wanted = { readonly conversation: string; readonly limit: number }

/** What waits in several conversations at once; one that was cut off, because they have too many, is asked by itself. */
function waitingIn<Row>({ collection }: Rows, order: string, toRow: (document: Record<string, unknown>) => Row) {
  const find = async (waitsIn: unknown, limit: number) =>
    collection
      .find({ waitsIn } as object)
      .sort({ waitsIn: 1, [order]: 1, _id: 1 })
      .limit(limit)
      .toArray()
  return together(async (wanted: readonly Wanted[]) => {
    const most = Math.max(...wanted.map(({ limit }) => limit)) * 2
    const found = await find({ $in: wanted.map(({ conversation }) => conversation) }, most)
    const isWhole = found.length < most
    return Promise.all(
      wanted.map(async ({ conversation, limit }) => {
        const own = isWhole ? found.filter(({ waitsIn }) => waitsIn === conversation) : await find(conversation, limit)
        return own.slice(0, limit).map(toRow)
      }),
    )
  }, 50).ask
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

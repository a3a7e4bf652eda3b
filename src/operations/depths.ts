import type { Models } from '../core/store/models.ts'
import type { Depths } from '../web/metrics.ts'

/** What waits where; each count is served by an index that holds only what waits. */
export async function depthsOf({ inbox, outbox, cases }: Models): Promise<Depths> {
  const [unread, unsent, open, exhausted] = await Promise.all([
    inbox.collection.countDocuments({ nextAt: { $gt: new Date(0) } }),
    outbox.collection.countDocuments({ nextAt: { $gt: new Date(0) } }),
    cases.collection.countDocuments({ dueAt: { $gt: new Date(0) } }),
    cases.collection.countDocuments({ status: 'exhausted' }),
  ])
  return { inbox: unread, outbox: unsent, open, exhausted }
}

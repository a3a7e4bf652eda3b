import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Collection, Index } from './catalogue.ts'
import { compileFilter } from './filter.ts'
import { allRows } from './scan.ts'
import type { Storage } from './storage.ts'
import { removeFound } from './write-commands.ts'

const REMOVED_AT_ONCE = 200

/** Removes the documents whose time, by a TTL index, has come; in small portions, so that nobody waits long. */
export async function removeExpired(storage: Storage, now = Date.now()): Promise<void> {
  for (const collection of storage.collections.values()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined || index.key.length !== 1) continue
      const before = new Date(now - index.expireAfterSeconds * 1000)
      while ((await removePortion(storage, collection, index, before)) === REMOVED_AT_ONCE) await nextTurn()
    }
  }
}

async function removePortion(storage: Storage, collection: Collection, index: Index, before: Date): Promise<number> {
  const isExpired = { [String(index.key[0]?.name)]: { $lte: before } }
  const filter = compileFilter(index.partial ? { $and: [isExpired, index.partial.source] } : isExpired)
  const query = { filter, sort: [], wanted: REMOVED_AT_ONCE }
  // Looked for outside the write transaction first, because usually there is nothing to remove.
  if (allRows(storage, collection, { ...query, wanted: 1 }).length === 0) return 0
  return storage.write((transaction) => removeFound(transaction, collection.namespace, query))
}

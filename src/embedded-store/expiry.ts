import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Collection, Index } from './catalogue.ts'
import { removeDocument } from './documents.ts'
import { compileFilter } from './filter.ts'
import { findRecords } from './scan.ts'
import type { Storage } from './storage.ts'
import { documentKey } from './storage-keys.ts'

const REMOVED_AT_ONCE = 200

/** Removes the documents whose time, by a TTL index, has come; in small portions, so that nobody waits long. */
export async function removeExpired(storage: Storage, now = Date.now()): Promise<void> {
  for (const collection of storage.catalogue.collections.values()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined || index.key.length !== 1) continue
      while ((await removePortion(storage, { collection, index, now })) === REMOVED_AT_ONCE) await nextTurn()
    }
  }
}

interface Portion {
  readonly collection: Collection
  readonly index: Index
  readonly now: number
}

async function removePortion(storage: Storage, { collection, index, now }: Portion): Promise<number> {
  const before = new Date(now - (index.expireAfterSeconds ?? 0) * 1000)
  const isExpired = { [String(index.key[0]?.name)]: { $lte: before } }
  const filter = compileFilter(index.partial ? { $and: [isExpired, index.partial.source] } : isExpired)
  const query = { filter, sort: [], wanted: REMOVED_AT_ONCE }
  // Looked for outside the write transaction first, because usually there is nothing to remove.
  if (findRecords(storage, collection, { ...query, wanted: 1 }).length === 0) return 0
  return storage.write((transaction) => {
    const current = transaction.collection(collection.namespace)
    if (current?.id !== collection.id) return 0
    const records = findRecords(transaction, current, query)
    for (const record of records)
      removeDocument(transaction, current, { record, raw: transaction.get(documentKey(current.id, record)) as Buffer })
    return records.length
  })
}

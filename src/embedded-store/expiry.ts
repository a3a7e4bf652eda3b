import type { Index } from './catalogue.ts'
import { compileFilter } from './filter.ts'
import type { Query } from './scan.ts'
import type { Storage } from './storage.ts'
import { removeFound } from './write-commands.ts'

const REMOVED_AT_ONCE = 200

/** Removes the documents whose time, by a TTL index, has come; in small portions, so that nobody waits long. */
export async function removeExpired(storage: Storage, now = Date.now()): Promise<void> {
  for (const { namespace, indexes } of storage.collections.values()) {
    for (const index of indexes) {
      if (index.expireAfterSeconds === undefined || index.key.length !== 1) continue
      const query = expiredBy(index, new Date(now - index.expireAfterSeconds * 1000))
      const removePortion = () => storage.write((transaction) => removeFound(transaction, namespace, query))
      while ((await removePortion()) === REMOVED_AT_ONCE);
    }
  }
}

function expiredBy({ key, partial }: Index, before: Date): Query {
  const isExpired = { [String(key[0]?.name)]: { $lte: before } }
  const filter = compileFilter(partial ? { $and: [isExpired, partial.source] } : isExpired)
  return { filter, sort: [], wanted: REMOVED_AT_ONCE }
}

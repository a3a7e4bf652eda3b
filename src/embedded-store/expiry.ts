import { queryOf } from './request.ts'
import type { Storage } from './storage.ts'
import { removeFound } from './write-commands.ts'

const REMOVED_AT_ONCE = 200

/** Removes the documents whose time, by a TTL index, has come; in small portions, so that nobody waits long. */
export async function removeExpired(storage: Storage, now = Date.now()): Promise<void> {
  for (const { namespace, indexes } of storage.collections.values()) {
    for (const { key, partial, expireAfterSeconds } of indexes) {
      if (expireAfterSeconds === undefined || key.length !== 1) continue
      const isExpired = { [String(key[0]?.name)]: { $lte: new Date(now - expireAfterSeconds * 1000) } }
      // What the index is partial by is said once more where the planner sees it.
      const filter = { ...partial?.source, $and: [isExpired, partial?.source ?? {}] }
      const query = queryOf(filter, undefined, REMOVED_AT_ONCE)
      const removePortion = () => storage.write((transaction) => removeFound(transaction, namespace, query))
      while ((await removePortion()) === REMOVED_AT_ONCE);
    }
  }
}

import type { RootDatabase } from 'lmdb'
import { type Collection, defineIndex, encodeCollection, withIndexes } from './catalogue.ts'
import type { Storage } from './storage.ts'
import { collectionKey, type KeyRange } from './storage-keys.ts'
import { asStoreError, StoreError } from './store-error.ts'

/** MongoDB's limit for the name of a database and a collection together. */
const LONGEST_NAMESPACE = 255

/** The collections by their full names, as of one commit. */
export type Collections = ReadonlyMap<string, Collection>

/**
 * One group of writes. It changes a draft of the collections' definitions; only the commit makes the draft valid,
 * so a failed commit leaves them as they were.
 */
export class Transaction {
  collections: Collections
  /** How many changes were begun. */
  changes = 0
  /** Reads what this transaction has written, too. */
  readonly storage: Storage
  readonly #database: RootDatabase<Buffer, Buffer>

  constructor(storage: Storage, database: RootDatabase<Buffer, Buffer>) {
    this.storage = storage
    this.#database = database
    this.collections = storage.collections
  }

  /** Runs a part of the group that may be refused; a failure half-way is thrown, because only the group can be undone. */
  attempt<T>(work: () => T): { readonly result: T } | { readonly refusal: StoreError } {
    const { changes } = this
    try {
      return { result: work() }
    } catch (error) {
      if (this.changes > changes && !(error instanceof StoreError)) throw error
      return { refusal: asStoreError(error) }
    }
  }

  put(key: Buffer, value: Buffer): void {
    this.changes++
    this.#database.putSync(key, value)
  }

  remove(key: Buffer): void {
    this.changes++
    this.#database.removeSync(key)
  }

  clear(range: KeyRange): void {
    for (const { key } of this.storage.range(range)) this.remove(key)
  }

  /** The collection, created when it does not exist, as MongoDB does on the first write. */
  ensureCollection(namespace: string): Collection {
    const existing = this.collections.get(namespace)
    if (existing) return existing
    if (!/^[^.\0$/\\ ]+\.[^.\0$][^\0$]*$/.test(namespace) || Buffer.byteLength(namespace) > LONGEST_NAMESPACE)
      throw new StoreError(73, 'InvalidNamespace', `Invalid namespace specified '${namespace}'`)
    const idIndex = defineIndex({ v: 2, key: { _id: 1 }, name: '_id_' }, { id: this.storage.nextId() })
    return this.saveCollection(withIndexes({ id: this.storage.nextId(), namespace }, [idIndex]))
  }

  saveCollection(collection: Collection): Collection {
    this.collections = new Map(this.collections).set(collection.namespace, collection)
    this.put(collectionKey(collection.namespace), encodeCollection(collection))
    return collection
  }
}

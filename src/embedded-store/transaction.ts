import type { RootDatabase } from 'lmdb'
import type { Document } from './bson-value.ts'
import {
  type Collection,
  defineCollection,
  defineIndex,
  encodeCollection,
  type Index,
  type Statistics,
  withIndexes,
} from './catalogue.ts'
import type { Entry, RangeOptions, Reader } from './storage.ts'
import { collectionKey, documentRange, indexRange, type KeyRange, NEXT_ID_KEY, statisticsKey } from './storage-keys.ts'
import { StoreError } from './store-error.ts'

/** Everything the store knows about its collections, as of one commit. */
export interface Catalogue {
  readonly collections: ReadonlyMap<string, Collection>
  readonly statistics: ReadonlyMap<number, Statistics>
  readonly nextId: number
}

/**
 * One group of writes. It changes a draft of the catalogue; only the commit makes the draft valid, so a failed
 * commit leaves catalogue and counters as they were.
 */
export class Transaction implements Reader {
  catalogue: Catalogue
  /** How many changes were begun. */
  changes = 0
  readonly #reader: Reader
  readonly #database: RootDatabase<Buffer, Buffer>
  readonly #counted = new Set<number>()

  constructor(reader: Reader, database: RootDatabase<Buffer, Buffer>, catalogue: Catalogue) {
    this.#reader = reader
    this.#database = database
    this.catalogue = catalogue
  }

  get(key: Buffer): Buffer | undefined {
    return this.#reader.get(key)
  }

  range(low: Buffer, high: Buffer, options?: RangeOptions): Iterable<Entry> {
    return this.#reader.range(low, high, options)
  }

  put(key: Buffer, value: Buffer): void {
    this.changes++
    this.#database.putSync(key, value)
  }

  remove(key: Buffer): void {
    this.changes++
    this.#database.removeSync(key)
  }

  collection(namespace: string): Collection | undefined {
    return this.catalogue.collections.get(namespace)
  }

  /** The collection, created when it does not exist, as MongoDB does on the first write. */
  ensureCollection(namespace: string, options: Document = {}): Collection {
    const existing = this.collection(namespace)
    if (existing) return existing
    if (!/^[^.\0$/\\ ]+\.[^.\0$][^\0$]*$/.test(namespace))
      throw new StoreError(73, 'InvalidNamespace', `Invalid namespace specified '${namespace}'`)
    const idIndex = defineIndex({ v: 2, key: { _id: 1 }, name: '_id_' }, { id: this.nextId() })
    const collection = defineCollection(this.nextId(), namespace, [idIndex], options)
    this.saveCollection(collection)
    return collection
  }

  saveCollection(collection: Collection): void {
    this.#draft({ collections: new Map(this.catalogue.collections).set(collection.namespace, collection) })
    this.put(collectionKey(collection.namespace), encodeCollection(collection))
  }

  /** Replaces one index definition and returns the collection that now holds. */
  replaceIndex(collection: Collection, index: Index): Collection {
    const changed = withIndexes(
      collection,
      collection.indexes.map((other) => (other.id === index.id ? index : other)),
    )
    this.saveCollection(changed)
    return changed
  }

  dropCollection(collection: Collection): void {
    const collections = new Map(this.catalogue.collections)
    collections.delete(collection.namespace)
    const statistics = new Map(this.catalogue.statistics)
    statistics.delete(collection.id)
    this.#counted.delete(collection.id)
    this.#draft({ collections, statistics })
    for (const index of collection.indexes) this.clear(indexRange(index.id))
    this.clear(documentRange(collection.id))
    this.remove(statisticsKey(collection.id))
    this.remove(collectionKey(collection.namespace))
  }

  clear({ low, high }: KeyRange): void {
    for (const { key } of this.range(low, high, { values: false })) this.remove(key)
  }

  /** The next id for a collection or an index; never given out twice. */
  nextId(): number {
    const { nextId } = this.catalogue
    this.#draft({ nextId: nextId + 1 })
    return nextId
  }

  /** Counts documents that came or went; returns the record number for a new one. */
  count(collection: Collection, change: 1 | -1): number {
    const before = this.catalogue.statistics.get(collection.id) ?? { count: 0, lastRecord: 0 }
    const lastRecord = before.lastRecord + (change === 1 ? 1 : 0)
    if (!this.#counted.has(collection.id)) this.#draft({ statistics: new Map(this.catalogue.statistics) })
    this.#counted.add(collection.id)
    // The map is this transaction's own from here on.
    ;(this.catalogue.statistics as Map<number, Statistics>).set(collection.id, {
      count: before.count + change,
      lastRecord,
    })
    return lastRecord
  }

  /** Writes the counters; once for a whole group. */
  finish(): void {
    for (const id of this.#counted) {
      const { count, lastRecord } = this.catalogue.statistics.get(id) as Statistics
      const bytes = Buffer.allocUnsafe(16)
      bytes.writeDoubleBE(count, 0)
      bytes.writeDoubleBE(lastRecord, 8)
      this.put(statisticsKey(id), bytes)
    }
  }

  #draft(change: Partial<Catalogue>) {
    this.catalogue = { ...this.catalogue, ...change }
    if (change.nextId === undefined) return
    const bytes = Buffer.allocUnsafe(4)
    bytes.writeUInt32BE(change.nextId, 0)
    this.put(NEXT_ID_KEY, bytes)
  }
}

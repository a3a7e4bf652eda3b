import { type Document, decode } from './bson-value.ts'
import { type Collection, type Index, withIndexes } from './catalogue.ts'
import { duplicateKey, type IndexEntries, indexEntriesOf } from './index-entries.ts'
import { pickFields, withIdFirst } from './raw-document.ts'
import type { Row } from './scan.ts'
import { documentKey, documentRange, indexEntryKey, recordAtEnd, recordBytes } from './storage-keys.ts'
import { StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'

const LARGEST_DOCUMENT = 16 * 1024 * 1024

/**
 * Every change here is evaluated first (keys, duplicates, sizes) and written afterwards, so that a refused
 * change has written nothing and never needs to be undone.
 */

/** Stores a new document and its index entries. */
export function insertDocument(transaction: Transaction, collection: Collection, given: Buffer): void {
  const raw = withIdFirst(given)
  checkSize(raw)
  const fields = decode(pickFields(raw, collection.indexedFields))
  checkId(fields._id)
  const entries = collection.indexes.map((index) => indexEntriesOf(index, fields))
  for (const each of entries) refuseDuplicates(transaction, collection, each)
  const record = transaction.storage.nextRecord(collection)
  transaction.put(documentKey(collection.id, record), raw)
  for (const each of entries) addEntries(transaction, each, record)
  noteIndexStates(transaction, collection, entries)
}

/** Replaces a stored document; only indexes on touched fields are looked at. */
export function updateDocument(
  transaction: Transaction,
  collection: Collection,
  change: { readonly row: Row; readonly after: Buffer; readonly touches: ReadonlySet<string> },
): void {
  const { row, after, touches } = change
  checkSize(after)
  const indexes = collection.indexes.filter((index) => [...index.fields].some((field) => touches.has(field)))
  if (indexes.length > 0) {
    const fieldsBefore = decode(pickFields(row.raw, collection.indexedFields))
    const fieldsAfter = decode(pickFields(after, collection.indexedFields))
    const changes = indexes.map((index) => entryChange(index, fieldsBefore, fieldsAfter))
    for (const { added } of changes) refuseDuplicates(transaction, collection, added)
    for (const { removed, added } of changes) {
      removeEntries(transaction, removed, row.record)
      addEntries(transaction, added, row.record)
    }
    const added = changes.map((change) => change.added)
    noteIndexStates(transaction, collection, added)
  }
  transaction.put(documentKey(collection.id, row.record), after)
}

/** Removes a stored document and its index entries. */
export function removeDocument(transaction: Transaction, collection: Collection, row: Row): void {
  const fields = decode(pickFields(row.raw, collection.indexedFields))
  for (const index of collection.indexes) removeEntries(transaction, indexEntriesOf(index, fields), row.record)
  transaction.remove(documentKey(collection.id, row.record))
}

/** Fills a new index from the documents that are there; returns it with what was learned. */
export function buildIndex(transaction: Transaction, collection: Collection, index: Index): Index {
  const { low, high } = documentRange(collection.id)
  let built = index
  for (const { key, value } of transaction.storage.range(low, high)) {
    const entries = indexEntriesOf(built, decode(pickFields(value, index.fields)))
    refuseDuplicates(transaction, collection, entries)
    addEntries(transaction, entries, recordAtEnd(key))
    built = entries.index
  }
  return built
}

function checkSize(raw: Buffer) {
  const message = `a document of ${raw.length} bytes is larger than ${LARGEST_DOCUMENT}`
  if (raw.length > LARGEST_DOCUMENT) throw new StoreError(10334, 'BSONObjectTooLarge', message)
}

function checkId(id: unknown) {
  if (Array.isArray(id) || (id as { _bsontype?: string } | null)?._bsontype === 'BSONRegExp')
    throw new StoreError(53, 'InvalidIdField', "The '_id' value cannot be an array or a regular expression")
}

function entryChange(index: Index, before: Document, after: Document): { removed: IndexEntries; added: IndexEntries } {
  const old = indexEntriesOf(index, before)
  const now = indexEntriesOf(index, after)
  return {
    removed: { index, keys: new Map([...old.keys].filter(([key]) => !now.keys.has(key))) },
    added: { index: now.index, keys: new Map([...now.keys].filter(([key]) => !old.keys.has(key))) },
  }
}

function refuseDuplicates(transaction: Transaction, collection: Collection, { index, keys }: IndexEntries) {
  if (!index.unique) return
  for (const { bytes, values } of keys.values())
    if (transaction.storage.get(indexEntryKey(index.id, bytes))) throw duplicateKey(collection, index, values)
}

function addEntries(transaction: Transaction, { index, keys }: IndexEntries, record: number) {
  const suffix = recordBytes(record)
  for (const { bytes } of keys.values()) {
    if (index.unique) transaction.put(indexEntryKey(index.id, bytes), suffix)
    else transaction.put(indexEntryKey(index.id, Buffer.concat([bytes, suffix])), NOTHING)
  }
}

function removeEntries(transaction: Transaction, { index, keys }: IndexEntries, record: number) {
  for (const { bytes } of keys.values())
    transaction.remove(indexEntryKey(index.id, index.unique ? bytes : Buffer.concat([bytes, recordBytes(record)])))
}

/** What an index learned about its documents decides how it may be used, so it is stored with the entries. */
function noteIndexStates(transaction: Transaction, collection: Collection, entries: readonly IndexEntries[]) {
  const learned = entries.map(({ index }) => index).filter((index) => !collection.indexes.includes(index))
  if (learned.length === 0) return
  const now = (index: Index) => learned.find(({ id }) => id === index.id) ?? index
  transaction.saveCollection(withIndexes(collection, collection.indexes.map(now)))
}

const NOTHING = Buffer.alloc(0)

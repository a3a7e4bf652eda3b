import { EJSON } from 'bson'
import { type Document, decode, encode } from './bson-value.ts'
import { type Collection, type Index, withIndexes } from './catalogue.ts'
import { encodeComponents, LONGEST_KEY, storedKey } from './index-key.ts'
import { keyRowsOf, someAtPath } from './path.ts'
import { pickFields, withIdFirst } from './raw-document.ts'
import type { Row } from './scan.ts'
import type { Storage } from './storage.ts'
import { documentKey, documentRange, indexEntryKey, indexRange, recordAtEnd, recordBytes } from './storage-keys.ts'
import { StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'
import type { Update } from './update.ts'

const LARGEST_DOCUMENT = 16 * 1024 * 1024

/** Stores a new document and its index entries. */
export function insertDocument(transaction: Transaction, namespace: string, given: Buffer): void {
  const collection = transaction.ensureCollection(namespace)
  const record = transaction.storage.nextRecord()
  const raw = withIdFirst(given)
  const now = indexedPart(collection, raw)
  if (Array.isArray(now._id)) throw new StoreError(53, 'InvalidIdField', "The '_id' value cannot be an array")
  const changes = collection.indexes.map((index) => changeOf(index, NO_ENTRIES, entriesOf(index, now, record)))
  write(transaction, collection, changes, { record, raw })
}

/** Updates a document and its index entries; what changes nothing is not written, and returned as it was. */
export function updateDocument(transaction: Transaction, namespace: string, row: Row, update: Update): Buffer {
  const collection = transaction.ensureCollection(namespace)
  const document = decode(row.raw)
  const isTouched = ({ fields }: Index) => [...fields].some((field) => update.touches.has(field))
  const indexes = collection.indexes.filter(isTouched)
  // Looked at first, because the document is changed in place.
  const before = indexes.map((index) => entriesOf(index, document, row.record).entries)
  const now = update.apply(document, false)
  const raw = encode(now)
  if (raw.equals(row.raw)) return row.raw
  const changes = indexes.map((index, i) => changeOf(index, before[i] as Entries, entriesOf(index, now, row.record)))
  write(transaction, collection, changes, { record: row.record, raw })
  return raw
}

/** Removes a document and its index entries. */
export function removeDocument(transaction: Transaction, namespace: string, { record, raw }: Row): void {
  const collection = transaction.ensureCollection(namespace)
  const before = indexedPart(collection, raw)
  for (const index of collection.indexes)
    for (const { key } of entriesOf(index, before, record).entries.values()) transaction.remove(key)
  transaction.remove(documentKey(collection.id, record))
}

const indexedPart = (collection: Collection, raw: Buffer): Document => decode(pickFields(raw, collection.indexedFields))

/** What happens to the entries of one index, and what the index is afterwards. */
const changeOf = (index: Index, before: Entries, { entries, index: learned }: ReturnType<typeof entriesOf>) => ({
  index,
  learned,
  removed: others(before, entries),
  added: others(entries, before),
})

type Change = ReturnType<typeof changeOf>

const others = (entries: Entries, known: Entries): readonly Entry[] =>
  [...entries].flatMap(([text, entry]) => (known.has(text) ? [] : [entry]))

/** Writes what was evaluated before; what is refused is refused first, so that there is nothing to be undone. */
function write(transaction: Transaction, collection: Collection, changes: readonly Change[], { record, raw }: Row) {
  if (raw.length > LARGEST_DOCUMENT)
    throw new StoreError(10334, 'BSONObjectTooLarge', `${raw.length} bytes are larger than ${LARGEST_DOCUMENT}`)
  for (const { index, added } of changes) refuseDuplicates(transaction.storage, collection.namespace, index, added)
  for (const { index, removed, added } of changes) {
    for (const { key } of removed) transaction.remove(key)
    addEntries(transaction, index, added, record)
  }
  // What an index learned about its documents decides how it may be used, so it is stored with the entries.
  if (changes.some(({ index, learned }) => learned !== index)) {
    const learned = new Map(changes.map((change) => [change.index, change.learned]))
    const indexes = collection.indexes.map((index) => learned.get(index) ?? index)
    transaction.saveCollection(withIndexes(collection, indexes))
  }
  transaction.put(documentKey(collection.id, record), raw)
}

/** Fills a new index from the documents that are there; returns it with what was learned. */
export function buildIndex(transaction: Transaction, collection: Collection, index: Index): Index {
  let built = index
  try {
    for (const { key, value } of transaction.storage.range(documentRange(collection.id))) {
      const record = recordAtEnd(key)
      const { index: learned, entries } = entriesOf(built, decode(pickFields(value, index.fields)), record)
      refuseDuplicates(transaction.storage, collection.namespace, index, entries.values())
      addEntries(transaction, index, entries.values(), record)
      built = learned
    }
  } catch (error) {
    transaction.clear(indexRange(index.id))
    throw error
  }
  return built
}

interface Entry {
  readonly key: Buffer
  readonly values: readonly unknown[]
}
type Entries = ReadonlyMap<string, Entry>

const NO_ENTRIES: Entries = new Map()

/** The entries of a document in an index, by their keys, and the index as it then is. It needs only the index's fields. */
export function entriesOf(index: Index, document: Document, record: number) {
  if (!belongsTo(index, document)) return { index, entries: NO_ENTRIES }
  const entries = new Map<string, Entry>()
  const { rows, arrayAt } = keyRowsOf(document, index.key)
  let { hasCutKeys } = index
  for (const values of rows) {
    const encoded = encodeComponents(values, index.key)
    hasCutKeys ||= encoded.length > LONGEST_KEY
    const key = indexEntryKey(index.id, storedKey(encoded), index.unique ? undefined : record)
    entries.set(key.toString('latin1'), { key, values })
  }
  if (hasCutKeys === index.hasCutKeys && (arrayAt < 0 || index.multikey[arrayAt])) return { index, entries }
  const multikey = index.multikey.map((known, i) => known || i === arrayAt)
  return { index: { ...index, multikey, hasCutKeys }, entries }
}

function belongsTo(index: Index, document: Document): boolean {
  if (index.partial && !index.partial.matches(document)) return false
  return !index.sparse || index.key.some(({ path }) => someAtPath(document, path, (value) => value !== undefined))
}

function refuseDuplicates(storage: Storage, namespace: string, index: Index, entries: Iterable<Entry>) {
  const { unique, name, spec, key: fields } = index
  if (!unique) return
  for (const { key, values } of entries) {
    if (!storage.get(key)) continue
    // mongoose reads `keyPattern` and `keyValue`.
    const keyValue = Object.fromEntries(fields.map((field, i) => [field.name, values[i] ?? null]))
    const message = `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${EJSON.stringify(keyValue)}`
    throw new StoreError(11000, 'DuplicateKey', message, { keyPattern: spec.key, keyValue })
  }
}

/** In a unique index the record is the value of an entry; in others it ends the key. */
function addEntries(transaction: Transaction, { unique }: Index, entries: Iterable<Entry>, record: number) {
  for (const { key } of entries) transaction.put(key, unique ? recordBytes(record) : NOTHING)
}

const NOTHING = Buffer.alloc(0)

/** One LMDB key space; the first byte says what an entry is. */
const KIND = { collection: 1, document: 2, indexEntry: 3 } as const

const RECORD_LENGTH = 6

function keyOf(kind: number, id: number, rest?: Uint8Array, record?: number): Buffer {
  const end = 5 + (rest?.length ?? 0)
  const bytes = Buffer.allocUnsafe(record === undefined ? end : end + RECORD_LENGTH)
  bytes[0] = kind
  bytes.writeUInt32BE(id, 1)
  if (rest) bytes.set(rest, 5)
  if (record !== undefined) bytes.writeUIntBE(record, end, RECORD_LENGTH)
  return bytes
}

/** A range of keys: from `start` up to but not including `end`. */
export interface KeyRange {
  readonly start: Buffer
  readonly end: Buffer
}

const rangeOf = (kind: number, id: number): KeyRange => ({ start: keyOf(kind, id), end: keyOf(kind, id + 1) })

/** Where the definition of a collection is kept. */
export const collectionKey = (namespace: string): Buffer =>
  Buffer.concat([Buffer.of(KIND.collection), Buffer.from(namespace)])

/** All definitions of collections. */
export const ALL_COLLECTIONS: KeyRange = { start: Buffer.of(KIND.collection), end: Buffer.of(KIND.collection + 1) }

/** Where a document is kept: by collection and, in order of insertion, by record number. */
export const documentKey = (collectionId: number, record: number): Buffer =>
  keyOf(KIND.document, collectionId, undefined, record)

/** All documents of a collection. */
export const documentRange = (collectionId: number): KeyRange => rangeOf(KIND.document, collectionId)

/** An entry of an index; in a non-unique index the record number is part of the key. */
export const indexEntryKey = (indexId: number, indexKey: Uint8Array, record?: number): Buffer =>
  keyOf(KIND.indexEntry, indexId, indexKey, record)

/** All entries of an index. */
export const indexRange = (indexId: number): KeyRange => rangeOf(KIND.indexEntry, indexId)

/** A record number as it fills a unique entry. */
export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_LENGTH)
  bytes.writeUIntBE(record, 0, RECORD_LENGTH)
  return bytes
}

/** The record number in the last bytes of a key or a value. */
export const recordAtEnd = (bytes: Buffer) => bytes.readUIntBE(bytes.length - RECORD_LENGTH, RECORD_LENGTH)

/** One LMDB key space; the first byte says what an entry is. */
const KIND = { collection: 1, document: 2, indexEntry: 3 } as const

const RECORD_LENGTH = 6

const key = (kind: number, id: number, rest: Uint8Array = new Uint8Array()) => {
  const bytes = Buffer.allocUnsafe(5 + rest.length)
  bytes[0] = kind
  bytes.writeUInt32BE(id, 1)
  bytes.set(rest, 5)
  return bytes
}

/** A range of keys: from `low` up to but not including `high`. */
export interface KeyRange {
  readonly low: Buffer
  readonly high: Buffer
}

/** Where the definition of a collection is kept. */
export const collectionKey = (namespace: string) =>
  Buffer.concat([Buffer.from([KIND.collection]), Buffer.from(namespace)])

/** All definitions of collections. */
export const ALL_COLLECTIONS: KeyRange = {
  low: Buffer.from([KIND.collection]),
  high: Buffer.from([KIND.collection + 1]),
}

/** Where a document is kept: by collection and, in order of insertion, by record number. */
export const documentKey = (collectionId: number, record: number): Buffer =>
  key(KIND.document, collectionId, recordBytes(record))

/** All documents of a collection. */
export const documentRange = (collectionId: number): KeyRange => ({
  low: key(KIND.document, collectionId),
  high: key(KIND.document, collectionId + 1),
})

/** An entry of an index; in a non-unique index the record number is part of the key. */
export const indexEntryKey = (indexId: number, indexKey: Uint8Array) => key(KIND.indexEntry, indexId, indexKey)

/** All entries of an index. */
export const indexRange = (indexId: number): KeyRange => ({
  low: key(KIND.indexEntry, indexId),
  high: key(KIND.indexEntry, indexId + 1),
})

/** A record number as the bytes that end a key or fill a unique entry. */
export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_LENGTH)
  bytes.writeUIntBE(record, 0, RECORD_LENGTH)
  return bytes
}

/** The record number in the last bytes of a key or a value. */
export const recordAtEnd = (bytes: Buffer) => bytes.readUIntBE(bytes.length - RECORD_LENGTH, RECORD_LENGTH)

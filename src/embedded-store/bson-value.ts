import { deserialize, Long, serialize } from 'bson'
import { refused } from './store-error.ts'

/** A decoded BSON document: numbers stay wrapped (`Int32`, `Double`, `Long`), so that a rewrite keeps their types. */
export type Document = Record<string, unknown>

const DECODE = { promoteValues: false, bsonRegExp: true, validation: { utf8: false } } as const

/** BSON bytes to a document with exact types. */
export const decode = (bytes: Uint8Array): Document => deserialize(bytes, DECODE as object)

/** The same, but the documents in an array of this name stay encoded. */
export const decodeAround = (bytes: Uint8Array, name: string): Document =>
  deserialize(bytes, { ...DECODE, fieldsAsRaw: { [name]: true } } as object)

/** A document to BSON bytes, which on Node are a Buffer. */
export const encode = (document: Document): Buffer => serialize(document, { ignoreUndefined: true }) as Buffer

/** MongoDB's canonical order of types, as the first byte of a key; a missing value sorts before null. */
export const RANK = {
  undefined: 0x08,
  null: 0x10,
  ...{ number: 0x21, Int32: 0x21, Double: 0x21, Long: 0x21 },
  string: 0x30,
  document: 0x40,
  array: 0x50,
  Binary: 0x60,
  ObjectId: 0x70,
  boolean: 0x80,
  date: 0x90,
} as const

const RANK_OF_TYPE: Readonly<Record<string, number>> = RANK

/** The place of a value's type in MongoDB's order of types. */
export function rankOf(value: unknown): number {
  const type = typeOf(value)
  const rank = RANK_OF_TYPE[type]
  // Decimals, regular expressions, timestamps and code may be stored and read, but not compared or indexed.
  if (rank === undefined) throw refused(`comparing a value of type ${type}`)
  return rank
}

function typeOf(value: unknown): string {
  if (typeof value !== 'object') return typeof value
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isDocument(value)) return 'document'
  return value instanceof Date ? 'date' : String((value as { _bsontype?: string })._bsontype)
}

/** True for a plain embedded document, false for arrays, dates and BSON's special values. */
export const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** True for every BSON number that the store computes with. */
export const isNumber = (value: unknown): boolean => RANK_OF_TYPE[typeOf(value)] === RANK.number

/** The numeric value as a JavaScript number (a `Long` beyond 2^53 is rounded). */
export const numberOf = (value: unknown): number =>
  value instanceof Long ? value.toNumber() : Number((value as { valueOf(): number }).valueOf())

/** True for what MongoDB takes as true in options: everything except false, zero and null. */
export const isTruthy = (value: unknown): boolean =>
  value === undefined || value === null || value === false ? false : !isNumber(value) || numberOf(value) !== 0

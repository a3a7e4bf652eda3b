import { type Binary, deserialize, Long, type ObjectId, serialize } from 'bson'
import { refused } from './store-error.ts'

/** A decoded BSON document: numbers stay wrapped (`Int32`, `Double`, `Long`), so that a rewrite keeps their types. */
export type Document = Record<string, unknown>

const DECODE = {
  promoteValues: false,
  promoteBuffers: false,
  promoteLongs: false,
  bsonRegExp: true,
  validation: { utf8: false },
} as const

/** BSON bytes to a document with exact types. */
export const decode = (bytes: Uint8Array): Document => deserialize(bytes, DECODE as object)

/** A document to BSON bytes. */
export function encode(document: Document): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** MongoDB's canonical order of types; a missing value sorts before null. */
export const RANK = {
  missing: 2,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
} as const

const RANK_OF_BSON_TYPE: Readonly<Record<string, number>> = {
  Int32: RANK.number,
  Double: RANK.number,
  Long: RANK.number,
  ObjectId: RANK.objectId,
  Binary: RANK.binary,
}

/** The place of a value's type in MongoDB's order of types. */
export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return RANK.missing
    case 'string':
      return RANK.string
    case 'number':
      return RANK.number
    case 'boolean':
      return RANK.boolean
  }
  if (value === null) return RANK.null
  if (Array.isArray(value)) return RANK.array
  if (isDocument(value)) return RANK.object
  if (value instanceof Date) return RANK.date
  const type = (value as { _bsontype?: string })._bsontype ?? typeof value
  const rank = RANK_OF_BSON_TYPE[type]
  // Decimals, regular expressions, timestamps and code may be stored and read, but not compared or indexed.
  if (rank === undefined) throw refused(`comparing a value of type ${type}`)
  return rank
}

/** True for a plain embedded document, false for arrays, dates and BSON's special values. */
export const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** True for every BSON number that the store computes with. */
export const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  RANK_OF_BSON_TYPE[(value as { _bsontype?: string } | null | undefined)?._bsontype ?? ''] === RANK.number

/** The numeric value as a JavaScript number (a `Long` beyond 2^53 is rounded). */
export const numberOf = (value: unknown): number =>
  value instanceof Long ? value.toNumber() : Number((value as { valueOf(): number }).valueOf())

/** True for what MongoDB takes as true in options: everything except false, zero and null. */
export const isTruthy = (value: unknown): boolean =>
  value === undefined || value === null || value === false ? false : !isNumber(value) || numberOf(value) !== 0

function compareNumbers(a: unknown, b: unknown): number {
  if (a instanceof Long || b instanceof Long) {
    const left = exactLong(a)
    const right = exactLong(b)
    if (left && right) return left.compare(right)
  }
  const x = numberOf(a)
  const y = numberOf(b)
  if (x === y) return 0
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1
  return Number.isNaN(y) || x > y ? 1 : -1
}

function exactLong(value: unknown): Long | undefined {
  if (value instanceof Long) return value
  const number = numberOf(value)
  return Number.isInteger(number) ? Long.fromNumber(number) : undefined
}

/** Compares by UTF-8 bytes, as MongoDB does; JavaScript compares UTF-16 units, which differs above the BMP. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return codePointOrder(x) - codePointOrder(y)
  }
  return a.length - b.length
}

const codePointOrder = (unit: number) => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000)

function compareDocuments(a: Document, b: Document): number {
  const left = Object.keys(a)
  const right = Object.keys(b)
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const x = left[i] as string
    const y = right[i] as string
    const order = rankOf(a[x]) - rankOf(b[y]) || compareStrings(x, y) || compareValues(a[x], b[y])
    if (order) return order
  }
  return left.length - right.length
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i])
    if (order) return order
  }
  return a.length - b.length
}

function compareBinaries(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(bytesOf(a), bytesOf(b))
}

/** The bytes of a binary value without its spare capacity. */
export const bytesOf = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position)

/** MongoDB's order of any two values, across types. */
export function compareValues(a: unknown, b: unknown): number {
  const rank = rankOf(a)
  const other = rankOf(b)
  if (rank !== other) return rank - other
  switch (rank) {
    case RANK.number:
      return compareNumbers(a, b)
    case RANK.string:
      return compareStrings(String(a), String(b))
    case RANK.object:
      return compareDocuments(a as Document, b as Document)
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[])
    case RANK.binary:
      return compareBinaries(a as Binary, b as Binary)
    case RANK.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id)
    case RANK.boolean:
      return Number(a) - Number(b)
    case RANK.date:
      return (a as Date).getTime() - (b as Date).getTime()
    default:
      return 0
  }
}

/** True when MongoDB holds the two values equal (1 and 1.0 are). */
export const equalValues = (a: unknown, b: unknown): boolean => a === b || compareValues(a, b) === 0

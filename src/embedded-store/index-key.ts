import { createHash } from 'node:crypto'
import { type Binary, Long, type ObjectId } from 'bson'
import { bytesOf, type Document, numberOf, RANK, rankOf } from './bson-value.ts'

/** LMDB refuses keys above 1,978 bytes; a longer index key is cut here and ends in a hash. */
export const LONGEST_KEY = 1700
const HASH_LENGTH = 20

/** Bytes of a key that are never replaced by the hash, so ranges may rely on them. */
export const EXACT_PREFIX = LONGEST_KEY - HASH_LENGTH

const TAG = {
  missing: 0x08,
  null: 0x10,
  nan: 0x20,
  number: 0x21,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
} as const

/** Bytes that grow as they are written; one is reused for every key because the store is single-threaded. */
let bytes = Buffer.allocUnsafe(512)
let length = 0

function reserve(count: number) {
  if (length + count <= bytes.length) return
  const grown = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + count))
  bytes.copy(grown, 0, 0, length)
  bytes = grown
}

function putByte(value: number) {
  reserve(1)
  bytes[length++] = value
}

function putBytes(value: Uint8Array) {
  reserve(value.length)
  bytes.set(value, length)
  length += value.length
}

/** Sign-flipped IEEE 754: the bytes then sort as the numbers do. */
function putNumber(value: number) {
  reserve(8)
  bytes.writeDoubleBE(value === 0 ? 0 : value, length)
  const negative = ((bytes[length] as number) & 0x80) !== 0
  if (negative) for (let i = length; i < length + 8; i++) bytes[i] = ~(bytes[i] as number)
  else bytes[length] = (bytes[length] as number) | 0x80
  length += 8
}

/** Zero bytes are escaped (00 FF) and the string ends in 00 00, so that a prefix sorts before what it begins. */
function putString(value: string) {
  const size = Buffer.byteLength(value)
  reserve(size + 2)
  if (value.includes('\0')) {
    for (const byte of Buffer.from(value)) {
      putByte(byte)
      if (byte === 0) putByte(0xff)
    }
  } else length += bytes.write(value, length, 'utf8')
  putByte(0)
  putByte(0)
}

/** A double cannot hold every int64: the two bytes after it hold what rounding lost. */
function putNumeric(value: unknown) {
  const number = numberOf(value)
  if (Number.isNaN(number)) return putByte(TAG.nan)
  putByte(TAG.number)
  putNumber(number)
  const lost = value instanceof Long ? value.subtract(Long.fromNumber(number)).toNumber() : 0
  putByte((lost + 0x8000) >> 8)
  putByte((lost + 0x8000) & 0xff)
}

function putDocument(value: Document) {
  putByte(TAG.object)
  for (const name of Object.keys(value)) {
    putByte(rankOf(value[name]))
    putString(name)
    putValue(value[name])
  }
  putByte(0)
}

function putArray(value: readonly unknown[]) {
  putByte(TAG.array)
  for (const element of value) putValue(element)
  putByte(0)
}

function putTagged(tag: number, value: Uint8Array) {
  putByte(tag)
  putBytes(value)
}

function putBinary(value: Binary) {
  putByte(TAG.binary)
  putNumber(value.length())
  putByte(value.sub_type)
  putBytes(bytesOf(value))
}

function putNumbers(tag: number, ...values: number[]) {
  putByte(tag)
  for (const value of values) putNumber(value)
}

function putStrings(tag: number, ...values: string[]) {
  putByte(tag)
  for (const value of values) putString(value)
}

/** How each type, by its rank, is written. */
const PUT: Readonly<Record<number, (value: unknown) => void>> = {
  [RANK.missing]: () => putByte(TAG.missing),
  [RANK.null]: () => putByte(TAG.null),
  [RANK.number]: putNumeric,
  [RANK.string]: (value) => putStrings(TAG.string, String(value)),
  [RANK.object]: (value) => putDocument(value as Document),
  [RANK.array]: (value) => putArray(value as unknown[]),
  [RANK.binary]: (value) => putBinary(value as Binary),
  [RANK.objectId]: (value) => putTagged(TAG.objectId, (value as ObjectId).id),
  [RANK.boolean]: (value) => putTagged(TAG.boolean, Uint8Array.of(value ? 1 : 0)),
  [RANK.date]: (value) => putNumbers(TAG.date, (value as Date).getTime()),
}

function putValue(value: unknown) {
  PUT[rankOf(value)]?.(value)
}

/** Values as bytes whose order is MongoDB's order; a direction of -1 inverts that component. Never cut. */
export function encodeComponents(values: readonly unknown[], directions: readonly number[]): Buffer {
  length = 0
  for (let i = 0; i < values.length; i++) {
    const start = length
    putValue(values[i])
    if ((directions[i] ?? 1) < 0) for (let j = start; j < length; j++) bytes[j] = ~(bytes[j] as number)
  }
  return Buffer.from(bytes.subarray(0, length))
}

/** The key as it is stored: as encoded, or cut and ended with a hash when it is too long for LMDB. */
export function storedKey(encoded: Buffer): Buffer {
  if (encoded.length <= LONGEST_KEY) return encoded
  return Buffer.concat([encoded.subarray(0, EXACT_PREFIX), createHash('sha1').update(encoded).digest()])
}

/** The first key after every key that begins with `key`. */
export function afterPrefix(key: Buffer): Buffer {
  for (let i = key.length - 1; i >= 0; i--) {
    if (key[i] !== 0xff) {
      const next = Buffer.from(key.subarray(0, i + 1))
      next[i] = (key[i] as number) + 1
      return next
    }
  }
  return Buffer.concat([key, Buffer.from([0xff])])
}

/** A text that is equal exactly for equal values; for sets and maps of BSON values. */
export const identityOf = (value: unknown): string =>
  typeof value === 'string' ? `s${value}` : encodeComponents([value], []).toString('latin1')

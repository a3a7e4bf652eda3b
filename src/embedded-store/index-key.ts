import { createHash } from 'node:crypto'
import { type Binary, Long, type ObjectId } from 'bson'
import { type Document, numberOf, RANK, rankOf } from './bson-value.ts'
import type { SortField } from './path.ts'

/** LMDB refuses keys above 1,978 bytes; a longer index key is cut here and ends in a hash. */
export const LONGEST_KEY = 1700
const HASH_LENGTH = 20

/** Bytes of a key that are never replaced by the hash, so ranges may rely on them. */
export const EXACT_PREFIX = LONGEST_KEY - HASH_LENGTH

/** NaN is a number that sorts before all others and is in no range of them. */
const NAN = RANK.number - 1

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

/** Zero bytes are escaped (00 01) and the string ends in 00 00, so that a prefix sorts before what it begins. */
function putString(value: string) {
  const text = value.includes('\0') ? value.replaceAll('\0', '\0\x01') : value
  reserve(Buffer.byteLength(text))
  length += bytes.write(text, length, 'utf8')
  putByte(0)
  putByte(0)
}

/** A double cannot hold every int64: the two bytes after it hold what rounding lost. */
function putNumeric(value: unknown) {
  const number = numberOf(value)
  if (Number.isNaN(number)) return putByte(NAN)
  putByte(RANK.number)
  putNumber(number)
  const lost = value instanceof Long ? value.subtract(Long.fromNumber(number)).toNumber() : 0
  putByte((lost + 0x8000) >> 8)
  putByte((lost + 0x8000) & 0xff)
}

function putValue(value: unknown): void {
  const rank = rankOf(value)
  if (rank !== RANK.number) putByte(rank)
  if (rank === RANK.number) putNumeric(value)
  else if (rank === RANK.string) putString(value as string)
  else if (rank === RANK.date) putNumber((value as Date).getTime())
  else if (rank === RANK.ObjectId) putBytes((value as ObjectId).id)
  else if (rank === RANK.boolean) putByte(value ? 1 : 0)
  else if (rank === RANK.Binary) {
    const binary = value as Binary
    putNumber(binary.length())
    putByte(binary.sub_type)
    putBytes(binary.value())
  } else if (rank === RANK.array) {
    for (const element of value as unknown[]) putValue(element)
    putByte(0)
  } else if (rank === RANK.document) {
    for (const [name, inner] of Object.entries(value as Document)) {
      putByte(rankOf(inner))
      putString(name)
      putValue(inner)
    }
    putByte(0)
  }
}

/** Values as bytes whose order is MongoDB's order; a descending field inverts that component. Never cut. */
export function encodeComponents(values: readonly unknown[], fields: readonly SortField[] = []): Buffer {
  length = 0
  for (let i = 0; i < values.length; i++) {
    const start = length
    putValue(values[i])
    if ((fields[i]?.direction ?? 1) < 0) for (let j = start; j < length; j++) bytes[j] = ~(bytes[j] as number)
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
  let end = key.length
  while (key[end - 1] === 0xff) end--
  const next = Buffer.from(key.subarray(0, end))
  next[end - 1] = (next[end - 1] as number) + 1
  return next
}

/** MongoDB's order of any two values, across types; 1 and 1.0 are equal. */
export const compareValues = (a: unknown, b: unknown): number =>
  Buffer.compare(encodeComponents([a]), encodeComponents([b]))

/** True when MongoDB holds the two values equal. */
export const equalValues = (a: unknown, b: unknown): boolean => a === b || compareValues(a, b) === 0

/** A text that is equal exactly for equal values; for sets and maps of BSON values. */
export const identityOf = (value: unknown): string =>
  typeof value === 'string' ? `s${value}` : encodeComponents([value]).toString('latin1')

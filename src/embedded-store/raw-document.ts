import { ObjectId } from 'bson'
import { StoreError } from './store-error.ts'

/** MongoDB's limit for nested documents and arrays. */
const DEEPEST = 200

/** The BSON types that the store looks into. */
export const TYPE = { string: 2, document: 3, array: 4, objectId: 7, boolean: 8, regex: 11 } as const

type Sizes = Readonly<Record<number, number>>

/** The bytes of a value by its type: of fixed size, or counted by a length of which so many bytes are not a part. */
const FIXED: Sizes = { 1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16, 127: 0, 255: 0 }
const COUNTED: Sizes = { 2: 4, 3: 0, 4: 0, 5: 5, 12: 16, 13: 4, 14: 4 }

const malformed = (what: string) => new StoreError(22, 'InvalidBSON', `malformed BSON: ${what}`)

/** Checks that bytes are one well-formed document, exactly as long as they say and not nested too deeply. */
export function checkDocument(bytes: Buffer, start = 0, end = bytes.length, depth = 1): void {
  if (depth > DEEPEST) throw new StoreError(15, 'Overflow', `object exceeds maximum nested object depth: ${DEEPEST}`)
  if (end - start < 5 || end > bytes.length || bytes.readInt32LE(start) !== end - start) throw malformed('wrong length')
  if (bytes[end - 1] !== 0) throw malformed('no end of document')
  let at = start + 4
  while (at < end - 1) at = checkElement(bytes, at, end - 1, depth)
  if (at !== end - 1) throw malformed('an element passes the end of its document')
}

function checkElement(bytes: Buffer, start: number, end: number, depth: number): number {
  const type = bytes[start] as number
  const value = bytes.indexOf(0, start + 1) + 1
  if (value === 0 || value > end) throw malformed('a field name without an end')
  const next = endOfValue(bytes, type, value)
  if (!(next > start) || next > end) throw malformed('a value passes the end of its document')
  if (type === TYPE.document || type === TYPE.array) checkDocument(bytes, value, next, depth + 1)
  if (type === TYPE.string && (next - value < 5 || bytes[next - 1] !== 0)) throw malformed('a string without an end')
  if (type === TYPE.boolean && (bytes[value] as number) > 1) throw malformed('a boolean that is neither')
  return next
}

/** Where a value ends; NaN when its type is unknown, code with scope among them. */
function endOfValue(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED[type]
  if (fixed !== undefined) return at + fixed
  if (type === TYPE.regex) return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1
  const uncounted = COUNTED[type]
  if (uncounted === undefined || at + 4 > bytes.length) return Number.NaN
  const size = bytes.readInt32LE(at)
  return size < 0 ? Number.NaN : at + uncounted + size
}

/** A document reduced to some of its top-level fields, without decoding any value. Every scan spends its time here. */
export function pickFields(bytes: Buffer, names: ReadonlySet<string>): Buffer {
  const looks = looksOf(names)
  const parts: Buffer[] = []
  const last = bytes.length - 1
  let start = 4
  while (start < last && parts.length < names.size) {
    let nameEnd = start + 1
    while (bytes[nameEnd] !== 0) nameEnd++
    const end = endOfValue(bytes, bytes[start] as number, nameEnd + 1)
    const look = ((nameEnd - start - 1) << 8) | (bytes[start + 1] as number)
    if (looks.has(look) && names.has(bytes.toString('utf8', start + 1, nameEnd))) parts.push(bytes.subarray(start, end))
    start = end
  }
  return documentOf(parts)
}

const knownLooks = new WeakMap<ReadonlySet<string>, ReadonlySet<number>>()

/** Length and first byte of each name: most fields are told apart by these, without making a string of their name. */
function looksOf(names: ReadonlySet<string>): ReadonlySet<number> {
  let looks = knownLooks.get(names)
  if (!looks) {
    looks = new Set([...names].map((name) => (Buffer.byteLength(name) << 8) | (Buffer.from(name)[0] ?? 0)))
    knownLooks.set(names, looks)
  }
  return looks
}

/** The document with `_id` as its first field, which MongoDB guarantees; a missing one is generated. */
export function withIdFirst(bytes: Buffer): Buffer {
  for (let start = 4, end: number; start < bytes.length - 1; start = end) {
    const value = bytes.indexOf(0, start + 1) + 1
    end = endOfValue(bytes, bytes[start] as number, value)
    if (bytes.toString('latin1', start + 1, value) !== '_id\0') continue
    if (start === 4) return bytes
    return documentOf([bytes.subarray(start, end), bytes.subarray(4, start), bytes.subarray(end, -1)])
  }
  const id = elementOf(TYPE.objectId, '_id', Buffer.from(new ObjectId().id))
  return documentOf([...id, bytes.subarray(4, -1)])
}

/** An element with a finished value, as parts of a document. */
export const elementOf = (type: number, name: string, value: Buffer): readonly Buffer[] => [
  Buffer.from(`${String.fromCharCode(type)}${name}\0`),
  value,
]

/** A document made of whole elements. */
export function documentOf(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5)
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeInt32LE(length, 0)
  let at = 4
  for (const part of parts) at += part.copy(bytes, at)
  bytes[at] = 0
  return bytes
}

import { ObjectId, onDemand } from 'bson'

/** MongoDB's limit for nested documents and arrays. */
const DEEPEST = 200

/** The BSON types that the store looks into. */
export const TYPE = { string: 2, document: 3, array: 4, objectId: 7, boolean: 8, codeWithScope: 15 } as const

/** Checks that bytes are one well-formed document, exactly as long as they say and not nested too deeply. */
export function checkDocument(bytes: Buffer, depth = 1): void {
  if (depth > DEEPEST) throw new Error(`a document is nested more than ${DEEPEST} levels deep`)
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw new Error('a document of another length')
  for (const [type, , , start, length] of onDemand.parseToElements(bytes)) {
    const last = bytes[start + length - 1] as number
    if (type === TYPE.document || type === TYPE.array) checkDocument(bytes.subarray(start, start + length), depth + 1)
    else if (type === TYPE.string && (length < 5 || last !== 0)) throw new Error('a string without an end')
    else if (type === TYPE.boolean && last > 1) throw new Error('a boolean that is neither')
    else if (type === TYPE.codeWithScope) throw new Error('code with a scope')
  }
}

/** A document reduced to some of its top-level fields, without decoding any value. Every scan spends its time here. */
export function pickFields(bytes: Buffer, names: ReadonlySet<string>): Buffer {
  const looks = looksOf(names)
  const parts: Buffer[] = []
  for (const [, name, nameLength, value, length] of onDemand.parseToElements(bytes)) {
    if (!looks.has((nameLength << 8) | (bytes[name] as number))) continue
    if (names.has(bytes.toString('utf8', name, name + nameLength))) parts.push(bytes.subarray(name - 1, value + length))
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
  if (bytes.toString('latin1', 5, 9) === '_id\0') return bytes
  for (const [, name, , value, length] of onDemand.parseToElements(bytes)) {
    if (bytes.toString('latin1', name, name + 4) !== '_id\0') continue
    const [start, end] = [name - 1, value + length]
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

import type { Socket } from 'node:net'
import type { Long } from 'bson'
import { type Document, decode, decodeAround, encode } from './bson-value.ts'
import { checkDocument, documentOf, elementOf, TYPE } from './raw-document.ts'

/** MongoDB's limit for one message. */
export const LARGEST_MESSAGE = 48_000_000

const HEADER_LENGTH = 16
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const MORE_TO_COME = 2

/** A request as a driver sent it. */
export interface Request {
  readonly id: number
  readonly isLegacy: boolean
  readonly expectsReply: boolean
  /** Decoded but for the documents of an insert. */
  readonly command: Document
}

/** What is malformed closes its connection, so nothing more than an error is needed, and Node's own will do. */
const malformed = (what: string) => new Error(`malformed message: ${what}`)

/** The messages that a client sends; one that comes in parts is joined only when all of it is there. */
export async function* messagesOf(socket: Socket): AsyncGenerator<Buffer> {
  let [chunks, buffered, needed]: [Buffer[], number, number] = [[], 0, HEADER_LENGTH]
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    buffered += chunk.length
    while (buffered >= needed) {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      const length = bytes.readInt32LE(0)
      if (length < HEADER_LENGTH + 5 || length > LARGEST_MESSAGE) throw malformed(`length ${length}`)
      const isWhole = buffered >= length
      if (isWhole) yield bytes.subarray(0, length)
      const rest = isWhole ? bytes.subarray(length) : bytes
      ;[chunks, buffered, needed] = [[rest], rest.length, isWhole ? HEADER_LENGTH : length]
    }
  }
}

/** Reads one whole message. Only OP_MSG is served, and OP_QUERY for a driver's first hello. */
export function parseMessage(bytes: Buffer): Request {
  const id = bytes.readInt32LE(4)
  const opcode = bytes.readInt32LE(12)
  if (opcode === OP_MSG) return parseSections(bytes, id)
  if (opcode !== OP_QUERY) throw malformed(`opcode ${opcode}`)
  const query = bytes.subarray(bytes.indexOf(0, 20) + 9)
  return { id, isLegacy: true, expectsReply: true, command: commandOf(query, new Map()) }
}

function parseSections(bytes: Buffer, id: number): Request {
  const flags = bytes.readUInt32LE(HEADER_LENGTH)
  // The upper half are flags that may be ignored. No driver sends checksums.
  if (flags & 0xffff & ~MORE_TO_COME) throw malformed(`flags ${flags}`)
  let body: Buffer | undefined
  const sequences = new Map<string, readonly Buffer[]>()
  for (let at = HEADER_LENGTH + 4; at < bytes.length; ) {
    const kind = bytes[at++]
    const section = lengthPrefixed(bytes, at)
    if (kind === 0 && !body) body = section
    else if (kind === 1) sequences.set(...sequenceIn(section))
    else throw malformed(`section kind ${kind}`)
    at += section.length
  }
  if (!body) throw malformed('no body')
  return { id, isLegacy: false, expectsReply: !(flags & MORE_TO_COME), command: commandOf(body, sequences) }
}

function lengthPrefixed(bytes: Buffer, at: number): Buffer {
  const length = bytes.readInt32LE(at)
  if (length < 5 || at + length > bytes.length) throw malformed('length of a part')
  return bytes.subarray(at, at + length)
}

function sequenceIn(section: Buffer): [name: string, documents: readonly Buffer[]] {
  const nameEnd = section.indexOf(0, 4)
  if (nameEnd < 0) throw malformed('sequence name')
  const documents: Buffer[] = []
  for (let at = nameEnd + 1; at < section.length; ) {
    const document = lengthPrefixed(section, at)
    checkDocument(document)
    documents.push(document)
    at += document.length
  }
  return [section.toString('utf8', 4, nameEnd), documents]
}

/** The documents of an insert are stored as they came, so they stay encoded. */
function commandOf(body: Buffer, sequences: ReadonlyMap<string, readonly Buffer[]>): Document {
  checkDocument(body)
  const isInsert = body.toString('latin1', 5, 12) === 'insert\0'
  const command = isInsert ? decodeAround(body, 'documents') : decode(body)
  const others = [...sequences].map(([name, list]) => [name, isInsert ? list : list.map(decode)])
  return { ...command, ...Object.fromEntries(others) }
}

let lastReplyId = 0

/** A reply as one buffer. */
export function encodeReply(request: Request, reply: Document | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply)
  const start = HEADER_LENGTH + (request.isLegacy ? 20 : 5)
  const bytes = Buffer.alloc(start + body.length)
  lastReplyId = (lastReplyId + 1) & 0x7fffffff
  bytes.writeInt32LE(bytes.length, 0)
  bytes.writeInt32LE(lastReplyId, 4)
  bytes.writeInt32LE(request.id, 8)
  bytes.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12)
  if (request.isLegacy) bytes.writeInt32LE(1, 32)
  body.copy(bytes, start)
  return bytes
}

/** The elements of an encoded document, to be joined with others. */
const elementsAs = (document: Document): Buffer => encode(document).subarray(4, -1)

const OK = elementsAs({ ok: 1 })

/** A cursor reply with the documents as they are stored. */
export function cursorReply(id: Long, ns: string, field: 'firstBatch' | 'nextBatch', documents: readonly Buffer[]) {
  const batch = documentOf(documents.flatMap((bytes, i) => elementOf(TYPE.document, String(i), bytes)))
  const inner = documentOf([elementsAs({ id, ns }), ...elementOf(TYPE.array, field, batch)])
  return documentOf([...elementOf(TYPE.document, 'cursor', inner), OK])
}

/** The reply to findAndModify with the document as it is stored. */
export function valueReply(lastErrorObject: Document, value: Buffer | undefined): Buffer {
  const outcome = value ? elementOf(TYPE.document, 'value', value) : [elementsAs({ value: null })]
  return documentOf([elementsAs({ lastErrorObject }), ...outcome, OK])
}

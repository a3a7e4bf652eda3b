import { type Document, decode, encode } from './bson-value.ts'
import { checkDocument } from './raw-document.ts'
import { StoreError } from './store-error.ts'

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
  readonly command: Document
  /** The documents of an insert, undecoded. */
  readonly documents: readonly Buffer[]
}

const malformed = (what: string) => new StoreError(17, 'ProtocolError', `malformed message: ${what}`)

/** The length of the next message, or undefined while its header is incomplete. */
export function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_LENGTH) return undefined
  const length = bytes.readInt32LE(0)
  if (length < HEADER_LENGTH + 5 || length > LARGEST_MESSAGE) throw malformed(`length ${length}`)
  return length
}

/** Reads one whole message. Only OP_MSG is served, and OP_QUERY for a driver's first hello. */
export function parseMessage(bytes: Buffer): Request {
  const id = bytes.readInt32LE(4)
  const opcode = bytes.readInt32LE(12)
  if (opcode === OP_MSG) return parseSections(bytes, id)
  if (opcode !== OP_QUERY) throw malformed(`opcode ${opcode}`)
  const start = bytes.indexOf(0, 20) + 9
  if (start < 29 || start > bytes.length) throw malformed('query')
  return { id, isLegacy: true, expectsReply: true, command: readDocument(bytes.subarray(start)), documents: [] }
}

function parseSections(bytes: Buffer, id: number): Request {
  const flags = bytes.readUInt32LE(HEADER_LENGTH)
  // The upper half are flags that may be ignored. No driver sends checksums.
  if (flags & 0xffff & ~MORE_TO_COME) throw malformed(`flags ${flags}`)
  let body: Document | undefined
  const sequences = new Map<string, readonly Buffer[]>()
  let at = HEADER_LENGTH + 4
  while (at < bytes.length) {
    const kind = bytes[at++]
    if (at + 4 > bytes.length) throw malformed('section')
    const next = at + bytes.readInt32LE(at)
    if (next <= at || next > bytes.length) throw malformed('section length')
    if (kind === 0 && !body) body = readDocument(bytes.subarray(at, next))
    else if (kind === 1) readSequence(bytes.subarray(at, next), sequences)
    else throw malformed(`section kind ${kind}`)
    at = next
  }
  if (!body) throw malformed('no body')
  return { id, isLegacy: false, expectsReply: !(flags & MORE_TO_COME), ...joined(body, sequences) }
}

function readDocument(bytes: Buffer): Document {
  checkDocument(bytes)
  return decode(bytes)
}

/** The documents of an insert are stored as they came, so they stay encoded. */
function joined(body: Document, sequences: ReadonlyMap<string, readonly Buffer[]>) {
  const inBody = Array.isArray(body.documents) ? body.documents : []
  const others = [...sequences].filter(([name]) => name !== 'documents')
  return {
    command: { ...body, ...Object.fromEntries(others.map(([name, list]) => [name, list.map(decode)])) },
    documents: sequences.get('documents') ?? inBody.map(encode),
  }
}

function readSequence(bytes: Buffer, sequences: Map<string, readonly Buffer[]>) {
  const nameEnd = bytes.indexOf(0, 4)
  if (nameEnd < 0) throw malformed('sequence name')
  const list: Buffer[] = []
  let at = nameEnd + 1
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw malformed('sequence')
    const next = at + bytes.readInt32LE(at)
    if (next <= at || next > bytes.length) throw malformed('sequence length')
    const document = bytes.subarray(at, next)
    checkDocument(document)
    list.push(document)
    at = next
  }
  sequences.set(bytes.toString('utf8', 4, nameEnd), list)
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

import { Long } from 'bson'
import { type Document, encode } from './bson-value.ts'
import { documentOf } from './raw-document.ts'

const DOCUMENT = 3
const ARRAY = 4

const elementHead = (type: number, name: string) => Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`)])

/** One element of a document that holds a finished document or array. */
const rawElement = (type: number, name: string, bytes: Buffer): Buffer[] => [elementHead(type, name), bytes]

/** The elements of an encoded document, to be joined with others. */
const elementsAs = (document: Document): Buffer => encode(document).subarray(4, -1)

const positionHeads: Buffer[] = []

/** The head of an array element, made once for each position. */
function positionHead(position: number): Buffer {
  positionHeads[position] ??= elementHead(DOCUMENT, String(position))
  return positionHeads[position]
}

/** A cursor reply with the documents as they are stored. */
export function cursorReply(
  cursor: { readonly id: Long; readonly namespace: string; readonly field: 'firstBatch' | 'nextBatch' },
  documents: readonly Buffer[],
): Buffer {
  const parts: Buffer[] = []
  for (const [position, document] of documents.entries()) parts.push(positionHead(position), document)
  const batch = rawElement(ARRAY, cursor.field, documentOf(parts))
  const inner = documentOf([elementsAs({ id: cursor.id, ns: cursor.namespace }), ...batch])
  return documentOf([...rawElement(DOCUMENT, 'cursor', inner), elementsAs({ ok: 1 })])
}

/** A reply that is complete at once, in the form of a cursor. */
export const finishedCursor = (namespace: string, documents: readonly Document[]): Buffer =>
  cursorReply({ id: Long.ZERO, namespace, field: 'firstBatch' }, documents.map(encode))

/** The reply to findAndModify with the document as it is stored. */
export function valueReply(lastErrorObject: Document, value: Buffer | undefined): Buffer {
  const outcome = value ? rawElement(DOCUMENT, 'value', value) : [elementsAs({ value: null })]
  return documentOf([elementsAs({ lastErrorObject }), ...outcome, elementsAs({ ok: 1 })])
}

import type { Long } from 'bson'
import { type Document, encode } from './bson-value.ts'
import { documentOf, elementOf, TYPE } from './raw-document.ts'

/** The elements of an encoded document, to be joined with others. */
const elementsAs = (document: Document): Buffer => encode(document).subarray(4, -1)

const OK = elementsAs({ ok: 1 })

/** A cursor reply with the documents as they are stored. */
export function cursorReply(
  cursor: { readonly id: Long; readonly namespace: string; readonly field: 'firstBatch' | 'nextBatch' },
  documents: readonly Buffer[],
): Buffer {
  const batch = documentOf(documents.flatMap((bytes, i) => elementOf(TYPE.document, String(i), bytes)))
  const head = elementsAs({ id: cursor.id, ns: cursor.namespace })
  const inner = documentOf([head, ...elementOf(TYPE.array, cursor.field, batch)])
  return documentOf([...elementOf(TYPE.document, 'cursor', inner), OK])
}

/** The reply to findAndModify with the document as it is stored. */
export function valueReply(lastErrorObject: Document, value: Buffer | undefined): Buffer {
  const outcome = value ? elementOf(TYPE.document, 'value', value) : [elementsAs({ value: null })]
  return documentOf([elementsAs({ lastErrorObject }), ...outcome, OK])
}

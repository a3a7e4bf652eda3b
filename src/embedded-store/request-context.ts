import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import type { BatchRequest, Cursors } from './cursors.ts'
import type { Storage } from './storage.ts'
import { badValue, StoreError } from './store-error.ts'

/** What a command works with. */
export interface RequestContext {
  readonly storage: Storage
  readonly cursors: Cursors
  readonly database: string
  readonly command: Document
  /** The documents of an insert, undecoded. */
  readonly documents: readonly Buffer[]
}

/** The reply to a command, encoded already where documents are passed on as stored. */
export type Reply = Document | Buffer

/** The full name of the collection that the command's own field names. */
export function namespaceOf({ command, database }: RequestContext, field: string): string {
  const name = command[field]
  if (typeof name !== 'string' || name === '') throw new StoreError(73, 'InvalidNamespace', 'Invalid collection name')
  return `${database}.${name}`
}

/** The collection as readers see it. */
export const collectionOf = (context: RequestContext, field: string): Collection | undefined =>
  context.storage.catalogue.collections.get(namespaceOf(context, field))

/** A filter or similar; missing means empty. */
export function documentIn(given: unknown, name: string): Document {
  if (given === undefined || given === null) return {}
  if (!isDocument(given)) throw badValue(`'${name}' has to be a document`)
  return given
}

/** A number with a default. */
export function numberIn(given: unknown, fallback: number): number {
  if (given === undefined || given === null) return fallback
  if (!isNumber(given)) throw badValue('a number was expected')
  return numberOf(given)
}

/** The batch a command asks for, and until when it may work on it. */
export const batchRequest = (command: Document, size: number): BatchRequest => ({
  size,
  deadline: performance.now() + (numberIn(command.maxTimeMS, 0) || Number.POSITIVE_INFINITY),
})

/** A check that the collection, and the indexes being read, are still there when a cursor is continued. */
export function stillThere(storage: Storage, collection: Collection): () => void {
  const ids = collection.indexes.map((index) => index.id)
  return () => {
    const now = storage.catalogue.collections.get(collection.namespace)
    const isThere = now?.id === collection.id && ids.every((id) => now.indexes.some((index) => index.id === id))
    if (!isThere)
      throw new StoreError(175, 'QueryPlanKilled', 'the collection or an index was dropped under the cursor')
  }
}

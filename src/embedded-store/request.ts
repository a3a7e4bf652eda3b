import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import type { Cursors } from './cursors.ts'
import { compileFilter } from './filter.ts'
import { parseSort } from './path.ts'
import type { Query } from './scan.ts'
import type { Storage } from './storage.ts'
import { badValue, StoreError } from './store-error.ts'

/** What a command works with. */
export interface RequestContext {
  readonly storage: Storage
  readonly cursors: Cursors
  readonly command: Document
  /** The full name of the collection that the command names, if any. */
  readonly namespace: string
}

/** The reply to a command, encoded already where documents are passed on as stored. */
export type Reply = Document | Buffer

/** The full name of a collection. */
export function namespaceOf(command: Document, name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new StoreError(73, 'InvalidNamespace', 'Invalid collection name')
  return `${String(command.$db ?? 'admin')}.${name}`
}

/** Compiles what a command asks of a collection. */
export const queryOf = (filter: unknown, sort?: unknown, wanted = Number.POSITIVE_INFINITY): Query => ({
  filter: compileFilter(documentIn(filter, 'filter')),
  sort: parseSort(sort),
  wanted,
})

/** A filter or similar; missing means empty. */
export function documentIn(given: unknown, name: string): Document {
  if (given === undefined || given === null) return {}
  if (!isDocument(given)) throw badValue(`'${name}' has to be a document`)
  return given
}

/** A number with a default; none of the commands takes a negative one. */
export function numberIn(given: unknown, fallback: number): number {
  if (given === undefined || given === null) return fallback
  if (!isNumber(given) || numberOf(given) < 0) throw badValue('a number that is not negative was expected')
  return numberOf(given)
}

import { Long } from 'bson'
import { compareValues, type Document, decode, encode, isTruthy } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { compileFilter } from './filter.ts'
import { identityOf } from './index-key.ts'
import { someAtPath } from './path.ts'
import { compileProjection, type Projection } from './projection.ts'
import { pickFields } from './raw-document.ts'
import {
  batchRequest,
  collectionOf,
  documentIn,
  namespaceOf,
  numberIn,
  type Reply,
  type RequestContext,
  stillThere,
} from './request-context.ts'
import { findRows, PAUSE, type Query } from './scan.ts'
import { parseSort } from './sort.ts'
import type { Reader } from './storage.ts'
import { badValue } from './store-error.ts'

/** MongoDB's first batch unless told otherwise. */
export const FIRST_BATCH = 101

/** `find`. */
export async function find(context: RequestContext): Promise<Reply> {
  const { command, storage, cursors } = context
  const namespace = namespaceOf(context, 'find')
  const limit = numberIn(command.limit, 0)
  const isSingle = isTruthy(command.singleBatch) || limit < 0
  const window = { skip: numberIn(command.skip, 0), limit: Math.abs(limit) || Number.POSITIVE_INFINITY }
  const query = queryOf(command.filter, command.sort, window.skip + window.limit)
  const projection = compileProjection(command.projection)
  const collection = collectionOf(context, 'find')
  const results = collection ? select(storage, collection, { query, window, projection }) : [].values()
  const check = collection ? stillThere(storage, collection) : () => {}
  const size = numberIn(command.batchSize, isSingle ? Number.POSITIVE_INFINITY : FIRST_BATCH)
  const request = batchRequest(command, size)
  return cursors.start({ namespace, results, check }, request, isSingle)
}

/** Compiles what a command asks of a collection. */
export const queryOf = (filter: unknown, sort: unknown, wanted: number): Query => ({
  filter: compileFilter(documentIn(filter, 'filter')),
  sort: parseSort(sort),
  wanted,
})

/** What of the found rows is returned, and how. */
export interface Selection {
  readonly query: Query
  readonly window: { readonly skip: number; readonly limit: number }
  readonly projection: Projection | undefined
}

/** The selected documents, encoded; stored bytes are passed on untouched when there is no projection. */
export function* select(reader: Reader, collection: Collection, { query, window, projection }: Selection) {
  if (window.skip < 0) throw badValue('skip must not be negative')
  let position = 0
  for (const row of findRows(reader, collection, query)) {
    if (row === PAUSE) {
      yield PAUSE
      continue
    }
    if (position++ < window.skip) continue
    yield projection ? encode(projection(decode(row.raw))) : row.raw
    if (position >= window.skip + window.limit) return
  }
}

/** `getMore`. */
export function getMore({ command, cursors }: RequestContext): Promise<Reply> {
  const id = command.getMore
  if (!(id instanceof Long)) throw badValue('getMore needs a cursor id')
  return cursors.continue(id, batchRequest(command, numberIn(command.batchSize, 0) || Number.POSITIVE_INFINITY))
}

/** `killCursors`. */
export function killCursors({ command, cursors }: RequestContext): Reply {
  const ids = (Array.isArray(command.cursors) ? command.cursors : []).filter((id) => id instanceof Long)
  const cursorsKilled = ids.filter((id) => cursors.kill(id))
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id))
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}

/** `count`; without a filter the number is kept at hand and nothing is read. */
export function count(context: RequestContext): Reply {
  const { command, storage } = context
  const collection = collectionOf(context, 'count')
  if (!collection) return { n: 0, ok: 1 }
  const query = queryOf(command.query, undefined, Number.POSITIVE_INFINITY)
  const isWhole = Object.keys(query.filter.source).length === 0
  const all = isWhole
    ? (storage.catalogue.statistics.get(collection.id)?.count ?? 0)
    : countRows(storage, collection, query)
  const rest = Math.max(0, all - numberIn(command.skip, 0))
  return { n: Math.min(rest, numberIn(command.limit, 0) || rest), ok: 1 }
}

function countRows(reader: Reader, collection: Collection, query: Query): number {
  let found = 0
  for (const row of findRows(reader, collection, query)) if (row !== PAUSE) found++
  return found
}

/** `distinct`; arrays contribute their elements. */
export function distinct(context: RequestContext): Reply {
  const { command, storage } = context
  const collection = collectionOf(context, 'distinct')
  if (!collection) return { values: [], ok: 1 }
  const path = String(command.key).split('.')
  const field = new Set(path.slice(0, 1))
  const values = new Map<string, unknown>()
  const add = (value: unknown) => {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) values.set(identityOf(each), each)
    return false
  }
  const query = queryOf(command.query, undefined, Number.POSITIVE_INFINITY)
  for (const row of findRows(storage, collection, query))
    if (row !== PAUSE) someAtPath(decode(pickFields(row.raw, field)) as Document, path, add)
  return { values: [...values.values()].sort(compareValues), ok: 1 }
}

import { decode } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import type { Filter } from './filter.ts'
import { type IndexScan, type Plan, planQuery } from './plan.ts'
import { pickFields } from './raw-document.ts'
import { inOrder, type SortField, sortKeyOf } from './sort.ts'
import type { Entry, Storage } from './storage.ts'
import { documentKey, documentRange, recordAtEnd } from './storage-keys.ts'

/** A stored document and where it is. */
export interface Row {
  readonly record: number
  readonly raw: Buffer
}

/** What is asked of a collection. */
export interface Query {
  readonly filter: Filter
  readonly sort: readonly SortField[]
  /** How many rows will be taken at most; Infinity when all. */
  readonly wanted: number
}

/** Yielded between rows after a stretch of work, so that the caller may let others have a turn. */
export const PAUSE = Symbol('pause')

const ROWS_BETWEEN_PAUSES = 256

/** The matching rows in the order of the sort, with pauses. Rows may change and vanish while it is consumed slowly. */
export function* findRows(storage: Storage, collection: Collection, query: Query): Generator<Row | typeof PAUSE> {
  const plan = planQuery(collection, query.filter, query.sort)
  const rows = matchingRows(rowsOf(storage, collection, { plan, expected: query.wanted }), query.filter)
  let found = 0
  for (const row of plan.isSorted ? rows : sortedRows(storage, { collection, query, rows })) {
    yield row
    if (row !== PAUSE && ++found >= query.wanted) return
  }
}

/** The record numbers of the matching rows, for use inside a write transaction. */
export const findRecords = (storage: Storage, collection: Collection, query: Query): readonly number[] =>
  [...findRows(storage, collection, query)].flatMap((row) => (row === PAUSE ? [] : [row.record]))

function* matchingRows(rows: Iterable<Row>, filter: Filter): Generator<Row | typeof PAUSE> {
  let examined = 0
  for (const row of rows) {
    if (++examined % ROWS_BETWEEN_PAUSES === 0) yield PAUSE
    if (matches(row, filter)) yield row
  }
}

const matches = (row: Row, { fields, matches: test }: Filter): boolean =>
  fields.size === 0 ? test({}) : test(decode(pickFields(row.raw, fields)))

/** Sorts record numbers, not documents, and reads each document again when its turn comes. */
function* sortedRows(
  storage: Storage,
  work: { readonly collection: Collection; readonly query: Query; readonly rows: Iterable<Row | typeof PAUSE> },
): Generator<Row | typeof PAUSE> {
  const { collection, query } = work
  const fields = new Set(query.sort.map((field) => field.path[0] as string))
  const found: { key: Buffer; item: number }[] = []
  for (const row of work.rows) {
    if (row === PAUSE) yield PAUSE
    else found.push({ key: sortKeyOf(decode(pickFields(row.raw, fields)), query.sort), item: row.record })
  }
  for (const record of inOrder(found)) {
    const raw = storage.get(documentKey(collection.id, record))
    if (raw && matches({ record, raw }, query.filter)) yield { record, raw }
  }
}

interface Reading {
  readonly plan: Plan
  readonly expected: number
}

function* rowsOf(storage: Storage, collection: Collection, { plan, expected }: Reading): Generator<Row> {
  const { scan } = plan
  if (!scan) {
    const { low, high } = documentRange(collection.id)
    for (const { key, value } of storage.range(low, high, { expected })) yield { record: recordAtEnd(key), raw: value }
    return
  }
  const mayRepeat = scan.index.hasCutKeys || scan.index.multikey.some(Boolean)
  const seen = mayRepeat ? new Set<number>() : undefined
  for (const record of recordsOf(storage, scan, expected)) {
    if (seen?.has(record)) continue
    seen?.add(record)
    const raw = storage.get(documentKey(collection.id, record))
    if (raw) yield { record, raw }
  }
}

function* recordsOf(storage: Storage, scan: IndexScan, expected: number): Generator<number> {
  if (scan.isPoint && scan.index.unique) {
    for (const { low } of scan.ranges) {
      const entry = storage.get(low)
      if (entry) yield recordAtEnd(entry)
    }
    return
  }
  const { reverse, index } = scan
  const options = { reverse, expected, values: index.unique }
  const streams = scan.ranges.map(({ low, high }) => storage.range(low, high, options))
  const entries = scan.merges ? merge(scan, streams) : inTurn(streams)
  for (const { key, value } of entries) yield recordAtEnd(index.unique ? value : key)
}

function* inTurn(streams: readonly Iterable<Entry>[]): Generator<Entry> {
  for (const stream of streams) yield* stream
}

/** Merges ranges by what follows their fixed prefix, which is the sort order. */
function* merge(scan: IndexScan, streams: readonly Iterable<Entry>[]): Generator<Entry> {
  const sign = scan.reverse ? -1 : 1
  const heads = streams.flatMap((stream, i) => {
    const iterator = stream[Symbol.iterator]()
    const { done, value } = iterator.next()
    return done ? [] : [{ iterator, entry: value as Entry, prefixLength: scan.ranges[i]?.prefixLength ?? 0 }]
  })
  while (heads.length > 0) {
    const first = heads.reduce((a, b) =>
      Buffer.compare(a.entry.key.subarray(a.prefixLength), b.entry.key.subarray(b.prefixLength)) * sign <= 0 ? a : b,
    )
    yield first.entry
    const { done, value } = first.iterator.next()
    if (done) heads.splice(heads.indexOf(first), 1)
    else first.entry = value
  }
}

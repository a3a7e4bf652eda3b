import { type Document, decode } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import type { Filter } from './filter.ts'
import { encodeComponents } from './index-key.ts'
import { keyRowsOf, type SortField } from './path.ts'
import { type IndexScan, planQuery } from './plan.ts'
import { pickFields } from './raw-document.ts'
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

/** Rows one after another, with pauses. */
export type Rows = Iterable<Row | typeof PAUSE>

const ROWS_BETWEEN_PAUSES = 256

/** The matching rows in the order of the sort. Rows may change and vanish while it is consumed slowly. */
export function* findRows(storage: Storage, collection: Collection, query: Query): Rows {
  const { scan, isSorted } = planQuery(collection, query.filter, query.sort)
  const rows = matchingRows(rowsOf(storage, collection, query.wanted, scan), query.filter)
  let found = 0
  for (const row of isSorted ? rows : sortedRows(storage, collection, query, rows)) {
    yield row
    if (row !== PAUSE && ++found >= query.wanted) return
  }
}

function* matchingRows(rows: Iterable<Row>, filter: Filter): Rows {
  let examined = 0
  for (const row of rows) {
    if (++examined % ROWS_BETWEEN_PAUSES === 0) yield PAUSE
    if (matches(row.raw, filter)) yield row
  }
}

const matches = (raw: Buffer, { fields, matches: test }: Filter): boolean =>
  fields.size === 0 ? test({}) : test(decode(pickFields(raw, fields)))

/** Sorts record numbers, not documents, and reads each document again when its turn comes. */
function* sortedRows(storage: Storage, { id }: Collection, { filter, sort }: Query, rows: Rows): Rows {
  const fields = new Set(sort.map((field) => field.path[0] as string))
  const found: { key: Buffer; record: number }[] = []
  for (const row of rows) {
    if (row === PAUSE) yield PAUSE
    else found.push({ key: sortKeyOf(decode(pickFields(row.raw, fields)), sort), record: row.record })
  }
  for (const { record } of found.sort((a, b) => Buffer.compare(a.key, b.key))) {
    const raw = storage.get(documentKey(id, record))
    if (raw && matches(raw, filter)) yield { record, raw }
  }
}

/** The bytes by which a document is sorted; of an array's elements those that come first. */
export function sortKeyOf(document: Document, sort: readonly SortField[]): Buffer {
  const [first, ...others] = keyRowsOf(document, sort).rows.map((row) => encodeComponents(row, sort))
  return others.reduce((best, key) => (Buffer.compare(key, best) < 0 ? key : best), first as Buffer)
}

function* rowsOf(storage: Storage, { id }: Collection, expected: number, scan?: IndexScan): Iterable<Row> {
  if (!scan) {
    for (const { key, value } of storage.range(documentRange(id), { expected }))
      yield { record: recordAtEnd(key), raw: value }
    return
  }
  // An array has several entries, and so may a document whose keys are cut.
  const seen = scan.index.hasCutKeys || scan.index.multikey.includes(true) ? new Set<number>() : undefined
  for (const record of recordsOf(storage, scan, expected)) {
    if (seen?.has(record)) continue
    seen?.add(record)
    const raw = storage.get(documentKey(id, record))
    if (raw) yield { record, raw }
  }
}

function* recordsOf(storage: Storage, scan: IndexScan, expected: number): Generator<number> {
  const { index, ranges, order } = scan
  if (scan.isPoint && index.unique) {
    const entries = ranges.map(({ start }) => storage.get(start))
    for (const entry of entries) if (entry) yield recordAtEnd(entry)
    return
  }
  const streams = ranges.map((range) => storage.range(range, { reverse: order < 0, expected }))
  const entries = order !== 0 && streams.length > 1 ? merge(scan, streams) : inTurn(streams)
  for (const { key, value } of entries) yield recordAtEnd(index.unique ? value : key)
}

function* inTurn(streams: readonly Iterable<Entry>[]): Generator<Entry> {
  for (const stream of streams) yield* stream
}

/** Merges several ranges by what follows their fixed prefix, which is the sort order. */
function* merge({ ranges, order }: IndexScan, streams: readonly Iterable<Entry>[]): Generator<Entry> {
  const heads = streams.flatMap((stream, i) => {
    const iterator = stream[Symbol.iterator]()
    const { done, value } = iterator.next()
    const restOf = ({ key }: Entry) => key.subarray(ranges[i]?.prefixLength)
    return done ? [] : [{ iterator, entry: value, rest: restOf(value), restOf }]
  })
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (Buffer.compare(a.rest, b.rest) * order <= 0 ? a : b))
    yield first.entry
    const { done, value } = first.iterator.next()
    if (done) heads.splice(heads.indexOf(first), 1)
    else [first.entry, first.rest] = [value, first.restOf(value)]
  }
}

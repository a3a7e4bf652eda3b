import { decode } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import type { Filter } from './filter.ts'
import { type IndexScan, type Plan, planQuery } from './plan.ts'
import { pickFields } from './raw-document.ts'
import { type SortField, topSorter } from './sort.ts'
import type { Entry, Reader } from './storage.ts'
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
export function* findRows(reader: Reader, collection: Collection, query: Query): Generator<Row | typeof PAUSE> {
  const plan = planQuery(collection, query.filter, query.sort)
  const rows = matchingRows(rowsOf(reader, collection, { plan, expected: query.wanted }), query.filter)
  if (plan.isSorted) yield* rows
  else yield* sortedRows(reader, { collection, query, rows })
}

/** The record numbers of the matching rows, for use inside a write transaction. */
export function findRecords(reader: Reader, collection: Collection, query: Query): readonly number[] {
  const found: number[] = []
  for (const row of findRows(reader, collection, query)) {
    if (row === PAUSE) continue
    found.push(row.record)
    if (found.length >= query.wanted) break
  }
  return found
}

/** The first matching row. */
export function firstRow(reader: Reader, collection: Collection, query: Query): Row | undefined {
  for (const row of findRows(reader, collection, query)) if (row !== PAUSE) return row
  return undefined
}

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
  reader: Reader,
  work: { readonly collection: Collection; readonly query: Query; readonly rows: Iterable<Row | typeof PAUSE> },
): Generator<Row | typeof PAUSE> {
  const { collection, query } = work
  const fields = new Set(query.sort.map((field) => field.path[0] as string))
  const sorter = topSorter<number>(query.sort, query.wanted)
  for (const row of work.rows) {
    if (row === PAUSE) yield PAUSE
    else sorter.add(decode(pickFields(row.raw, fields)), row.record)
  }
  for (const record of sorter.sorted()) {
    const raw = reader.get(documentKey(collection.id, record))
    if (raw && matches({ record, raw }, query.filter)) yield { record, raw }
  }
}

interface Reading {
  readonly plan: Plan
  readonly expected: number
}

function* rowsOf(reader: Reader, collection: Collection, { plan, expected }: Reading): Generator<Row> {
  if (plan.scans.length === 0) {
    const { low, high } = documentRange(collection.id)
    for (const { key, value } of reader.range(low, high, { expected })) yield { record: recordAtEnd(key), raw: value }
    return
  }
  const seen = mayRepeat(plan.scans) ? new Set<number>() : undefined
  for (const scan of plan.scans) {
    for (const record of recordsOf(reader, scan, expected)) {
      if (seen?.has(record)) continue
      seen?.add(record)
      const raw = reader.get(documentKey(collection.id, record))
      if (raw) yield { record, raw }
    }
  }
}

const mayRepeat = (scans: readonly IndexScan[]) =>
  scans.length > 1 || scans.some(({ index }) => index.hasCutKeys || index.multikey.some(Boolean))

function* recordsOf(reader: Reader, scan: IndexScan, expected: number): Generator<number> {
  if (scan.isPoint && scan.index.unique) {
    for (const { low } of scan.ranges) {
      const entry = reader.get(low)
      if (entry) yield recordAtEnd(entry)
    }
    return
  }
  const { reverse, index } = scan
  const options = { reverse, expected, values: index.unique }
  const streams = scan.ranges.map(({ low, high }) => reader.range(low, high, options))
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

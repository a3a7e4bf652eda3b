import { RANK, rankOf } from './bson-value.ts'
import type { Collection, Index } from './catalogue.ts'
import { type Condition, type Conditions, conditionsOf, demandsPresence, impliesPartial } from './conditions.ts'
import type { Filter } from './filter.ts'
import { afterPrefix, EXACT_PREFIX, encodeComponents, storedKey } from './index-key.ts'
import type { SortField } from './sort.ts'
import { indexEntryKey, type KeyRange } from './storage-keys.ts'

/** A range of an index; `prefixLength` bytes of each key are fixed by equality, the rest sorts. */
export interface ScanRange extends KeyRange {
  readonly prefixLength: number
}

/** Which part of which index to read. */
export interface IndexScan {
  readonly index: Index
  readonly ranges: readonly ScanRange[]
  /** True when each range is exactly one key. */
  readonly isPoint: boolean
  readonly reverse: boolean
  /** True when the entries come in the wanted order; several ranges have to be merged for that. */
  readonly isSorted: boolean
  readonly merges: boolean
  readonly score: number
}

/** How to find the documents of a query; without a scan of an index the whole collection is read. */
export interface Plan {
  readonly scan: IndexScan | undefined
  readonly isSorted: boolean
}

const MOST_RANGES = 1000
const MOST_MERGED_RANGES = 64

/** Chooses the best index. The filter is always applied again, so a plan need only be wide enough. */
export function planQuery(collection: Collection, filter: Filter, sort: readonly SortField[]): Plan {
  const conditions = conditionsOf(filter.source)
  let best: IndexScan | undefined
  for (const index of collection.indexes) {
    const scan = hasAll(index, filter, conditions) ? scanOf(index, conditions, sort) : undefined
    if (scan && (!best || scan.score > best.score)) best = scan
    // Nothing beats a unique key, and the first index is that of `_id`.
    if (scan?.isPoint && index.unique) break
  }
  return { scan: best, isSorted: best ? best.isSorted : sort.length === 0 }
}

/** Whether every document that matches is certain to be in the index. */
function hasAll(index: Index, filter: Filter, conditions: Conditions): boolean {
  if (index.partial && !impliesPartial(filter.source, conditions, index.partial.source)) return false
  return !index.sparse || index.key.some(({ name }) => demandsPresence(conditions.get(name)))
}

function scanOf(index: Index, conditions: Conditions, sort: readonly SortField[]): IndexScan | undefined {
  if (sort.length === 0 && !conditions.has(index.key[0]?.name ?? '')) return undefined
  const { prefixes, fixed } = bindEqualities(index, conditions)
  const rest = index.key[fixed]
  const range = rest && rangeOf(conditions.get(rest.name), rest, index.multikey[fixed] === true)
  const order = sortDirection({ index, fixed, prefixes, conditions }, sort)
  if (fixed === 0 && !range && order === 0) return undefined
  const isPoint = fixed === index.key.length
  const ranges = prefixes.map((prefix) => (isPoint ? pointRange(index, prefix) : toRange(index, prefix, range)))
  ranges.sort((a, b) => Buffer.compare(a.low, b.low))
  const score =
    fixed * 10 -
    (prefixes.length > 1 ? 2 : 0) +
    (range?.score ?? 0) +
    (order ? 5 : 0) +
    (isPoint && index.unique ? 100 : 0)
  const merges = order !== 0 && ranges.length > 1
  return { index, ranges, isPoint, reverse: order < 0, isSorted: sort.length === 0 || order !== 0, merges, score }
}

interface Bindings {
  readonly prefixes: readonly Buffer[]
  readonly fixed: number
}

/** Fixes the leading fields of an index that the filter compares for equality. */
function bindEqualities(index: Index, conditions: Conditions): Bindings {
  let prefixes: readonly Buffer[] = [NOTHING]
  for (const [i, field] of index.key.entries()) {
    const values = conditions.get(field.name)?.equals
    // An array may be equal as a whole or as an element: it is not one key.
    if (!values || values.length * prefixes.length > MOST_RANGES || values.some(Array.isArray))
      return { prefixes, fixed: i }
    const points = new Map<string, Buffer>()
    for (const value of values) {
      const bytes = encodeComponents([value ?? null], [field])
      points.set(bytes.toString('latin1'), bytes)
    }
    prefixes = prefixes.flatMap((prefix) => [...points.values()].map((point) => Buffer.concat([prefix, point])))
  }
  return { prefixes, fixed: index.key.length }
}

const NOTHING = Buffer.alloc(0)

/** The bytes that the first and the last key of a range begin with. */
interface ByteRange {
  readonly first: Buffer
  readonly last: Buffer
  readonly score: number
}

function rangeOf({ low, high }: Condition = {}, field: SortField, isMultikey: boolean): ByteRange | undefined {
  if (low === undefined && high === undefined) return undefined
  // Different elements of an array may meet the two ends, so only one end bounds a multikey index.
  const end = isMultikey && low !== undefined ? undefined : high
  const type = typeByteOf(low ?? high, field)
  const from = low === undefined ? type : encodeComponents([low], [field])
  const to = end === undefined ? type : encodeComponents([end], [field])
  const score = low !== undefined && end !== undefined ? 6 : 4
  return field.direction > 0 ? { first: from, last: to, score } : { first: to, last: from, score }
}

/** A range compares only with values of its own type: the first byte of their keys. NaN has another. */
const typeByteOf = (value: unknown, field: SortField): Buffer =>
  encodeComponents([rankOf(value) === RANK.number ? 0 : value], [field]).subarray(0, 1)

function pointRange(index: Index, encoded: Buffer): ScanRange {
  const low = indexEntryKey(index.id, storedKey(encoded))
  return { low, high: afterPrefix(low), prefixLength: low.length }
}

function toRange(index: Index, prefix: Buffer, { first, last }: Omit<ByteRange, 'score'> = WHOLE): ScanRange {
  // Beyond the exact prefix a stored key is a hash.
  const beginning = (end: Buffer) => indexEntryKey(index.id, Buffer.concat([prefix, end]).subarray(0, EXACT_PREFIX))
  const prefixLength = indexEntryKey(index.id, prefix).length
  return { low: beginning(first), high: afterPrefix(beginning(last)), prefixLength }
}

const WHOLE = { first: NOTHING, last: NOTHING }

interface SortQuestion extends Bindings {
  readonly index: Index
  readonly conditions: Conditions
}

/** 1 or -1 when reading the index in that direction yields the sort order, else 0. */
function sortDirection({ index, fixed, prefixes, conditions }: SortQuestion, sort: readonly SortField[]): 1 | -1 | 0 {
  if (sort.length === 0 || index.hasCutKeys || prefixes.length > MOST_MERGED_RANGES) return 0
  const isConstant = ({ name }: SortField) => {
    const position = index.key.findIndex((field) => field.name === name)
    return position >= 0 && position < fixed && !index.multikey[position] && conditions.get(name)?.equals?.length === 1
  }
  const open = sort.filter((field) => !isConstant(field))
  let direction: 1 | -1 | 0 = 0
  for (const [i, wanted] of open.entries()) {
    const position = fixed + i
    const field = index.key[position]
    // The entries of an array are one for each element, so they do not come in the order of their documents.
    if (!field || field.name !== wanted.name || index.multikey[position]) return 0
    const needed = field.direction === wanted.direction ? 1 : -1
    if (direction !== 0 && direction !== needed) return 0
    direction = needed
  }
  return direction === 0 ? 1 : direction
}

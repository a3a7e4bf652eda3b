import { type Document, isDocument, isNumber, numberOf, RANK, rankOf } from './bson-value.ts'
import type { Collection, Index } from './catalogue.ts'
import { type Filter, operatorsOf } from './filter.ts'
import { afterPrefix, EXACT_PREFIX, encodeComponents, equalValues, storedKey } from './index-key.ts'
import type { SortField } from './path.ts'
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
  /** 1 or -1 when the entries, read in that direction, come in the wanted order; several ranges once merged. */
  readonly order: 1 | -1 | 0
  readonly score: number
}

const MOST_RANGES = 1000
const MOST_MERGED_RANGES = 64

/** Chooses the best index, or none. The filter is always applied again, so a plan need only be wide enough. */
export function planQuery(collection: Collection, filter: Filter, sort: readonly SortField[]) {
  const conditions = conditionsOf(filter.source)
  let best: IndexScan | undefined
  for (const index of collection.indexes) {
    const scan = hasAll(index, filter, conditions) ? scanOf(index, conditions, sort) : undefined
    if (scan && (!best || scan.score > best.score)) best = scan
    // Nothing beats a unique key, and the first index is that of `_id`.
    if (scan?.isPoint && index.unique) break
  }
  return { scan: best, isSorted: sort.length === 0 || (best !== undefined && best.order !== 0) }
}

/** What a filter demands of one path, as far as an index or an upsert can use it; all parts hold at once. */
export interface Condition {
  equals?: readonly unknown[]
  /** The ends of a range, whether it includes them or not. */
  low?: unknown
  high?: unknown
  exists?: true
}

type Conditions = ReadonlyMap<string, Condition>

/** The usable conditions of a filter by path, from its fields and from `$and`. */
export function conditionsOf(filter: Document, found = new Map<string, Condition>()): Conditions {
  for (const [name, demanded] of Object.entries(filter)) {
    if (name === '$and') for (const clause of demanded as Document[]) conditionsOf(clause, found)
    if (name.startsWith('$')) continue
    const condition = found.get(name) ?? {}
    for (const [operator, operand] of Object.entries(operatorsOf(demanded))) use(condition, operator, operand)
    found.set(name, condition)
  }
  return found
}

function use(condition: Condition, operator: string, operand: unknown): void {
  if (operator === '$eq') condition.equals ??= [operand]
  else if (operator === '$in') condition.equals ??= operand as unknown[]
  else if (operator === '$exists' && operand === true) condition.exists = true
  else if (operator === '$gt' || operator === '$gte') {
    if (isRangeEnd(operand, condition.high)) condition.low ??= operand
  } else if (operator === '$lt' || operator === '$lte') {
    if (isRangeEnd(operand, condition.low)) condition.high ??= operand
  }
}

function isRangeEnd(value: unknown, other: unknown): boolean {
  const rank = rankOf(value)
  if (rank < RANK.number || rank === RANK.document || rank === RANK.array) return false
  if (isNumber(value) && Number.isNaN(numberOf(value))) return false
  return other === undefined || rankOf(other) === rank
}

/** Whether every document that matches is certain to be in the index. */
function hasAll(index: Index, { source }: Filter, conditions: Conditions): boolean {
  const isImplied = ([name, wanted]: [string, unknown]) =>
    (isDocument(wanted) && equalValues(wanted, EXISTS) && demandsPresence(conditions.get(name))) ||
    (name in source && equalValues(source[name], wanted))
  if (index.partial && !Object.entries(index.partial.source).every(isImplied)) return false
  return !index.sparse || index.key.some(({ name }) => demandsPresence(conditions.get(name)))
}

const EXISTS = { $exists: true }

/** True when the condition cannot hold for a missing field. */
function demandsPresence({ equals, low, high, exists }: Condition = {}): boolean {
  if (equals) return equals.every((value) => value !== null && value !== undefined)
  return low !== undefined || high !== undefined || exists === true
}

function scanOf(index: Index, conditions: Conditions, sort: readonly SortField[]): IndexScan | undefined {
  if (sort.length === 0 && !conditions.has(index.key[0]?.name ?? '')) return undefined
  const prefixes = prefixesOf(index, conditions)
  const fixed = prefixes.length - 1
  const points = prefixes[fixed] as readonly Buffer[]
  const rest = index.key[fixed]
  const ends = rest && endsOf(conditions.get(rest.name), rest, index.multikey[fixed] === true)
  const canMerge = points.length <= MOST_MERGED_RANGES
  const order = canMerge ? sortDirection(index, fixed, conditions, sort) : 0
  if (fixed === 0 && !ends && order === 0) return undefined
  const isPoint = fixed === index.key.length
  const ranges = points.map((prefix) => rangeOf(index, prefix, isPoint, ends))
  ranges.sort((a, b) => Buffer.compare(a.start, b.start))
  const forEnds = ends ? (ends.isClosed ? 6 : 4) : 0
  const score =
    fixed * 10 - (points.length > 1 ? 2 : 0) + forEnds + (order ? 5 : 0) + (isPoint && index.unique ? 100 : 0)
  return { index, ranges, isPoint, order, score }
}

/** For each number of leading fields that the filter compares for equality, the bytes that keys then begin with. */
function prefixesOf(index: Index, conditions: Conditions): readonly (readonly Buffer[])[] {
  const prefixes: (readonly Buffer[])[] = [[NOTHING]]
  for (const [i, field] of index.key.entries()) {
    const [before, values] = [prefixes[i] as readonly Buffer[], conditions.get(field.name)?.equals]
    // An array may be equal as a whole or as an element: it is not one key.
    if (!values || values.length * before.length > MOST_RANGES || values.some(Array.isArray)) break
    const points = values.map((value) => encodeComponents([value ?? null], [field]))
    const distinct = [...new Map(points.map((point) => [point.toString('latin1'), point])).values()]
    prefixes.push(before.flatMap((prefix) => distinct.map((point) => Buffer.concat([prefix, point]))))
  }
  return prefixes
}

const NOTHING = Buffer.alloc(0)

/** What the first and the last key of a range begin with after their prefix. */
interface Ends {
  readonly first: Buffer
  readonly last: Buffer
  readonly isClosed: boolean
}

function endsOf({ low, high }: Condition = {}, field: SortField, isMultikey: boolean): Ends | undefined {
  if (low === undefined && high === undefined) return undefined
  // Different elements of an array may meet the two ends, so only one end bounds a multikey index.
  const end = isMultikey && low !== undefined ? undefined : high
  // A range compares only with values of its own type: the first byte of their keys. NaN has another.
  const sample = low ?? high
  const type = encodeComponents([rankOf(sample) === RANK.number ? 0 : sample], [field]).subarray(0, 1)
  const from = low === undefined ? type : encodeComponents([low], [field])
  const to = end === undefined ? type : encodeComponents([end], [field])
  const isClosed = low !== undefined && end !== undefined
  return field.direction > 0 ? { first: from, last: to, isClosed } : { first: to, last: from, isClosed }
}

function rangeOf(index: Index, prefix: Buffer, isPoint: boolean, ends: Ends | undefined): ScanRange {
  const beginning = (end: Buffer = NOTHING) => {
    const key = Buffer.concat([prefix, end])
    // Beyond the exact prefix a stored key is a hash.
    return indexEntryKey(index.id, isPoint ? storedKey(key) : key.subarray(0, EXACT_PREFIX))
  }
  const prefixLength = indexEntryKey(index.id, prefix).length
  return { start: beginning(ends?.first), end: afterPrefix(beginning(ends?.last)), prefixLength }
}

/** The direction in which reading the index yields the sort order, or 0. */
function sortDirection(index: Index, fixed: number, conditions: Conditions, sort: readonly SortField[]): 1 | -1 | 0 {
  if (sort.length === 0 || index.hasCutKeys) return 0
  const isConstant = ({ name }: SortField) => {
    const position = index.key.findIndex((field) => field.name === name)
    return position >= 0 && position < fixed && !index.multikey[position] && conditions.get(name)?.equals?.length === 1
  }
  const open = sort.filter((field) => !isConstant(field))
  const directions = open.map(({ name, direction }, i) => {
    const field = index.key[fixed + i]
    // The entries of an array are one for each element, so they do not come in the order of their documents.
    if (field?.name !== name || index.multikey[fixed + i]) return 0
    return field.direction === direction ? 1 : -1
  })
  const [first = 1] = directions
  return directions.every((direction) => direction === first) ? first : 0
}

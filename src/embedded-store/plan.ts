import { RANK, rankOf } from './bson-value.ts'
import type { Collection, Index } from './catalogue.ts'
import { type Bound, type Condition, conditionsOf, demandsPresence, impliesPartial } from './conditions.ts'
import { compileFilter, type Filter } from './filter.ts'
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
  /** True when the entries come in the wanted order. */
  readonly isSorted: boolean
  /** True when the ranges have to be merged for that. */
  readonly merges: boolean
  readonly score: number
}

/** How to find the documents of a query; without scans the whole collection is read. */
export interface Plan {
  readonly scans: readonly IndexScan[]
  readonly isSorted: boolean
}

const MOST_RANGES = 1000
const MOST_MERGED_RANGES = 64

/** Chooses the best index. The filter is always applied again, so a plan need only be wide enough. */
export function planQuery(collection: Collection, filter: Filter, sort: readonly SortField[]): Plan {
  const conditions = conditionsOf(filter.source)
  const wanted = { filter, sort, conditions }
  const scans = collection.indexes.flatMap((index) => scanOf(index, wanted) ?? [])
  const [first, ...others] = scans
  if (first) {
    const best = others.reduce((a, b) => (b.score > a.score ? b : a), first)
    return { scans: [best], isSorted: best.isSorted }
  }
  return { scans: planBranches(collection, filter) ?? [], isSorted: sort.length === 0 }
}

/** An `$or` whose every branch has an index is the union of their scans. */
function planBranches(collection: Collection, filter: Filter): readonly IndexScan[] | undefined {
  const branches = filter.source.$or
  if (!Array.isArray(branches)) return undefined
  const plans = branches.map((branch) => planQuery(collection, compileFilter(branch), []))
  return plans.every((plan) => plan.scans.length > 0) ? plans.flatMap((plan) => plan.scans) : undefined
}

interface Wanted {
  readonly filter: Filter
  readonly sort: readonly SortField[]
  readonly conditions: ReadonlyMap<string, Condition>
}

function scanOf(index: Index, { filter, sort, conditions }: Wanted): IndexScan | undefined {
  if (sort.length === 0 && !conditions.has(index.key[0]?.name ?? '')) return undefined
  if (index.partial && !impliesPartial(filter.source, index.partial.source)) return undefined
  if (index.sparse && !index.key.some(({ name }) => demandsPresence(conditions.get(name)))) return undefined
  const { prefixes, fixed } = bindEqualities(index, conditions)
  const rest = index.key[fixed]
  const condition = rest && !crossesArrayTwice(index, fixed) ? conditions.get(rest.name) : undefined
  const cut = rest && condition ? cutRange(condition, rest, index.multikey[fixed] === true) : undefined
  const order = sortDirection({ index, fixed, prefixes, conditions }, sort)
  if (fixed === 0 && !cut && order === 0) return undefined
  const isPoint = fixed === index.key.length
  const ranges = prefixes.map((prefix) => (isPoint ? pointRange(index, prefix) : toRange(index, prefix, cut)))
  ranges.sort((a, b) => Buffer.compare(a.low, b.low))
  const score =
    fixed * 10 -
    (prefixes.length > 1 ? 2 : 0) +
    (cut?.score ?? 0) +
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
function bindEqualities(index: Index, conditions: ReadonlyMap<string, Condition>): Bindings {
  let prefixes: readonly Buffer[] = [Buffer.alloc(0)]
  for (const [i, field] of index.key.entries()) {
    const values = conditions.get(field.name)?.equals
    if (!values || values.length * prefixes.length > MOST_RANGES) return { prefixes, fixed: i }
    if (crossesArrayTwice(index, i)) return { prefixes, fixed: i }
    const points = new Map<string, Buffer>()
    for (const value of values) {
      const bytes = encodeComponents([value ?? null], [field.direction])
      points.set(bytes.toString('latin1'), bytes)
    }
    prefixes = prefixes.flatMap((prefix) => [...points.values()].map((point) => Buffer.concat([prefix, point])))
  }
  return { prefixes, fixed: index.key.length }
}

/**
 * True when this field and one before it are multikey. Two conditions on one array may be met by different
 * elements, which no single entry shows, so only one multikey field of an index is ever bound.
 */
const crossesArrayTwice = (index: Index, position: number) =>
  index.multikey[position] === true && index.multikey.slice(0, position).some(Boolean)

/** A place between keys: before or after all keys that begin with `bytes`. */
interface Cut {
  readonly bytes: Buffer
  readonly isAfter: boolean
}

interface CutRange {
  readonly low: Cut
  readonly high: Cut
  readonly score: number
}

function cutRange(condition: Condition, field: SortField, isMultikey: boolean): CutRange | undefined {
  const { low, high, prefix } = condition
  const sample = low ?? high
  if (!sample && prefix === undefined) return undefined
  if (!sample) {
    const bytes = encodeComponents([prefix], []).subarray(0, -2)
    return directed({ low: { bytes, isAfter: false }, high: { bytes, isAfter: true }, score: 6 }, field)
  }
  // Different elements of an array may meet the two ends, so only one end bounds a multikey index.
  const end = isMultikey && low ? undefined : high
  const type = typeByteOf(sample)
  const range = {
    low: low
      ? { bytes: encodeComponents([low.value], []), isAfter: !low.isInclusive }
      : { bytes: type, isAfter: false },
    high: end ? { bytes: encodeComponents([end.value], []), isAfter: end.isInclusive } : { bytes: type, isAfter: true },
    score: low && end ? 6 : 4,
  }
  return directed(range, field)
}

/** A range compares only with values of its own type: the first byte of their keys. NaN has another. */
function typeByteOf({ value }: Bound): Buffer {
  return encodeComponents([rankOf(value) === RANK.number ? 0 : value], []).subarray(0, 1)
}

function directed(range: CutRange, field: SortField): CutRange {
  if (field.direction > 0) return range
  const invert = ({ bytes, isAfter }: Cut): Cut => ({
    bytes: Buffer.from(bytes.map((byte) => ~byte)),
    isAfter: !isAfter,
  })
  return { low: invert(range.high), high: invert(range.low), score: range.score }
}

function pointRange(index: Index, encoded: Buffer): ScanRange {
  const low = indexEntryKey(index.id, storedKey(encoded))
  return { low, high: afterPrefix(low), prefixLength: low.length }
}

function toRange(index: Index, prefix: Buffer, range: CutRange | undefined): ScanRange {
  const low = place(index, prefix, range?.low ?? { bytes: NOTHING, isAfter: false })
  const high = place(index, prefix, range?.high ?? { bytes: NOTHING, isAfter: true })
  return {
    low: low.isExact && low.isAfter ? afterPrefix(low.key) : low.key,
    high: high.isExact && !high.isAfter ? high.key : afterPrefix(high.key),
    prefixLength: indexEntryKey(index.id, prefix).length,
  }
}

const NOTHING = Buffer.alloc(0)

/** Beyond the exact prefix a stored key is a hash: a longer bound is not exact and must be widened. */
function place(index: Index, prefix: Buffer, { bytes, isAfter }: Cut) {
  const full = Buffer.concat([prefix, bytes])
  return { key: indexEntryKey(index.id, full.subarray(0, EXACT_PREFIX)), isExact: full.length <= EXACT_PREFIX, isAfter }
}

interface SortQuestion extends Bindings {
  readonly index: Index
  readonly conditions: ReadonlyMap<string, Condition>
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

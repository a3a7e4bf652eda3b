import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** A dotted path, split. */
export type Path = readonly string[]

/** As deep as documents may be. */
const LONGEST_PATH = 200

/** Splits a dotted path. */
export function splitPath(path: string): Path {
  const parts = path.split('.')
  if (parts.length > LONGEST_PATH) throw new StoreError(15, 'Overflow', `a path has more than ${LONGEST_PATH} parts`)
  return parts
}

/** True for a path part that can address an array element. */
export const isPosition = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part)

/** A document's own field; never something inherited from `Object`. */
export const ownField = (document: Document, name: string): unknown =>
  Object.hasOwn(document, name) ? document[name] : undefined

/**
 * Calls `test` on each value that a query path can mean, looking into arrays as MongoDB does; true as soon as
 * one test is. A missing value is tested as undefined.
 */
export function someAtPath(root: unknown, path: Path, test: (value: unknown) => boolean, from = 0): boolean {
  let value = root
  for (let i = from; i < path.length; i++) {
    const part = path[i] as string
    if (Array.isArray(value)) {
      for (const element of value) if (isDocument(element) && someAtPath(element, path, test, i)) return true
      return isPosition(part) && Number(part) < value.length && someAtPath(value[Number(part)], path, test, i + 1)
    }
    if (!isDocument(value)) return test(undefined)
    value = ownField(value, part)
  }
  return test(value)
}

/** One field of a sort or of an index key. */
export interface SortField {
  readonly name: string
  readonly path: Path
  readonly direction: number
}

/** Parses `{ field: 1 | -1, … }`; only plain directions are allowed. */
export function parseSort(sort: unknown): readonly SortField[] {
  if (sort === undefined || sort === null) return []
  if (!isDocument(sort)) throw badValue('the sort has to be a document')
  return Object.entries(sort).map(([name, given]) => {
    const path = splitPath(name)
    if (path.includes('')) throw badValue(`the path '${name}' contains an empty field name`)
    // In indexes and sorts these would mean two things.
    if (path.some(isPosition)) throw refused(`an array position in the index or sort path '${name}'`)
    if (!isNumber(given)) throw refused(`the sort or index direction of '${name}'`)
    const direction = numberOf(given)
    if (Math.abs(direction) !== 1)
      throw badValue(`$sort key ordering must be 1 (for ascending) or -1 (for descending), not ${given} for '${name}'`)
    return { name, path, direction }
  })
}

/**
 * The rows of values under which a document is indexed or sorted, one for each element of an array, and which path
 * met an array, or -1. Only one path may: MongoDB allows no more either unless both lead into the same array.
 */
export function keyRowsOf(document: Document, fields: readonly SortField[]) {
  const row: unknown[] = []
  let [arrayAt, elements]: [number, unknown[]] = [-1, []]
  for (const [i, { path }] of fields.entries()) {
    const values: unknown[] = []
    const isArray = collectAt(document, path, values)
    if (isArray && arrayAt >= 0) throw parallelArrays()
    if (isArray) [arrayAt, elements] = [i, values]
    row.push(values[0])
  }
  return { rows: arrayAt < 0 ? [row] : elements.map((element) => row.with(arrayAt, element)), arrayAt }
}

const parallelArrays = () => {
  const message = 'cannot index or sort by two paths into arrays; into the same one a server at MONGODB_URI can'
  return new StoreError(171, 'CannotIndexParallelArrays', message)
}

/** Adds the values at a path, null for a missing one; true when there was an array on the way or at the end. */
function collectAt(root: unknown, path: Path, values: unknown[]): boolean {
  let value = root
  for (const [i, part] of path.entries()) {
    if (Array.isArray(value)) {
      const rest = path.slice(i)
      for (const element of value.length ? value : [undefined])
        collectAt(isDocument(element) ? element : undefined, rest, values)
      return true
    }
    value = isDocument(value) ? ownField(value, part) : undefined
  }
  // Of an empty array the value is undefined, which sorts before null.
  if (Array.isArray(value)) values.push(...(value.length ? value.map((each) => each ?? null) : [undefined]))
  else values.push(value ?? null)
  return Array.isArray(value)
}

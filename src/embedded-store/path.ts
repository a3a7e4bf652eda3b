import { type Document, isDocument } from './bson-value.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** A dotted path, split. */
export type Path = readonly string[]

/** True for a path part that can address an array element. */
export const isPosition = (part: string | undefined): boolean => part !== undefined && /^(0|[1-9]\d*)$/.test(part)

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
      return isPosition(part) && Number(part) < value.length
        ? someAtPath(value[Number(part)], path, test, i + 1)
        : false
    }
    if (!isDocument(value)) return test(undefined)
    value = ownField(value, part)
  }
  return test(value)
}

/** Refuses array positions in the paths of indexes and sorts, where they would mean two things. */
export function splitIndexPath(path: string): Path {
  const parts = path.split('.')
  if (parts.some((part) => part === '')) throw badValue(`the path '${path}' contains an empty field name`)
  if (parts.some(isPosition)) throw refused(`an array position in the index or sort path '${path}'`)
  return parts
}

/** What a document holds under a list of paths: one row of values for each array element, and where arrays were. */
export interface KeyRows {
  readonly rows: unknown[][]
  /** For each path, whether an array was crossed or expanded on it. */
  readonly arrays: boolean[]
}

interface Position {
  readonly value: unknown
  readonly next: number
  /** True when the value is final: the elements of an expanded array are not expanded again. */
  readonly done: boolean
}

/** The rows of values under which a document is indexed or sorted. Two different arrays cannot be combined. */
export function keyRowsOf(document: Document, paths: readonly Path[]): KeyRows {
  const simple = scalarRow(document, paths)
  if (simple) return { rows: [simple], arrays: paths.map(() => false) }
  const rows: unknown[][] = []
  const arrays = paths.map(() => false)
  expand(
    paths.map(() => ({ value: document, next: 0, done: false })),
    { paths, rows, arrays },
  )
  return { rows, arrays }
}

/** The common case: no array anywhere on the paths. */
function scalarRow(document: Document, paths: readonly Path[]): unknown[] | undefined {
  const row: unknown[] = []
  for (const path of paths) {
    let value: unknown = document
    for (const part of path)
      value = isDocument(value) ? ownField(value, part) : Array.isArray(value) ? value : undefined
    if (Array.isArray(value)) return undefined
    row.push(value === undefined ? null : value)
  }
  return row
}

interface Expansion {
  readonly paths: readonly Path[]
  readonly rows: unknown[][]
  readonly arrays: boolean[]
}

/** Stands for the value of an empty array, which sorts before null. */
const EMPTY = Symbol('empty array')

function expand(positions: readonly Position[], into: Expansion): void {
  const reached = positions.map((position, i) => advance(position, into.paths[i] as Path))
  const arrays = reached.map((position) => (position.done ? undefined : position.value)).filter(Array.isArray)
  const array = arrays[0]
  if (!array) {
    into.rows.push(reached.map(({ value }) => (value === EMPTY ? undefined : value === undefined ? null : value)))
    return
  }
  if (arrays.some((other) => other !== array))
    throw new StoreError(171, 'CannotIndexParallelArrays', 'cannot index or sort by parallel arrays')
  const isHere = (position: Position) => !position.done && position.value === array
  for (const [i, position] of reached.entries()) if (isHere(position)) into.arrays[i] = true
  const elements = array.length ? array : [EMPTY]
  for (const element of elements) {
    expand(
      reached.map((position, i) => (isHere(position) ? enter(position, into.paths[i] as Path, element) : position)),
      into,
    )
  }
}

/** Follows a path until it ends or meets an array. */
function advance(position: Position, path: Path): Position {
  let { value, next } = position
  while (!position.done && next < path.length && !Array.isArray(value))
    value = isDocument(value) ? ownField(value, path[next++] as string) : void next++
  return { value, next, done: position.done }
}

/** Replaces an array by one of its elements. */
function enter(position: Position, path: Path, element: unknown): Position {
  if (position.next >= path.length) return { value: element, next: position.next, done: true }
  return { value: isDocument(element) ? element : undefined, next: position.next, done: false }
}

import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import { encodeComponents } from './index-key.ts'
import { keyRowsOf, type Path, splitIndexPath } from './path.ts'
import { badValue, refused } from './store-error.ts'

/** One field of a sort or of an index key. */
export interface SortField {
  readonly name: string
  readonly path: Path
  readonly direction: 1 | -1
}

/** Parses `{ field: 1 | -1, … }`; only plain directions are allowed. */
export function parseSort(sort: unknown): readonly SortField[] {
  if (sort === undefined || sort === null) return []
  if (!isDocument(sort)) throw badValue('the sort has to be a document')
  return Object.entries(sort).map(([name, given]) => ({
    name,
    path: splitIndexPath(name),
    direction: directionOf(name, given),
  }))
}

function directionOf(name: string, given: unknown): 1 | -1 {
  if (!isNumber(given)) throw refused(`the sort or index direction of '${name}'`)
  const number = numberOf(given)
  if (number === 1 || number === -1) return number
  throw badValue(`$sort key ordering must be 1 (for ascending) or -1 (for descending), not ${number} for '${name}'`)
}

/** The bytes by which a document is sorted; of an array's elements those that come first. */
export function sortKeyOf(document: Document, sort: readonly SortField[]): Buffer {
  const { rows } = keyRowsOf(
    document,
    sort.map((field) => field.path),
  )
  const directions = sort.map((field) => field.direction)
  const [first, ...others] = rows.map((row) => encodeComponents(row, directions))
  return others.reduce((best, key) => (Buffer.compare(key, best) < 0 ? key : best), first as Buffer)
}

/** Collects items and keeps only the first `wanted` in sort order, stable for equal keys. */
export function topSorter<T>(sort: readonly SortField[], wanted: number) {
  const entries: { key: Buffer; item: T; order: number }[] = []
  let count = 0
  const settle = () => {
    entries.sort((a, b) => Buffer.compare(a.key, b.key) || a.order - b.order)
    if (entries.length > wanted) entries.length = wanted
  }
  return {
    add(document: Document, item: T) {
      entries.push({ key: sortKeyOf(document, sort), item, order: count++ })
      if (entries.length > wanted * 2 + 1000) settle()
    },
    sorted(): readonly T[] {
      settle()
      return entries.map((entry) => entry.item)
    },
  }
}

import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import { encodeComponents } from './index-key.ts'
import { keyRowsOf, type Path, splitIndexPath } from './path.ts'
import { badValue, refused } from './store-error.ts'

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
    if (!isNumber(given)) throw refused(`the sort or index direction of '${name}'`)
    const direction = numberOf(given)
    if (Math.abs(direction) !== 1)
      throw badValue(`$sort key ordering must be 1 (for ascending) or -1 (for descending), not ${given} for '${name}'`)
    return { name, path: splitIndexPath(name), direction }
  })
}

/** The bytes by which a document is sorted; of an array's elements those that come first. */
export function sortKeyOf(document: Document, sort: readonly SortField[]): Buffer {
  const [first, ...others] = keyRowsOf(document, sort).rows.map((row) => encodeComponents(row, sort))
  return others.reduce((best, key) => (Buffer.compare(key, best) < 0 ? key : best), first as Buffer)
}

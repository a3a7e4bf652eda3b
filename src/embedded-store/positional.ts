import { type Document, isDocument } from './bson-value.ts'
import { compileFilter } from './filter.ts'
import type { Path } from './path.ts'

/** The position of the first element of the array at `path` that made the document match, or -1. */
export function matchedPosition(document: Document, filter: Document, path: Path): number {
  const array = path.reduce<unknown>((value, part) => (isDocument(value) ? value[part] : undefined), document)
  if (!Array.isArray(array)) return -1
  const condition = conditionOn(document, filter, path.join('.'))
  if (!condition) return -1
  const { matches } = compileFilter(condition)
  return array.findIndex((element) => matches(nest(path, [element])))
}

/** The first condition of a filter that is about the array or about fields of its elements. */
function conditionOn(document: Document, filter: Document, name: string): Document | undefined {
  for (const [key, condition] of Object.entries(filter)) {
    if (key === '$and' || key === '$or') {
      for (const clause of condition as Document[]) {
        const found = compileFilter(clause).matches(document) ? conditionOn(document, clause, name) : undefined
        if (found) return found
      }
    } else if (key === name || key.startsWith(`${name}.`)) return { [key]: condition }
  }
  return undefined
}

const nest = (path: Path, value: unknown): Document =>
  path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Document

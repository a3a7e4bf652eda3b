import { type Document, decode, encode } from './bson-value.ts'
import { isOperators, isRegex } from './filter-operator.ts'
import { badValue } from './store-error.ts'

/** The document that an upsert starts from: what the equality predicates of its filter say. */
export function seedOfUpsert(filter: Document): Document {
  const seed: Document = {}
  for (const [name, value] of equalitiesOf(filter)) {
    const path = name.split('.')
    if (path.includes('__proto__')) throw badValue('the field name __proto__ is not allowed')
    let parent = seed
    for (const part of path.slice(0, -1)) {
      parent[part] ??= {}
      parent = parent[part] as Document
    }
    parent[path.at(-1) as string] = value
  }
  // A copy, because the update that follows changes the seed and the filter may be needed again.
  return decode(encode(seed))
}

function equalitiesOf(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap(([name, condition]): [string, unknown][] => {
    if (name === '$and') return (condition as Document[]).flatMap(equalitiesOf)
    if (name === '$or') {
      const clauses = condition as Document[]
      return clauses.length === 1 ? equalitiesOf(clauses[0] as Document) : []
    }
    if (name.startsWith('$') || isRegex(condition)) return []
    if (!isOperators(condition)) return [[name, condition]]
    if ('$eq' in condition) return [[name, condition.$eq]]
    const only = onlyMember(condition.$in) ?? onlyMember(condition.$all)
    return only && !isRegex(only[0]) && !isOperators(only[0]) ? [[name, only[0]]] : []
  })
}

const onlyMember = (list: unknown): unknown[] | undefined =>
  Array.isArray(list) && list.length === 1 ? list : undefined

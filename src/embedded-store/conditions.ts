import { type Document, isDocument, isNumber, numberOf, RANK, rankOf } from './bson-value.ts'
import { isOperators } from './filter.ts'
import { equalValues } from './index-key.ts'

/** What a filter demands of one path, as far as an index or an upsert can use it; all parts hold at once. */
export interface Condition {
  equals?: readonly unknown[]
  /** The ends of a range, whether it includes them or not. */
  low?: unknown
  high?: unknown
  exists?: true
}

/** Conditions by path. */
export type Conditions = ReadonlyMap<string, Condition>

/** The usable conditions of a filter, from its fields and from `$and`. */
export function conditionsOf(filter: Document, found = new Map<string, Condition>()): Conditions {
  for (const [name, demanded] of Object.entries(filter)) {
    if (name === '$and') for (const clause of demanded as Document[]) conditionsOf(clause, found)
    if (name.startsWith('$')) continue
    const condition = found.get(name) ?? {}
    const operators = isOperators(demanded) ? demanded : { $eq: demanded }
    for (const [operator, operand] of Object.entries(operators)) use(condition, operator, operand)
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
  if (rank < RANK.number || rank === RANK.object || rank === RANK.array) return false
  if (isNumber(value) && Number.isNaN(numberOf(value))) return false
  return other === undefined || rankOf(other) === rank
}

/** True when the condition cannot hold for a missing field, so that a sparse index is sure to have the document. */
export function demandsPresence({ equals, low, high, exists }: Condition = {}): boolean {
  if (equals) return equals.every((value) => value !== null && value !== undefined)
  return low !== undefined || high !== undefined || exists === true
}

/** True when every document that matches the filter is certain to be in an index with this partial filter. */
export const impliesPartial = (filter: Document, conditions: Conditions, partial: Document): boolean =>
  Object.entries(partial).every(([name, wanted]) => {
    if (isExistence(wanted) && demandsPresence(conditions.get(name))) return true
    return name in filter && equalValues(filter[name], wanted)
  })

const isExistence = (wanted: unknown) =>
  isDocument(wanted) && wanted.$exists === true && Object.keys(wanted).length === 1

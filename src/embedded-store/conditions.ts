import { type Document, equalValues, isDocument, isNumber, numberOf, RANK, rankOf } from './bson-value.ts'
import { compileFilter } from './filter.ts'
import { isOperators, isRegex } from './filter-operator.ts'

/** One end of a range. */
export interface Bound {
  readonly value: unknown
  readonly isInclusive: boolean
}

/** What a filter demands of one path, as far as an index can use it; all parts hold at once. */
export interface Condition {
  equals?: readonly unknown[]
  low?: Bound
  high?: Bound
  /** The text that a regular expression anchored with `^` begins with. */
  prefix?: string
}

/** The usable conditions of a filter by path, from its fields and from `$and`. */
export function conditionsOf(filter: Document, found = new Map<string, Condition>()): ReadonlyMap<string, Condition> {
  for (const [name, demanded] of Object.entries(filter)) {
    if (name === '$and') for (const clause of demanded as Document[]) conditionsOf(clause, found)
    if (name.startsWith('$')) continue
    const condition = found.get(name) ?? {}
    const operators = isOperators(demanded) ? demanded : isRegex(demanded) ? { $regex: demanded } : { $eq: demanded }
    for (const [operator, operand] of Object.entries(operators)) use(condition, operator, operand, operators)
    if (Object.keys(condition).length > 0) found.set(name, condition)
  }
  return found
}

function use(condition: Condition, operator: string, operand: unknown, operators: Document): void {
  switch (operator) {
    case '$eq':
      if (isPointValue(operand)) condition.equals ??= [operand]
      return
    case '$in':
      if (Array.isArray(operand) && operand.every(isPointValue)) condition.equals ??= operand
      return
    case '$gt':
    case '$gte':
      if (isRangeValue(operand, condition.high)) condition.low ??= { value: operand, isInclusive: operator === '$gte' }
      return
    case '$lt':
    case '$lte':
      if (isRangeValue(operand, condition.low)) condition.high ??= { value: operand, isInclusive: operator === '$lte' }
      return
    case '$regex': {
      const prefix = literalPrefix(operand, operators.$options)
      if (prefix) condition.prefix ??= prefix
    }
  }
}

/** An array may be equal as a whole or as an element, a regular expression matches texts: neither is one key. */
const isPointValue = (value: unknown) => !Array.isArray(value) && !isRegex(value)

function isRangeValue(value: unknown, other: Bound | undefined): boolean {
  const rank = rankOf(value)
  if (rank < RANK.number || rank > RANK.date || rank === RANK.object || rank === RANK.array) return false
  if (isNumber(value) && Number.isNaN(numberOf(value))) return false
  return other === undefined || rankOf(other.value) === rank
}

function literalPrefix(operand: unknown, options: unknown): string | undefined {
  const pattern = isRegex(operand) ? operand.pattern : String(operand)
  const flags = String(options ?? (isRegex(operand) ? operand.options : ''))
  if (flags !== '' || pattern.includes('|')) return undefined
  const literal = /^\^((?:[\w @:/#-]|\\[^\w])+)/.exec(pattern)
  if (!literal?.[1]) return undefined
  const rest = pattern.slice(literal[0].length)
  const text = literal[1].replace(/\\(.)/g, '$1')
  // A quantifier belongs to the last character, which may then be absent.
  return /^[?*{]/.test(rest) ? text.slice(0, -1) : text
}

const MONOTONE = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$exists', '$type'])

/** True when every document that matches the filter is certain to be in an index with this partial filter. */
export function impliesPartial(filter: Document, partial: Document): boolean {
  const conditions = conditionsOf(filter)
  return Object.entries(partial).every(([name, wanted]) => {
    if (name === '$and') return (wanted as Document[]).every((clause) => impliesPartial(filter, clause))
    if (name.startsWith('$')) return false
    if (statesExactly(filter, name, wanted)) return true
    const condition = conditions.get(name)
    return condition !== undefined && conditionImplies(condition, isOperators(wanted) ? wanted : { $eq: wanted })
  })
}

const statesExactly = (filter: Document, name: string, wanted: unknown): boolean =>
  (name in filter && equalValues(filter[name], wanted)) ||
  (Array.isArray(filter.$and) &&
    filter.$and.some((clause) => isDocument(clause) && statesExactly(clause, name, wanted)))

function conditionImplies(condition: Condition, wanted: Document): boolean {
  if (!Object.keys(wanted).every((operator) => MONOTONE.has(operator)) || wanted.$exists === false) return false
  const { matches } = compileFilter({ value: wanted })
  if (condition.equals)
    return condition.equals.every((value) => value !== null && value !== undefined && matches({ value }))
  const bound = condition.low ?? condition.high
  // A range says that there is a value, and of which type; more is not concluded from it.
  const isAboutType = Object.keys(wanted).every((operator) => operator === '$exists' || operator === '$type')
  if (!bound || !isAboutType) return false
  return (
    (!isNumber(bound.value) || wanted.$type === undefined || wanted.$type === 'number') &&
    matches({ value: bound.value })
  )
}

/** True when the condition cannot hold for a missing field, so that a sparse index is sure to have the document. */
export const demandsPresence = (condition: Condition | undefined): boolean =>
  condition !== undefined &&
  (condition.equals ? condition.equals.every((value) => value !== null && value !== undefined) : true)

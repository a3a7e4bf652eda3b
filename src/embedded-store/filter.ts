import { type Document, isDocument, isTruthy } from './bson-value.ts'
import { encodeComponents, identityOf } from './index-key.ts'
import { type Path, someAtPath, splitPath } from './path.ts'
import { badValue, refused } from './store-error.ts'

/** Whether a decoded document matches. */
export type Predicate = (document: Document) => boolean
type ValueTest = (value: unknown) => boolean

/** A compiled query filter and the top-level fields it reads, so that only these need decoding. */
export interface Filter {
  readonly source: Document
  readonly matches: Predicate
  readonly fields: ReadonlySet<string>
}

/** Compiles a filter document; operators outside the allow-list are refused by name. */
export function compileFilter(source: Document): Filter {
  const fields = new Set<string>()
  return { source, matches: compileDocument(source, fields), fields }
}

function compileDocument(source: Document, fields: Set<string>): Predicate {
  const tests = Object.keys(source).map((name) => {
    if (name.startsWith('$')) return compileLogical(name, source[name], fields)
    const path = splitPath(name)
    fields.add(path[0] as string)
    return compileField(path, source[name])
  })
  return allOf(tests)
}

function allOf(tests: readonly Predicate[]): Predicate {
  const [only] = tests
  if (only && tests.length === 1) return only
  return (document) => tests.every((test) => test(document))
}

function compileLogical(operator: string, clauses: unknown, fields: Set<string>): Predicate {
  if (operator !== '$and' && operator !== '$or') throw refused(`the query operator ${operator}`)
  if (!Array.isArray(clauses) || clauses.length === 0) throw badValue(`${operator} must be a nonempty array`)
  const tests = clauses.map((clause) => {
    if (!isDocument(clause)) throw badValue(`${operator} entries need to be full objects`)
    return compileDocument(clause, fields)
  })
  return operator === '$and' ? allOf(tests) : (document) => tests.some((test) => test(document))
}

/** True for `{ $gt: … }`, false for a document to be compared as a whole. */
export const isOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true

function compileField(path: Path, condition: unknown): Predicate {
  if (!isOperators(condition)) return compileOperator(path, '$eq', condition)
  return allOf(Object.keys(condition).map((operator) => compileOperator(path, operator, condition[operator])))
}

/** The allow-list of operators that ask something of one value. */
function compileOperator(path: Path, operator: string, operand: unknown): Predicate {
  const each = (test: ValueTest) => onElements(path, test)
  switch (operator) {
    case '$eq':
      return each(equalTo(operand))
    case '$ne':
      return negate(each(equalTo(operand)))
    case '$gt':
      return each(ordered(operand, (order) => order > 0))
    case '$gte':
      return each(ordered(operand, (order) => order >= 0))
    case '$lt':
      return each(ordered(operand, (order) => order < 0))
    case '$lte':
      return each(ordered(operand, (order) => order <= 0))
    case '$in':
      return each(memberOf(operand, operator))
    case '$nin':
      return negate(each(memberOf(operand, operator)))
    case '$exists': {
      const exists: Predicate = (document) => someAtPath(document, path, (value) => value !== undefined)
      return isTruthy(operand) ? exists : negate(exists)
    }
    default:
      throw refused(`the query operator ${operator}`)
  }
}

const negate =
  (predicate: Predicate): Predicate =>
  (document) =>
    !predicate(document)

/** Tries the value and, when it is an array, each of its elements. */
function onElements(path: Path, test: ValueTest): Predicate {
  const either: ValueTest = (value) => test(value) || (Array.isArray(value) && value.some(test))
  return (document) => someAtPath(document, path, either)
}

const equalTo = (wanted: unknown): ValueTest =>
  typeof wanted === 'string' ? (value) => value === wanted : oneOf([wanted])

function oneOf(wanted: readonly unknown[]): ValueTest {
  const identities = new Set(wanted.map((value) => identityOf(value ?? null)))
  return (value) => identities.has(identityOf(value ?? null))
}

function memberOf(operand: unknown, operator: string): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`)
  if (operand.some(isOperators)) throw badValue(`cannot nest $ under ${operator}`)
  return oneOf(operand)
}

/**
 * Orders only within one type, as MongoDB does: a number is neither above nor below a string, nor NaN. The first
 * byte of a key says the type.
 */
function ordered(bound: unknown, accepts: (order: number) => boolean): ValueTest {
  const key = encodeComponents([bound ?? null])
  return (value) => {
    const other = encodeComponents([value ?? null])
    return other[0] === key[0] && accepts(Buffer.compare(other, key))
  }
}

/** The test by which `$pull` picks elements: equality, operators on the element, or a filter on its fields. */
export function compileElement(condition: unknown): ValueTest {
  if (isDocument(condition) && !isOperators(condition)) {
    const matches = compileDocument(condition, new Set())
    return (element) => isDocument(element) && matches(element)
  }
  const matches = compileField(['element'], condition)
  // Wrapping a nested array once more keeps its own elements from being tried one by one.
  return (element) => matches({ element: Array.isArray(element) ? [element] : element })
}

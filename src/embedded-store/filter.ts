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
const isOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true

/** What is demanded of a field, spelled out in operators. */
export const operatorsOf = (condition: unknown): Document => (isOperators(condition) ? condition : { $eq: condition })

function compileField(path: Path, condition: unknown): Predicate {
  const operators = operatorsOf(condition)
  return allOf(Object.keys(operators).map((operator) => compileOperator(path, operator, operators[operator])))
}

/** The allow-list of operators that ask something of one value. */
const TESTS: Readonly<Record<string, (operand: unknown) => ValueTest>> = {
  $eq: (wanted) => (typeof wanted === 'string' ? (value) => value === wanted : oneOf([wanted])),
  $gt: (bound) => ordered(bound, (order) => order > 0),
  $gte: (bound) => ordered(bound, (order) => order >= 0),
  $lt: (bound) => ordered(bound, (order) => order < 0),
  $lte: (bound) => ordered(bound, (order) => order <= 0),
  $in: memberOf,
  $exists: () => (value) => value !== undefined,
}

/** Those that hold exactly when another does not. */
const OPPOSITES: Readonly<Record<string, string>> = { $ne: '$eq', $nin: '$in' }

function compileOperator(path: Path, operator: string, operand: unknown): Predicate {
  const opposite = operator === '$exists' && !isTruthy(operand) ? operator : OPPOSITES[operator]
  const test = TESTS[opposite ?? operator]
  if (!test) throw refused(`the query operator ${operator}`)
  const matches = onElements(path, test(operand))
  return opposite ? (document) => !matches(document) : matches
}

/** Tries the value and, when it is an array, each of its elements. */
function onElements(path: Path, test: ValueTest): Predicate {
  const either: ValueTest = (value) => test(value) || (Array.isArray(value) && value.some(test))
  return (document) => someAtPath(document, path, either)
}

function oneOf(wanted: readonly unknown[]): ValueTest {
  const identities = new Set(wanted.map((value) => identityOf(value ?? null)))
  return (value) => identities.has(identityOf(value ?? null))
}

function memberOf(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue('$in and $nin need an array')
  if (operand.some(isOperators)) throw badValue('cannot nest $ under $in or $nin')
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

import { type Document, isDocument } from './bson-value.ts'
import { compileOperator, isOperators, matchesValue } from './filter-operator.ts'
import { type Path, someAtPath } from './path.ts'
import { badValue, refused } from './store-error.ts'

/** Whether a decoded document matches. */
export type Predicate = (document: Document) => boolean

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
  const tests = Object.keys(source).flatMap((name) => {
    if (name === '$comment') return []
    if (name.startsWith('$')) return [compileLogical(name, source[name], fields)]
    fields.add(name.split('.', 1)[0] as string)
    return [compileField(name.split('.'), source[name])]
  })
  return allOf(tests)
}

function allOf(tests: readonly Predicate[]): Predicate {
  const [only] = tests
  if (only && tests.length === 1) return only
  return (document) => tests.every((test) => test(document))
}

function compileLogical(operator: string, clauses: unknown, fields: Set<string>): Predicate {
  if (operator !== '$and' && operator !== '$or' && operator !== '$nor') throw refused(`the query operator ${operator}`)
  if (!Array.isArray(clauses) || clauses.length === 0) throw badValue(`${operator} must be a nonempty array`)
  const tests = clauses.map((clause) => {
    if (!isDocument(clause)) throw badValue(`${operator} entries need to be full objects`)
    return compileDocument(clause, fields)
  })
  if (operator === '$and') return allOf(tests)
  const some: Predicate = (document) => tests.some((test) => test(document))
  return operator === '$or' ? some : (document) => !some(document)
}

function compileField(path: Path, condition: unknown): Predicate {
  if (!isOperators(condition)) return atPath(path, matchesValue(condition), 'elements')
  return allOf(Object.keys(condition).flatMap((operator) => compileCondition(path, operator, condition)))
}

function compileCondition(path: Path, operator: string, condition: Document): Predicate[] {
  if (operator === '$options' && '$regex' in condition) return []
  const operand = condition[operator]
  if (operator === '$not') return [negate(compileNot(path, operand))]
  if (operator === '$all') return [compileAll(path, operand)]
  if (operator === '$elemMatch') return [atPath(path, compileElemMatch(operand), 'whole')]
  const { test, scope, negated } = compileOperator(operator, operand, condition)
  const predicate = atPath(path, test, scope)
  return [negated ? negate(predicate) : predicate]
}

const negate =
  (predicate: Predicate): Predicate =>
  (document) =>
    !predicate(document)

/** 'elements' tries an array and each of its elements, 'whole' only the value itself. */
function atPath(path: Path, test: (value: unknown) => boolean, scope: 'elements' | 'whole'): Predicate {
  if (scope === 'whole') return (document) => someAtPath(document, path, test)
  const either = (value: unknown) => test(value) || (Array.isArray(value) && value.some(test))
  return (document) => someAtPath(document, path, either)
}

function compileNot(path: Path, operand: unknown): Predicate {
  if (isOperators(operand)) return compileField(path, operand)
  if ((operand as { _bsontype?: string } | null)?._bsontype === 'BSONRegExp')
    return atPath(path, matchesValue(operand), 'elements')
  throw badValue('$not needs a regex or a document')
}

function compileAll(path: Path, operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue('$all needs an array')
  if (operand.length === 0) return () => false
  const tests = operand.map((element) =>
    isOperators(element) && '$elemMatch' in element
      ? atPath(path, compileElemMatch(element.$elemMatch), 'whole')
      : atPath(path, matchesValue(element), 'elements'),
  )
  return allOf(tests)
}

function compileElemMatch(operand: unknown): (value: unknown) => boolean {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object')
  const test = compileElement(operand)
  return (value) => Array.isArray(value) && value.some(test)
}

const LOGICAL = new Set(['$and', '$or', '$nor'])

/** A test of one array element: by operators on the element itself, or as a filter when it is a document. */
export function compileElement(condition: Document): (element: unknown) => boolean {
  const onValue = isOperators(condition) && !Object.keys(condition).some((name) => LOGICAL.has(name))
  if (!onValue) {
    const matches = compileDocument(condition, new Set())
    return (element) => isDocument(element) && matches(element)
  }
  const matches = compileField(['element'], condition)
  // Wrapping a nested array once more keeps its own elements from being tried one by one.
  return (element) => matches({ element: Array.isArray(element) ? [element] : element })
}

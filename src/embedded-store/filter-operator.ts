import type { BSONRegExp } from 'bson'
import { compareValues, type Document, isDocument, isNumber, isTruthy, numberOf, RANK, rankOf } from './bson-value.ts'
import { identityOf } from './index-key.ts'
import { badValue, refused, StoreError } from './store-error.ts'

type ValueTest = (value: unknown) => boolean

/** What an operator asks of a value, whether array elements are tried too, and whether the answer is turned round. */
export interface OperatorTest {
  readonly test: ValueTest
  readonly scope: 'elements' | 'whole'
  readonly negated: boolean
}

/** True for `{ $gt: … }`, false for a document to be compared as a whole. */
export const isOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true

/** True for a regular expression as the decoder yields it. */
export const isRegex = (value: unknown): value is BSONRegExp =>
  (value as { _bsontype?: string } | null | undefined)?._bsontype === 'BSONRegExp'

/** Equality with a plain value, or a match with a regular expression. */
export function matchesValue(wanted: unknown): ValueTest {
  if (isRegex(wanted)) return matchesRegex(wanted.pattern, wanted.options)
  return equalTo(wanted)
}

function equalTo(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined) return (value) => value === null || value === undefined
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return (value) => value === wanted
  const rank = rankOf(wanted)
  return (value) =>
    value !== undefined && value !== null && rankOf(value) === rank && compareValues(value, wanted) === 0
}

/** Orders only within one type, as MongoDB does: a number is neither above nor below a string. */
function ordered(bound: unknown, accepts: (order: number) => boolean): ValueTest {
  const rank = rankOf(bound)
  if (rank === RANK.null || rank === RANK.missing)
    return (value) => (value === null || value === undefined) && accepts(0)
  const isNaNBound = rank === RANK.number && Number.isNaN(numberOf(bound))
  return (value) => {
    if (value === undefined || value === null || rankOf(value) !== rank) return false
    if (rank === RANK.number && Number.isNaN(numberOf(value)) !== isNaNBound) return false
    return accepts(compareValues(value, bound))
  }
}

function matchesRegex(pattern: string, options: string): ValueTest {
  if (/[^ims]/.test(options)) throw refused(`the regular expression option in '${options}'`)
  let expression: RegExp
  try {
    expression = new RegExp(pattern, options)
  } catch (error) {
    throw new StoreError(51091, 'Location51091', `Regular expression is invalid: ${(error as Error).message}`)
  }
  return (value) => typeof value === 'string' && expression.test(value)
}

function matchesIn(operand: unknown, operator: string): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`)
  if (operand.some(isOperators)) throw badValue(`cannot nest $ under ${operator}`)
  const regexes = operand.filter(isRegex).map(matchesValue)
  const identities = new Set(operand.filter((value) => !isRegex(value)).map((value) => identityOf(value ?? null)))
  return (value) => identities.has(identityOf(value ?? null)) || regexes.some((matches) => matches(value))
}

const TYPE_TESTS: Readonly<Record<string, ValueTest>> = {
  double: (value) => bsonTypeOf(value) === 'Double',
  int: (value) => bsonTypeOf(value) === 'Int32',
  long: (value) => bsonTypeOf(value) === 'Long',
  decimal: (value) => bsonTypeOf(value) === 'Decimal128',
  number: (value) => bsonTypeOf(value) === 'Decimal128' || isNumber(value),
  string: (value) => typeof value === 'string',
  object: isDocument,
  array: Array.isArray,
  binData: (value) => bsonTypeOf(value) === 'Binary',
  objectId: (value) => bsonTypeOf(value) === 'ObjectId',
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
}
const bsonTypeOf = (value: unknown) => (value as { _bsontype?: string } | null | undefined)?._bsontype

function matchesType(operand: unknown): ValueTest {
  const tests = [operand].flat().map((type) => {
    const test = TYPE_TESTS[String(type)]
    if (!test) throw refused(`the $type ${String(type)}`)
    return test
  })
  return (value) => tests.some((test) => test(value))
}

function hasSize(operand: unknown): ValueTest {
  const size = isNumber(operand) ? numberOf(operand) : Number.NaN
  if (!Number.isInteger(size) || size < 0) throw badValue('$size needs a non-negative integer')
  return (value) => Array.isArray(value) && value.length === size
}

const onElements = (test: ValueTest): OperatorTest => ({ test, scope: 'elements', negated: false })
const onWhole = (test: ValueTest): OperatorTest => ({ test, scope: 'whole', negated: false })
const not = (test: OperatorTest): OperatorTest => ({ ...test, negated: !test.negated })

/** The allow-list of operators that ask something of one value. */
export function compileOperator(operator: string, operand: unknown, condition: Document): OperatorTest {
  switch (operator) {
    case '$eq':
      if (isRegex(operand)) throw refused('$eq with a regular expression')
      return onElements(equalTo(operand))
    case '$ne':
      if (isRegex(operand)) throw badValue("Can't have regex as arg to $ne.")
      return not(onElements(equalTo(operand)))
    case '$gt':
      return onElements(ordered(operand, (order) => order > 0))
    case '$gte':
      return onElements(ordered(operand, (order) => order >= 0))
    case '$lt':
      return onElements(ordered(operand, (order) => order < 0))
    case '$lte':
      return onElements(ordered(operand, (order) => order <= 0))
    case '$in':
      return onElements(matchesIn(operand, operator))
    case '$nin':
      return not(onElements(matchesIn(operand, operator)))
    case '$exists': {
      const exists = onWhole((value) => value !== undefined)
      return isTruthy(operand) ? exists : not(exists)
    }
    case '$type':
      return onElements(matchesType(operand))
    case '$size':
      return onWhole(hasSize(operand))
    case '$regex':
      return onElements(compileRegex(operand, condition.$options))
    default:
      throw refused(`the query operator ${operator}`)
  }
}

function compileRegex(operand: unknown, options: unknown): ValueTest {
  if (isRegex(operand)) return matchesRegex(operand.pattern, String(options ?? operand.options))
  if (typeof operand !== 'string') throw badValue('$regex has to be a string')
  return matchesRegex(operand, String(options ?? ''))
}

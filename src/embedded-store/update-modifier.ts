import { Double, Int32, Long } from 'bson'
import { compareValues, equalValues, isDocument, isNumber, isTruthy, numberOf } from './bson-value.ts'
import { compileElement } from './filter.ts'
import { isRegex } from './filter-operator.ts'
import { compareSortKeys, parseSort, sortKeyOf } from './sort.ts'
import { badValue, failedToParse, refused, StoreError } from './store-error.ts'

/** Returned by a modifier to remove the field. */
export const REMOVE = Symbol('remove')

/** Returned by a modifier to leave the field as it is. */
export const KEEP = Symbol('keep')

/** Turns the current value of a field (undefined when missing) into the next one. */
export interface Modifier {
  /** False when a missing field stays missing. */
  readonly creates: boolean
  readonly modify: (current: unknown) => unknown
}

/** The allow-list of update operators. */
export function compileModifier(operator: string, operand: unknown, name: string): Modifier {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return creating(() => operand)
    case '$unset':
    case '$rename':
      return existing(() => REMOVE)
    case '$inc':
    case '$mul':
      return arithmetic(operator, operand, name)
    case '$min':
      return creating((current) => (current === undefined || compareValues(operand, current) < 0 ? operand : KEEP))
    case '$max':
      return creating((current) => (current === undefined || compareValues(operand, current) > 0 ? operand : KEEP))
    case '$currentDate':
      if (isDocument(operand) && operand.$type !== 'date') throw refused('$currentDate with a type other than date')
      if (!isDocument(operand) && !isTruthy(operand)) throw badValue('$currentDate takes true or { $type: "date" }')
      return creating(() => new Date())
    case '$push':
      return push(operand, name)
    case '$addToSet':
      return addToSet(operand, name)
    case '$pull':
      return pull(compilePull(operand))
    case '$pullAll':
      if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument')
      return pull((element) => operand.some((value) => equalValues(value, element)))
    case '$pop':
      return pop(operand, name)
    default:
      throw refused(`the update operator ${operator}`)
  }
}

const creating = (modify: (current: unknown) => unknown): Modifier => ({ creates: true, modify })
const existing = (modify: (current: unknown) => unknown): Modifier => ({ creates: false, modify })
const typeMismatch = (message: string) => new StoreError(14, 'TypeMismatch', message)

function arithmetic(operator: '$inc' | '$mul', operand: unknown, name: string): Modifier {
  if (!isNumber(operand)) throw typeMismatch(`Cannot apply ${operator} with a non-numeric argument to '${name}'`)
  return creating((current) => {
    if (current === undefined) return operator === '$inc' ? operand : compute('$mul', operand, new Int32(0))
    if (!isNumber(current)) throw typeMismatch(`Cannot apply ${operator} to the field '${name}' of non-numeric type`)
    return compute(operator, current, operand)
  })
}

/** MongoDB's result types: a double makes a double, int32 grows to int64 when it must, int64 never overflows silently. */
function compute(operator: '$inc' | '$mul', a: unknown, b: unknown): unknown {
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [numberOf(a), numberOf(b)]
    return new Double(operator === '$inc' ? x + y : x * y)
  }
  const [x, y] = [BigInt(String(a)), BigInt(String(b))]
  const result = operator === '$inc' ? x + y : x * y
  const fitsInt32 = result === BigInt.asIntN(32, result)
  if (fitsInt32 && !(a instanceof Long) && !(b instanceof Long)) return new Int32(Number(result))
  if (result !== BigInt.asIntN(64, result)) throw badValue(`${operator} would overflow a 64-bit integer`)
  return Long.fromBigInt(result)
}

function arrayOf(current: unknown, operator: string, name: string): readonly unknown[] {
  if (current === undefined) return []
  if (!Array.isArray(current)) throw badValue(`The field '${name}' must be an array for ${operator}`)
  return current
}

const PUSH_CLAUSES = new Set(['$each', '$position', '$slice', '$sort'])

function push(operand: unknown, name: string): Modifier {
  if (!isDocument(operand) || !('$each' in operand))
    return creating((current) => [...arrayOf(current, '$push', name), operand])
  const unknownClause = Object.keys(operand).find((clause) => !PUSH_CLAUSES.has(clause))
  if (unknownClause) throw badValue(`Unrecognized clause in $push: ${unknownClause}`)
  const { $each, $position, $slice, $sort } = operand
  if (!Array.isArray($each)) throw badValue('The argument to $each in $push must be an array')
  const order = $sort === undefined ? undefined : compileElementOrder($sort)
  return creating((current) => {
    const before = arrayOf(current, '$push', name)
    const at = $position === undefined ? before.length : numberOf($position)
    const pushed = before.toSpliced(at, 0, ...$each)
    const sorted = order ? pushed.sort(order) : pushed
    return $slice === undefined ? sorted : sliced(sorted, numberOf($slice))
  })
}

const sliced = (array: unknown[], count: number) => (count < 0 ? array.slice(count) : array.slice(0, count))

function compileElementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (isNumber(sort)) return (a, b) => compareValues(a, b) * Math.sign(numberOf(sort))
  const fields = parseSort(sort)
  const keyOf = (element: unknown) => sortKeyOf(isDocument(element) ? element : {}, fields)
  return (a, b) => compareSortKeys(keyOf(a), keyOf(b), fields)
}

function addToSet(operand: unknown, name: string): Modifier {
  const each = isDocument(operand) && '$each' in operand ? operand.$each : [operand]
  if (!Array.isArray(each)) throw typeMismatch('The argument to $each in $addToSet must be an array')
  return creating((current) => {
    const set = [...arrayOf(current, '$addToSet', name)]
    for (const value of each) if (!set.some((member) => equalValues(member, value))) set.push(value)
    return set
  })
}

function compilePull(operand: unknown): (element: unknown) => boolean {
  if (isDocument(operand)) return compileElement(operand)
  if (isRegex(operand)) return compileElement({ $regex: operand })
  return (element) => equalValues(element, operand)
}

function pull(isPulled: (element: unknown) => boolean): Modifier {
  return existing((current) => {
    if (!Array.isArray(current)) throw badValue('Cannot apply $pull to a non-array value')
    return current.filter((element) => !isPulled(element))
  })
}

function pop(operand: unknown, name: string): Modifier {
  const end = isNumber(operand) ? numberOf(operand) : 0
  if (end !== 1 && end !== -1) throw failedToParse('$pop expects 1 or -1')
  return existing((current) => {
    if (!Array.isArray(current)) throw typeMismatch(`Path '${name}' contains an element of non-array type`)
    return end === 1 ? current.slice(0, -1) : current.slice(1)
  })
}

import { Double, Int32, Long } from 'bson'
import { isDocument, isNumber, numberOf } from './bson-value.ts'
import { compileElement } from './filter.ts'
import { compareValues, equalValues } from './index-key.ts'
import { badValue, refused, StoreError } from './store-error.ts'

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
      return existing(() => REMOVE)
    case '$inc':
      return increment(operand, name)
    case '$min':
      return creating((current) => (current === undefined || compareValues(operand, current) < 0 ? operand : KEEP))
    case '$max':
      return creating((current) => (current === undefined || compareValues(operand, current) > 0 ? operand : KEEP))
    case '$push':
      return push(operand, name)
    case '$addToSet':
      return addToSet(operand, name)
    case '$pull':
      return pull(operand)
    default:
      throw refused(`the update operator ${operator}`)
  }
}

const creating = (modify: (current: unknown) => unknown): Modifier => ({ creates: true, modify })
const existing = (modify: (current: unknown) => unknown): Modifier => ({ creates: false, modify })
const typeMismatch = (message: string) => new StoreError(14, 'TypeMismatch', message)

function increment(operand: unknown, name: string): Modifier {
  if (!isNumber(operand)) throw typeMismatch(`Cannot increment '${name}' with a non-numeric argument`)
  return creating((current) => {
    if (current === undefined) return operand
    if (!isNumber(current)) throw typeMismatch(`Cannot apply $inc to the field '${name}' of non-numeric type`)
    return sum(current, operand)
  })
}

/** MongoDB's result types: a double makes a double, int32 grows to int64 when it must, int64 never overflows silently. */
function sum(a: unknown, b: unknown): unknown {
  if (a instanceof Double || b instanceof Double) return new Double(numberOf(a) + numberOf(b))
  const result = BigInt(String(a)) + BigInt(String(b))
  const fitsInt32 = result === BigInt.asIntN(32, result)
  if (fitsInt32 && !(a instanceof Long) && !(b instanceof Long)) return new Int32(Number(result))
  if (result !== BigInt.asIntN(64, result)) throw badValue('$inc would overflow a 64-bit integer')
  return Long.fromBigInt(result)
}

function listOf(current: unknown, operator: string, name: string): readonly unknown[] {
  if (current === undefined) return []
  if (!Array.isArray(current)) throw badValue(`The field '${name}' must be an array for ${operator}`)
  return current
}

/** The values of `{ $each: […] }`, or the one value that stands alone; other clauses only where `allowed`. */
function eachOf(operand: unknown, operator: string, allowed: readonly string[] = []): readonly unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return [operand]
  const unknownClause = Object.keys(operand).find((clause) => clause !== '$each' && !allowed.includes(clause))
  if (unknownClause) throw refused(`the clause ${unknownClause} of ${operator}`)
  if (!Array.isArray(operand.$each)) throw badValue(`The argument to $each in ${operator} must be an array`)
  return operand.$each
}

function push(operand: unknown, name: string): Modifier {
  const each = eachOf(operand, '$push', ['$slice'])
  const slice = isDocument(operand) && '$each' in operand && '$slice' in operand ? numberOf(operand.$slice) : undefined
  return creating((current) => {
    const pushed = [...listOf(current, '$push', name), ...each]
    if (slice === undefined) return pushed
    return slice < 0 ? pushed.slice(slice) : pushed.slice(0, slice)
  })
}

function addToSet(operand: unknown, name: string): Modifier {
  const each = eachOf(operand, '$addToSet')
  return creating((current) => {
    const set = [...listOf(current, '$addToSet', name)]
    for (const value of each) if (!set.some((member) => equalValues(member, value))) set.push(value)
    return set
  })
}

function pull(condition: unknown): Modifier {
  const isPulled = compileElement(condition)
  return existing((current) => {
    if (!Array.isArray(current)) throw badValue('Cannot apply $pull to a non-array value')
    return current.filter((element) => !isPulled(element))
  })
}

import { Double, Int32, Long } from 'bson'
import { type Document, isDocument, isNumber, numberOf } from './bson-value.ts'
import { compileElement } from './filter.ts'
import { compareValues, equalValues, identityOf } from './index-key.ts'
import { isPosition, ownField, type Path, splitPath } from './path.ts'
import { badValue, failedToParse, refused, StoreError } from './store-error.ts'

/** Changes a decoded document that nobody else holds, and returns it. */
export interface Update {
  readonly apply: (document: Document, isInsert: boolean) => Document
  /** The top-level fields that can change. */
  readonly touches: ReadonlySet<string>
}

/** Turns the current value of a field into the next one; undefined stands for a missing field in both. */
type Modify = (current: unknown) => unknown

interface Action {
  readonly name: string
  readonly path: Path
  readonly modify: Modify
  readonly onInsertOnly: boolean
}

/** Compiles a document of update operators; replacements and pipelines are refused. */
export function compileUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw refused('an update with an aggregation pipeline')
  if (!isDocument(update)) throw failedToParse('an update has to be a document')
  if (!Object.keys(update)[0]?.startsWith('$')) throw refused('a replacement document')
  const actions = Object.entries(update).flatMap(([operator, fields]) => compileActions(operator, fields))
  refuseConflicts(actions.map(({ name }) => name))
  const apply = (document: Document, isInsert: boolean) => {
    const idBefore = document._id
    for (const action of actions) if (isInsert || !action.onInsertOnly) change(document, action)
    if (idBefore !== undefined && !equalValues(document._id ?? null, idBefore)) throw immutableId()
    return document
  }
  return { touches: new Set(actions.map(({ path }) => path[0] as string)), apply }
}

const immutableId = () =>
  new StoreError(66, 'ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'")

function compileActions(operator: string, fields: unknown): Action[] {
  if (!operator.startsWith('$')) throw failedToParse(`Unknown modifier: ${operator}`)
  const compile = OPERATORS[operator]
  if (!compile) throw refused(`the update operator ${operator}`)
  if (!isDocument(fields)) throw failedToParse(`Modifiers operate on fields but ${operator} was given something else`)
  return Object.entries(fields).map(([name, operand]) => ({
    name,
    path: splitUpdatePath(name),
    modify: compile(operand, name),
    onInsertOnly: operator === '$setOnInsert',
  }))
}

function splitUpdatePath(name: string): Path {
  const path = splitPath(name)
  if (path.includes(''))
    throw new StoreError(56, 'EmptyFieldName', `The update path '${name}' contains an empty field name`)
  if (path.includes('__proto__')) throw badValue('the field name __proto__ is not allowed')
  const positional = path.find((part) => part.startsWith('$'))
  if (positional) throw refused(`the position '${positional}' in the update path '${name}'`)
  return path
}

/** Sorted, a path comes right before those that lead through it. */
function refuseConflicts(names: readonly string[]) {
  const paths = names.map((name) => `${name}.`).sort()
  const clash = paths.find((path, i) => paths[i + 1]?.startsWith(path))
  if (clash === undefined) return
  const message = `Updating the path '${clash.slice(0, -1)}' and one within it would create a conflict`
  throw new StoreError(40, 'ConflictingUpdateOperators', message)
}

/** Follows a path; parents that are missing are created as soon as there is something to put into them. */
function change(document: Document, { path, modify }: Action): void {
  let [container, depth]: [unknown, number] = [document, 0]
  for (let next: unknown; depth < path.length - 1; depth++, container = next) {
    next = valueIn(container, path[depth] as string)
    if (next === undefined) break
  }
  const part = path[depth] as string
  const current = depth === path.length - 1 ? valueIn(container, part) : undefined
  const value = modify(current)
  if (value === undefined && current === undefined) return
  const whole = path.slice(depth + 1).reduceRight((inner, name) => ({ [name]: inner }), value)
  if (Array.isArray(container) && isPosition(part)) putAt(container, Number(part), whole)
  else if (!isDocument(container)) throw notViable(path, depth)
  else if (whole === undefined) delete container[part]
  else container[part] = whole
}

function valueIn(container: unknown, part: string): unknown {
  if (Array.isArray(container)) return isPosition(part) ? container[Number(part)] : undefined
  return isDocument(container) ? ownField(container, part) : undefined
}

const FARTHEST_POSITION = 100_000

/** An array has no holes: what is removed becomes null, and so does what is skipped. */
function putAt(array: unknown[], position: number, value: unknown): void {
  if (position > FARTHEST_POSITION) throw badValue(`the array position ${position} is too large`)
  while (array.length < position) array.push(null)
  array[position] = value ?? null
}

function notViable(path: Path, depth: number): StoreError {
  const parent = path.slice(0, depth).join('.')
  const message = `Cannot create field '${path[depth]}' in element '${parent}', which is not a document`
  return new StoreError(28, 'PathNotViable', message)
}

/** The allow-list of update operators. */
const OPERATORS: Readonly<Record<string, (operand: unknown, name: string) => Modify>> = {
  $set: (operand) => () => operand,
  $setOnInsert: (operand) => () => operand,
  $unset: () => () => undefined,
  $inc: increment,
  $min: (operand) => (current) => (current === undefined || compareValues(operand, current) < 0 ? operand : current),
  $max: (operand) => (current) => (current === undefined || compareValues(operand, current) > 0 ? operand : current),
  $push: (operand, name) => append('$push', operand, name),
  $addToSet: (operand, name) => append('$addToSet', operand, name),
  $pull: pull,
}

const typeMismatch = (message: string) => new StoreError(14, 'TypeMismatch', message)

function increment(operand: unknown, name: string): Modify {
  if (!isNumber(operand)) throw typeMismatch(`Cannot increment '${name}' with a non-numeric argument`)
  return (current) => {
    if (current === undefined) return operand
    if (!isNumber(current)) throw typeMismatch(`Cannot apply $inc to the field '${name}' of non-numeric type`)
    return sum(current, operand)
  }
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

/** `$push` and `$addToSet`: of one value, or of `{ $each: […] }`, where `$slice` may tell `$push` what to keep. */
function append(operator: '$push' | '$addToSet', operand: unknown, name: string): Modify {
  const { $each: each, ...clauses } = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] }
  const unknownClause = Object.keys(clauses).find((clause) => operator !== '$push' || clause !== '$slice')
  if (unknownClause) throw refused(`the clause ${unknownClause} of ${operator}`)
  if (!Array.isArray(each)) throw badValue(`The argument to $each in ${operator} must be an array`)
  const slice = '$slice' in clauses ? numberOf(clauses.$slice) : undefined
  return (current = []) => {
    if (!Array.isArray(current)) throw badValue(`The field '${name}' must be an array for ${operator}`)
    const list = operator === '$push' ? [...current, ...each] : withNew(current, each)
    if (slice === undefined) return list
    return slice < 0 ? list.slice(slice) : list.slice(0, slice)
  }
}

/** An array with those values that it does not have yet. */
function withNew(current: readonly unknown[], values: readonly unknown[]): unknown[] {
  const known = new Set(current.map(identityOf))
  return [...current, ...values.filter((value) => known.size < known.add(identityOf(value)).size)]
}

function pull(condition: unknown): Modify {
  const isPulled = compileElement(condition)
  return (current) => {
    if (current === undefined) return undefined
    if (!Array.isArray(current)) throw badValue('Cannot apply $pull to a non-array value')
    return current.filter((element) => !isPulled(element))
  }
}

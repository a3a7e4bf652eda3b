import { type Document, isDocument } from './bson-value.ts'
import { equalValues } from './index-key.ts'
import { isPosition, ownField, type Path, splitPath } from './path.ts'
import { badValue, failedToParse, refused, StoreError } from './store-error.ts'
import { compileModifier, KEEP, type Modifier, REMOVE } from './update-modifier.ts'

/** Changes a decoded document that nobody else holds, and returns it. */
export interface Update {
  readonly apply: (document: Document, isInsert: boolean) => Document
  /** The top-level fields that can change. */
  readonly touches: ReadonlySet<string>
}

interface Action {
  readonly name: string
  readonly path: Path
  readonly modifier: Modifier
  readonly onInsertOnly: boolean
}

/** Compiles a document of update operators; replacements and pipelines are refused. */
export function compileUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw refused('an update with an aggregation pipeline')
  if (!isDocument(update)) throw failedToParse('an update has to be a document')
  if (!Object.keys(update)[0]?.startsWith('$')) throw refused('a replacement document')
  const actions = Object.entries(update).flatMap(([operator, fields]) => compileActions(operator, fields))
  refuseConflicts(actions.map(({ name }) => name))
  const apply = (document: Document, isInsert: boolean) => applyActions(document, actions, isInsert)
  return { touches: new Set(actions.map(({ path }) => path[0] as string)), apply }
}

const immutableId = () =>
  new StoreError(66, 'ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'")

function compileActions(operator: string, fields: unknown): Action[] {
  if (!operator.startsWith('$')) throw failedToParse(`Unknown modifier: ${operator}`)
  if (!isDocument(fields)) throw failedToParse(`Modifiers operate on fields but ${operator} was given something else`)
  return Object.entries(fields).map(([name, operand]) => ({
    name,
    path: splitUpdatePath(name),
    modifier: compileModifier(operator, operand, name),
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

function refuseConflicts(names: readonly string[]) {
  for (const [i, name] of names.entries()) {
    const clash = names.slice(0, i).find((other) => `${name}.`.startsWith(`${other}.`) || other.startsWith(`${name}.`))
    if (clash === undefined) continue
    const message = `Updating the path '${name}' would create a conflict at '${clash}'`
    throw new StoreError(40, 'ConflictingUpdateOperators', message)
  }
}

function applyActions(document: Document, actions: readonly Action[], isInsert: boolean): Document {
  const idBefore = document._id
  for (const action of actions) if (isInsert || !action.onInsertOnly) change(document, action, 0)
  if (idBefore !== undefined && !equalValues(document._id ?? null, idBefore)) throw immutableId()
  return document
}

/** Follows the path of an action from a container; missing parents are created when the action creates. */
function change(container: unknown, action: Action, depth: number): void {
  const { path, modifier } = action
  const part = path[depth] as string
  if (Array.isArray(container) ? !isPosition(part) : !isDocument(container)) {
    if (modifier.creates) throw notViable(path, depth)
    return
  }
  const current = Array.isArray(container) ? container[Number(part)] : ownField(container as Document, part)
  if (current === undefined && !modifier.creates) return
  if (depth === path.length - 1) assign(container as Document | unknown[], part, modifier.modify(current))
  else if (current !== undefined) change(current, action, depth + 1)
  else {
    const created: Document = {}
    change(created, action, depth + 1)
    assign(container as Document | unknown[], part, created)
  }
}

function notViable(path: Path, depth: number): StoreError {
  const parent = path.slice(0, depth).join('.')
  const message = `Cannot create field '${path[depth]}' in element '${parent}', which is not a document`
  return new StoreError(28, 'PathNotViable', message)
}

const FARTHEST_POSITION = 100_000

function assign(container: Document | unknown[], part: string, value: unknown): void {
  if (value === KEEP) return
  if (!Array.isArray(container)) {
    if (value === REMOVE) delete container[part]
    else container[part] = value
    return
  }
  const position = Number(part)
  if (position > FARTHEST_POSITION) throw badValue(`the array position ${part} is too large`)
  while (container.length < position) container.push(null)
  container[position] = value === REMOVE ? null : value
}

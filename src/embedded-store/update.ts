import { type Document, equalValues, isDocument } from './bson-value.ts'
import { compileElement } from './filter.ts'
import { isPosition, ownField, type Path } from './path.ts'
import { matchedPosition } from './positional.ts'
import { badValue, failedToParse, refused, StoreError } from './store-error.ts'
import { compileModifier, KEEP, type Modifier, REMOVE } from './update-modifier.ts'

/** Changes a decoded document that nobody else holds, and returns it or its replacement. */
export interface Update {
  readonly apply: (document: Document, context: UpdateContext) => Document
  /** The top-level fields that can change; undefined when all can. */
  readonly touches: ReadonlySet<string> | undefined
}

/** What an update needs to know of the operation that it is part of. */
export interface UpdateContext {
  readonly filter: Document
  readonly isInsert: boolean
}

interface Action {
  readonly operator: string
  readonly name: string
  readonly path: Path
  readonly modifier: Modifier
  /** Where `$rename` puts the value. */
  readonly target?: Path
}

type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>

/** Compiles a replacement document or a document of update operators; pipelines are refused. */
export function compileUpdate(update: unknown, arrayFilters?: unknown): Update {
  if (Array.isArray(update)) throw refused('an update with an aggregation pipeline')
  if (!isDocument(update)) throw failedToParse('an update has to be a document')
  if (!isOperatorUpdate(update)) return compileReplacement(update)
  const filters = compileArrayFilters(arrayFilters)
  const actions = Object.entries(update).flatMap(([operator, fields]) => compileActions(operator, fields))
  refuseConflicts(actions)
  actions.sort((a, b) => comparePaths(a.path, b.path))
  const touches = new Set(actions.flatMap(({ path, target }) => [path[0] as string, ...(target?.slice(0, 1) ?? [])]))
  return { touches, apply: (document, context) => applyActions(document, { actions, filters, context }) }
}

/** True when an update consists of operators rather than of the document to put in place. */
export const isOperatorUpdate = (update: Document): boolean => Object.keys(update)[0]?.startsWith('$') === true

function compileReplacement(replacement: Document): Update {
  const dollar = Object.keys(replacement).find((name) => name.startsWith('$'))
  if (dollar)
    throw new StoreError(52, 'DollarPrefixedFieldName', `'${dollar}' is not allowed in a replacement document`)
  const { _id, ...rest } = replacement
  const apply = (document: Document) => {
    const id = document._id ?? _id
    if (_id !== undefined && !equalValues(id, _id)) throw immutableId()
    return id === undefined ? { ...rest } : { _id: id, ...rest }
  }
  return { touches: undefined, apply }
}

const immutableId = () =>
  new StoreError(66, 'ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'")

function compileArrayFilters(given: unknown): ArrayFilters {
  const filters = new Map<string, (element: unknown) => boolean>()
  for (const filter of (given ?? []) as Document[]) {
    const names = Object.keys(filter).map((name) => name.split('.', 1)[0] as string)
    const [name] = names
    if (!name || name.startsWith('$') || names.some((other) => other !== name))
      throw refused('an array filter that is not about exactly one identifier')
    const onElement = filter[name]
    const onFields = Object.entries(filter).filter(([key]) => key !== name)
    const tests = [
      ...(name in filter ? [compileElement(isDocument(onElement) ? onElement : { $eq: onElement })] : []),
      ...(onFields.length
        ? [compileElement(Object.fromEntries(onFields.map(([key, value]) => [key.slice(name.length + 1), value])))]
        : []),
    ]
    filters.set(name, (element) => tests.every((test) => test(element)))
  }
  return filters
}

function compileActions(operator: string, fields: unknown): Action[] {
  if (!operator.startsWith('$')) throw failedToParse(`Unknown modifier: ${operator}`)
  if (!isDocument(fields)) throw failedToParse(`Modifiers operate on fields but ${operator} was given something else`)
  return Object.entries(fields).map(([name, operand]) => {
    const path = splitUpdatePath(name)
    const action = { operator, name, path, modifier: compileModifier(operator, operand, name) }
    return operator === '$rename' ? { ...action, target: splitUpdatePath(String(operand)) } : action
  })
}

function splitUpdatePath(name: string): Path {
  const path = name.split('.')
  if (path.includes(''))
    throw new StoreError(56, 'EmptyFieldName', `The update path '${name}' contains an empty field name`)
  if (path.includes('__proto__')) throw badValue('the field name __proto__ is not allowed')
  return path
}

function refuseConflicts(actions: readonly Action[]) {
  const names = actions.flatMap(({ name, target }) => (target ? [name, target.join('.')] : [name]))
  const seen = new Set<string>()
  for (const name of names) {
    const clash = [...seen].find(
      (other) => other === name || name.startsWith(`${other}.`) || other.startsWith(`${name}.`),
    )
    if (clash !== undefined)
      throw new StoreError(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${name}' would create a conflict at '${clash}'`,
      )
    seen.add(name)
  }
}

/** MongoDB applies modifiers, and so creates fields, in the order of their paths; positions order as numbers. */
function comparePaths(a: Path, b: Path): number {
  const differs = a.findIndex((part, i) => part !== b[i])
  const [x, y] = [a[differs], b[differs]]
  if (x === undefined || y === undefined) return a.length - b.length
  return isPosition(x) && isPosition(y) ? Number(x) - Number(y) : x < y ? -1 : 1
}

interface Plan {
  readonly actions: readonly Action[]
  readonly filters: ArrayFilters
  readonly context: UpdateContext
}

function applyActions(document: Document, plan: Plan): Document {
  const idBefore = document._id
  // The `$` positions are those of the document as it matched, so they are found before anything changes.
  const steps = plan.actions
    .filter(({ operator }) => operator !== '$setOnInsert' || plan.context.isInsert)
    .map((action) => ({
      action,
      filters: plan.filters,
      matched: matchedIn(document, action.path, plan.context.filter),
    }))
  for (const step of steps) {
    if (step.action.target) rename(document, step.action.path, step.action.target)
    else change(document, step, 0)
  }
  if (idBefore !== undefined && !equalValues(document._id ?? null, idBefore)) throw immutableId()
  return document
}

function matchedIn(document: Document, path: Path, filter: Document): number {
  const dollar = path.indexOf('$')
  return dollar < 0 ? -1 : matchedPosition(document, filter, path.slice(0, dollar))
}

interface Step {
  readonly action: Action
  readonly filters: ArrayFilters
  readonly matched: number
}

function change(container: unknown, step: Step, depth: number): void {
  const { path, modifier } = step.action
  const part = path[depth] as string
  if (part.startsWith('$')) {
    for (const position of positionsOf(container, part, step))
      changeField(container as unknown[], String(position), step, depth)
  } else if (Array.isArray(container) ? isPosition(part) : isDocument(container)) {
    changeField(container as Document | unknown[], part, step, depth)
  } else if (modifier.creates) {
    const parent = path.slice(0, depth).join('.')
    throw new StoreError(
      28,
      'PathNotViable',
      `Cannot create field '${part}' in element '${parent}', which is not a document`,
    )
  }
}

function positionsOf(container: unknown, part: string, { action, filters, matched }: Step): number[] {
  if (!Array.isArray(container))
    throw badValue(`The path of '${action.name}' must be an array for the positional part '${part}'`)
  if (part === '$') {
    if (matched < 0) throw badValue('The positional operator did not find the match needed from the query.')
    return [matched]
  }
  const all = container.map((_, position) => position)
  if (part === '$[]') return all
  const filter = filters.get(part.slice(2, -1))
  if (!filter) throw badValue(`No array filter found for identifier '${part.slice(2, -1)}' in path '${action.name}'`)
  return all.filter((position) => filter(container[position]))
}

function changeField(container: Document | unknown[], part: string, step: Step, depth: number): void {
  const { path, modifier, name } = step.action
  const current = Array.isArray(container) ? container[Number(part)] : ownField(container, part)
  if (current === undefined && !modifier.creates) return
  if (depth === path.length - 1) assign(container, part, modifier.modify(current))
  else if (current !== undefined) change(current, step, depth + 1)
  else {
    if (path[depth + 1]?.startsWith('$')) throw badValue(`The path of '${name}' must exist to apply array updates.`)
    const created: Document = {}
    change(created, step, depth + 1)
    assign(container, part, created)
  }
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
  if (value === REMOVE && position >= container.length) return
  while (container.length < position) container.push(null)
  container[position] = value === REMOVE ? null : value
}

function rename(document: Document, from: Path, to: Path): void {
  const source = parentOf(document, from, false)
  const name = from.at(-1) as string
  if (!source || !Object.hasOwn(source, name)) return
  const value = source[name]
  delete source[name]
  const target = parentOf(document, to, true) as Document
  delete target[to.at(-1) as string]
  target[to.at(-1) as string] = value
}

function parentOf(document: Document, path: Path, create: boolean): Document | undefined {
  let parent = document
  for (const part of path.slice(0, -1)) {
    if (create && !Object.hasOwn(parent, part)) parent[part] = {}
    const next = ownField(parent, part)
    if (!isDocument(next)) {
      if (create || Array.isArray(next)) throw badValue(`$rename cannot pass through '${part}'`)
      return undefined
    }
    parent = next
  }
  return parent
}

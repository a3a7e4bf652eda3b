import { isDocument, isNumber, isTruthy } from './bson-value.ts'
import { arrayOf, documentOf, type Element, elementOf, elementsOf, TYPE } from './raw-document.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** Keeps some fields of an encoded document, without decoding any. */
export type Projection = (raw: Buffer) => Buffer

/** The wanted fields: whole, or only some of theirs. */
type Tree = Map<string, Tree | 'whole'>

/** Compiles an inclusion of fields; undefined when every field is wanted. `_id` is there unless it is told not to. */
export function compileProjection(projection: unknown): Projection | undefined {
  if (projection === undefined || projection === null) return undefined
  if (!isDocument(projection)) throw badValue('the projection has to be a document')
  const names = Object.keys(projection)
  if (names.length === 0) return undefined
  const tree: Tree = new Map()
  if (projection._id === undefined) tree.set('_id', 'whole')
  for (const name of names) if (isIncluded(name, projection[name])) include(tree, name)
  if (tree.size === 0) throw refused('a projection that only excludes')
  return (raw) => pick(raw, tree)
}

function isIncluded(name: string, value: unknown): boolean {
  if (name.includes('$')) throw refused(`the projection '${name}'`)
  if (typeof value !== 'boolean' && !isNumber(value)) throw refused(`the computed projection '${name}'`)
  if (!isTruthy(value) && name !== '_id') throw refused(`the exclusion of '${name}' by a projection`)
  return isTruthy(value)
}

function include(tree: Tree, name: string) {
  const path = name.split('.')
  const last = path.pop() as string
  let node = tree
  for (const part of path) {
    const next = node.get(part) ?? new Map()
    if (next === 'whole') throw collision(name)
    node.set(part, next)
    node = next
  }
  if (node.has(last)) throw collision(name)
  node.set(last, 'whole')
}

const collision = (name: string) => new StoreError(31249, 'Location31249', `Path collision at ${name}`)

function pick(bytes: Buffer, tree: Tree): Buffer {
  const parts: Buffer[] = []
  for (const element of elementsOf(bytes)) {
    const wanted = tree.get(element.name)
    if (wanted === 'whole') parts.push(bytes.subarray(element.start, element.end))
    const part = wanted && wanted !== 'whole' ? pickInside(bytes, element, wanted) : undefined
    if (part) parts.push(...elementOf(element.type, element.name, part))
  }
  return documentOf(parts)
}

/** Of an embedded document its wanted fields, of an array those of its documents; of anything else nothing. */
function pickInside(bytes: Buffer, { type, value, end }: Element, tree: Tree): Buffer | undefined {
  const inner = bytes.subarray(value, end)
  if (type === TYPE.document) return pick(inner, tree)
  if (type !== TYPE.array) return undefined
  const kept = [...elementsOf(inner)].flatMap((element) => {
    const part = pickInside(inner, element, tree)
    return part ? [{ type: element.type, bytes: part }] : []
  })
  return arrayOf(kept)
}

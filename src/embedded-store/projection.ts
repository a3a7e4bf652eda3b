import { type Document, isDocument, isNumber, isTruthy } from './bson-value.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** Keeps or removes fields of a decoded document. */
export type Projection = (document: Document) => Document

interface Tree {
  readonly [name: string]: Tree | true
}

/** Compiles an inclusion or exclusion of fields; undefined when every field is wanted. */
export function compileProjection(projection: unknown): Projection | undefined {
  if (projection === undefined || projection === null) return undefined
  if (!isDocument(projection)) throw badValue('the projection has to be a document')
  const leaves = leavesOf(projection, '')
  if (leaves.length === 0) return undefined
  const id = leaves.find(([name]) => name === '_id')?.[1]
  const others = leaves.filter(([name]) => name !== '_id')
  const includes = others[0]?.[1] ?? id === true
  if (others.some(([, flag]) => flag !== includes))
    throw new StoreError(31254, 'Location31254', 'a projection cannot both include and exclude fields')
  // Only `_id` may go against the rest; in an exclusion `_id: 1` says nothing.
  const tree = treeOf(leaves.filter(([, flag]) => flag === includes).map(([path]) => path))
  if (!includes) return (document) => exclude(document, tree) as Document
  const withId = id === false ? tree : { _id: true as const, ...tree }
  return (document) => idFirst(include(document, withId) as Document)
}

function leavesOf(projection: Document, prefix: string): (readonly [string, boolean])[] {
  return Object.entries(projection).flatMap(([name, value]) => {
    const path = prefix + name
    if (name.startsWith('$') || name.endsWith('.$')) throw refused(`the projection '${path}'`)
    if (isDocument(value)) return leavesOf(value, `${path}.`)
    if (typeof value !== 'boolean' && !isNumber(value)) throw refused(`the computed projection '${path}'`)
    return [[path, isTruthy(value)] as const]
  })
}

function treeOf(paths: readonly string[]): Tree {
  const tree: Document = {}
  for (const path of paths) {
    const parts = path.split('.')
    let node = tree
    for (const part of parts.slice(0, -1)) {
      node[part] ??= {}
      if (!isDocument(node[part])) throw new StoreError(31249, 'Location31249', `Path collision at ${path}`)
      node = node[part] as Document
    }
    node[parts.at(-1) as string] = true
  }
  return tree as Tree
}

const childOf = (tree: Tree, name: string) => (Object.hasOwn(tree, name) ? tree[name] : undefined)

function include(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((element) => include(element, tree)).filter((element) => element !== undefined)
  if (!isDocument(value)) return undefined
  const kept: Document = {}
  for (const name of Object.keys(value)) {
    const node = childOf(tree, name)
    const field = node === true ? value[name] : node && include(value[name], node)
    if (field !== undefined) kept[name] = field
  }
  return kept
}

function exclude(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => exclude(element, tree))
  if (!isDocument(value)) return value
  const kept: Document = {}
  for (const name of Object.keys(value)) {
    const node = childOf(tree, name)
    if (node !== true) kept[name] = node ? exclude(value[name], node) : value[name]
  }
  return kept
}

function idFirst(document: Document): Document {
  if (!('_id' in document)) return document
  const { _id, ...rest } = document
  return { _id, ...rest }
}

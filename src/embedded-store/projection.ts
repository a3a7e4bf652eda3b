import { type Document, isDocument, isNumber, isTruthy, numberOf } from './bson-value.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** Keeps or removes fields of a decoded document. */
export type Projection = (document: Document) => Document

interface Tree {
  readonly [name: string]: Tree | true | Slice
}

/** A `$slice` of an array: how many to skip (from the end when negative) and how many to keep. */
class Slice {
  readonly skip: number
  readonly limit: number
  constructor(skip: number, limit: number) {
    this.skip = skip
    this.limit = limit
  }
}

/** Compiles an inclusion or exclusion of fields; undefined when every field is wanted. */
export function compileProjection(projection: unknown): Projection | undefined {
  if (projection === undefined || projection === null) return undefined
  if (!isDocument(projection)) throw badValue('the projection has to be a document')
  const leaves = leavesOf(projection, '')
  if (leaves.length === 0) return undefined
  const flags = leaves
    .filter(([name, value]) => name !== '_id' && !(value instanceof Slice))
    .map(([, value]) => value === true)
  const id = leaves.find(([name]) => name === '_id')?.[1]
  const includes = flags[0] ?? id === true
  if (flags.some((flag) => flag !== includes))
    throw new StoreError(31254, 'Location31254', 'a projection cannot both include and exclude fields')
  const tree = treeOf(leaves, includes)
  if (!includes) return (document) => exclude(document, tree) as Document
  const withId = id === false ? tree : { _id: true as const, ...tree }
  return (document) => idFirst(include(document, withId) as Document)
}

type Leaf = readonly [string, boolean | Slice]

function leavesOf(projection: Document, prefix: string): Leaf[] {
  return Object.entries(projection).flatMap(([name, value]): Leaf[] => {
    const path = prefix + name
    if (name.startsWith('$') || name.endsWith('.$')) throw refused(`the projection '${path}'`)
    if (isDocument(value) && '$slice' in value) return [[path, sliceOf(value.$slice)]]
    if (isDocument(value)) return leavesOf(value, `${path}.`)
    if (typeof value !== 'boolean' && !isNumber(value)) throw refused(`the computed projection '${path}'`)
    return [[path, isTruthy(value)]]
  })
}

function sliceOf(value: unknown): Slice {
  if (isNumber(value)) {
    const count = numberOf(value)
    return count < 0 ? new Slice(count, -count) : new Slice(0, count)
  }
  if (!Array.isArray(value) || value.length !== 2) throw badValue('$slice takes a number or [skip, limit]')
  return new Slice(numberOf(value[0]), numberOf(value[1]))
}

function treeOf(leaves: readonly Leaf[], includes: boolean): Tree {
  const tree: Document = {}
  for (const [path, leaf] of leaves) {
    if (leaf !== includes && !(leaf instanceof Slice)) {
      // Only `_id` may go against the rest; in an exclusion `_id: 1` says nothing.
      if (!includes || path === '_id') continue
    }
    const parts = path.split('.')
    let node = tree
    for (const part of parts.slice(0, -1)) {
      node[part] ??= {}
      if (!isDocument(node[part])) throw new StoreError(31249, 'Location31249', `Path collision at ${path}`)
      node = node[part] as Document
    }
    node[parts.at(-1) as string] = leaf instanceof Slice ? leaf : true
  }
  return tree as Tree
}

function include(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((element) => include(element, tree)).filter((element) => element !== undefined)
  if (!isDocument(value)) return undefined
  const kept: Document = {}
  for (const name of Object.keys(value)) {
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined
    const field = node === undefined ? undefined : project(value[name], node, include)
    if (field !== undefined) kept[name] = field
  }
  return kept
}

function exclude(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => exclude(element, tree))
  if (!isDocument(value)) return value
  const kept: Document = {}
  for (const name of Object.keys(value)) {
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined
    if (node !== true) kept[name] = node === undefined ? value[name] : project(value[name], node, exclude)
  }
  return kept
}

function project(value: unknown, node: Tree | true | Slice, deeper: (value: unknown, tree: Tree) => unknown): unknown {
  if (node === true) return value
  if (!(node instanceof Slice)) return deeper(value, node)
  if (!Array.isArray(value)) return value
  const from = node.skip < 0 ? Math.max(0, value.length + node.skip) : node.skip
  return value.slice(from, from + node.limit)
}

function idFirst(document: Document): Document {
  if (!('_id' in document)) return document
  const { _id, ...rest } = document
  return { _id, ...rest }
}

import { type Document, decode, encode, isDocument, isTruthy, numberOf } from './bson-value.ts'
import { compileFilter, type Filter } from './filter.ts'
import { parseSort, type SortField } from './path.ts'
import { badValue, refused } from './store-error.ts'

/** What is stored of an index. */
interface IndexState {
  readonly id: number
  /** The definition as `listIndexes` shows it. */
  readonly spec: Document
  /** For each field of the key, whether some document has an array on it. */
  readonly multikey: readonly boolean[]
  /** True once a key was too long for LMDB and was cut: the index then no longer sorts. */
  readonly hasCutKeys: boolean
}

/** An index. The definition never changes in place: a new multikey path makes a new definition. */
export interface Index extends IndexState {
  readonly name: string
  readonly key: readonly SortField[]
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Filter | undefined
  readonly expireAfterSeconds: number | undefined
  /** The top-level fields that decide what is in the index. */
  readonly fields: ReadonlySet<string>
}

/** A collection and its indexes; immutable for the same reason. */
export interface Collection {
  readonly id: number
  readonly namespace: string
  readonly indexes: readonly Index[]
  /** The top-level fields that any index reads, `_id` among them. */
  readonly indexedFields: ReadonlySet<string>
}

const INDEX_OPTIONS = ['v', 'key', 'name', 'unique', 'sparse', 'expireAfterSeconds', 'partialFilterExpression']

/** Checks an index definition as `createIndexes` receives it; options outside the allow-list are refused by name. */
export function parseIndexSpec(given: Document): Document {
  const unknown = Object.keys(given).find((option) => !INDEX_OPTIONS.includes(option) && isTruthy(given[option]))
  if (unknown) throw refused(`the index option ${unknown}`)
  const { key, name } = given
  if (!isDocument(key) || Object.keys(key).length === 0) throw badValue('an index needs a key')
  if (typeof name !== 'string' || name === '') throw badValue('an index needs a name')
  parseSort(key)
  const isSaid = (option: string) => isTruthy(given[option]) || (option === 'expireAfterSeconds' && option in given)
  const said = INDEX_OPTIONS.filter(isSaid).map((option) => [option, given[option]])
  return { v: 2, ...Object.fromEntries(said) }
}

/** Builds an index definition from its specification and what else is known of it. */
export function defineIndex(spec: Document, state: Pick<IndexState, 'id'> & Partial<IndexState>): Index {
  const { key: fields, name, partialFilterExpression, expireAfterSeconds } = spec
  const key = parseSort(fields)
  const partial = isDocument(partialFilterExpression) ? compileFilter(partialFilterExpression) : undefined
  return {
    multikey: key.map(() => false),
    hasCutKeys: false,
    ...state,
    spec,
    name: String(name),
    key,
    unique: isTruthy(spec.unique) || name === '_id_',
    sparse: isTruthy(spec.sparse),
    partial,
    expireAfterSeconds: expireAfterSeconds === undefined ? undefined : numberOf(expireAfterSeconds),
    fields: new Set([...key.map((field) => field.path[0] as string), ...(partial?.fields ?? [])]),
  }
}

/** A collection with these indexes. */
export function withIndexes(of: Pick<Collection, 'id' | 'namespace'>, indexes: readonly Index[]): Collection {
  return { ...of, indexes, indexedFields: new Set(indexes.flatMap((index) => [...index.fields])) }
}

/** A collection as it is stored. */
export function encodeCollection({ id, namespace, indexes }: Collection): Buffer {
  const states = indexes.map(({ id, spec, multikey, hasCutKeys }) => ({ id, spec, multikey, hasCutKeys }))
  return encode({ id, namespace, indexes: states })
}

/** Reads back what `encodeCollection` wrote. */
export function decodeCollection(bytes: Buffer): Collection {
  const { id, namespace, indexes } = decode(bytes)
  const known = (indexes as IndexState[]).map((state) => defineIndex(state.spec, { ...state, id: numberOf(state.id) }))
  return withIndexes({ id: numberOf(id), namespace: String(namespace) }, known)
}

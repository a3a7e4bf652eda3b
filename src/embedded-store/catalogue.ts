import { type Document, decode, encode, isDocument, isTruthy, numberOf } from './bson-value.ts'
import { compileFilter, type Filter } from './filter.ts'
import { parseSort, type SortField } from './sort.ts'
import { badValue, refused } from './store-error.ts'

/** An index. The definition never changes in place: a new multikey path makes a new definition. */
export interface Index {
  readonly id: number
  readonly name: string
  /** The definition as `listIndexes` shows it. */
  readonly spec: Document
  readonly key: readonly SortField[]
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Filter | undefined
  readonly expireAfterSeconds: number | undefined
  /** For each field of the key, whether some document has an array on it. */
  readonly multikey: readonly boolean[]
  /** True once a key was too long for LMDB and was cut: the index then no longer sorts. */
  readonly hasCutKeys: boolean
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
  const { key, name, unique, sparse, expireAfterSeconds, partialFilterExpression } = given
  if (!isDocument(key) || Object.keys(key).length === 0) throw badValue('an index needs a key')
  if (typeof name !== 'string' || name === '') throw badValue('an index needs a name')
  parseSort(key)
  return {
    v: 2,
    key,
    name,
    ...(isTruthy(unique) ? { unique: true } : {}),
    ...(isTruthy(sparse) ? { sparse: true } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    ...(isDocument(partialFilterExpression) ? { partialFilterExpression } : {}),
  }
}

/** What is known of an index beyond its specification. */
export interface IndexState {
  readonly id: number
  readonly multikey?: readonly boolean[]
  readonly hasCutKeys?: boolean
}

/** Builds an index definition from its specification. */
export function defineIndex(spec: Document, state: IndexState): Index {
  const key = parseSort(spec.key)
  const partial = isDocument(spec.partialFilterExpression) ? compileFilter(spec.partialFilterExpression) : undefined
  const name = String(spec.name)
  return {
    id: state.id,
    name,
    spec,
    key,
    unique: spec.unique === true || name === '_id_',
    sparse: spec.sparse === true,
    partial,
    expireAfterSeconds: spec.expireAfterSeconds === undefined ? undefined : numberOf(spec.expireAfterSeconds),
    multikey: state.multikey ?? key.map(() => false),
    hasCutKeys: state.hasCutKeys ?? false,
    fields: new Set([...key.map((field) => field.path[0] as string), ...(partial?.fields ?? [])]),
  }
}

/** Builds a collection from its parts. */
export const defineCollection = (id: number, namespace: string, indexes: readonly Index[]): Collection => ({
  id,
  namespace,
  indexes,
  indexedFields: new Set(indexes.flatMap((index) => [...index.fields])),
})

/** The same collection with other indexes. */
export const withIndexes = ({ id, namespace }: Collection, indexes: readonly Index[]): Collection =>
  defineCollection(id, namespace, indexes)

/** A collection as it is stored. */
export const encodeCollection = ({ id, namespace, indexes }: Collection): Buffer =>
  encode({
    id,
    namespace,
    indexes: indexes.map(({ id, spec, multikey, hasCutKeys }) => ({ id, spec, multikey, hasCutKeys })),
  })

/** Reads back what `encodeCollection` wrote. */
export function decodeCollection(bytes: Buffer): Collection {
  const stored = decode(bytes)
  const indexes = (stored.indexes as Document[]).map(({ id, spec, multikey, hasCutKeys }) =>
    defineIndex(spec as Document, {
      id: numberOf(id),
      multikey: multikey as boolean[],
      hasCutKeys: hasCutKeys === true,
    }),
  )
  return defineCollection(numberOf(stored.id), String(stored.namespace), indexes)
}

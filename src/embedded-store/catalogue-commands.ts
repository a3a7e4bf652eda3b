import { type Document, equalValues, isDocument } from './bson-value.ts'
import { type Collection, defineIndex, type Index, parseIndexSpec, withIndexes } from './catalogue.ts'
import { buildIndex } from './documents.ts'
import { compileFilter } from './filter.ts'
import { finishedCursor } from './reply.ts'
import { collectionOf, documentIn, namespaceOf, type Reply, type RequestContext } from './request-context.ts'
import { indexRange } from './storage-keys.ts'
import { badValue, StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'

/** `create`. */
export async function create(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'create')
  return context.storage.write((transaction) => {
    if (transaction.collection(namespace))
      throw new StoreError(48, 'NamespaceExists', `Collection ${namespace} already exists.`)
    transaction.ensureCollection(namespace)
    return { ok: 1 }
  })
}

/** `drop`. */
export async function drop(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'drop')
  return context.storage.write((transaction) => {
    const collection = transaction.collection(namespace)
    if (!collection) return { ok: 1 }
    transaction.dropCollection(collection)
    return { nIndexesWas: collection.indexes.length, ns: namespace, ok: 1 }
  })
}

/** `dropDatabase`. */
export async function dropDatabase({ storage, database }: RequestContext): Promise<Reply> {
  return storage.write((transaction) => {
    for (const collection of transaction.catalogue.collections.values())
      if (collection.database === database) transaction.dropCollection(collection)
    return { dropped: database, ok: 1 }
  })
}

/** `listCollections`. */
export function listCollections({ storage, database, command }: RequestContext): Reply {
  const { matches } = compileFilter(documentIn(command.filter, 'filter'))
  const listed = [...storage.catalogue.collections.values()]
    .filter((collection) => collection.database === database)
    .map(({ name, options, indexes }) => ({
      name,
      type: 'collection',
      options,
      info: { readOnly: false },
      idIndex: indexes[0]?.spec,
    }))
  return finishedCursor(`${database}.$cmd.listCollections`, listed.filter(matches))
}

/** `listIndexes`. */
export function listIndexes(context: RequestContext): Reply {
  const collection = collectionOf(context, 'listIndexes')
  if (!collection) throw missingNamespace(namespaceOf(context, 'listIndexes'))
  return finishedCursor(
    collection.namespace,
    collection.indexes.map((index) => index.spec),
  )
}

const missingNamespace = (namespace: string) =>
  new StoreError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)

/** `createIndexes`: builds each index in the transaction that makes it known. */
export async function createIndexes(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'createIndexes')
  const { indexes } = context.command
  if (!Array.isArray(indexes) || !indexes.every(isDocument)) throw badValue('indexes have to be documents')
  const specs = indexes.map(parseIndexSpec)
  return context.storage.write((transaction) => {
    const isNew = !transaction.collection(namespace)
    const before = transaction.ensureCollection(namespace).indexes.length
    for (const spec of specs) addIndex(transaction, namespace, spec)
    const after = transaction.ensureCollection(namespace).indexes.length
    return { numIndexesBefore: before, numIndexesAfter: after, createdCollectionAutomatically: isNew, ok: 1 }
  })
}

function addIndex(transaction: Transaction, namespace: string, spec: Document) {
  const collection = transaction.ensureCollection(namespace)
  if (isKnown(collection, spec)) return
  const index = buildIndex(transaction, collection, defineIndex(spec, { id: transaction.nextId() }))
  transaction.saveCollection(withIndexes(collection, [...collection.indexes, index]))
}

/** True when the very index exists; a different one of the same name or key is a conflict. */
function isKnown(collection: Collection, spec: Document): boolean {
  const sameName = collection.indexes.find((index) => index.name === spec.name)
  const sameKey = collection.indexes.find((index) => hasKey(index, spec))
  if (!sameName && !sameKey) return false
  if (sameName && sameName === sameKey && equalValues(optionsOf(sameName.spec), optionsOf(spec))) return true
  if (sameName && sameName !== sameKey)
    throw new StoreError(
      86,
      'IndexKeySpecsConflict',
      `An existing index has the same name '${String(spec.name)}' and another key`,
    )
  const existing = (sameName ?? sameKey) as Index
  throw new StoreError(
    85,
    'IndexOptionsConflict',
    `The index '${existing.name}' exists with the same key and other options or another name`,
  )
}

const hasKey = (index: Index, spec: Document): boolean =>
  equalValues(index.spec.key, spec.key) &&
  equalValues(index.spec.partialFilterExpression ?? null, spec.partialFilterExpression ?? null)

const optionsOf = ({ unique, sparse, expireAfterSeconds, partialFilterExpression }: Document) => [
  unique === true,
  sparse === true,
  expireAfterSeconds ?? null,
  partialFilterExpression ?? null,
]

/** `dropIndexes`. */
export async function dropIndexes(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'dropIndexes')
  const wanted = context.command.index
  return context.storage.write((transaction) => {
    const collection = transaction.collection(namespace)
    if (!collection) throw missingNamespace(namespace)
    const dropped = collection.indexes.filter((index) => isMeant(index, wanted))
    if (dropped.length === 0 && wanted !== '*')
      throw new StoreError(27, 'IndexNotFound', `index not found with name [${String(wanted)}]`)
    if (dropped.some((index) => index.name === '_id_'))
      throw new StoreError(72, 'InvalidOptions', 'cannot drop _id index')
    for (const index of dropped) transaction.clear(indexRange(index.id))
    const kept = collection.indexes.filter((index) => !dropped.includes(index))
    transaction.saveCollection(withIndexes(collection, kept))
    return { nIndexesWas: collection.indexes.length, ok: 1 }
  })
}

function isMeant(index: Index, wanted: unknown): boolean {
  if (wanted === '*') return index.name !== '_id_'
  if (Array.isArray(wanted)) return wanted.includes(index.name)
  return isDocument(wanted) ? equalValues(index.spec.key, wanted) : index.name === wanted
}

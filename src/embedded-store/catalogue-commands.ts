import { Long } from 'bson'
import { type Document, encode, isDocument } from './bson-value.ts'
import { defineIndex, type Index, parseIndexSpec, withIndexes } from './catalogue.ts'
import { buildIndex } from './documents.ts'
import { equalValues } from './index-key.ts'
import { cursorReply } from './message.ts'
import type { Reply, RequestContext } from './request.ts'
import { indexRange } from './storage-keys.ts'
import { badValue, StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'

/** `create`. */
export async function create({ storage, namespace }: RequestContext): Promise<Reply> {
  return storage.write((transaction) => {
    if (transaction.collections.get(namespace))
      throw new StoreError(48, 'NamespaceExists', `Collection ${namespace} already exists.`)
    transaction.ensureCollection(namespace)
    return { ok: 1 }
  })
}

/** `listIndexes`. */
export function listIndexes({ storage, namespace }: RequestContext): Reply {
  const collection = storage.collections.get(namespace)
  if (!collection) throw missingNamespace(namespace)
  const specs = collection.indexes.map((index) => encode(index.spec))
  return cursorReply(Long.ZERO, namespace, 'firstBatch', specs)
}

const missingNamespace = (namespace: string) =>
  new StoreError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)

/** `createIndexes`: builds each index in the transaction that makes it known. */
export async function createIndexes({ storage, command, namespace }: RequestContext): Promise<Reply> {
  const { indexes } = command
  if (!Array.isArray(indexes) || !indexes.every(isDocument)) throw badValue('indexes have to be documents')
  const specs = indexes.map(parseIndexSpec)
  return storage.write((transaction) => {
    for (const spec of specs) addIndex(transaction, namespace, spec)
    return { ok: 1 }
  })
}

function addIndex(transaction: Transaction, namespace: string, spec: Document) {
  const collection = transaction.ensureCollection(namespace)
  if (isKnown(collection.indexes, spec)) return
  const index = buildIndex(transaction, collection, defineIndex(spec, { id: transaction.storage.nextId() }))
  transaction.saveCollection(withIndexes(collection, [...collection.indexes, index]))
}

/** True when the very index exists; a different one of the same name or key is a conflict. */
function isKnown(indexes: readonly Index[], spec: Document): boolean {
  if (indexes.some((index) => equalValues(index.spec, spec))) return true
  const alike = indexes.find((index) => index.name === spec.name || equalValues(identity(index.spec), identity(spec)))
  if (!alike) return false
  const message = `The index '${alike.name}' exists with the same name or key and is another`
  throw new StoreError(85, 'IndexOptionsConflict', message)
}

/** What two indexes of one collection may not have in common. */
const identity = ({ key, partialFilterExpression }: Document) => [key, partialFilterExpression ?? null]

/** `dropIndexes`, by name. */
export async function dropIndexes({ storage, command, namespace }: RequestContext): Promise<Reply> {
  return storage.write((transaction) => {
    const collection = transaction.collections.get(namespace)
    if (!collection) throw missingNamespace(namespace)
    const index = collection.indexes.find(({ name }) => name === command.index)
    if (!index) throw new StoreError(27, 'IndexNotFound', `index not found with name [${String(command.index)}]`)
    if (index.name === '_id_') throw new StoreError(72, 'InvalidOptions', 'cannot drop _id index')
    transaction.clear(indexRange(index.id))
    const kept = collection.indexes.filter((other) => other !== index)
    transaction.saveCollection(withIndexes(collection, kept))
    return { ok: 1 }
  })
}

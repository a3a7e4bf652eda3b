import { ObjectId } from 'bson'
import { type Document, decode, encode } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { conditionsOf } from './conditions.ts'
import { insertDocument, updateDocument } from './documents.ts'
import type { Filter } from './filter.ts'
import { withIdFirst } from './raw-document.ts'
import type { Row } from './scan.ts'
import { badValue } from './store-error.ts'
import type { Transaction } from './transaction.ts'
import type { Update } from './update.ts'

/** Applies an update to a found document; a change that changes nothing is not written. */
export function modify(
  transaction: Transaction,
  collection: Collection,
  { row, change }: { readonly row: Row; readonly change: Update },
) {
  const after = withIdFirst(encode(change.apply(decode(row.raw), false)))
  const isModified = !after.equals(row.raw)
  if (isModified) updateDocument(transaction, collection, { row, after, touches: change.touches })
  return { after, isModified }
}

/** Inserts what the filter and the update make together. */
export function upsert(
  transaction: Transaction,
  namespace: string,
  { filter, change }: { readonly filter: Filter; readonly change: Update },
): Document {
  const { _id = new ObjectId(), ...rest } = change.apply(seedOfUpsert(filter.source), true)
  const document = { _id, ...rest }
  insertDocument(transaction, transaction.ensureCollection(namespace), encode(document))
  return document
}

/** The document that an upsert starts from: what the equality predicates of its filter say. */
function seedOfUpsert(filter: Document): Document {
  const seed: Document = {}
  for (const [name, { equals = [] }] of conditionsOf(filter)) {
    const path = name.split('.')
    if (path.includes('__proto__')) throw badValue('the field name __proto__ is not allowed')
    if (equals.length !== 1) continue
    let parent = seed
    for (const part of path.slice(0, -1)) {
      parent[part] ??= {}
      parent = parent[part] as Document
    }
    parent[path.at(-1) as string] = equals[0]
  }
  // A copy, because the update that follows changes the seed and the filter may be needed again.
  return decode(encode(seed))
}

import { ObjectId } from 'bson'
import { type Document, decode, encode } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { insertDocument, updateDocument } from './documents.ts'
import type { Filter } from './filter.ts'
import { withIdFirst } from './raw-document.ts'
import type { Row } from './scan.ts'
import type { Transaction } from './transaction.ts'
import type { Update } from './update.ts'
import { seedOfUpsert } from './upsert-seed.ts'

/** An update of one found document. */
export interface Modification {
  readonly row: Row
  readonly filter: Filter
  readonly change: Update
}

/** Applies an update to a found document; a change that changes nothing is not written. */
export function modify(transaction: Transaction, collection: Collection, { row, filter, change }: Modification) {
  const document = change.apply(decode(row.raw), { filter: filter.source, isInsert: false })
  const after = withIdFirst(encode(document))
  const isModified = !after.equals(row.raw)
  if (isModified) updateDocument(transaction, collection, { row, after, touches: change.touches })
  return { after, isModified }
}

/** Inserts what the filter and the update make together. */
export function upsert(
  transaction: Transaction,
  namespace: string,
  { filter, change }: { filter: Filter; change: Update },
): Document {
  const document = change.apply(seedOfUpsert(filter.source), { filter: filter.source, isInsert: true })
  document._id ??= new ObjectId()
  insertDocument(transaction, transaction.ensureCollection(namespace), encode(document))
  return document
}

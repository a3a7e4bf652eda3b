import type { Model } from 'mongoose'
import { together } from '../together.ts'
import { duplicatesIn } from './duplicate.ts'

type Document = Record<string, unknown>
type Rows = Model<Document>

/** A group's answer stays far below the 16 MB of one reply. */
const mostAtOnce = 100

/** Reads rows by `_id`. Rows are shared between those who ask: never change one. */
export function findTogether({ collection }: Rows, projection?: object): (id: string) => Promise<Document | undefined> {
  return together(async (ids: readonly string[]) => {
    const filter = { _id: { $in: [...new Set(ids)] } } as object
    const found = await collection.find(filter, projection && { projection }).toArray()
    const byId = new Map(found.map((row) => [String(row._id), row as Document]))
    return ids.map((id) => byId.get(id))
  }, mostAtOnce).ask
}

export type Change = { readonly filter: object; readonly update: object; readonly upsert?: boolean }

/** Changes one row each. Nobody learns whether there was one. */
export function changeTogether({ collection }: Rows): (change: Change) => Promise<void> {
  return together<Change, void>(async (changes) => {
    await collection.bulkWrite(changes.map((updateOne) => ({ updateOne })) as never, { ordered: false })
    return []
  }, mostAtOnce).ask
}

/**
 * Changes a row that is as expected, or inserts it where there is none; false when it is otherwise. The filter names its
 * `_id`: a bulk write does not tell which of its updates matched, but it tells which could not be inserted.
 */
export function putTogether({ collection }: Rows): (change: Omit<Change, 'upsert'>) => Promise<boolean> {
  return together(async (changes: readonly Omit<Change, 'upsert'>[]) => {
    const puts = changes.map((change) => ({ updateOne: { ...change, upsert: true } }))
    const refused = await duplicatesOf(changes.length, collection.bulkWrite(puts as never, { ordered: false }))
    return changes.map((_, i) => !refused.has(i))
  }, mostAtOnce).ask
}

/** Inserts what is not there yet; what is there already stays as it is. */
export function insertTogether({ collection }: Rows): (documents: readonly object[]) => Promise<void> {
  const { ask } = together<readonly object[], void>(async (groups) => {
    const documents = groups.flat() as Document[]
    await duplicatesOf(documents.length, collection.insertMany(documents, { ordered: false }))
    return []
  }, mostAtOnce)
  return async (documents) => {
    if (documents.length > 0) await ask(documents)
  }
}

/** Deletes rows by a filter that names one `_id` and is otherwise the same for all. */
export function deleteTogether({ collection }: Rows, others: object): (id: string) => Promise<void> {
  return together<string, void>(async (ids) => {
    await collection.deleteMany({ _id: { $in: [...ids] }, ...others } as object)
    return []
  }, mostAtOnce).ask
}

const none: ReadonlySet<number> = new Set()

/** The places of those that were there already; any other failure is thrown. */
async function duplicatesOf(total: number, write: Promise<unknown>): Promise<ReadonlySet<number>> {
  try {
    await write
    return none
  } catch (error) {
    const duplicates = duplicatesIn(error, total)
    if (duplicates === undefined) throw error
    return duplicates
  }
}

import { ObjectId } from 'bson'
import { type Document, decode, encode, isDocument, isTruthy } from './bson-value.ts'
import { insertDocument, removeDocument, updateDocument } from './documents.ts'
import type { Filter } from './filter.ts'
import { valueReply } from './message.ts'
import { conditionsOf } from './plan.ts'
import { numberIn, queryOf, type Reply, type RequestContext } from './request.ts'
import { findRows, PAUSE, type Query, type Row } from './scan.ts'
import { failedToParse, refused, StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'
import { compileUpdate, type Update } from './update.ts'

const LARGEST_BATCH = 100_000

/** `insert`: one transaction for all documents; a refused one does not undo the others. */
export async function insert(context: RequestContext): Promise<Reply> {
  const { documents } = context.command
  if (!Array.isArray(documents) || !documents.every(Buffer.isBuffer)) throw failedToParse('documents are missing')
  return runBatch(context, documents, (transaction, document: Buffer) => {
    insertDocument(transaction, context.namespace, document)
    return { n: 1 }
  })
}

/** `update`: finds and changes in one transaction. */
export async function update(context: RequestContext): Promise<Reply> {
  const statements = statementsOf(context.command.updates, ['q', 'u', 'upsert', 'multi'])
  return runBatch(context, statements, (transaction, { q, u, upsert, multi }) => {
    const query = queryOf(q, undefined, isTruthy(multi) ? Number.POSITIVE_INFINITY : 1)
    return changeFound(transaction, context.namespace, query, compileUpdate(u), isTruthy(upsert))
  })
}

/** `delete`. */
export async function remove(context: RequestContext): Promise<Reply> {
  const statements = statementsOf(context.command.deletes, ['q', 'limit'])
  return runBatch(context, statements, (transaction, { q, limit }) => {
    const query = queryOf(q, undefined, numberIn(limit, 0) || Number.POSITIVE_INFINITY)
    return { n: removeFound(transaction, context.namespace, query) }
  })
}

/** Removes what a query finds and says how much that was. */
export function removeFound(transaction: Transaction, namespace: string, query: Query): number {
  const rows = rowsIn(transaction, namespace, query)
  for (const row of rows) removeDocument(transaction, namespace, row)
  return rows.length
}

/** `findAndModify`: finds, changes and answers in one transaction. */
export async function findAndModify({ command, storage, namespace }: RequestContext): Promise<Reply> {
  const query = queryOf(command.query, command.sort, 1)
  const change = compileUpdate(command.update)
  return storage.write((transaction) => {
    const isUpsert = isTruthy(command.upsert)
    const { n, before, after, upserted } = changeFound(transaction, namespace, query, change, isUpsert)
    const outcome = { n, updatedExisting: before !== undefined, ...(upserted && { upserted: upserted._id }) }
    return valueReply(outcome, isTruthy(command.new) ? after : before)
  })
}

interface Outcome {
  readonly n: number
  readonly nModified?: number
  /** The document that an upsert made. */
  readonly upserted?: Document | undefined
}

/** Changes what a query finds, or else inserts what an upsert says. */
function changeFound(transaction: Transaction, namespace: string, query: Query, change: Update, isUpsert: boolean) {
  let [n, nModified] = [0, 0]
  let [before, after]: (Buffer | undefined)[] = []
  for (const row of rowsIn(transaction, namespace, query)) {
    before = row.raw
    after = updateDocument(transaction, namespace, row, change)
    n++
    if (after !== before) nModified++
  }
  if (n > 0 || !isUpsert) return { n, nModified, before, after }
  const { _id = new ObjectId(), ...rest } = change.apply(seedOfUpsert(query.filter), true)
  const upserted = { _id, ...rest }
  after = encode(upserted)
  insertDocument(transaction, namespace, after)
  return { n: 1, nModified: 0, upserted, after }
}

/** The document that an upsert starts from: what the equality predicates of its filter say. */
function seedOfUpsert(filter: Filter): Document {
  const conditions = [...conditionsOf(filter.source)]
  const said = conditions.flatMap(([name, { equals }]) => (equals?.length === 1 ? [[name, equals[0]]] : []))
  const seed = compileUpdate({ $set: Object.fromEntries(said) }).apply({}, true)
  // A copy, because the update that follows changes the seed and the filter may be needed again.
  return decode(encode(seed))
}

/** The rows that a query finds, all found before the first is changed. */
function rowsIn(transaction: Transaction, namespace: string, query: Query): readonly Row[] {
  const collection = transaction.collections.get(namespace)
  const rows = collection ? findRows(transaction.storage, collection, query) : []
  return [...rows].filter((row) => row !== PAUSE)
}

function statementsOf(given: unknown, allowed: readonly string[]): readonly Document[] {
  if (!Array.isArray(given) || !given.every(isDocument)) throw failedToParse('statements have to be documents')
  for (const statement of given) {
    const unknown = Object.keys(statement).find((name) => !allowed.includes(name) && isTruthy(statement[name]))
    if (unknown) throw refused(`the write option ${unknown}`)
  }
  return given
}

/** Runs the statements of a batch one by one and collects what was refused; an ordered batch stops there. */
function runBatch<T>(
  { command, storage }: RequestContext,
  statements: readonly T[],
  run: (transaction: Transaction, statement: T) => Outcome,
): Promise<Reply> {
  if (statements.length === 0 || statements.length > LARGEST_BATCH)
    throw new StoreError(16, 'InvalidLength', `Write batch sizes must be between 1 and ${LARGEST_BATCH}`)
  return storage.write((transaction) => {
    const total = { n: 0, nModified: 0 }
    const upserted: Document[] = []
    const writeErrors: Document[] = []
    for (const [index, statement] of statements.entries()) {
      const outcome = transaction.attempt(() => run(transaction, statement))
      if ('refusal' in outcome) {
        const { code, message, details } = outcome.refusal
        writeErrors.push({ index, code, errmsg: message, ...details })
        if (command.ordered !== false) break
        continue
      }
      const { n, nModified = 0, upserted: made } = outcome.result
      total.n += n
      total.nModified += nModified
      if (made) upserted.push({ index, _id: made._id })
    }
    return { ...total, ...(upserted.length && { upserted }), ...(writeErrors.length && { writeErrors }), ok: 1 }
  })
}

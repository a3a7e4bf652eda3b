import { type Document, isDocument, isTruthy } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { modify, upsert } from './change.ts'
import { insertDocument, removeDocument } from './documents.ts'
import { compileFilter } from './filter.ts'
import { documentIn, namespaceOf, numberIn, type Reply, type RequestContext } from './request-context.ts'
import { findRecords } from './scan.ts'
import { documentKey } from './storage-keys.ts'
import { failedToParse, refused, StoreError } from './store-error.ts'
import type { Transaction } from './transaction.ts'
import { compileUpdate, isOperatorUpdate } from './update.ts'

const LARGEST_BATCH = 100_000

/** `insert`: one transaction for all documents; a refused one does not undo the others. */
export async function insert(context: RequestContext): Promise<Reply> {
  const { documents, storage } = context
  const namespace = namespaceOf(context, 'insert')
  checkBatch(documents)
  let inserted = 0
  const writeErrors = await storage.write((transaction) =>
    eachStatement(documents, context.command, (document) => {
      insertDocument(transaction, transaction.ensureCollection(namespace), document)
      inserted++
    }),
  )
  return { n: inserted, ...(writeErrors.length ? { writeErrors } : {}), ok: 1 }
}

function checkBatch(statements: readonly unknown[]) {
  if (statements.length === 0 || statements.length > LARGEST_BATCH)
    throw new StoreError(16, 'InvalidLength', `Write batch sizes must be between 1 and ${LARGEST_BATCH}`)
}

/** Runs the statements of a batch one by one and collects what was refused; an ordered batch stops there. */
function eachStatement<T>(
  statements: readonly T[],
  command: Document,
  run: (statement: T, index: number) => void,
): Document[] {
  const writeErrors: Document[] = []
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (command.ordered !== false) break
    }
  }
  return writeErrors
}

function statementsOf(given: unknown, allowed: ReadonlySet<string>): readonly Document[] {
  if (!Array.isArray(given) || !given.every(isDocument)) throw failedToParse('statements have to be documents')
  checkBatch(given)
  for (const statement of given) {
    const unknown = Object.keys(statement).find((name) => !allowed.has(name))
    if (unknown) throw refused(`the write option ${unknown}`)
  }
  return given
}

const UPDATE_STATEMENT = new Set(['q', 'u', 'upsert', 'multi', 'arrayFilters'])
const DELETE_STATEMENT = new Set(['q', 'limit'])

/** `update`: finds and changes in one transaction. */
export async function update(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'update')
  const statements = statementsOf(context.command.updates, UPDATE_STATEMENT)
  return context.storage.write((transaction) => {
    const upserted: Document[] = []
    let matched = 0
    let modified = 0
    const writeErrors = eachStatement(statements, context.command, (statement, index) => {
      const outcome = runUpdate(transaction, namespace, statement)
      matched += outcome.matched
      modified += outcome.modified
      if (outcome.upsertedId !== undefined) upserted.push({ index, _id: outcome.upsertedId })
    })
    const optional = { ...(upserted.length ? { upserted } : {}), ...(writeErrors.length ? { writeErrors } : {}) }
    return { n: matched + upserted.length, nModified: modified, ...optional, ok: 1 }
  })
}

function runUpdate(transaction: Transaction, namespace: string, statement: Document) {
  const filter = compileFilter(documentIn(statement.q, 'q'))
  const change = compileUpdate(statement.u, statement.arrayFilters)
  const isMulti = isTruthy(statement.multi)
  if (isMulti && !isOperatorUpdate(statement.u as Document))
    throw failedToParse('multi update is not supported for replacement-style update')
  const collection = transaction.collection(namespace)
  const wanted = isMulti ? Number.POSITIVE_INFINITY : 1
  const records = collection ? findRecords(transaction, collection, { filter, sort: [], wanted }) : []
  if (records.length === 0 && isTruthy(statement.upsert)) {
    const document = upsert(transaction, namespace, { filter, change })
    return { matched: 0, modified: 0, upsertedId: document._id }
  }
  let modified = 0
  for (const record of records) {
    // Looked up each time, because a change may have taught the collection something about its indexes.
    const current = transaction.collection(namespace) as Collection
    const raw = transaction.get(documentKey(current.id, record)) as Buffer
    if (modify(transaction, current, { row: { record, raw }, filter, change }).isModified) modified++
  }
  return { matched: records.length, modified, upsertedId: undefined }
}

/** `delete`. */
export async function remove(context: RequestContext): Promise<Reply> {
  const namespace = namespaceOf(context, 'delete')
  const statements = statementsOf(context.command.deletes, DELETE_STATEMENT)
  return context.storage.write((transaction) => {
    let removed = 0
    const writeErrors = eachStatement(statements, context.command, ({ q, limit }) => {
      const collection = transaction.collection(namespace)
      if (!collection) return
      const wanted = numberIn(limit, 0) || Number.POSITIVE_INFINITY
      const query = { filter: compileFilter(documentIn(q, 'q')), sort: [], wanted }
      for (const record of findRecords(transaction, collection, query)) {
        const raw = transaction.get(documentKey(collection.id, record)) as Buffer
        removeDocument(transaction, collection, { record, raw })
        removed++
      }
    })
    return { n: removed, ...(writeErrors.length ? { writeErrors } : {}), ok: 1 }
  })
}

import { type Document, decode, encode, isTruthy } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { modify, upsert } from './change.ts'
import { removeDocument } from './documents.ts'
import { compileProjection, type Projection } from './projection.ts'
import { queryOf } from './query-commands.ts'
import { valueReply } from './reply.ts'
import { namespaceOf, type Reply, type RequestContext } from './request-context.ts'
import { firstRow, type Query, type Row } from './scan.ts'
import { failedToParse } from './store-error.ts'
import type { Transaction } from './transaction.ts'
import { compileUpdate, type Update } from './update.ts'

interface Request {
  readonly namespace: string
  readonly query: Query
  /** Undefined when the document is to be removed. */
  readonly change: Update | undefined
  readonly projection: Projection | undefined
  readonly isUpsert: boolean
  readonly returnsNew: boolean
}

/** `findAndModify`: finds, changes and answers in one transaction. */
export async function findAndModify(context: RequestContext): Promise<Reply> {
  const { command } = context
  const isRemove = isTruthy(command.remove)
  if (isRemove && (command.update !== undefined || isTruthy(command.new) || isTruthy(command.upsert)))
    throw failedToParse('Cannot specify remove together with update, new or upsert')
  const request: Request = {
    namespace: namespaceOf(context, 'findAndModify'),
    query: queryOf(command.query, command.sort, 1),
    change: isRemove ? undefined : compileUpdate(command.update, command.arrayFilters),
    projection: compileProjection(command.fields),
    isUpsert: isTruthy(command.upsert),
    returnsNew: isTruthy(command.new),
  }
  return context.storage.write((transaction) => run(transaction, request))
}

function run(transaction: Transaction, request: Request): Reply {
  const collection = transaction.collection(request.namespace)
  const row = collection && firstRow(transaction, collection, request.query)
  if (collection && row) return changeFound(transaction, { collection, row, request })
  const { change, query } = request
  if (!change) return valueReply({ n: 0 }, undefined)
  if (!request.isUpsert) return valueReply({ n: 0, updatedExisting: false }, undefined)
  const document = upsert(transaction, request.namespace, { filter: query.filter, change })
  const outcome = { n: 1, updatedExisting: false, upserted: document._id }
  return valueReply(outcome, request.returnsNew ? project(encodeIdFirst(document), request) : undefined)
}

interface Found {
  readonly collection: Collection
  readonly row: Row
  readonly request: Request
}

function changeFound(transaction: Transaction, { collection, row, request }: Found): Reply {
  const { change, query, returnsNew } = request
  if (!change) {
    removeDocument(transaction, collection, row)
    return valueReply({ n: 1 }, project(row.raw, request))
  }
  const { after } = modify(transaction, collection, { row, filter: query.filter, change })
  return valueReply({ n: 1, updatedExisting: true }, project(returnsNew ? after : row.raw, request))
}

const project = (raw: Buffer, { projection }: Request): Buffer => (projection ? encode(projection(decode(raw))) : raw)

const encodeIdFirst = ({ _id, ...rest }: Document): Buffer => encode({ _id, ...rest })

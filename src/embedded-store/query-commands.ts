import { Long } from 'bson'
import { type Document, encode, isDocument, isNumber, isTruthy } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import type { Results } from './cursors.ts'
import { equalValues } from './index-key.ts'
import { planQuery } from './plan.ts'
import { pickFields } from './raw-document.ts'
import { documentIn, namespaceOf, numberIn, queryOf, type Reply, type RequestContext } from './request.ts'
import { findRows, PAUSE, type Query, type Rows } from './scan.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** MongoDB's first batch unless told otherwise. */
const FIRST_BATCH = 101

/** `find`. Stored bytes are passed on untouched when there is no projection. */
export function find(context: RequestContext): Promise<Reply> {
  const { command } = context
  const isSingle = isTruthy(command.singleBatch)
  const query = queryOf(command.filter, command.sort, numberIn(command.limit, 0) || Number.POSITIVE_INFINITY)
  const results = projected(rowsOf(context, query), compileProjection(command.projection))
  const size = numberIn(command.batchSize, isSingle ? Number.POSITIVE_INFINITY : FIRST_BATCH)
  return context.cursors.start(context.namespace, results, { size, isSingle })
}

function* rowsOf({ storage, namespace }: RequestContext, query: Query): Rows {
  const collection = storage.collections.get(namespace)
  if (!collection) return
  yield* findRows(storage, collection, query)
  const now = storage.collections.get(namespace)?.indexes ?? []
  // A scan of an index that was dropped under it has ended too early.
  if (!collection.indexes.every(({ id }) => now.some((index) => index.id === id)))
    throw new StoreError(175, 'QueryPlanKilled', 'an index was dropped under the cursor')
}

function* projected(rows: Rows, projection: (raw: Buffer) => Buffer): Results {
  for (const row of rows) yield row === PAUSE ? PAUSE : projection(row.raw)
}

/** Compiles an inclusion of whole fields, without decoding any. `_id` is there unless it is told not to. */
function compileProjection(projection: unknown = {}): (raw: Buffer) => Buffer {
  if (!isDocument(projection)) throw badValue('the projection has to be a document')
  const names = Object.keys(projection)
  if (names.length === 0) return (raw) => raw
  const wanted = new Set(names.filter((name) => isIncluded(name, projection[name])))
  if (!names.includes('_id')) wanted.add('_id')
  if (wanted.size === 0) throw refused('a projection that only excludes')
  return (raw) => pickFields(raw, wanted)
}

function isIncluded(name: string, value: unknown): boolean {
  if (name.includes('.') || name.includes('$')) throw refused(`the projection '${name}' of a part of a field`)
  if (typeof value !== 'boolean' && !isNumber(value)) throw refused(`the computed projection '${name}'`)
  if (!isTruthy(value) && name !== '_id') throw refused(`the exclusion of '${name}' by a projection`)
  return isTruthy(value)
}

/** `getMore`. */
export function getMore({ command, cursors }: RequestContext): Promise<Reply> {
  const id = command.getMore
  if (!(id instanceof Long)) throw badValue('getMore needs a cursor id')
  return cursors.continue(id, numberIn(command.batchSize, 0) || Number.POSITIVE_INFINITY)
}

/** `killCursors`. */
export function killCursors({ command, cursors }: RequestContext): Reply {
  const ids = [command.cursors].flat().filter((id) => id instanceof Long)
  return { cursorsKilled: ids.filter((id) => cursors.kill(id)), ok: 1 }
}

/** `count`, as `estimatedDocumentCount` sends it: of a whole collection. */
export function count({ storage, namespace }: RequestContext): Reply {
  const collection = storage.collections.get(namespace)
  return { n: collection ? storage.count(collection) : 0, ok: 1 }
}

/** `aggregate`, as `countDocuments` sends it: how many documents match. */
export async function aggregate(context: RequestContext): Promise<Reply> {
  const rows = rowsOf(context, countedQuery(context.command.pipeline))
  return context.cursors.start(context.namespace, counted(rows), { size: 1, isSingle: true })
}

/** What a pipeline that only counts has to find; any other pipeline is refused. */
function countedQuery(pipeline: unknown): Query {
  const stages = [pipeline].flat().filter(isDocument)
  const [match, group, ...others] = stages
  if (match?.$match !== undefined && equalValues(group ?? null, COUNT) && others.length === 0)
    return queryOf(match.$match)
  const names = stages.flatMap(Object.keys).join(', ')
  throw refused(`the aggregation ${names}: anything but countDocuments(filter)`)
}

const COUNT: Document = { $group: { _id: 1, n: { $sum: 1 } } }

function* counted(rows: Rows): Results {
  let found = 0
  for (const row of rows) {
    if (row === PAUSE) yield PAUSE
    else found++
  }
  if (found > 0) yield encode({ _id: 1, n: found })
}

/** `explain`, in the shape of MongoDB's query planner; nothing is executed. */
export function explain({ command, storage }: RequestContext): Reply {
  const explained = documentIn(command.explain, 'explain')
  const [name = ''] = Object.keys(explained)
  const namespace = namespaceOf(command, explained[name])
  const query = explainedQuery(name, explained)
  const collection = storage.collections.get(namespace)
  const winningPlan = collection ? describe(collection, query) : { stage: 'EOF' }
  return { explainVersion: '1', queryPlanner: { namespace, winningPlan, rejectedPlans: [] }, ok: 1 }
}

function explainedQuery(name: string, command: Document): Query {
  if (name === 'aggregate') return countedQuery(command.pipeline)
  if (!['find', 'findAndModify', 'update', 'delete'].includes(name)) throw refused(`explain of ${name}`)
  const [statement] = [command.updates ?? command.deletes].flat().filter(isDocument)
  return queryOf(command.filter ?? command.query ?? statement?.q, command.sort)
}

function describe(collection: Collection, { filter, sort }: Query): Document {
  const { scan, isSorted } = planQuery(collection, filter, sort)
  const found = scan
    ? { stage: 'FETCH', inputStage: { stage: 'IXSCAN', keyPattern: scan.index.spec.key, indexName: scan.index.name } }
    : { stage: 'COLLSCAN' }
  return isSorted ? found : { stage: 'SORT', inputStage: found }
}

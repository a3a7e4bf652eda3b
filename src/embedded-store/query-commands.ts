import { Long } from 'bson'
import { type Document, encode, isDocument, isTruthy } from './bson-value.ts'
import type { Results } from './cursors.ts'
import { equalValues } from './index-key.ts'
import { compileProjection, type Projection } from './projection.ts'
import { collectionOf, namespaceOf, numberIn, queryOf, type Reply, type RequestContext } from './request-context.ts'
import { findRows, PAUSE, type Query, type Row } from './scan.ts'
import { badValue, refused, StoreError } from './store-error.ts'

/** MongoDB's first batch unless told otherwise. */
const FIRST_BATCH = 101

/** `find`. */
export async function find(context: RequestContext): Promise<Reply> {
  const { command } = context
  const isSingle = isTruthy(command.singleBatch)
  const query = queryOf(command.filter, command.sort, numberIn(command.limit, 0) || Number.POSITIVE_INFINITY)
  const results = projected(rowsOf(context, 'find', query), compileProjection(command.projection))
  const size = numberIn(command.batchSize, isSingle ? Number.POSITIVE_INFINITY : FIRST_BATCH)
  return context.cursors.start(namespaceOf(context, 'find'), results, { size, isSingle })
}

function* rowsOf(context: RequestContext, field: string, query: Query): Generator<Row | typeof PAUSE> {
  const collection = collectionOf(context, field)
  if (!collection) return
  yield* findRows(context.storage, collection, query)
  const now = collectionOf(context, field)?.indexes ?? []
  // A scan of an index that was dropped under it has ended too early.
  if (!collection.indexes.every(({ id }) => now.some((index) => index.id === id)))
    throw new StoreError(175, 'QueryPlanKilled', 'an index was dropped under the cursor')
}

/** Stored bytes are passed on untouched when there is no projection. */
function* projected(rows: Iterable<Row | typeof PAUSE>, projection: Projection | undefined): Results {
  for (const row of rows) yield row === PAUSE ? PAUSE : projection ? projection(row.raw) : row.raw
}

/** `getMore`. */
export function getMore({ command, cursors }: RequestContext): Promise<Reply> {
  const id = command.getMore
  if (!(id instanceof Long)) throw badValue('getMore needs a cursor id')
  return cursors.continue(id, numberIn(command.batchSize, 0) || Number.POSITIVE_INFINITY)
}

/** `killCursors`. */
export function killCursors({ command, cursors }: RequestContext): Reply {
  const ids = (Array.isArray(command.cursors) ? command.cursors : []).filter((id) => id instanceof Long)
  const cursorsKilled = ids.filter((id) => cursors.kill(id))
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id))
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}

/** `count`, as `estimatedDocumentCount` sends it: of a whole collection. */
export function count(context: RequestContext): Reply {
  const collection = collectionOf(context, 'count')
  return { n: collection ? context.storage.count(collection) : 0, ok: 1 }
}

/** `aggregate`, as `countDocuments` sends it: how many documents match. */
export async function aggregate(context: RequestContext): Promise<Reply> {
  const rows = rowsOf(context, 'aggregate', countedQuery(context.command.pipeline))
  return context.cursors.start(namespaceOf(context, 'aggregate'), counted(rows), { size: 1, isSingle: true })
}

/** What a pipeline that only counts has to find; any other pipeline is refused. */
export function countedQuery(pipeline: unknown): Query {
  const [match, group, ...others] = (Array.isArray(pipeline) ? pipeline : []).filter(isDocument)
  const isCount = match?.$match !== undefined && equalValues(group ?? null, COUNT) && others.length === 0
  if (!isCount) throw refused(`the aggregation ${stagesIn(pipeline)}: anything but countDocuments(filter)`)
  return queryOf(match.$match)
}

const COUNT: Document = { $group: { _id: 1, n: { $sum: 1 } } }

const stagesIn = (pipeline: unknown): string =>
  [pipeline]
    .flat()
    .flatMap((stage) => (isDocument(stage) ? Object.keys(stage) : []))
    .join(', ')

function* counted(rows: Iterable<Row | typeof PAUSE>): Results {
  let found = 0
  for (const row of rows) {
    if (row === PAUSE) yield PAUSE
    else found++
  }
  if (found > 0) yield encode({ _id: 1, n: found })
}

import { leadingQuery, stagesOf } from './aggregate.ts'
import { type Document, isDocument } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { type IndexScan, type Plan, planQuery } from './plan.ts'
import { queryOf } from './query-commands.ts'
import { documentIn, type Reply, type RequestContext } from './request-context.ts'
import type { Query } from './scan.ts'
import type { SortField } from './sort.ts'
import { failedToParse, refused } from './store-error.ts'

/** `explain`, in the shape of MongoDB's query planner; nothing is executed. */
export function explain({ command, storage, database }: RequestContext): Reply {
  const explained = documentIn(command.explain, 'explain')
  const [name] = Object.keys(explained)
  if (!name) throw failedToParse('explain needs a command')
  const namespace = `${database}.${String(explained[name])}`
  const query = explainedQuery(name, explained)
  const collection = storage.catalogue.collections.get(namespace)
  const winningPlan = collection ? describe(collection, query) : { stage: 'EOF' }
  return {
    explainVersion: '1',
    queryPlanner: { namespace, parsedQuery: query.filter.source, winningPlan, rejectedPlans: [] },
    ok: 1,
  }
}

function explainedQuery(name: string, command: Document): Query {
  const all = Number.POSITIVE_INFINITY
  switch (name) {
    case 'find':
      return queryOf(command.filter, command.sort, all)
    case 'count':
    case 'distinct':
      return queryOf(command.query, undefined, all)
    case 'findAndModify':
    case 'findandmodify':
      return queryOf(command.query, command.sort, all)
    case 'aggregate':
      return leadingQuery(stagesOf(command.pipeline)).query
    case 'update':
    case 'delete': {
      const statements = command[`${name}s`]
      const [first] = Array.isArray(statements) ? statements : []
      return queryOf(isDocument(first) ? first.q : undefined, undefined, all)
    }
    default:
      throw refused(`explain of ${name}`)
  }
}

function describe(collection: Collection, { filter, sort }: Query): Document {
  const plan = planQuery(collection, filter, sort)
  const found = describeSource(plan, filter.source)
  if (plan.isSorted) return found
  return { stage: 'SORT', sortPattern: sortPattern(sort), inputStage: found }
}

function describeSource({ scans }: Plan, filter: Document): Document {
  if (scans.length === 0) return { stage: 'COLLSCAN', filter, direction: 'forward' }
  const [first, ...others] = scans.map(describeScan)
  return {
    stage: 'FETCH',
    filter,
    inputStage: others.length ? { stage: 'OR', inputStages: [first, ...others] } : first,
  }
}

const describeScan = ({ index, reverse, ranges }: IndexScan): Document => ({
  stage: 'IXSCAN',
  keyPattern: index.spec.key,
  indexName: index.name,
  isMultiKey: index.multikey.some(Boolean),
  isUnique: index.unique,
  isSparse: index.sparse,
  isPartial: index.partial !== undefined,
  direction: reverse ? 'backward' : 'forward',
  ranges: ranges.length,
})

const sortPattern = (sort: readonly SortField[]) =>
  Object.fromEntries(sort.map(({ name, direction }) => [name, direction]))

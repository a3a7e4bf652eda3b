import { type Document, isDocument } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { planQuery } from './plan.ts'
import { countedQuery } from './query-commands.ts'
import { documentIn, queryOf, type Reply, type RequestContext } from './request-context.ts'
import type { Query } from './scan.ts'
import { failedToParse, refused } from './store-error.ts'

/** `explain`, in the shape of MongoDB's query planner; nothing is executed. */
export function explain({ command, storage, database }: RequestContext): Reply {
  const explained = documentIn(command.explain, 'explain')
  const [name] = Object.keys(explained)
  if (!name) throw failedToParse('explain needs a command')
  const namespace = `${database}.${String(explained[name])}`
  const query = explainedQuery(name, explained)
  const collection = storage.collections.get(namespace)
  const winningPlan = collection ? describe(collection, query) : { stage: 'EOF' }
  return { explainVersion: '1', queryPlanner: { namespace, winningPlan, rejectedPlans: [] }, ok: 1 }
}

function explainedQuery(name: string, command: Document): Query {
  switch (name) {
    case 'find':
      return queryOf(command.filter, command.sort)
    case 'findAndModify':
      return queryOf(command.query, command.sort)
    case 'aggregate':
      return countedQuery(command.pipeline)
    case 'update':
    case 'delete': {
      const [first] = [command[`${name}s`]].flat()
      return queryOf(isDocument(first) ? first.q : undefined)
    }
    default:
      throw refused(`explain of ${name}`)
  }
}

function describe(collection: Collection, { filter, sort }: Query): Document {
  const { scan, isSorted } = planQuery(collection, filter, sort)
  const found = scan
    ? { stage: 'FETCH', inputStage: { stage: 'IXSCAN', keyPattern: scan.index.spec.key, indexName: scan.index.name } }
    : { stage: 'COLLSCAN' }
  return isSorted ? found : { stage: 'SORT', inputStage: found }
}

import { type Document, decode, encode, equalValues, isDocument } from './bson-value.ts'
import type { Collection } from './catalogue.ts'
import { compileFilter } from './filter.ts'
import { identityOf } from './index-key.ts'
import { compileProjection } from './projection.ts'
import { FIRST_BATCH, queryOf, select } from './query-commands.ts'
import { pickFields } from './raw-document.ts'
import {
  batchRequest,
  collectionOf,
  documentIn,
  namespaceOf,
  numberIn,
  type Reply,
  type RequestContext,
  stillThere,
} from './request-context.ts'
import { PAUSE } from './scan.ts'
import { parseSort, topSorter } from './sort.ts'
import type { Reader } from './storage.ts'
import { failedToParse, refused } from './store-error.ts'

type Stream = Iterable<Buffer | typeof PAUSE>

/** `aggregate`, for the few stages that drivers and Agenda send on their own. */
export async function aggregate(context: RequestContext): Promise<Reply> {
  const { command, storage, cursors } = context
  const namespace = namespaceOf(context, 'aggregate')
  const stages = stagesOf(command.pipeline)
  const collection = collectionOf(context, 'aggregate')
  const results = streamOf(storage, collection, stages)[Symbol.iterator]()
  const size = numberIn(documentIn(command.cursor, 'cursor').batchSize, FIRST_BATCH)
  const request = batchRequest(command, size)
  const check = collection ? stillThere(storage, collection) : () => {}
  return cursors.start({ namespace, results, check }, request, false)
}

interface Stage {
  readonly name: string
  readonly operand: unknown
}

/** The stages of a pipeline by name; each is a document of exactly one field. */
export function stagesOf(pipeline: unknown): readonly Stage[] {
  if (!Array.isArray(pipeline)) throw failedToParse('a pipeline has to be an array')
  return pipeline.map((stage) => {
    const [entry, ...others] = isDocument(stage) ? Object.entries(stage) : []
    if (!entry || others.length > 0)
      throw failedToParse('A pipeline stage specification object must contain exactly one field.')
    return { name: entry[0], operand: entry[1] }
  })
}

/** The leading `$match` and `$sort`, which an index can serve, and the stages that remain. */
export function leadingQuery(stages: readonly Stage[]) {
  const rest = [...stages]
  const filter = rest[0]?.name === '$match' ? rest.shift()?.operand : undefined
  const sort = rest[0]?.name === '$sort' ? rest.shift()?.operand : undefined
  const limit = rest[0]?.name === '$limit' ? numberIn(rest[0].operand, 0) : Number.POSITIVE_INFINITY
  return { query: queryOf(filter, sort, limit), rest }
}

function streamOf(reader: Reader, collection: Collection | undefined, stages: readonly Stage[]): Stream {
  const { query, rest } = leadingQuery(stages)
  const window = { skip: 0, limit: Number.POSITIVE_INFINITY }
  const source: Stream = collection ? select(reader, collection, { query, window, projection: undefined }) : []
  return rest.reduce((stream, stage) => runStage(stream, stage), source)
}

function runStage(stream: Stream, { name, operand }: Stage): Stream {
  switch (name) {
    case '$match': {
      const { matches } = compileFilter(documentIn(operand, name))
      return through(stream, (bytes) => (matches(decode(bytes)) ? bytes : undefined))
    }
    case '$project': {
      const projection = compileProjection(operand)
      if (!projection) throw failedToParse('$project needs at least one field')
      return through(stream, (bytes) => encode(projection(decode(bytes))))
    }
    case '$sort':
      return sorted(stream, operand)
    case '$skip':
    case '$limit':
      return slice(stream, name, numberIn(operand, 0))
    case '$count':
      return group(stream, { _id: null, [String(operand)]: ONE }, false)
    case '$group':
      return group(stream, documentIn(operand, name))
    default:
      throw refused(`the aggregation stage ${name}`)
  }
}

function* through(stream: Stream, change: (bytes: Buffer) => Buffer | undefined): Stream {
  for (const item of stream) {
    const changed = item === PAUSE ? item : change(item)
    if (changed) yield changed
  }
}

function* slice(stream: Stream, name: '$skip' | '$limit', count: number): Stream {
  let position = 0
  for (const item of stream) {
    if (item === PAUSE) yield item
    else if (name === '$skip') {
      if (position++ >= count) yield item
    } else {
      yield item
      if (++position >= count) return
    }
  }
}

function* sorted(stream: Stream, operand: unknown): Stream {
  const sort = parseSort(operand)
  const fields = new Set(sort.map((field) => field.path[0] as string))
  const sorter = topSorter<Buffer>(sort, Number.POSITIVE_INFINITY)
  for (const item of stream) {
    if (item === PAUSE) yield item
    else sorter.add(decode(pickFields(item, fields)), item)
  }
  yield* sorter.sorted()
}

const ONE = { $sum: 1 }

/** Groups by one field or by a constant; the only accumulator is counting, `{ $sum: 1 }`. */
function* group(stream: Stream, operand: Document, withId = true): Stream {
  const { _id: key, ...counters } = operand
  for (const [name, counter] of Object.entries(counters))
    if (!equalValues(counter, ONE)) throw refused(`the accumulator of '${name}' in $group`)
  if (isDocument(key) || Array.isArray(key) || String(key).startsWith('$$')) throw refused('a computed _id in $group')
  const path = typeof key === 'string' && key.startsWith('$') ? key.slice(1) : undefined
  if (path?.includes('.')) throw refused('a dotted _id in $group')
  const field = new Set([path ?? ''])
  const groups = new Map<string, { id: unknown; count: number }>()
  for (const item of stream) {
    if (item === PAUSE) yield item
    else {
      const id = path === undefined ? key : (decode(pickFields(item, field))[path] ?? null)
      const group = groups.get(identityOf(id)) ?? { id, count: 0 }
      group.count++
      groups.set(identityOf(id), group)
    }
  }
  for (const { id, count } of groups.values()) {
    const counts = Object.fromEntries(Object.keys(counters).map((name) => [name, count]))
    yield encode(withId ? { _id: id, ...counts } : counts)
  }
}

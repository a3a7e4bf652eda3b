import { aggregate } from './aggregate.ts'
import { type Document, isDocument, isTruthy } from './bson-value.ts'
import { isSimpleCollation } from './catalogue.ts'
import {
  create,
  createIndexes,
  drop,
  dropDatabase,
  dropIndexes,
  listCollections,
  listIndexes,
} from './catalogue-commands.ts'
import { explain } from './explain.ts'
import { findAndModify } from './find-and-modify.ts'
import { count, distinct, find, getMore, killCursors } from './query-commands.ts'
import type { Reply, RequestContext } from './request-context.ts'
import { acknowledge, buildInfo, hello, isUsableConcern, serverStatus } from './session-commands.ts'
import { failedToParse, refused } from './store-error.ts'
import { insert, remove, update } from './write-commands.ts'

interface Command {
  readonly run: (context: RequestContext) => Reply | Promise<Reply>
  /** The options it understands; '*' where options only describe the client. */
  readonly options: ReadonlySet<string> | '*'
}

const command = (run: Command['run'], ...options: string[]): Command => ({ run, options: new Set(options) })

/** The allow-list of commands and their options. What is not here is refused by name. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['hello', { run: hello, options: '*' }],
  ['ismaster', { run: hello, options: '*' }],
  ['isMaster', { run: hello, options: '*' }],
  ['ping', command(acknowledge)],
  ['endSessions', command(acknowledge)],
  ['buildInfo', command(buildInfo)],
  ['buildinfo', command(buildInfo)],
  ['serverStatus', command(serverStatus)],
  ['find', command(find, 'filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'allowDiskUse')],
  ['getMore', command(getMore, 'collection', 'batchSize')],
  ['killCursors', command(killCursors, 'cursors')],
  ['count', command(count, 'query', 'skip', 'limit')],
  ['distinct', command(distinct, 'key', 'query')],
  ['aggregate', command(aggregate, 'pipeline', 'cursor', 'allowDiskUse')],
  ['explain', command(explain, 'verbosity')],
  ['insert', command(insert, 'documents', 'ordered', 'bypassDocumentValidation')],
  ['update', command(update, 'updates', 'ordered', 'bypassDocumentValidation')],
  ['delete', command(remove, 'deletes', 'ordered')],
  [
    'findAndModify',
    command(
      findAndModify,
      'query',
      'sort',
      'remove',
      'update',
      'new',
      'fields',
      'upsert',
      'arrayFilters',
      'bypassDocumentValidation',
    ),
  ],
  ['create', command(create)],
  ['drop', command(drop)],
  ['dropDatabase', command(dropDatabase)],
  ['listCollections', command(listCollections, 'filter', 'nameOnly', 'authorizedCollections', 'cursor')],
  ['listIndexes', command(listIndexes, 'cursor')],
  ['createIndexes', command(createIndexes, 'indexes')],
  ['dropIndexes', command(dropIndexes, 'index')],
])

/** Options that may come with any command; those of sessions and of read preference mean nothing on one node. */
const COMMON = new Set(['$db', 'lsid', '$clusterTime', '$readPreference', 'comment', 'maxTimeMS'])
const CONCERNS = new Set(['readConcern', 'writeConcern'])

/** Runs a command that is on the allow-list, with options that are. */
export function runCommand(context: RequestContext): Reply | Promise<Reply> {
  const [name] = Object.keys(context.command)
  if (!name) throw failedToParse('an empty command')
  const known = COMMANDS.get(name)
  if (!known) throw refused(`the command ${name}`)
  if (known.options !== '*') checkOptions(name, known.options, context.command)
  return known.run(context)
}

function checkOptions(name: string, options: ReadonlySet<string>, given: Document) {
  for (const option of Object.keys(given)) {
    if (option === name || options.has(option) || COMMON.has(option)) continue
    if (option === 'txnNumber' || option === 'startTransaction' || option === 'autocommit')
      throw refused('a transaction')
    if (isHarmless(option, given[option])) continue
    throw refused(`the option ${option} of ${name}`)
  }
}

/** Options spelled out with the value that means "nothing special". */
function isHarmless(option: string, value: unknown): boolean {
  if (CONCERNS.has(option)) return isUsableConcern(option, value)
  if (isSimpleCollation(option, value)) return true
  const isEmpty = isDocument(value) ? Object.keys(value).length === 0 : !isTruthy(value)
  return isEmpty
}

import { type Document, isDocument, isTruthy } from './bson-value.ts'
import { create, createIndexes, dropIndexes, listIndexes } from './catalogue-commands.ts'
import type { Cursors } from './cursors.ts'
import { aggregate, count, explain, find, getMore, killCursors } from './query-commands.ts'
import { namespaceOf, type Reply, type RequestContext } from './request.ts'
import type { Storage } from './storage.ts'
import { failedToParse, refused } from './store-error.ts'
import { findAndModify, insert, remove, update } from './write-commands.ts'

/** A command and the options it understands. */
type Command = readonly [run: (context: RequestContext) => Reply | Promise<Reply>, ...options: string[]]

/** A standalone server, so that drivers offer neither transactions nor change streams. */
export const hello = (): Reply => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  // The wire version of MongoDB 7.0, whose documented behaviour this store follows.
  maxWireVersion: 21,
  ok: 1,
})

/** For `ping`, and for `endSessions`: sessions are accepted and mean nothing here. */
const acknowledge = (): Reply => ({ ok: 1 })

/** The allow-list of commands and their options. What is not here is refused by name. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['hello', [hello]],
  ['ismaster', [hello]],
  ['ping', [acknowledge]],
  ['endSessions', [acknowledge]],
  ['find', [find, 'filter', 'sort', 'projection', 'limit', 'batchSize', 'singleBatch']],
  ['getMore', [getMore, 'collection', 'batchSize']],
  ['killCursors', [killCursors, 'cursors']],
  ['count', [count]],
  ['aggregate', [aggregate, 'pipeline', 'cursor']],
  ['explain', [explain, 'verbosity']],
  ['insert', [insert, 'documents', 'ordered']],
  ['update', [update, 'updates', 'ordered']],
  ['delete', [remove, 'deletes', 'ordered']],
  ['findAndModify', [findAndModify, 'query', 'sort', 'update', 'new', 'upsert']],
  ['create', [create]],
  ['listIndexes', [listIndexes, 'cursor']],
  ['createIndexes', [createIndexes, 'indexes']],
  ['dropIndexes', [dropIndexes, 'index']],
])

/** Commands that name no collection. */
const NAMELESS = new Set(['hello', 'ismaster', 'ping', 'endSessions', 'getMore', 'explain'])

/** Options that may come with any command; those of sessions and of read preference mean nothing on one node. */
const COMMON = new Set(['$db', 'lsid', '$readPreference'])
const TRANSACTION = new Set(['txnNumber', 'startTransaction', 'autocommit'])

/** Runs a command that is on the allow-list, with options that are. */
export function runCommand(storage: Storage, cursors: Cursors, command: Document): Reply | Promise<Reply> {
  const names = Object.keys(command)
  const [name] = names
  if (!name) throw failedToParse('an empty command')
  const [run, ...options]: Partial<Command> = COMMANDS.get(name) ?? []
  if (!run) throw refused(`the command ${name}`)
  // Its options only describe the client, and every driver adds some.
  if (run === hello) return hello()
  for (const option of names) {
    if (option === name || options.includes(option) || COMMON.has(option)) continue
    if (TRANSACTION.has(option)) throw refused('a transaction')
    if (!isHarmless(option, command[option])) throw refused(`the option ${option} of ${name}`)
  }
  const namespace = NAMELESS.has(name) ? '' : namespaceOf(command, command[name])
  return run({ storage, cursors, command, namespace })
}

/** Options spelled out with a value that means "nothing special", or nothing more on a single node. */
function isHarmless(option: string, value: unknown): boolean {
  if (!isDocument(value)) return !isTruthy(value)
  if (option === 'readConcern') return ['local', 'available', 'majority'].includes(String(value.level ?? 'local'))
  if (option === 'writeConcern') return ['0', '1', 'majority'].includes(String(value.w ?? 1))
  return Object.keys(value).length === 0
}

import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { open, type RootDatabase } from 'lmdb'
import { type Collection, decodeCollection } from './catalogue.ts'
import { ALL_COLLECTIONS, documentRange, type KeyRange, recordAtEnd } from './storage-keys.ts'
import { StoreError } from './store-error.ts'
import { type Collections, Transaction } from './transaction.ts'

/** An entry as it is stored. */
export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/** Writes that will share a commit. */
interface Group {
  readonly jobs: ((transaction: Transaction) => void)[]
  readonly stored: Promise<void>
}

const LARGEST_CHUNK = 256
const LARGEST_CHUNK_BYTES = 1024 * 1024

/** Readers wait for a commit that takes less than this. */
const QUICK_MS = 3

/**
 * LMDB with group commit: all writes that arrive while a commit is on its way to the disk share the next one.
 * A write is settled only after its commit is on disk. The collections that readers see is replaced at the same
 * moment, so that they never plan with an index whose entries they cannot see yet.
 */
export class Storage {
  collections: Collections = new Map()
  readonly #database: RootDatabase<Buffer, Buffer>
  #lastId = 0
  #lastRecord = 0
  /** The group that takes new writes, until the commit before is done. */
  #forming: Group | undefined
  #lastStored: Promise<void> = Promise.resolve()
  /** What the last commit took, without evaluating. */
  #diskMs = Number.POSITIVE_INFINITY
  #isClosing = false

  constructor(directory: string) {
    this.#database = open<Buffer, Buffer>({
      path: join(directory, 'data.mdb'),
      noSubdir: true,
      encoding: 'binary',
      keyEncoding: 'binary',
      overlappingSync: false,
      // With batching by event turns a failed commit would also reject a promise that nobody can reach.
      eventTurnBatching: false,
    })
    this.load()
  }

  /** Reads what is stored; whoever takes the directory over does so again, since the one before may have written. */
  load(): void {
    this.#database.resetReadTxn()
    const collections = new Map<string, Collection>()
    for (const { value } of this.range(ALL_COLLECTIONS)) {
      const collection = decodeCollection(value)
      collections.set(collection.namespace, collection)
      this.#lastId = Math.max(this.#lastId, collection.id, ...collection.indexes.map((index) => index.id))
      const [last] = this.range(documentRange(collection.id), { reverse: true, expected: 1 })
      if (last) this.#lastRecord = Math.max(this.#lastRecord, recordAtEnd(last.key))
    }
    this.collections = collections
  }

  get(key: Buffer): Buffer | undefined {
    return this.#database.getBinary(key)
  }

  /**
   * Walks a range in chunks (the first of `expected` entries) and finds its place again by key, so that a slow reader
   * holds no old version of the database in place and sees what was written meanwhile, as a MongoDB cursor does.
   */
  *range({ start, end }: KeyRange, { reverse = false, expected = 32 } = {}): Generator<Entry> {
    let limit = Math.min(Math.max(expected, 1), LARGEST_CHUNK)
    let [from, exclusiveStart] = [reverse ? end : start, reverse]
    for (;;) {
      const chunk: Entry[] = []
      let bytes = 0
      const bounds = { start: from, exclusiveStart, end: reverse ? start : end, inclusiveEnd: reverse, reverse }
      for (const entry of this.#database.getRange(bounds)) {
        chunk.push(entry)
        bytes += entry.value.length
        if (chunk.length >= limit || bytes > LARGEST_CHUNK_BYTES) break
      }
      yield* chunk
      const last = chunk.at(-1)
      if (!last || (chunk.length < limit && bytes <= LARGEST_CHUNK_BYTES)) return
      ;[from, exclusiveStart] = [last.key, true]
      limit = Math.min(limit * 2, LARGEST_CHUNK)
    }
  }

  /** How many documents a collection has. */
  count({ id }: Collection): number {
    return this.#database.getKeysCount(documentRange(id))
  }

  /** A number for a collection or an index. One that a failed write took is not given out again. */
  nextId(): number {
    return ++this.#lastId
  }

  /** The number of the next document of any collection. */
  nextRecord(): number {
    return ++this.#lastRecord
  }

  /** Runs `work` while nobody else writes. A refusal concerns it alone; a failure half-way undoes the group. */
  async write<T>(work: (transaction: Transaction) => T): Promise<T> {
    if (this.#isClosing) throw new StoreError(91, 'ShutdownInProgress', 'the store is closing')
    let outcome: ReturnType<typeof Transaction.prototype.attempt<T>> | undefined
    this.#forming ??= this.#form()
    this.#forming.jobs.push((transaction) => {
      outcome = transaction.attempt(() => work(transaction))
    })
    await this.#forming.stored
    if (outcome && 'result' in outcome) return outcome.result
    throw outcome?.refusal
  }

  /** Waits for the writes that were accepted; later ones are refused. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#lastStored
    await this.#database.close()
  }

  #form(): Group {
    const jobs: Group['jobs'] = []
    const stored = this.#lastStored.then(() => this.#store(jobs))
    this.#lastStored = stored.catch(() => {})
    return { jobs, stored }
  }

  /** Commits in this thread while the disk is quick, else in LMDB's: readers need not wait for a slow one. */
  async #store(jobs: Group['jobs']) {
    // What has arrived already shall share the commit.
    await nextTurn()
    this.#forming = undefined
    const transaction = new Transaction(this, this.#database)
    const isQuick = this.#diskMs < QUICK_MS
    let diskMs = -performance.now()
    const run = () => {
      diskMs += performance.now()
      for (const job of jobs) job(transaction)
      diskMs -= performance.now()
    }
    try {
      if (isQuick) this.#database.transactionSync(run)
      // A child transaction, because only that is rolled back when its callback throws.
      else await this.#database.childTransaction(run)
    } catch (error) {
      throw await notOnDisk(error)
    } finally {
      // A commit of nothing says nothing about the disk.
      if (transaction.changes > 0) this.#diskMs = diskMs + performance.now()
    }
    this.collections = transaction.collections
  }
}

/** LMDB rejects with a general error that holds a promise for the reason; unread, that would end the thread. */
async function notOnDisk(error: unknown): Promise<StoreError> {
  const { commitError = error } = error as { commitError?: unknown }
  const reason = await Promise.resolve(commitError).catch((cause) => cause)
  return new StoreError(14031, 'OutOfDiskSpace', `the write was not stored: ${(reason as Error).message}`)
}

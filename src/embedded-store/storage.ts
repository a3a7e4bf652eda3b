import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { type Collection, decodeCollection } from './catalogue.ts'
import { ALL_COLLECTIONS, documentRange, type KeyRange, recordAtEnd } from './storage-keys.ts'
import { StoreError } from './store-error.ts'
import { type Collections, Transaction } from './transaction.ts'

/** An entry as it is stored; without `values` the value is empty. */
export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/** How a range is walked. */
export interface RangeOptions {
  readonly reverse?: boolean
  /** False to leave the values unread. */
  readonly values?: boolean
  /** About how many entries will be taken, so that no more are read ahead. */
  readonly expected?: number
}

interface Job {
  run(transaction: Transaction): void
  succeed(): void
  fail(error: unknown): void
}

/**
 * LMDB with group commit: all writes that arrive while a commit is on its way to the disk share the next one.
 * A write is settled only after its commit is on disk. The collections that readers see is replaced at the same
 * moment, so that they never plan with an index whose entries they cannot see yet.
 */
export class Storage {
  collections: Collections
  readonly #database: RootDatabase<Buffer, Buffer>
  #lastId = 0
  readonly #lastRecords = new Map<number, number>()
  #waiting: Job[] = []
  #isCommitting = false
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
    this.collections = this.#readCollections()
  }

  get(key: Buffer): Buffer | undefined {
    return this.#database.getBinary(key)
  }

  range(low: Buffer, high: Buffer, options: RangeOptions = {}): Iterable<Entry> {
    return walk(this.#database, { low, high }, options)
  }

  /** How many documents a collection has. */
  count({ id }: Collection): number {
    const { low, high } = documentRange(id)
    return this.#database.getKeysCount({ start: low, end: high })
  }

  /** A number for a collection or an index. One that a failed write took is not given out again. */
  nextId(): number {
    return ++this.#lastId
  }

  /** The number of a collection's next document. */
  nextRecord({ id }: Collection): number {
    const next = (this.#lastRecords.get(id) ?? this.#lastStoredRecord(id)) + 1
    this.#lastRecords.set(id, next)
    return next
  }

  #lastStoredRecord(id: number): number {
    const { low, high } = documentRange(id)
    const [last] = this.#database.getKeys({ start: high, end: low, reverse: true, limit: 1 })
    return last ? recordAtEnd(last) : 0
  }

  /** Runs `work` in a write transaction. A refusal concerns it alone; a failure half-way undoes the group. */
  write<T>(work: (transaction: Transaction) => T): Promise<T> {
    if (this.#isClosing) return Promise.reject(new StoreError(91, 'ShutdownInProgress', 'the store is closing'))
    return new Promise((resolve, reject) => {
      let settle = () => {}
      this.#waiting.push({
        run(transaction) {
          const { changes } = transaction
          try {
            const result = work(transaction)
            settle = () => resolve(result)
          } catch (error) {
            if (transaction.changes > changes && !(error instanceof StoreError)) throw error
            settle = () => reject(error)
          }
        },
        succeed: () => settle(),
        fail: reject,
      })
      this.#commit()
    })
  }

  /** Runs `work` alone and at once, before anything else uses the storage; other processes are kept out. */
  exclusively<T>(work: () => T): T {
    return this.#database.transactionSync(work)
  }

  /** Waits for the writes that were accepted; later ones are refused. */
  async close(): Promise<void> {
    const accepted = this.write(() => {}).catch(() => {})
    this.#isClosing = true
    await accepted
    await this.#database.close()
  }

  #commit() {
    if (this.#isCommitting || this.#waiting.length === 0) return
    this.#isCommitting = true
    const transaction = new Transaction(this, this.#database)
    let group: Job[] = []
    const runGroup = () => {
      group = this.#waiting
      this.#waiting = []
      for (const job of group) job.run(transaction)
    }
    // A child transaction, because only that is rolled back when its callback throws.
    this.#database.childTransaction(runGroup).then(
      () => {
        this.collections = transaction.collections
        this.#settle(() => group.forEach((job) => void job.succeed()))
      },
      async (error: unknown) => {
        const cause = await notOnDisk(error)
        this.#settle(() => group.forEach((job) => void job.fail(cause)))
      },
    )
  }

  #settle(inform: () => void) {
    this.#isCommitting = false
    inform()
    this.#commit()
  }

  #readCollections(): Collections {
    const collections = new Map<string, Collection>()
    for (const { value } of this.range(ALL_COLLECTIONS.low, ALL_COLLECTIONS.high)) {
      const collection = decodeCollection(value)
      collections.set(collection.namespace, collection)
      this.#lastId = Math.max(this.#lastId, collection.id, ...collection.indexes.map((index) => index.id))
    }
    return collections
  }
}

/** LMDB rejects with a general error that holds a promise for the reason; unread, that would end the thread. */
async function notOnDisk(error: unknown): Promise<StoreError> {
  const reason = await Promise.resolve((error as { commitError?: Promise<unknown> }).commitError ?? error).catch(
    (cause) => cause,
  )
  return new StoreError(14031, 'OutOfDiskSpace', `the write was not stored: ${(reason as Error).message}`)
}

const LARGEST_CHUNK = 256
const LARGEST_CHUNK_BYTES = 1024 * 1024

/**
 * Walks a range in chunks and finds its place again by key, so that a slow reader holds no old version of the
 * database in place and sees what was written meanwhile, as a MongoDB cursor does.
 */
function* walk(database: RootDatabase<Buffer, Buffer>, range: KeyRange, options: RangeOptions): Generator<Entry> {
  let limit = Math.min(Math.max(options.expected ?? 32, 1), LARGEST_CHUNK)
  let place: Buffer | undefined
  for (;;) {
    const chunk: Entry[] = []
    let bytes = 0
    for (const entry of entriesFrom(database, range, { ...options, place })) {
      chunk.push(entry)
      bytes += entry.value.length
      if (chunk.length >= limit || bytes > LARGEST_CHUNK_BYTES) break
    }
    yield* chunk
    if (chunk.length < limit && bytes <= LARGEST_CHUNK_BYTES) return
    place = chunk.at(-1)?.key
    limit = Math.min(limit * 2, LARGEST_CHUNK)
  }
}

function entriesFrom(
  database: RootDatabase<Buffer, Buffer>,
  { low, high }: KeyRange,
  { place, reverse = false, values = true }: RangeOptions & { readonly place: Buffer | undefined },
): Iterable<Entry> {
  const bounds = reverse
    ? { start: place ?? high, end: low, reverse, exclusiveStart: true, inclusiveEnd: true }
    : { start: place ?? low, end: high, exclusiveStart: place !== undefined }
  return values ? database.getRange(bounds) : database.getKeys(bounds).map((key) => ({ key, value: NOTHING }))
}

const NOTHING = Buffer.alloc(0)

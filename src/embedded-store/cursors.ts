import { randomInt } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Long } from 'bson'
import { cursorReply } from './message.ts'
import { PAUSE } from './scan.ts'
import { StoreError } from './store-error.ts'

/** Encoded documents one after another, with pauses where others may have a turn. */
export type Results = Iterator<Buffer | typeof PAUSE>

interface OpenCursor {
  readonly id: Long
  readonly namespace: string
  readonly results: Results
  usedAt: number
}

/** With one more document of the largest size a batch still fits into a message. */
const LARGEST_BATCH = 16 * 1024 * 1024
const LONGEST_TURN_MS = 10
const CURSOR_TIMEOUT_MS = 10 * 60_000
/** Clients that die leave their cursors open; each holds up to a megabyte that was read ahead. */
const MOST_OPEN = 200

/** The open cursors of a server. An idle cursor is forgotten after ten minutes, as in MongoDB. */
export class Cursors {
  readonly #open = new Map<string, OpenCursor>()

  /** Replies with the first batch and keeps the cursor if there is more. */
  start(namespace: string, results: Results, { size, isSingle }: { size: number; isSingle: boolean }) {
    // Random, so that one of an earlier run is not taken for one of this; so large that it stays an int64.
    const id = Long.fromBits(randomInt(2 ** 31), randomInt(2 ** 22, 2 ** 31))
    return this.#reply({ id, namespace, results, usedAt: 0 }, 'firstBatch', size, isSingle)
  }

  /** Replies with the next batch. */
  async continue(id: Long, size: number): Promise<Buffer> {
    const cursor = this.#open.get(id.toString())
    if (!cursor) throw new StoreError(43, 'CursorNotFound', `cursor id ${id} not found`)
    return this.#reply(cursor, 'nextBatch', size)
  }

  async #reply(cursor: OpenCursor, field: 'firstBatch' | 'nextBatch', size: number, isSingle = false) {
    cursor.usedAt = performance.now()
    const { documents, isDone } = await takeBatch(cursor.results, size)
    const isOver = isDone || isSingle
    this.kill(cursor.id)
    if (!isOver) this.#open.set(cursor.id.toString(), cursor)
    // Kept in the order of their last use.
    const [oldest] = this.#open.values()
    if (oldest && this.#open.size > MOST_OPEN) this.kill(oldest.id)
    return cursorReply(isOver ? Long.ZERO : cursor.id, cursor.namespace, field, documents)
  }

  /** True when there was such a cursor. */
  kill(id: Long): boolean {
    return this.#open.delete(id.toString())
  }

  forgetIdle(now = performance.now()): void {
    for (const { id, usedAt } of this.#open.values()) if (now - usedAt > CURSOR_TIMEOUT_MS) this.kill(id)
  }
}

async function takeBatch(results: Results, size: number) {
  const documents: Buffer[] = []
  let bytes = 0
  let turnEndsAt = performance.now() + LONGEST_TURN_MS
  while (documents.length < size && bytes < LARGEST_BATCH) {
    const next = results.next()
    if (next.done) return { documents, isDone: true }
    if (next.value !== PAUSE) {
      documents.push(next.value)
      bytes += next.value.length
    } else if (performance.now() > turnEndsAt) {
      await nextTurn()
      turnEndsAt = performance.now() + LONGEST_TURN_MS
    }
  }
  return { documents, isDone: false }
}

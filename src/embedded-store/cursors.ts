import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Long } from 'bson'
import { cursorReply } from './reply.ts'
import { PAUSE } from './scan.ts'
import { StoreError } from './store-error.ts'

/** Encoded documents one after another, with pauses where others may have a turn. */
export type Results = Iterator<Buffer | typeof PAUSE>

interface OpenCursor {
  readonly namespace: string
  readonly results: Results
  usedAt: number
}

/** With one more document of the largest size a batch still fits into a message. */
const LARGEST_BATCH = 16 * 1024 * 1024
const LONGEST_TURN_MS = 10
const CURSOR_TIMEOUT_MS = 10 * 60_000

/** The open cursors of a server. An idle cursor is forgotten after ten minutes, as in MongoDB. */
export class Cursors {
  readonly #open = new Map<string, OpenCursor>()

  /** Replies with the first batch and keeps the cursor if there is more. */
  async start(namespace: string, results: Results, { size, isSingle }: { size: number; isSingle: boolean }) {
    const opened: OpenCursor = { namespace, results, usedAt: performance.now() }
    const { documents, isDone } = await takeBatch(opened, size)
    const id =
      isDone || isSingle ? Long.ZERO : Long.fromBits(randomBytes(4).readInt32LE(), randomBytes(4).readInt32LE() >>> 1)
    if (!id.isZero()) this.#open.set(id.toString(), opened)
    return cursorReply({ id, namespace, field: 'firstBatch' }, documents)
  }

  /** Replies with the next batch. */
  async continue(id: Long, size: number): Promise<Buffer> {
    const cursor = this.#open.get(id.toString())
    if (!cursor) throw new StoreError(43, 'CursorNotFound', `cursor id ${id} not found`)
    cursor.usedAt = performance.now()
    const { documents, isDone } = await takeBatch(cursor, size)
    if (isDone) this.#open.delete(id.toString())
    return cursorReply({ id: isDone ? Long.ZERO : id, namespace: cursor.namespace, field: 'nextBatch' }, documents)
  }

  /** True when there was such a cursor. */
  kill(id: Long): boolean {
    return this.#open.delete(id.toString())
  }

  forgetIdle(now = performance.now()): void {
    for (const [id, { usedAt }] of this.#open) if (now - usedAt > CURSOR_TIMEOUT_MS) this.#open.delete(id)
  }
}

async function takeBatch(cursor: OpenCursor, size: number) {
  const documents: Buffer[] = []
  let bytes = 0
  let turnEndsAt = performance.now() + LONGEST_TURN_MS
  while (documents.length < size && bytes < LARGEST_BATCH) {
    const next = cursor.results.next()
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

import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Long } from 'bson'
import { cursorReply } from './reply.ts'
import { PAUSE } from './scan.ts'
import { StoreError } from './store-error.ts'

/** Encoded documents one after another, with pauses where others may have a turn. */
export type Results = Iterator<Buffer | typeof PAUSE>

/** What is asked of a cursor at once. */
export interface BatchRequest {
  readonly size: number
  /** When the whole operation has to give up, in `performance.now()` milliseconds; Infinity for never. */
  readonly deadline: number
}

interface OpenCursor {
  readonly namespace: string
  readonly results: Results
  /** Throws when what the cursor reads from is gone. */
  readonly check: () => void
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
  async start(
    cursor: { namespace: string; results: Results; check: () => void },
    request: BatchRequest,
    isSingle: boolean,
  ) {
    const opened: OpenCursor = { ...cursor, usedAt: performance.now() }
    const { documents, isDone } = await takeBatch(opened, request)
    const id =
      isDone || isSingle ? Long.ZERO : Long.fromBits(randomBytes(4).readInt32LE(), randomBytes(4).readInt32LE() >>> 1)
    if (!id.isZero()) this.#open.set(id.toString(), opened)
    return cursorReply({ id, namespace: cursor.namespace, field: 'firstBatch' }, documents)
  }

  /** Replies with the next batch. */
  async continue(id: Long, request: BatchRequest): Promise<Buffer> {
    const cursor = this.#open.get(id.toString())
    if (!cursor) throw new StoreError(43, 'CursorNotFound', `cursor id ${id} not found`)
    cursor.check()
    cursor.usedAt = performance.now()
    const { documents, isDone } = await takeBatch(cursor, request)
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

async function takeBatch(cursor: OpenCursor, { size, deadline }: BatchRequest) {
  const documents: Buffer[] = []
  let bytes = 0
  let turnEndsAt = performance.now() + LONGEST_TURN_MS
  while (documents.length < size && bytes < LARGEST_BATCH) {
    const next = cursor.results.next()
    if (next.done) return { documents, isDone: true }
    const now = performance.now()
    if (now > deadline) throw new StoreError(50, 'MaxTimeMSExpired', 'operation exceeded time limit')
    if (next.value !== PAUSE) {
      documents.push(next.value)
      bytes += next.value.length
    } else if (now > turnEndsAt) {
      await nextTurn()
      turnEndsAt = performance.now() + LONGEST_TURN_MS
    }
  }
  return { documents, isDone: false }
}

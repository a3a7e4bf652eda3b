import { createLanes, type Works } from './lanes.ts'
import type { Clock, Queue } from './ports.ts'

export type { Works } from './lanes.ts'

/** What became of one row: `next` goes on with the conversation, a date lets all of it wait until then. */
export type RowResult = 'next' | { readonly waitUntil: Date }

type Timed = { readonly nextAt: Date }

export type WorkDeps<Row extends Timed> = {
  readonly queue: Queue<Row>
  readonly clock: Clock
  readonly work: (row: Row) => Promise<RowResult>
  /** Conversations worked on side by side. */
  readonly breadth: number
  /** Resolves when a next row may be begun: at once, or after others had their turn. */
  readonly turn?: () => Promise<void>
  readonly onFault: (error: unknown) => void
}

/**
 * A worker that was killed keeps its conversations locked for so long at most; one that works goes on extending its lease.
 * A row that was begun twice nevertheless is made harmless by version checks and by the outbox's own states.
 */
const leaseMs = 8_000
const extendEveryMs = 2_000
/** After so long a worker lets go of a conversation and looks anew, so that none keeps others waiting. */
const turnMs = 5_000
const rowsPerTurn = 50

/** Between two looks while there is still something to do, so that what became urgent does not wait for all before it. */
const lookAgainAfterMs = 25

/**
 * Works off a queue: conversations side by side, the rows of one conversation strictly in order, one worker each.
 * After `stop` nothing stays leased, so that whoever starts next goes on at once.
 */
export function createWorker<Row extends Timed>(deps: WorkDeps<Row>): Works {
  const held = new Set<string>()
  let stopped = false
  const context: Context<Row> = { ...deps, held, isStopped: () => stopped }
  const agenda = lookingAt(context)
  const lanes = createLanes({
    breadth: deps.breadth,
    onFault: deps.onFault,
    step: async (widen) => {
      const conversation = await agenda.next()
      if (conversation === undefined) return false
      if (agenda.hasMore()) widen()
      if (await workOn(conversation, context)) agenda.lookAgain()
      return true
    },
  })
  return {
    ...lanes,
    wake: () => {
      agenda.lookAgain()
      lanes.wake()
    },
    stop: async (withinMs) => {
      stopped = true
      await lanes.stop(withinMs)
      await Promise.allSettled([...held].map((conversation) => deps.queue.release(conversation)))
    },
  }
}

type Context<Row extends Timed> = WorkDeps<Row> & { readonly held: Set<string>; readonly isStopped: () => boolean }

/** The conversations found at the last look, handed out one by one; looks again when they are used up or out of date. */
function lookingAt<Row extends Timed>({ queue, clock, breadth, held }: Context<Row>) {
  let rest: string[] = []
  let again = true
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  const look = async () => {
    again = false
    const found = await queue.due(clock.now(), breadth * 8)
    lookedAt = performance.now()
    rest = found.filter((conversation) => !held.has(conversation))
  }
  const isOutOfDate = () => again && (rest.length === 0 || performance.now() - lookedAt > lookAgainAfterMs)
  return {
    lookAgain: () => {
      again = true
    },
    hasMore: () => rest.length > 0,
    next: async (): Promise<string | undefined> => {
      while (looking !== undefined || isOutOfDate()) {
        looking ??= look().finally(() => {
          looking = undefined
        })
        await looking
      }
      return rest.shift()
    },
  }
}

async function workOn<Row extends Timed>(conversation: string, context: Context<Row>): Promise<boolean> {
  const { queue, clock, held } = context
  if (held.has(conversation)) return false
  held.add(conversation)
  try {
    const now = clock.now()
    if (!(await queue.lease(conversation, now, new Date(now.getTime() + leaseMs)))) return false
    const lease = keepLease(conversation, context)
    try {
      await workRows(conversation, { ...context, isHeld: lease.isHeld })
    } finally {
      lease.end()
      await queue.release(conversation)
    }
    return true
  } finally {
    held.delete(conversation)
  }
}

/** Extends the lease while the work goes on. Where that did not succeed in time, somebody else may have begun. */
function keepLease<Row extends Timed>(conversation: string, { queue, clock }: Context<Row>) {
  let until = performance.now() + leaseMs
  const extend = async () => {
    const [now, asked] = [clock.now(), performance.now()]
    const extended = await queue.lease(conversation, now, new Date(now.getTime() + leaseMs)).catch(() => false)
    if (extended) until = asked + leaseMs
  }
  const timer = setInterval(() => void extend(), extendEveryMs)
  return { isHeld: () => performance.now() < until, end: () => clearInterval(timer) }
}

async function workRows<Row extends Timed>(
  conversation: string,
  { queue, clock, work, turn, isStopped, isHeld }: Context<Row> & { readonly isHeld: () => boolean },
): Promise<void> {
  const began = performance.now()
  for (const row of await queue.waiting(conversation, rowsPerTurn)) {
    await turn?.()
    if (isStopped() || !isHeld() || performance.now() - began > turnMs) return
    const result = row.nextAt > clock.now() ? { waitUntil: row.nextAt } : await work(row)
    if (result === 'next') continue
    await queue.postpone(conversation, result.waitUntil)
    return
  }
}

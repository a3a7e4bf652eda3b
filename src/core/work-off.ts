import type { Clock, Queue } from './ports.ts'

/** What became of one row: `next` goes on with the conversation, a date lets all of it wait until then. */
export type RowResult = 'next' | { readonly waitUntil: Date }

type Timed = { readonly nextAt: Date }

export type WorkDeps<Row extends Timed> = {
  readonly queue: Queue<Row>
  readonly clock: Clock
  readonly work: (row: Row) => Promise<RowResult>
  /** Conversations worked on side by side. */
  readonly breadth: number
  readonly onFault: (error: unknown) => void
}

/** A worker that dies keeps its conversation locked for so long; version checks make a longer one harmless. */
const leaseMs = 20_000
/** After so long a worker lets go and looks anew, well before its lease ends even when the last send times out. */
const turnMs = 5_000
const rowsPerTurn = 50

/**
 * Works off a queue: conversations side by side, the rows of one conversation strictly in order, one worker each.
 * `wake()` looks at once; looking without need is cheap and harmless. `idle()` resolves when nothing is under way.
 */
export function createWorker<Row extends Timed>(deps: WorkDeps<Row>) {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  async function run(): Promise<void> {
    try {
      do {
        again = false
        const worked = await sweep(deps)
        if (worked) again = true
      } while (again && !stopped)
    } catch (error) {
      deps.onFault(error)
    } finally {
      running = undefined
    }
  }

  return {
    wake: () => {
      if (stopped) return
      if (running) again = true
      else running = run()
    },
    idle: async () => {
      while (running) await running
    },
    stop: async () => {
      stopped = true
      while (running) await running
    },
  }
}

export type Worker = ReturnType<typeof createWorker>

/** One look at what is due. True when something was worked on, so that a look again may find more. */
async function sweep<Row extends Timed>(deps: WorkDeps<Row>): Promise<boolean> {
  const due = await deps.queue.due(deps.clock.now(), deps.breadth * 8)
  let worked = false
  const rest = [...due]
  const lane = async () => {
    for (let conversation = rest.shift(); conversation !== undefined; conversation = rest.shift())
      if (await workOn(conversation, deps)) worked = true
  }
  await Promise.all(Array.from({ length: Math.min(deps.breadth, due.length) }, lane))
  return worked
}

async function workOn<Row extends Timed>(conversation: string, deps: WorkDeps<Row>): Promise<boolean> {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + leaseMs)
  if (!(await deps.queue.lease(conversation, now, until))) return false
  try {
    for (const row of await deps.queue.waiting(conversation, rowsPerTurn)) {
      const at = deps.clock.now()
      if (at.getTime() - now.getTime() > turnMs) break
      const result = row.nextAt > at ? { waitUntil: row.nextAt } : await deps.work(row)
      if (result === 'next') continue
      await deps.queue.postpone(conversation, result.waitUntil)
      break
    }
    return true
  } finally {
    await deps.queue.release(conversation)
  }
}

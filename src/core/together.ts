type Waiting<Item, Result> = {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** One result for each item, in order; none where there is nothing to tell. */
type Run<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

/** A database that is there refuses at once; one that is not is waited for. */
const atOnceMs = 500

/**
 * What is asked while one command is under way shares the next: under load many rows cost one command, and without load
 * nobody waits. Each promise settles with its own result. When a group fails at once, each of it is tried by itself, so
 * that one the database will not have does not refuse its neighbours; when the database is gone, all are told together.
 */
export function together<Item, Result>(
  run: Run<Item, Result>,
  maxGroup: number,
): { readonly ask: (item: Item) => Promise<Result>; readonly waiting: () => number } {
  let waiting: Waiting<Item, Result>[] = []
  let running = false

  async function runOrRefuse(group: readonly Waiting<Item, Result>[]): Promise<void> {
    const began = performance.now()
    try {
      await settle(group, run)
    } catch (error) {
      const mayBeOne = group.length > 1 && performance.now() - began < atOnceMs
      if (mayBeOne && (await runEach(group, run))) return
      const all = [...group, ...waiting]
      waiting = []
      for (const { reject } of all) reject(error)
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup)
      waiting = waiting.slice(maxGroup)
      await runOrRefuse(group)
    }
    running = false
  }

  return {
    waiting: () => waiting.length,
    ask: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        if (running) return
        running = true
        // Not at once: what is asked in the same turn of the loop joins the group.
        setImmediate(() => void drain())
      }),
  }
}

async function settle<Item, Result>(group: readonly Waiting<Item, Result>[], run: Run<Item, Result>): Promise<void> {
  const results = await run(group.map(({ item }) => item))
  group.forEach(({ resolve }, i) => {
    resolve(results[i] as Result)
  })
}

/** False when it was not one of them: two failures in a row, or a slow one, are the database's own. */
async function runEach<Item, Result>(
  group: readonly Waiting<Item, Result>[],
  run: Run<Item, Result>,
): Promise<boolean> {
  let failures = 0
  for (const one of group) {
    const began = performance.now()
    try {
      await settle([one], run)
      failures = 0
    } catch (error) {
      one.reject(error)
      if (++failures === 2 || performance.now() - began > atOnceMs) return false
    }
  }
  return true
}

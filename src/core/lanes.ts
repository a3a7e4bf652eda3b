/** Work that goes on in the background, several pieces side by side. */
export type Works = {
  /** Looks at once; looking without need is cheap and harmless. */
  wake(): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Begins nothing new; resolves when what is under way is done, or after `withinMs` if that is sooner. */
  stop(withinMs?: number): Promise<void>
}

export type LaneDeps = {
  /** Pieces of work side by side. */
  readonly breadth: number
  /** Does one piece of work; false when there was none. `widen` opens another lane while this one is busy. */
  readonly step: (widen: () => void) => Promise<boolean>
  readonly onFault: (error: unknown) => void
}

/** A piece of work that takes long holds up its own lane only: whatever wakes us next is taken up by another. */
export function createLanes({ breadth, step, onFault }: LaneDeps): Works {
  const lanes = new Set<Promise<void>>()
  let woken = false
  let stopped = false

  async function work(): Promise<void> {
    try {
      do {
        woken = false
        while (!stopped && (await step(open))) open()
      } while (woken && !stopped)
    } catch (error) {
      onFault(error)
    }
  }
  function open(): void {
    if (stopped || lanes.size >= breadth) return
    const lane = work().finally(() => lanes.delete(lane))
    lanes.add(lane)
  }
  const idle = async (): Promise<void> => {
    while (lanes.size > 0) await Promise.all(lanes)
  }
  return {
    wake: () => {
      woken = true
      open()
    },
    idle,
    stop: (withinMs = Number.POSITIVE_INFINITY) => {
      stopped = true
      return before(withinMs, idle())
    },
  }
}

/** Resolves with the work or after so many milliseconds, whichever comes first. */
export async function before(milliseconds: number, work: Promise<unknown>): Promise<void> {
  if (milliseconds === Number.POSITIVE_INFINITY) return void (await work)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

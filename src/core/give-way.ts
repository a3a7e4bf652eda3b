/** Lets what arrives go before what is done in the background. */
export type GiveWay = {
  /** So many events have just arrived. */
  arrived(count: number): void
  /** Resolves when the next piece of background work may begin. */
  turn(): Promise<void>
}

/** More events in one window than this is a flood: 300 a second. */
const windowMs = 100
const calmPerWindow = 30
/** The share that background work keeps in a flood: one piece each 20 ms, in the order of their urgency. */
const paceMs = 20

/**
 * In a flood the loop and the disk belong to arriving webhooks, because a provider that is not answered in time gives up;
 * background work goes on at a steady pace, so that an emergency is still paged. Without a flood nothing ever waits.
 */
export function createGiveWay(now: () => number = () => performance.now()): GiveWay {
  let windowStart = now()
  let [inWindow, before] = [0, 0]
  let nextTurnAt = 0
  const roll = (): void => {
    const windows = Math.floor((now() - windowStart) / windowMs)
    if (windows < 1) return
    before = windows === 1 ? inWindow : 0
    inWindow = 0
    windowStart += windows * windowMs
  }
  return {
    arrived: (count) => {
      roll()
      inWindow += count
    },
    turn: async () => {
      roll()
      if (Math.max(inWindow, before) <= calmPerWindow) return
      const at = Math.max(now(), nextTurnAt)
      nextTurnAt = at + paceMs
      const wait = at - now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    },
  }
}

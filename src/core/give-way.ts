/** Lets what arrives go before what is done in the background. */
export type GiveWay = {
  /** An event has arrived and its provider waits until `stored` settles. */
  arrived(stored: Promise<unknown>): void
  /** Resolves when the next piece of background work may begin. */
  turn(): Promise<void>
}

/** More events in one window than this is a flood: 300 a second. */
const windowMs = 100
const calmPerWindow = 30
/** So is a queue at the door, however slow the machine is: on a busy one no rate would ever tell. */
const calmAtOnce = 4
/** The share that background work keeps in a flood: one piece each 20 ms, in the order of their urgency. */
const paceMs = 80

/**
 * In a flood the loop and the disk belong to arriving webhooks, because a provider that is not answered in time gives up;
 * background work goes on at a steady pace, so that an emergency is still paged. Without a flood nothing ever waits.
 */
export function createGiveWay(now: () => number = () => performance.now()): GiveWay {
  let windowStart = now()
  let [inWindow, before] = [0, 0]
  let nextTurnAt = 0
  let waiting = 0
  const isLeft = () => {
    waiting--
  }
  const roll = (): void => {
    const windows = Math.floor((now() - windowStart) / windowMs)
    if (windows < 1) return
    before = windows === 1 ? inWindow : 0
    inWindow = 0
    windowStart += windows * windowMs
  }
  return {
    arrived: (stored) => {
      roll()
      inWindow++
      waiting++
      stored.then(isLeft, isLeft)
    },
    turn: async () => {
      roll()
      if (waiting <= calmAtOnce && Math.max(inWindow, before) <= calmPerWindow) return
      const at = Math.max(now(), nextTurnAt)
      nextTurnAt = at + paceMs
      const wait = at - now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    },
  }
}

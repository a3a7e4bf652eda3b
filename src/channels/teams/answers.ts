/** Answers to presses that people are waiting for, by the event that each belongs to. */
export type Answers = {
  /** The words for this event, as soon as they are known; undefined when they take longer than a person should wait. */
  wait(eventId: string): Promise<string | undefined>
  /** True when somebody waited for these words. */
  give(eventId: string, text: string): boolean
}

/** More than this at once means that something is wrong; whoever comes then is told without their words. */
const mostWaiting = 1_000

/**
 * Teams shows the answer to a press only if it comes with the answer to its request, while ours is decided by a worker
 * that reads what was stored. So the request waits a moment for it, in this process; with a worker elsewhere the words
 * come by chat instead.
 */
export function createAnswers(withinMs: number): Answers {
  const waiting = new Map<string, (text: string) => void>()
  return {
    wait(eventId) {
      if (waiting.size >= mostWaiting) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const end = (text: string | undefined): void => {
          clearTimeout(late)
          waiting.delete(eventId)
          resolve(text)
        }
        const late = setTimeout(() => end(undefined), withinMs)
        waiting.set(eventId, end)
      })
    },
    give(eventId, text) {
      const take = waiting.get(eventId)
      take?.(text)
      return take !== undefined
    },
  }
}

import type { Clock } from '../ports.ts'

/** Looks at most so often, by the house's clock; a look that failed is repeated at the next occasion. */
export function paced(everyMs: number, clock: Clock, look: () => Promise<unknown>): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY
  return async () => {
    const now = clock.now().getTime()
    if (now - lookedAt < everyMs) return
    await look()
    lookedAt = now
  }
}

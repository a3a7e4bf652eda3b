/** So many pages to one contact within so many milliseconds (GoAlert's limits for text messages). */
const limits = [
  [5, 15 * 60_000],
  [11, 60 * 60_000],
  [21, 3 * 60 * 60_000],
] as const

/** More than the widest limit needs never have to be remembered. */
export const mostRemembered = 21

/**
 * When this contact may be paged again; undefined: now. What waits meanwhile goes out as one message, so nothing is lost.
 * Danger is never held back: the caller does not ask.
 */
export function throttledUntil(pagedAt: readonly Date[], now: Date): Date | undefined {
  const ends = limits.flatMap(([count, within]) => {
    const recent = pagedAt.map((at) => at.getTime()).filter((at) => at > now.getTime() - within)
    const oldestThatCounts = recent.sort((a, b) => b - a)[count - 1]
    return oldestThatCounts === undefined ? [] : [oldestThatCounts + within]
  })
  return ends.length === 0 ? undefined : new Date(Math.max(...ends))
}

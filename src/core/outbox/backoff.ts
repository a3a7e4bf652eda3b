/**
 * How long to wait before attempt `attempts + 1`: doubling from one second to five minutes, with full jitter so that a
 * recovering provider is not hit by everything at once. `random` in [0, 1). A provider's own wish is obeyed.
 */
export function backoffMs(attempts: number, random: number, retryAfterSeconds = 0): number {
  const ceiling = Math.min(300_000, 1_000 * 2 ** Math.min(attempts, 12))
  return Math.max(retryAfterSeconds * 1_000, Math.round(ceiling / 2 + (random * ceiling) / 2))
}

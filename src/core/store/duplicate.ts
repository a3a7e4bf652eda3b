/** True for MongoDB's E11000: a unique key is taken. */
export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000

/** How an unordered write of many failed, as the driver tells it. */
type BulkFailure = {
  readonly writeErrors: { readonly index: number; readonly code: number } | readonly BulkWriteError[]
  readonly insertedCount: number
  readonly matchedCount: number
  readonly upsertedCount: number
}
type BulkWriteError = { readonly index: number; readonly code: number }

/**
 * The places of those documents of an unordered write that were there already. Undefined when it failed in any other way:
 * the driver wraps a broken connection in the same error, with no write errors in it, and nothing is known to be stored.
 */
export function duplicatesIn(error: unknown, total: number): ReadonlySet<number> | undefined {
  if (!isBulkFailure(error)) return undefined
  const { writeErrors, insertedCount, matchedCount, upsertedCount } = error
  const done = insertedCount + matchedCount + upsertedCount
  const failed: readonly BulkWriteError[] = Array.isArray(writeErrors) ? writeErrors : [writeErrors as BulkWriteError]
  const isWhole = failed.length > 0 && done + failed.length === total
  return isWhole && failed.every(({ code }) => code === 11000) ? new Set(failed.map(({ index }) => index)) : undefined
}

const isBulkFailure = (error: unknown): error is BulkFailure =>
  typeof error === 'object' && error !== null && 'writeErrors' in error && 'insertedCount' in error

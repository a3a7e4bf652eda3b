/** True for MongoDB's E11000: a unique key is taken. */
export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000

type WriteError = { readonly index: number; readonly code: number }

/** The documents of an unordered insert that could not be written, and why. Undefined when it failed as a whole. */
export function writeErrorsOf(error: unknown): readonly WriteError[] | undefined {
  if (typeof error !== 'object' || error === null || !('writeErrors' in error)) return undefined
  const { writeErrors } = error
  const list = Array.isArray(writeErrors) ? writeErrors : [writeErrors]
  return list.map((one: WriteError) => ({ index: one.index, code: one.code }))
}

/** True when an unordered insert failed for nothing else than keys that were there already. */
export const isOnlyDuplicates = (error: unknown): boolean =>
  isDuplicate(error) && (writeErrorsOf(error)?.every(({ code }) => code === 11000) ?? true)

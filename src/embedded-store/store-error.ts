/** A failure in MongoDB's own vocabulary: `code` and `codeName` are the server's, `details` go into the reply. */
export class StoreError extends Error {
  readonly code: number
  readonly codeName: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: number, codeName: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.codeName = codeName
    this.details = details
  }
}

/** Anything that was thrown, as an error to reply with. */
export const asStoreError = (error: unknown): StoreError =>
  error instanceof StoreError ? error : new StoreError(8, 'UnknownError', String(error))

/** A value that MongoDB itself would refuse. */
export const badValue = (message: string) => new StoreError(2, 'BadValue', message)

/** A request that MongoDB itself could not parse. */
export const failedToParse = (message: string) => new StoreError(9, 'FailedToParse', message)

/** Something that MongoDB can do and this store, on purpose, cannot. */
export const refused = (what: string) =>
  new StoreError(
    115,
    'CommandNotSupported',
    `${what} is not supported by the embedded store; set MONGODB_URI to use a MongoDB server`,
  )

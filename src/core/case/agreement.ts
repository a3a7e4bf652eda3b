import { type CaseFile, mayWait, type Waiting } from './state.ts'

/** A case with what its customer may have agreed to, or been asked. */
export type Agreeing = CaseFile & Pick<Waiting, 'agreedUntil' | 'askedAt'>

/** The date the customer agreed to wait for, while it lies ahead. */
export const agreedAhead = (state: Agreeing, at: Date): Date | undefined =>
  mayWait(state) && state.agreedUntil !== undefined && state.agreedUntil > at ? state.agreedUntil : undefined

/** Our own target before a time that was promised to the minute. */
export const nineTenths = (at: Date, promised: Date): Date =>
  new Date(at.getTime() + Math.ceil(0.9 * (promised.getTime() - at.getTime())))

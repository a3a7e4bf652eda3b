import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { ContactMethod, StaffMember } from './staff.ts'

/** Somebody confirmed with a code, which was sent there, that this address is theirs. */
export type VerifiedContact = {
  readonly id: string
  readonly person: string
  readonly channel: string
  readonly address: string
  readonly at: Date
}

/** The staff list with what was confirmed since it was written. An address that moved to somebody else counts for nobody new. */
export function withVerified(
  staff: ReadonlyMap<string, StaffMember>,
  contacts: readonly VerifiedContact[],
): ReadonlyMap<string, StaffMember> {
  if (contacts.length === 0) return staff
  const confirmed = new Set(contacts.map(({ person, channel, address }) => `${person} ${channel} ${address}`))
  const isConfirmed = (person: string, { address: { channel, id } }: ContactMethod) =>
    confirmed.has(`${person} ${channel} ${id}`)
  return new Map(
    [...staff].map(([id, member]) => {
      const methods = member.methods.map((one) => (isConfirmed(id, one) ? { ...one, verified: true } : one))
      return [id, { ...member, methods }]
    }),
  )
}

/** A code that was sent to an address, as it is kept: never the code itself. */
export type SentCode = {
  readonly person: string
  readonly hash: string
  readonly sentAt: Date
  readonly until: Date
  readonly attempts: number
  /** It was typed in time: typed again, because the answer was lost, it is right still and changes nothing. */
  readonly usedAt?: Date
}

/** Where codes wait to be typed; one for each person and address. */
export interface CodeStore {
  put(key: string, code: SentCode): Promise<void>
  /** The code, with this attempt counted. */
  attempt(key: string): Promise<SentCode | undefined>
  find(key: string): Promise<SentCode | undefined>
  used(key: string, at: Date): Promise<void>
}

export const codeValidMs = 10 * 60_000
/** Five guesses at a million. */
const mostAttempts = 5
/** Pressing twice sends one code. */
export const codeQuietMs = 60_000

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')
export const codeHash = (key: string, code: string): string =>
  createHash('sha256')
    .update(`${key} ${code.replace(/\D/g, '')}`)
    .digest('hex')

export function isRightCode(key: string, typed: string, code: SentCode | undefined, now: Date): boolean {
  if (code === undefined || now > code.until || code.attempts > mostAttempts) return false
  return timingSafeEqual(Buffer.from(codeHash(key, typed)), Buffer.from(code.hash))
}

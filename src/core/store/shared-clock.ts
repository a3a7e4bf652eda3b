import type { Connection } from 'mongoose'
import type { Clock } from '../ports.ts'

export type SharedClock = Clock & { stop(): void }

/** Smaller differences are the network's and the processor's, not the clocks'. */
const noticeableMs = 250
const everyMs = 2_000

/**
 * The database's clock: leases and times of several processes are compared with each other, so a machine whose clock is
 * half a minute off would take what others hold, and send it twice. Where the database does not say, it is our own.
 */
export async function sharedClock({ db }: Connection): Promise<SharedClock> {
  let offsetMs = 0
  const measure = async () => {
    const asked = Date.now()
    const { localTime } = (await db?.command({ hello: 1 })) ?? {}
    // A slow answer says little about when it was given.
    if (!(localTime instanceof Date) || Date.now() - asked > noticeableMs) return
    const difference = localTime.getTime() - (asked + Date.now()) / 2
    offsetMs = Math.abs(difference) < noticeableMs ? 0 : difference
  }
  await measure()
  // While the database cannot be asked, what is known stands.
  const timer = setInterval(() => void measure().catch(() => {}), everyMs)
  timer.unref()
  return { now: () => new Date(Date.now() + offsetMs), stop: () => clearInterval(timer) }
}

import { randomUUID } from 'node:crypto'
import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Db } from 'mongodb'

/** What the passing of time makes us look at. Each job only looks; a late, early or doubled look is harmless. */
export type Job = { readonly name: string; readonly everySeconds: number; readonly look: () => Promise<void> }

export type Schedule = {
  start(): Promise<void>
  /** Takes no new job and waits for those under way: `stop` would leave them locked until their locks expire. */
  drain(timeoutMs: number): Promise<void>
  /** Frees what this worker still has locked, so that another goes on at once; after `drain`. */
  release(): Promise<void>
}

/** A job whose worker was killed is free again after so long; one that goes on longer renews its lock. */
const lockLifetimeMs = 3_000
const renewEveryMs = 1_000
const collection = 'agenda_jobs'

/** The only file that knows Agenda: several workers on one database look in turn, each job by one of them at a time. */
export function createSchedule(db: Db, jobs: readonly Job[], onFault: (error: Error, job: string) => void): Schedule {
  const me = randomUUID()
  const agenda = new Agenda({
    name: me,
    backend: new MongoBackend({ mongo: db, collection } as never),
    processEvery: 500,
    defaultLockLifetime: lockLifetimeMs,
    defaultConcurrency: 1,
    removeOnComplete: true,
  })
  agenda.on('error', (error: Error) => onFault(error, 'agenda'))
  agenda.on('fail', (error: Error | string, job: { attrs?: { name?: string } }) =>
    onFault(error instanceof Error ? error : new Error(error), job.attrs?.name ?? 'unknown'),
  )
  for (const { name, look } of jobs) agenda.define(name, (job: Lock) => whileLocked(job, look))
  const names = jobs.map(({ name }) => name)
  return {
    start: async () => {
      await agenda.start()
      for (const { name, everySeconds } of jobs) await agenda.every(`${everySeconds} seconds`, name)
    },
    drain: async (timeoutMs) => {
      await agenda.drain({ timeout: timeoutMs, closeConnection: false })
    },
    // Agenda's own drain leaves the jobs locked that it had taken for the next half second.
    release: async () => {
      await db
        .collection(collection)
        .updateMany({ name: { $in: names }, lastModifiedBy: me }, { $unset: { lockedAt: true } })
    },
  }
}

type Lock = { touch(): Promise<unknown> }

async function whileLocked(lock: Lock, look: () => Promise<void>): Promise<void> {
  const renewing = setInterval(() => void lock.touch().catch(() => {}), renewEveryMs)
  try {
    await look()
  } finally {
    clearInterval(renewing)
  }
}

import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Db } from 'mongodb'

/** What the passing of time makes us look at. Each job only looks; a late, early or doubled look is harmless. */
export type Job = { readonly name: string; readonly everySeconds: number; readonly look: () => Promise<void> }

export type Schedule = {
  start(): Promise<void>
  /** Takes no new job and waits for those under way: `stop` would leave them locked until their locks expire. */
  drain(timeoutMs: number): Promise<void>
}

/** A job whose worker died is free again after so long. */
const lockLifetimeMs = 10_000

/** The only file that knows Agenda: several workers on one database look in turn, each job by one of them at a time. */
export function createSchedule(db: Db, jobs: readonly Job[], onFault: (error: Error, job: string) => void): Schedule {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'agenda_jobs' } as never),
    processEvery: 500,
    defaultLockLifetime: lockLifetimeMs,
    defaultConcurrency: 1,
    removeOnComplete: true,
  })
  agenda.on('error', (error: Error) => onFault(error, 'agenda'))
  agenda.on('fail', (error: Error | string, job: { attrs?: { name?: string } }) =>
    onFault(error instanceof Error ? error : new Error(error), job.attrs?.name ?? 'unknown'),
  )
  for (const { name, look } of jobs) agenda.define(name, look)
  return {
    start: async () => {
      await agenda.start()
      for (const { name, everySeconds } of jobs) await agenda.every(`${everySeconds} seconds`, name)
    },
    drain: async (timeoutMs) => {
      await agenda.drain({ timeout: timeoutMs, closeConnection: false })
    },
  }
}

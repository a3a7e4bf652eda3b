import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

let store: StoreUnderTest

beforeAll(async () => {
  store = await openStoreUnderTest('agenda')
})
afterAll(() => store.close())

async function runOnce(collection: string, { instances, jobs }: { instances: number; jobs: number }) {
  const runs = new Map<number, number>()
  let finished = 0
  const agendas = await Promise.all(
    Array.from({ length: instances }, async (_, number) => {
      const db = (await store.connect()).db(store.db.databaseName)
      const agenda = new Agenda({
        backend: new MongoBackend({ mongo: db as never, collection }),
        name: `instance-${number}`,
        processEvery: 200,
        maxConcurrency: 50,
        defaultConcurrency: 25,
        defaultLockLimit: 25,
        removeOnComplete: true,
      } as never)
      agenda.define('wake', async (job: { attrs: { data: unknown } }) => {
        const { number } = job.attrs.data as { number: number }
        runs.set(number, (runs.get(number) ?? 0) + 1)
        finished++
      })
      agenda.on('error', () => {})
      await agenda.start()
      return agenda
    }),
  )
  const [first] = agendas
  for (let from = 0; from < jobs; from += 50)
    await Promise.all(Array.from({ length: 50 }, (_, i) => first?.now('wake', { number: from + i })))
  const giveUpAt = Date.now() + 90_000
  while (finished < jobs && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 50))
  await new Promise((resolve) => setTimeout(resolve, 200))
  await Promise.all(agendas.map((agenda) => agenda.stop()))
  return runs
}

describe('agenda', () => {
  it.each([
    { instances: 3, jobs: 1000 },
    { instances: 2, jobs: 200 },
  ])(
    'with $instances instances runs $jobs jobs each exactly once',
    async ({ instances, jobs }) => {
      const runs = await runOnce(`jobs_${instances}`, { instances, jobs })
      expect(runs.size).toBe(jobs)
      expect([...runs.values()].every((count) => count === 1)).toBe(true)
      expect(await store.db.collection(`jobs_${instances}`).countDocuments()).toBe(0)
    },
    120_000,
  )
})

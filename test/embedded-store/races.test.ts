import type { Collection, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

vi.setConfig({ testTimeout: 60_000 })

let store: StoreUnderTest
let clients: MongoClient[]

beforeAll(async () => {
  store = await openStoreUnderTest('races')
  clients = [store.client, await store.connect(), await store.connect()]
})
afterAll(() => store.close())

interface Racer {
  _id: string | number
  number?: number
  key?: number
  hits?: number
  last?: number
  state?: string
  dueAt?: Date
  who?: number
  version?: number
  group?: number
}

const on = (name: string): Collection<Racer>[] =>
  clients.map((client) => client.db(store.db.databaseName).collection<Racer>(name))
const isDuplicate = (error: { code?: number }) => {
  if (error.code !== 11000) throw error
  return false
}

describe('with three clients', () => {
  it('a unique key is inserted exactly once', async () => {
    const collections = on('unique')
    await collections[0]?.createIndex({ number: 1 }, { unique: true })
    for (let number = 0; number < 100; number++) {
      const outcomes = await Promise.all(
        collections.map((collection, who) =>
          collection.insertOne({ _id: `${number}-${who}`, number }).then(() => true, isDuplicate),
        ),
      )
      expect(outcomes.filter(Boolean)).toHaveLength(1)
    }
    expect(await collections[0]?.countDocuments()).toBe(100)
  })

  it('an upsert creates exactly one document', async () => {
    const collections = on('upserts')
    await collections[0]?.createIndex({ key: 1 }, { unique: true })
    for (let key = 0; key < 100; key++) {
      const results = await Promise.all(
        collections.map((each) => each.updateOne({ key }, { $inc: { hits: 1 } }, { upsert: true })),
      )
      expect(results.filter((result) => result.upsertedCount === 1)).toHaveLength(1)
    }
    expect(await collections[0]?.countDocuments({ hits: 3 })).toBe(100)
  })

  it('a sequence gives out every number exactly once', async () => {
    const take = async (collection: Collection<Racer>) => {
      const taken: number[] = []
      for (let i = 0; i < 100; i++) {
        const next = await collection.findOneAndUpdate(
          { _id: 'case' },
          { $inc: { last: 1 } },
          { upsert: true, returnDocument: 'after' },
        )
        taken.push(Number(next?.last))
      }
      return taken
    }
    const taken = (await Promise.all(on('sequences').map(take))).flat()
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
  })

  it('a job is claimed exactly once, in order of its due time', async () => {
    const collections = on('jobs')
    await collections[0]?.createIndex({ state: 1, dueAt: 1 })
    await collections[0]?.insertMany(
      Array.from({ length: 150 }, (_, i) => ({ _id: i, state: 'waiting', dueAt: new Date(i) })),
    )
    const claimAll = async (collection: Collection<Racer>, who: number) => {
      const claimed: number[] = []
      for (;;) {
        const job = await collection.findOneAndUpdate(
          { state: 'waiting' },
          { $set: { state: 'claimed', who } },
          { sort: { dueAt: 1 } },
        )
        if (!job) return claimed
        claimed.push(Number(job._id))
      }
    }
    const claimed = await Promise.all(collections.map(claimAll))
    for (const own of claimed) expect(own).toEqual([...own].sort((a, b) => a - b))
    expect(claimed.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, i) => i))
  })

  it('of conflicting updates by version one wins', async () => {
    const collections = on('versions')
    await collections[0]?.insertOne({ _id: 'case', version: 0 })
    for (let version = 0; version < 100; version++) {
      const results = await Promise.all(
        collections.map((each, who) =>
          each.updateOne({ _id: 'case', version }, { $inc: { version: 1 }, $set: { who } }),
        ),
      )
      expect(results.filter((result) => result.modifiedCount === 1)).toHaveLength(1)
    }
  })

  it('what one client was told is stored, the others read', async () => {
    const [writer, ...readers] = on('visible')
    for (let i = 0; i < 100; i++) {
      await writer?.insertOne({ _id: i })
      const seen = await Promise.all(readers.map((reader) => reader.findOne({ _id: i })))
      expect(seen.every((document) => document?._id === i)).toBe(true)
    }
  })

  it('a cursor goes on while documents come and go, and shows none twice', async () => {
    const [reader, writer] = on('moving') as [Collection<Racer>, Collection<Racer>]
    await reader.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i, group: i % 2 })))
    const seen: number[] = []
    let next = 1000
    for await (const document of reader.find({ group: 0 }).batchSize(20)) {
      seen.push(Number(document._id))
      if (seen.length % 20 === 0) {
        await writer.deleteOne({ _id: Number(document._id) + 2 })
        await writer.insertOne({ _id: next++, group: 1 })
      }
    }
    expect(new Set(seen).size).toBe(seen.length)
    const remaining = (await reader.find({ group: 0 }).toArray()).map((document) => document._id as number)
    expect(remaining.filter((id) => !seen.includes(id))).toEqual([])
  })
})

import { MongoBackend } from '@agendajs/mongo-backend'
import { ObjectId } from 'bson'
import type { Collection, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'
import { isServedByIndex, stagesOf } from './winning-plan.ts'

let store: StoreUnderTest
let jobs: Collection<Document>

beforeAll(async () => {
  store = await openStoreUnderTest('indexed')
  const backend = new MongoBackend({ mongo: store.db as never, collection: 'jobs' })
  await backend.connect()
  jobs = store.db.collection('jobs')
  await jobs.insertMany(
    Array.from({ length: 200 }, (_, i) => ({
      name: i % 2 ? 'wake' : 'purge',
      nextRunAt: i % 5 ? new Date(1000 * i) : null,
      priority: i % 3,
      lockedAt: i % 7 ? null : new Date(i),
      disabled: null,
    })),
  )
})
afterAll(() => store.close())

const now = new Date(100_000)
const agendaSort = { nextRunAt: 1, priority: -1 } as const
const id = new ObjectId()

/** What Agenda's repository sends while it works, from its source; its overview and queue size are for people. */
const agendaQueries: readonly [string, Document, Document][] = [
  [
    'take the next job',
    {
      name: 'wake',
      disabled: { $ne: true },
      $or: [{ lockedAt: { $eq: null }, nextRunAt: { $lte: now } }, { lockedAt: { $lte: now } }],
    },
    agendaSort,
  ],
  ['lock a job', { _id: id, name: 'wake', lockedAt: null, nextRunAt: now, disabled: { $ne: true } }, agendaSort],
  ['load a job', { _id: id }, {}],
  ['save a state', { _id: id, name: 'wake' }, {}],
  ['save a single job', { name: 'wake', type: 'single' }, {}],
  ['save a unique job', { 'data.caseId': 'c1', name: 'wake' }, {}],
  ['unlock a job', { _id: id, nextRunAt: { $ne: null } }, {}],
  ['unlock jobs', { _id: { $in: [id, new ObjectId()] } }, {}],
  ['cancel jobs', { name: 'wake', 'data.caseId': 'c1' }, {}],
  ['cancel jobs of several names', { name: { $in: ['wake', 'purge'] } }, {}],
]

describe('every query that Agenda sends is served by an index:', () => {
  it.each(agendaQueries)('%s', async (_name, filter, sort) => {
    const explained = await jobs.find(filter).sort(sort).explain('queryPlanner')
    expect(isServedByIndex(explained, { maySort: '_id' in filter }), stagesOf(explained).join(' ← ')).toBe(true)
  })

  it('the next job is found in order, without sorting', async () => {
    const filter = agendaQueries[0]?.[1] as Document
    const explained = await jobs.find(filter).sort(agendaSort).explain('queryPlanner')
    expect(stagesOf(explained)).toContain('IXSCAN findAndLockNextJobIndex')
    expect(stagesOf(explained)).not.toContain('SORT')
  })
})

describe('plans', () => {
  it('are reported in the shape of MongoDB', async () => {
    const cases = store.db.collection('cases')
    await cases.createIndex({ status: 1, dueAt: 1 })
    await cases.createIndex({ 'log.by': 1 })
    await cases.createIndex({ closedAt: 1 }, { partialFilterExpression: { closedAt: { $exists: true } } })
    await cases.createIndex({ phone: 1 }, { sparse: true })
    await cases.insertMany(
      Array.from({ length: 50 }, (_, i) => ({
        status: `s${i % 4}`,
        dueAt: new Date(i),
        log: [{ by: 'a' }, { by: 'b' }],
        text: 'x',
      })),
    )
    const stages = async (filter: Document, sort: Document = {}) =>
      stagesOf(
        await cases
          .find(filter)
          .sort(sort as never)
          .explain('queryPlanner'),
      )
    expect(await stages({ status: 's1' }, { dueAt: -1 })).toEqual(['FETCH', 'IXSCAN status_1_dueAt_1'])
    expect(await stages({ status: 's1', dueAt: { $lte: new Date(9) } })).toEqual(['FETCH', 'IXSCAN status_1_dueAt_1'])
    expect(await stages({ 'log.by': 'a' })).toEqual(['FETCH', 'IXSCAN log.by_1'])
    expect(await stages({ text: 'x' })).toEqual(['COLLSCAN'])
    expect(await stages({ text: 'x' }, { text: 1 })).toEqual(['SORT', 'COLLSCAN'])
    expect(await stages({ closedAt: { $lte: new Date() } })).toEqual(['FETCH', 'IXSCAN closedAt_1'])
    expect(await stages({ closedAt: null })).toEqual(['COLLSCAN'])
    expect(await stages({ phone: '1' })).toEqual(['FETCH', 'IXSCAN phone_1'])
    expect(await stages({ phone: null })).toEqual(['COLLSCAN'])
    expect(
      isServedByIndex(
        await cases
          .find({ status: { $in: ['s1', 's2'] } })
          .sort({ dueAt: 1 })
          .explain('queryPlanner'),
      ),
    ).toBe(true)
  })
})

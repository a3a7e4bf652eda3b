import { randomUUID } from 'node:crypto'
import mongoose, { Schema } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

let store: StoreUnderTest
let connection: mongoose.Connection

beforeAll(async () => {
  store = await openStoreUnderTest('mongoose')
  connection = await mongoose.createConnection(store.uri, { dbName: store.db.databaseName }).asPromise()
})
afterAll(async () => {
  await connection.close()
  await store.close()
})

const guardSchema = new Schema(
  {
    name: { type: String, required: true, unique: true },
    rank: { type: String, default: 'officer' },
    badges: Schema.Types.Map,
    photo: Buffer,
    token: Schema.Types.UUID,
    hiredAt: Date,
    points: { type: Schema.Types.BigInt },
    rating: { type: Schema.Types.Double },
    shifts: { type: Schema.Types.Int32 },
    sites: [{ name: String, nights: Number }],
  },
  { timestamps: true, optimisticConcurrency: true },
)

/** The types in which a guard's numbers are stored. */
async function numberTypes() {
  const guard = await store.db.collection('guards').findOne({ name: 'Ama' }, { promoteValues: false })
  return [guard?.points, guard?.rating, guard?.shifts].map((number) => number._bsontype)
}

describe('mongoose', () => {
  it('creates indexes, keeps defaults and gives back every type as it was', async () => {
    const Guard = connection.model('Guard', guardSchema)
    await Guard.init()
    const token = randomUUID()
    const hiredAt = new Date('2024-02-29T22:15:00Z')
    await Guard.create({
      name: 'Ama',
      badges: new Map([['first-aid', { year: 2020 }]]),
      photo: Buffer.from([0, 1, 255]),
      token,
      hiredAt,
      points: 9007199254740993n,
      rating: 4,
      shifts: 12,
      sites: [{ name: 'North Gate', nights: 3 }],
    })
    const found = await Guard.findOne({ name: 'Ama' }).orFail()
    expect(found.rank).toBe('officer')
    expect(found.badges?.get('first-aid')).toEqual({ year: 2020 })
    expect(Buffer.from(found.photo as Buffer)).toEqual(Buffer.from([0, 1, 255]))
    expect(String(found.token)).toBe(token)
    expect(found.hiredAt).toEqual(hiredAt)
    expect(found.points).toBe(9007199254740993n)
    expect(found.rating?.valueOf()).toBe(4)
    expect(found.shifts).toBe(12)
    expect(await numberTypes()).toEqual(['Long', 'Double', 'Int32'])
  })

  it('keeps number types through an update of another field', async () => {
    const Guard = connection.model('Guard')
    await Guard.updateOne({ name: 'Ama' }, { $set: { rank: 'sergeant' } })
    expect(await numberTypes()).toEqual(['Long', 'Double', 'Int32'])
  })

  it('refuses a save that lost a race by its version', async () => {
    const Guard = connection.model('Guard')
    const [mine, yours] = [await Guard.findOne({ name: 'Ama' }).orFail(), await Guard.findOne({ name: 'Ama' }).orFail()]
    yours.set('rank', 'lieutenant')
    await yours.save()
    mine.set('rank', 'captain')
    await expect(mine.save()).rejects.toThrow(mongoose.Error.VersionError)
  })

  it('reports a duplicate with the key that clashed', async () => {
    const Guard = connection.model('Guard')
    const error = await Guard.create({ name: 'Ama' }).then(
      () => undefined,
      (reason) => reason,
    )
    expect(error).toMatchObject({ code: 11000, keyPattern: { name: 1 }, keyValue: { name: 'Ama' } })
  })

  it('inserts the good ones of an unordered batch and names the bad one', async () => {
    const Guard = connection.model('Guard')
    const error = await Guard.insertMany([{ name: 'Bo' }, { name: 'Ama' }, { name: 'Cy' }], { ordered: false }).then(
      () => undefined,
      (reason) => reason,
    )
    expect(error).toMatchObject({ code: 11000 })
    expect(error.writeErrors).toHaveLength(1)
    expect(await Guard.countDocuments()).toBe(3)
  })

  it('runs a bulkWrite of every kind', async () => {
    const Guard = connection.model('Guard')
    const result = await Guard.bulkWrite([
      { insertOne: { document: { name: 'Di' } } },
      { updateOne: { filter: { name: 'Bo' }, update: { $inc: { shifts: 2 } } } },
      { updateMany: { filter: { rank: 'officer' }, update: { $set: { rank: 'guard' } } } },
      { updateOne: { filter: { name: 'Cy' }, update: { $set: { name: 'Cyd' } } } },
      { updateOne: { filter: { name: 'Ed' }, update: { $set: { rank: 'new' } }, upsert: true } },
      { deleteOne: { filter: { name: 'Di' } } },
    ])
    expect(result).toMatchObject({ insertedCount: 1, deletedCount: 1, upsertedCount: 1 })
    expect((await Guard.find().sort({ name: 1 })).map((guard) => guard.get('name'))).toEqual(['Ama', 'Bo', 'Cyd', 'Ed'])
  })

  it('changes nested arrays through the document and through paths', async () => {
    const Guard = connection.model('Guard')
    const guard = await Guard.findOne({ name: 'Ama' }).orFail()
    guard.get('sites').push({ name: 'South Gate', nights: 1 })
    await guard.save()
    guard.set('sites.0.nights', 9)
    await guard.save()
    await Guard.updateOne({ name: 'Ama', 'sites.name': 'South Gate' }, { $inc: { 'sites.1.nights': 4 } })
    const changed = await Guard.findOne({ name: 'Ama' }).orFail()
    expect(changed.get('sites').map((site: { nights: number }) => site.nights)).toEqual([9, 5])
  })

  it('synchronises indexes', async () => {
    const schema = new Schema({ a: Number, b: String })
    schema.index({ a: 1, b: -1 })
    const First = connection.model('First', schema, 'synced')
    await First.init()
    const second = new Schema({ a: Number, b: String })
    second.index({ b: 1 }, { sparse: true })
    const Second = connection.model('Second', second, 'synced')
    expect(await Second.syncIndexes()).toEqual(['a_1_b_-1'])
    expect((await store.db.collection('synced').indexes()).map((index) => index.name)).toEqual(['_id_', 'b_1'])
  })

  it('streams through a cursor', async () => {
    await store.db.collection('streamed').insertMany(Array.from({ length: 350 }, (_, i) => ({ _id: i as never })))
    const Streamed = connection.model('Streamed', new Schema({ _id: Number }), 'streamed')
    let sum = 0
    for await (const each of Streamed.find().cursor({ batchSize: 50 })) sum += each._id ?? 0
    expect(sum).toBe((349 * 350) / 2)
  })
})

import type { Collection, Db, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

vi.setConfig({ testTimeout: 60_000 })

/** What MongoDB can do and the embedded store does not, on purpose: refused by name, with the way out. */
let store: StoreUnderTest
let db: Db
let cases: Collection<Document>

beforeAll(async () => {
  store = await openStoreUnderTest('refusals')
  db = store.db
  cases = db.collection('cases')
  await cases.insertOne({ number: 1, list: [1] })
})
afterAll(() => store.close())

type Refusal = readonly [name: string, attempt: () => Promise<unknown>]

const operators = ['$regex', '$not', '$elemMatch', '$all', '$size', '$type']
const modifiers = ['$mul', '$rename', '$currentDate', '$pop', '$pullAll']

const refusals: readonly Refusal[] = [
  ['$where', () => cases.find({ $where: 'true' }).toArray()],
  ['$expr', () => cases.find({ $expr: { $eq: ['$a', '$b'] } }).toArray()],
  ['$text', () => cases.find({ $text: { $search: 'x' } }).toArray()],
  ['$jsonSchema', () => cases.find({ $jsonSchema: {} }).toArray()],
  ['$near', () => cases.find({ at: { $near: [0, 0] } }).toArray()],
  ['BSONRegExp', () => cases.find({ list: /^x/ }).toArray()],
  ['BSONRegExp', () => cases.find({ list: { $in: [/^x/] } }).toArray()],
  ...operators.map((operator): Refusal => [operator, () => cases.find({ list: { [operator]: [] } }).toArray()]),
  ['$nor', () => cases.find({ $nor: [{ list: 1 }] }).toArray()],
  ['$mod', () => cases.find({ number: { $mod: [2, 0] } }).toArray()],
  ['$bitsAllSet', () => cases.find({ number: { $bitsAllSet: 1 } }).toArray()],
  ['collation', () => cases.find({}, { collation: { locale: 'en' } }).toArray()],
  ['hint', () => cases.find({}, { hint: { _id: 1 } }).toArray()],
  ['tailable', () => cases.find({}, { tailable: true }).toArray()],
  ['showRecordId', () => cases.find({}, { showRecordId: true }).toArray()],
  ['let', () => cases.find({}, { let: { a: 1 } }).toArray()],
  ['projection', () => cases.find({}, { projection: { twice: { $add: ['$number', '$number'] } } }).toArray()],
  ['projection', () => cases.find({ list: 1 }, { projection: { 'list.$': 1 } }).toArray()],
  ['projection', () => cases.find({}, { projection: { list: { $slice: 1 } } }).toArray()],
  ['part of a field', () => cases.find({}, { projection: { 'site.name': 1 } }).toArray()],
  ['maxTimeMS', () => cases.find({}).maxTimeMS(1000).toArray()],
  ['array position', () => cases.find().sort({ 'list.0': 1 }).toArray()],
  [
    '$lookup',
    () => cases.aggregate([{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } }]).toArray(),
  ],
  ['$facet', () => cases.aggregate([{ $facet: { all: [] } }]).toArray()],
  ['$unwind', () => cases.aggregate([{ $unwind: '$list' }]).toArray()],
  ['$out', () => cases.aggregate([{ $out: 'copy' }]).toArray()],
  ['$merge', () => cases.aggregate([{ $merge: 'copy' }]).toArray()],
  ['$group', () => cases.aggregate([{ $group: { _id: '$number', all: { $push: '$list' } } }]).toArray()],
  ['$changeStream', () => cases.watch().next()],
  ['aggregation pipeline', () => cases.updateOne({}, [{ $set: { a: 1 } }])],
  ['replacement', () => cases.replaceOne({}, { a: 1 })],
  ['$[]', () => cases.updateOne({}, { $set: { 'list.$[]': 1 } })],
  ["position '$'", () => cases.updateOne({ list: 1 }, { $set: { 'list.$': 1 } })],
  ['arrayFilters', () => cases.updateOne({}, { $set: { a: 1 } }, { arrayFilters: [{ one: 1 }] })],
  ...modifiers.map((name): Refusal => [name, () => cases.updateOne({}, { [name]: { number: 1 } } as never)]),
  ['$position', () => cases.updateOne({}, { $push: { list: { $each: [1], $position: 0 } } } as never)],
  ['$sort', () => cases.updateOne({}, { $push: { list: { $each: [1], $sort: 1 } } } as never)],
  ['remove', () => cases.findOneAndDelete({ number: 1 })],
  ['fields', () => cases.findOneAndUpdate({}, { $set: { a: 1 } }, { projection: { a: 1 } })],
  ['skip', () => cases.find({}).skip(1).toArray()],
  ['exclusion', () => cases.find({}, { projection: { list: 0 } }).toArray()],
  ['only excludes', () => cases.find({}, { projection: { _id: 0 } }).toArray()],
  ['$sort', () => cases.aggregate([{ $match: {} }, { $sort: { number: 1 } }]).toArray()],
  ['$skip', () => cases.countDocuments({}, { skip: 1 })],
  ['distinct', () => cases.distinct('number')],
  ['drop', () => cases.drop()],
  ['dropDatabase', () => db.dropDatabase()],
  ['listCollections', () => db.listCollections().toArray()],
  ['serverStatus', () => db.command({ serverStatus: 1 })],
  ['$bit', () => cases.updateOne({}, { $bit: { number: { or: 1 } } } as never)],
  ['collation', () => cases.updateOne({}, { $set: { a: 1 } }, { collation: { locale: 'en' } })],
  ['collation', () => cases.createIndex({ name: 1 }, { collation: { locale: 'en' } })],
  ['hidden', () => cases.createIndex({ name: 1 }, { hidden: true })],
  ['direction', () => cases.createIndex({ name: 'text' })],
  ['direction', () => cases.createIndex({ name: '2dsphere' })],
  ['direction', () => cases.createIndex({ name: 'hashed' })],
  ['capped', () => db.createCollection('capped', { capped: true, size: 1000 })],
  ['timeseries', () => db.createCollection('series', { timeseries: { timeField: 'at' } })],
  ['viewOn', () => db.createCollection('view', { viewOn: 'cases', pipeline: [] })],
  ['validator', () => db.createCollection('checked', { validator: { a: 1 } })],
  ['mapReduce', () => db.command({ mapReduce: 'cases' })],
  ['renameCollection', () => db.command({ renameCollection: 'a.b', to: 'a.c' })],
  ['collMod', () => db.command({ collMod: 'cases' })],
  ['eval', () => db.command({ eval: 'true' })],
  ['readConcern', () => cases.find({}, { readConcern: { level: 'snapshot' } }).toArray()],
  ['writeConcern', () => cases.insertOne({}, { writeConcern: { w: 3 } })],
]

describe.skipIf(process.env.MONGODB_URI)('the embedded store refuses, by name and naming MONGODB_URI,', () => {
  it.each(refusals)('%s', async (name, attempt) => {
    const error = await attempt().then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).toContain(name)
    expect(error?.message).toContain('set MONGODB_URI to use a MongoDB server')
  })

  it('two paths into one array in one index, while each alone is indexed', async () => {
    const lists = db.collection('lists')
    await lists.createIndex({ 'list.a': 1, 'list.b': 1 })
    await expect(lists.insertOne({ list: [{ a: 1, b: 2 }] })).rejects.toThrow(/two paths into arrays.*MONGODB_URI/)
    await lists.insertOne({ list: { a: 1, b: 2 } })
    expect(await lists.countDocuments({ 'list.a': 1 })).toBe(1)
  })

  it('a transaction, and accepts a session without one', async () => {
    const session = store.client.startSession()
    await cases.insertOne({ number: 2 }, { session })
    session.startTransaction()
    await expect(cases.insertOne({ number: 3 }, { session })).rejects.toThrow('MONGODB_URI')
    await session.abortTransaction().catch(() => {})
    await session.endSession()
    expect(await cases.countDocuments({ number: 3 })).toBe(0)
  })

  it('a message with bad syntax as MongoDB does, without pointing elsewhere', async () => {
    await expect(cases.find({ $or: [] }).toArray()).rejects.toThrow('nonempty array')
    await expect(cases.updateOne({}, { $push: { list: { $each: 1 } } } as never)).rejects.toThrow('$each')
    await expect(cases.find({ number: { $in: 5 } } as never).toArray()).rejects.toMatchObject({ code: 2 })
  })
})

describe('cursors', () => {
  it('are read in batches, killed, and then unknown', async () => {
    const many = db.collection('many')
    await many.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i as never })))
    const first = await db.command({ find: 'many', batchSize: 10 })
    expect(first.cursor.firstBatch).toHaveLength(10)
    const more = await db.command({ getMore: first.cursor.id, collection: 'many', batchSize: 20 })
    expect(more.cursor.nextBatch).toHaveLength(20)
    expect(await db.command({ killCursors: 'many', cursors: [first.cursor.id] })).toMatchObject({
      cursorsKilled: [first.cursor.id],
    })
    await expect(db.command({ getMore: first.cursor.id, collection: 'many' })).rejects.toMatchObject({ code: 43 })
    expect(await many.find().batchSize(7).toArray()).toHaveLength(300)
  })

  it('end when an index is dropped under them', async () => {
    const gone = db.collection('gone')
    await gone.createIndex({ n: 1 })
    await gone.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i as never, n: i })))
    const cursor = gone
      .find({ n: { $gte: 0 } })
      .sort({ n: 1 })
      .batchSize(10)
    await cursor.next()
    await gone.dropIndex('n_1')
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 })
  })
})

import { Double, Int32, Long } from 'bson'
import type { Collection, Document, UpdateFilter } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

let store: StoreUnderTest
let collection: Collection<Document>

beforeAll(async () => {
  store = await openStoreUnderTest('update_rules')
  collection = store.db.collection('documents')
})
afterAll(() => store.close())
beforeEach(() => collection.deleteMany({}).then(() => {}))

const withoutId = (document: Document | null) => {
  const { _id, ...rest } = document ?? {}
  return rest
}

type Row = readonly [before: Document, update: Document, after: Document]

const changes: readonly Row[] = [
  [{ a: 1 }, { $set: { b: 2, 'c.d': 3 } }, { a: 1, b: 2, c: { d: 3 } }],
  [{ a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
  [{ a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', 'x.y': '' } }, { b: { d: 2 } }],
  [{ a: [1, 2] }, { $set: { 'a.1': 9, 'a.3': 7 } }, { a: [1, 9, null, 7] }],
  [{ a: [1, { b: 2 }] }, { $set: { 'a.1.b': 3, 'a.2.c.d': 4 } }, { a: [1, { b: 3 }, { c: { d: 4 } }] }],
  [{ a: [1, 2, 3] }, { $unset: { 'a.1': '', 'a.7': '' } }, { a: [1, null, 3] }],
  [{ a: [1, { b: 2 }], c: 1 }, { $unset: { 'a.b': '', 'c.d': '' } }, { a: [1, { b: 2 }], c: 1 }],
  [{ n: 1 }, { $inc: { n: 2, m: -1 } }, { n: 3, m: -1 }],
  [{ n: 5, s: 'b' }, { $min: { n: 3, s: 'a', m: 1 } }, { n: 3, s: 'a', m: 1 }],
  [{ n: 5 }, { $min: { n: 9 } }, { n: 5 }],
  [{ n: 5 }, { $max: { n: 9, m: 1 } }, { n: 9, m: 1 }],
  [{ n: 5 }, { $max: { n: 'texts are above numbers' } }, { n: 'texts are above numbers' }],
  [{ a: 1 }, { $setOnInsert: { b: 2 } }, { a: 1 }],
  [{ a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: -3 } } }, { a: [2, 3, 4] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: 3 } } }, { a: [1, 2, 3] }],
  [{ a: [1] }, { $addToSet: { a: 1, b: 1 } }, { a: [1], b: [1] }],
  [{ a: [2, 2] }, { $addToSet: { a: { $each: [3, 2, 3, '3', { b: 1 }, { b: 1 }] } } }, { a: [2, 2, 3, '3', { b: 1 }] }],
  [{ a: 1 }, { $set: { 'b.c': 1, bc: 2, 'b!': 3, 'b.d': 4 } }, { a: 1, b: { c: 1, d: 4 }, bc: 2, 'b!': 3 }],
  [
    { a: [{ x: 1, y: 2 }] },
    {
      $addToSet: {
        a: {
          $each: [
            { x: 1, y: 2 },
            { y: 2, x: 1 },
          ],
        },
      },
    },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [{ a: [1, 2, 3, 1] }, { $pull: { a: 1 } }, { a: [2, 3] }],
  [{ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }],
  [
    {
      a: [
        { s: 1, t: 'x' },
        { s: 2, t: 'x' },
      ],
    },
    { $pull: { a: { s: 2 } } },
    { a: [{ s: 1, t: 'x' }] },
  ],
]

describe('updates', () => {
  it.each(changes.map(([before, update, after]) => [JSON.stringify([before, update]), before, update, after] as const))(
    '%s',
    async (_text, before, update, after) => {
      await collection.insertOne({ ...before })
      const result = await collection.updateOne({}, update as UpdateFilter<Document>)
      expect(withoutId(await collection.findOne())).toEqual(after)
      const isSame = JSON.stringify(before) === JSON.stringify(after)
      expect(result).toMatchObject({ matchedCount: 1, modifiedCount: isSame ? 0 : 1 })
    },
  )

  it('compute with the types of the numbers', async () => {
    await collection.insertOne({
      i: new Int32(2147483647),
      l: Long.fromString('9007199254740993'),
      d: new Double(1),
      e: new Int32(1),
    })
    await collection.updateOne({}, { $inc: { i: 1, l: Long.fromNumber(2), d: 1, e: new Double(0.5) } })
    const [found] = await collection.find({}, { promoteValues: false }).toArray()
    expect(found?.i).toEqual(Long.fromNumber(2147483648))
    expect(String(found?.l)).toBe('9007199254740995')
    expect(found?.d).toEqual(new Double(2))
    expect(found?.e).toEqual(new Double(1.5))
    await collection.updateOne({}, { $set: { l: Long.MAX_VALUE } })
    await expect(collection.updateOne({}, { $inc: { l: 1 } })).rejects.toThrow()
  })

  it('of many say how many matched and how many changed', async () => {
    await collection.insertMany([
      { g: 1, v: 1 },
      { g: 1, v: 2 },
      { g: 2, v: 1 },
    ])
    expect(await collection.updateMany({ g: 1 }, { $set: { v: 2 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    })
    expect(await collection.updateMany({ g: 9 }, { $set: { v: 2 } })).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
    })
    expect(await collection.deleteMany({ v: 2 })).toMatchObject({ deletedCount: 2 })
    expect(await collection.deleteOne({})).toMatchObject({ deletedCount: 1 })
  })
})

describe('upserts', () => {
  const seeds: readonly Row[] = [
    [{ a: 1, b: { $eq: 2 }, c: { $gt: 3 } }, { $set: { d: 4 } }, { a: 1, b: 2, d: 4 }],
    [{ 'a.b': 1, $and: [{ c: 2 }, { d: { $in: [3] } }] }, { $inc: { n: 1 } }, { a: { b: 1 }, c: 2, d: 3, n: 1 }],
    [{ a: 1 }, { $setOnInsert: { b: 2 }, $set: { c: 3 } }, { a: 1, b: 2, c: 3 }],
    [{ tags: ['x'], e: { $exists: true } }, { $push: { list: 1 } }, { tags: ['x'], list: [1] }],
    [{ $or: [{ a: 1 }, { a: 2 }] }, { $set: { b: 1 } }, { b: 1 }],
    [{ n: 5 }, { $inc: { n: 1 } }, { n: 6 }],
  ]
  it.each(seeds.map(([filter, update, after]) => [JSON.stringify(filter), filter, update, after] as const))(
    'start from %s',
    async (_text, filter, update, after) => {
      const result = await collection.updateOne(filter, update as UpdateFilter<Document>, { upsert: true })
      expect(result.upsertedCount).toBe(1)
      const found = await collection.findOne()
      expect(withoutId(found)).toEqual(after)
      expect(result.upsertedId).toEqual(found?._id)
    },
  )

  it('take the id from the filter', async () => {
    expect((await collection.updateOne({ _id: 'k' as never }, { $set: { a: 1 } }, { upsert: true })).upsertedId).toBe(
      'k',
    )
    const found = await collection.findOneAndUpdate({ _id: 'f' as never }, { $set: { a: 1 } }, { upsert: true })
    expect(found).toBeNull()
    expect(await collection.countDocuments()).toBe(2)
  })
})

describe('findAndModify', () => {
  it('gives the document before or after, first in the sort', async () => {
    await collection.insertMany([
      { n: 2, s: 'x' },
      { n: 1, s: 'x' },
      { n: 3, s: 'x' },
    ])
    const first = { sort: { n: 1 } } as const
    const change = { $inc: { n: 10 } }
    expect(withoutId(await collection.findOneAndUpdate({ s: 'x' }, change, first))).toEqual({ n: 1, s: 'x' })
    const after = await collection.findOneAndUpdate({ s: 'x' }, change, { ...first, returnDocument: 'after' })
    expect(withoutId(after)).toEqual({ n: 12, s: 'x' })
    expect(await collection.findOneAndUpdate({ n: 99 }, change)).toBeNull()
    expect((await collection.find().sort({ n: 1 }).toArray()).map(({ n }) => n)).toEqual([3, 11, 12])
  })
})

describe('MongoDB refuses, and so does the store,', () => {
  const refusals: readonly [Document, Document, number][] = [
    [{ n: 'text' }, { $inc: { n: 1 } }, 14],
    [{ n: null }, { $inc: { n: 1 } }, 14],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
    [{ a: null }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [{ b: 1 }] }, { $set: { 'a.b': 2 } }, 28],
    [{ a: 1 }, { $inc: { 'a.b.c': 2 } }, 28],
    [{ a: 1 }, { $push: { a: 1 } }, 2],
    [{ a: 1 }, { $pull: { a: 1 } }, 2],
    [{ a: 1 }, { $set: { _id: 'other' } }, 66],
    [{ a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    [{ a: 1 }, { $set: { a: 1, 'a.b': 1 } }, 40],
    [{ a: 1 }, { $set: { 'a.b.c': 1, ab: 1, 'a.bc': 1, 'a!': 1 }, $unset: { 'a.b': '' } }, 40],
    [{ a: 1 }, { $set: { 'a..b': 1 } }, 56],
    [{ a: 1 }, { $set: { [Array(201).fill('b').join('.')]: 1 } }, 15],
  ]
  it.each(refusals.map(([before, update, code]) => [JSON.stringify([before, update]), before, update, code] as const))(
    '%s',
    async (_text, before, update, code) => {
      await collection.insertOne({ _id: 'it' as never, ...before })
      await expect(collection.updateOne({}, update as UpdateFilter<Document>)).rejects.toMatchObject({ code })
      expect(withoutId(await collection.findOne())).toEqual(before)
    },
  )

  it('a second document with the same unique key, with the key in the error', async () => {
    const unique = store.db.collection<Document>('unique')
    await unique.createIndex({ site: 1, number: 1 }, { unique: true })
    await unique.createIndex({ phone: 1 }, { unique: true, sparse: true })
    await unique.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { email: { $gt: '' } } })
    await unique.insertOne({ site: 'n', number: 1, phone: '1', email: 'a@example.org' })
    await unique.insertMany([
      { site: 'n', number: 2 },
      { site: 'n', number: 3, email: null },
      { site: 'n', number: 4, email: null },
    ])
    const clash = (change: Promise<unknown>) =>
      change.then(
        () => undefined,
        (error) => error,
      )
    expect(await clash(unique.insertOne({ site: 'n', number: 1 }))).toMatchObject({
      code: 11000,
      keyPattern: { site: 1, number: 1 },
      keyValue: { site: 'n', number: 1 },
    })
    expect(await clash(unique.updateOne({ number: 2 }, { $set: { phone: '1' } }))).toMatchObject({
      keyValue: { phone: '1' },
    })
    expect(await clash(unique.insertOne({ site: 'm', number: 1, email: 'a@example.org' }))).toMatchObject({
      keyPattern: { email: 1 },
    })
    expect(await clash(unique.insertOne({ site: 'n' }))).toBeUndefined()
    expect(await clash(unique.insertOne({ site: 'n', number: null }))).toMatchObject({
      code: 11000,
      keyValue: { site: 'n', number: null },
    })
    expect(await unique.countDocuments()).toBe(5)
  })
})

import { Binary, Double, Int32, Long, ObjectId } from 'bson'
import type { Collection, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.ts'

/** What MongoDB's documentation says of queries; the names of the documents say what is in them. */
let store: StoreUnderTest

beforeAll(async () => {
  store = await openStoreUnderTest('query_rules')
})
afterAll(() => store.close())

type Named = Readonly<Record<string, Document>>

async function collectionOf(name: string, documents: Named): Promise<Collection> {
  const collection = store.db.collection(name)
  await collection.insertMany(Object.entries(documents).map(([_id, document]) => ({ ...document, _id: _id as never })))
  return collection
}

const idsOf = async (collection: Collection, filter: Document) =>
  (await collection.find(filter, { projection: { _id: 1 } }).toArray()).map((document) => String(document._id)).sort()

/** Checks a table of filters on a bare collection and again on one with indexes on everything. */
function table(
  name: string,
  documents: Named,
  { indexes, rows }: { indexes: Document[]; rows: readonly [Document, readonly string[]][] },
) {
  describe(name, () => {
    let bare: Collection
    let indexed: Collection
    beforeAll(async () => {
      const id = name.replace(/\W/g, '_')
      bare = await collectionOf(id, documents)
      indexed = await collectionOf(`${id}_indexed`, documents)
      for (const key of indexes) await indexed.createIndex(key as never)
    })
    it.each(rows.map(([filter, expected]) => [JSON.stringify(filter), filter, expected] as const))(
      '%s',
      async (_text, filter, expected) => {
        expect(await idsOf(bare, filter)).toEqual([...expected].sort())
        expect(await idsOf(indexed, filter)).toEqual([...expected].sort())
      },
    )
  })
}

const NULLS: Named = {
  missing: {},
  null: { a: null },
  number: { a: 4 },
  empty: { a: {} },
  subNull: { a: { b: null } },
  subNumber: { a: { b: 4 } },
  list: { a: [1, 2] },
  listOfNull: { a: [null] },
  emptyList: { a: [] },
  listOfEmpty: { a: [{}] },
  listOfSubNull: { a: [{ b: null }] },
  listOfSub: { a: [{ b: 1 }, { b: 2 }] },
  listOfMixed: { a: [{ b: 1 }, {}] },
  listOfLists: { a: [[]] },
  subList: { a: { b: [1, null] } },
  subEmptyList: { a: { b: [] } },
}
const withoutA = ['missing', 'null']
const all = Object.keys(NULLS)
const except = (...names: string[]) => all.filter((name) => !names.includes(name))

table('null and missing', NULLS, {
  indexes: [{ a: 1 }, { 'a.b': 1 }],
  rows: [
    [{ a: null }, [...withoutA, 'listOfNull']],
    [{ a: { $eq: null } }, [...withoutA, 'listOfNull']],
    [{ a: { $ne: null } }, except(...withoutA, 'listOfNull')],
    [{ a: { $in: [null, 4] } }, [...withoutA, 'listOfNull', 'number']],
    [{ a: { $nin: [null, 4] } }, except(...withoutA, 'listOfNull', 'number')],
    [{ a: { $gte: null } }, [...withoutA, 'listOfNull']],
    [{ a: { $gt: null } }, []],
    [{ a: { $exists: true } }, except('missing')],
    [{ a: { $exists: false } }, ['missing']],
    [{ a: [] }, ['emptyList', 'listOfLists']],
    [{ a: {} }, ['empty', 'listOfEmpty', 'listOfMixed']],
    [
      { 'a.b': null },
      [...withoutA, 'number', 'empty', 'subNull', 'listOfEmpty', 'listOfSubNull', 'listOfMixed', 'subList'],
    ],
    [
      { 'a.b': { $exists: true } },
      ['subNull', 'subNumber', 'listOfSubNull', 'listOfSub', 'listOfMixed', 'subList', 'subEmptyList'],
    ],
    [
      { 'a.b': { $exists: false } },
      except('subNull', 'subNumber', 'listOfSubNull', 'listOfSub', 'listOfMixed', 'subList', 'subEmptyList'),
    ],
    [
      { 'a.b': { $ne: null } },
      ['subNumber', 'list', 'listOfNull', 'emptyList', 'listOfSub', 'listOfLists', 'subEmptyList'],
    ],
  ],
})

table(
  'comparison within one type',
  {
    int: { v: new Int32(5) },
    double: { v: new Double(5) },
    half: { v: 5.5 },
    long: { v: Long.fromNumber(5) },
    big: { v: Long.fromString('9007199254740993') },
    nan: { v: Number.NaN },
    infinite: { v: Number.POSITIVE_INFINITY },
    text: { v: '5' },
    upper: { v: 'B' },
    lower: { v: 'a' },
    yes: { v: true },
    no: { v: false },
    early: { v: new Date(0) },
    late: { v: new Date(1e12) },
    list: { v: [1, 9] },
    document: { v: { x: 1 } },
  },
  {
    indexes: [{ v: -1 }],
    rows: [
      [{ v: 5 }, ['int', 'double', 'long']],
      [{ v: { $gt: 4 } }, ['int', 'double', 'long', 'half', 'big', 'infinite', 'list']],
      [{ v: { $gt: 5 } }, ['half', 'big', 'infinite', 'list']],
      [{ v: { $lt: 5 } }, ['list']],
      [{ v: { $gt: 2, $lt: 8 } }, ['int', 'double', 'long', 'half', 'list']],
      [{ v: Long.fromString('9007199254740993') }, ['big']],
      [{ v: Long.fromString('9007199254740992') }, []],
      [{ v: Number.NaN }, ['nan']],
      [{ v: { $gte: Number.NaN } }, ['nan']],
      [{ v: { $lte: 1e300 } }, ['int', 'double', 'long', 'half', 'big', 'list']],
      [{ v: { $gt: '' } }, ['text', 'upper', 'lower']],
      [{ v: { $lt: 'a' } }, ['text', 'upper']],
      [{ v: { $gte: false } }, ['yes', 'no']],
      [{ v: { $gt: false } }, ['yes']],
      [{ v: { $gte: new Date(0) } }, ['early', 'late']],
      [{ v: { $lt: new Date(5) } }, ['early']],
      [{ v: { $in: [5, 'a', true] } }, ['int', 'double', 'long', 'lower', 'yes']],
      [{ v: { x: 1 } }, ['document']],
    ],
  },
)

table(
  'arrays and documents',
  {
    plain: { tags: 'red', results: { score: 8, by: 'Ama' } },
    list: {
      tags: ['red', 'blue'],
      results: [
        { score: 8, by: 'Ama' },
        { score: 5, by: 'Bo' },
      ],
    },
    reversed: {
      tags: ['blue', 'red'],
      results: [
        { score: 5, by: 'Ama' },
        { score: 8, by: 'Bo' },
      ],
    },
    nested: { tags: [['red', 'blue']], results: [[{ score: 8, by: 'Ama' }]] },
    one: { tags: ['red'], results: [] },
  },
  {
    indexes: [{ tags: 1 }, { 'results.score': 1 }, { 'results.by': -1 }],
    rows: [
      [{ tags: 'red' }, ['plain', 'list', 'reversed', 'one']],
      [{ tags: ['red', 'blue'] }, ['list', 'nested']],
      [{ 'tags.0': 'red' }, ['list', 'nested', 'one']],
      [{ 'tags.1': { $exists: true } }, ['list', 'reversed']],
      [{ 'results.score': 8, 'results.by': 'Ama' }, ['plain', 'list', 'reversed']],
      [{ 'results.0.by': 'Ama' }, ['list', 'nested', 'reversed']],
      [{ results: { score: 8, by: 'Ama' } }, ['plain', 'list']],
      [{ results: { by: 'Ama', score: 8 } }, []],
      [{ $or: [{ 'results.score': 5 }, { tags: 'blue' }] }, ['list', 'reversed']],
      [{ $or: [{ 'tags.1': { $exists: true } }, { results: [] }] }, ['list', 'reversed', 'one']],
      [{ $and: [{ tags: 'red' }, { tags: 'blue' }] }, ['list', 'reversed']],
      [{ tags: { $nin: ['blue', 'green'] } }, ['plain', 'nested', 'one']],
      [{ tags: { $gt: 'blue', $lt: 'green' } }, ['list', 'reversed']],
    ],
  },
)

describe('sorting', () => {
  const inOrder: Document[] = [
    { v: [] },
    {},
    { v: null },
    { v: Number.NaN },
    { v: -1 },
    { v: Long.fromNumber(0) },
    { v: 1.5 },
    { v: 'Z' },
    { v: 'a' },
    { v: 'a\0' },
    { v: 'a\0b' },
    { v: 'a\x01' },
    { v: 'aa' },
    { v: '\u{ffff}' },
    { v: '\u{1f600}' },
    { v: { a: 1 } },
    { v: { a: 1, b: 0 } },
    { v: { a: 2 } },
    { v: new Binary(Buffer.from([9])) },
    { v: new Binary(Buffer.from([1, 2])) },
    { v: new ObjectId('000000000000000000000001') },
    { v: false },
    { v: true },
    { v: new Date(-5) },
    { v: new Date(5) },
  ]

  it.each(['a scan', 'an index'])('puts values of all types in the order of their types, by %s', async (by) => {
    const collection = store.db.collection(by.replace(' ', '_'))
    await collection.insertMany(
      inOrder.map((document, i) => ({ ...document, _id: ((i * 7) % inOrder.length) as never, place: i })),
    )
    if (by === 'an index') await collection.createIndex({ v: 1 })
    const places = async (direction: 1 | -1) =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ place }) => place)
    const expected = inOrder.map((_, i) => i)
    // Missing and null are equal, so their order among themselves is open.
    const normal = (list: number[]) => list.map((place) => (place === 2 ? 1 : place))
    expect(normal(await places(1))).toEqual(normal(expected))
    expect(normal(await places(-1))).toEqual(normal(expected.toReversed()))
  })

  it('takes of an array the smallest element upwards and the largest downwards', async () => {
    const collection = await collectionOf('sorted_arrays', {
      a: { v: [1, 9] },
      b: { v: 5 },
      c: { v: [4, 6] },
      d: { v: [] },
    })
    const ids = async (direction: 1 | -1) =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => String(_id))
    expect(await ids(1)).toEqual(['d', 'a', 'c', 'b'])
    expect(await ids(-1)).toEqual(['a', 'c', 'b', 'd'])
  })

  it('pages with a limit as the whole list would', async () => {
    const collection = store.db.collection('pages')
    await collection.insertMany(
      Array.from({ length: 250 }, (_, i) => ({ _id: i as never, group: i % 3, at: (i * 37) % 250 })),
    )
    await collection.createIndex({ group: 1, at: -1 })
    for (const filter of [{ group: 1 }, { group: { $in: [0, 2] } }, {}]) {
      const whole = (await collection.find(filter).sort({ at: -1 }).toArray()).map(({ at }) => at)
      expect(whole).toEqual([...whole].sort((a, b) => b - a))
      const after = { ...filter, at: { $lt: whole[19] } }
      const page = (await collection.find(after).sort({ at: -1 }).limit(20).toArray()).map(({ at }) => at)
      expect(page).toEqual(whole.slice(20, 40))
    }
  })
})

describe('projections', () => {
  const rows: readonly [Document, Document][] = [
    [{ a: 1 }, { _id: 'x', a: { b: 1, c: [{ d: 1, e: 2 }, 3] } }],
    [{ _id: 0, f: 1 }, { f: 'text' }],
    [
      { list: true, f: 1, nowhere: 1 },
      { _id: 'x', f: 'text', list: [1, 2, 3, 4] },
    ],
    [{ _id: 1 }, { _id: 'x' }],
  ]
  it.each(rows.map(([projection, expected]) => [JSON.stringify(projection), projection, expected] as const))(
    '%s',
    async (_text, projection, expected) => {
      const collection = store.db.collection('projected')
      await collection.updateOne(
        { _id: 'x' as never },
        { $set: { a: { b: 1, c: [{ d: 1, e: 2 }, 3] }, f: 'text', list: [1, 2, 3, 4] } },
        { upsert: true },
      )
      expect(await collection.findOne({}, { projection })).toEqual(expected)
    },
  )
})

describe('counting', () => {
  it('says how many documents match, and how many there are', async () => {
    const collection = await collectionOf('counted', { a: { s: 1 }, b: { s: 1 }, c: { s: 2 }, d: { s: 2 } })
    expect(await collection.countDocuments()).toBe(4)
    expect(await collection.countDocuments({ s: 1 })).toBe(2)
    expect(await collection.countDocuments({ s: 9 })).toBe(0)
    expect(await collection.estimatedDocumentCount()).toBe(4)
    expect(await store.db.collection('nowhere').countDocuments({ s: 1 })).toBe(0)
    await collection.deleteOne({ s: 2 })
    expect(await collection.estimatedDocumentCount()).toBe(3)
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Int32, Long } from 'bson'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Document, decode, encode } from '../../src/embedded-store/bson-value.ts'
import { defineIndex, withIndexes } from '../../src/embedded-store/catalogue.ts'
import { buildIndex, insertDocument, removeDocument, updateDocument } from '../../src/embedded-store/documents.ts'
import { compileFilter } from '../../src/embedded-store/filter.ts'
import { parseSort } from '../../src/embedded-store/path.ts'
import { planQuery } from '../../src/embedded-store/plan.ts'
import { findRows, PAUSE, type Row, sortKeyOf } from '../../src/embedded-store/scan.ts'
import { Storage } from '../../src/embedded-store/storage.ts'
import { indexRange } from '../../src/embedded-store/storage-keys.ts'
import { compileUpdate } from '../../src/embedded-store/update.ts'
import { inconsistenciesOf } from './index-consistency.ts'
import { randomFrom } from './random.ts'

const CHECKS = 10_000
const ROUNDS = 50

type Random = ReturnType<typeof randomFrom>

const PATHS = ['a', 'b', 'c', 'd.x', 'd.y', 'e']
/** Longer than an LMDB key in every third round; an index with cut keys no longer sorts. */
let text = ''

function scalar(random: Random): unknown {
  return random.of([
    () => new Int32(random.below(5)),
    () => new Int32(random.below(5)),
    () => random.below(5) + 0.5,
    () => Long.fromString('9007199254740993').add(random.below(3)),
    () => `s${random.below(4)}`,
    () => `${text}${random.below(3)}`,
    () => null,
    () => random.chance(0.5),
    () => new Date(random.below(4) * 1000),
    () => Number.NaN,
    () => ({ x: new Int32(random.below(2)) }),
  ])()
}

function value(random: Random, withArrays: boolean): unknown {
  if (withArrays && random.chance(0.3)) return Array.from({ length: random.below(4) }, () => scalar(random))
  return scalar(random)
}

/** Arrays come in one top-level field only, because two in one index are refused. */
function someDocument(random: Random, arrays: string): Document {
  const document: Document = {}
  for (const name of ['a', 'b', 'c', 'e']) if (random.chance(0.8)) document[name] = value(random, arrays === name)
  const embedded = () => ({
    ...(random.chance(0.8) ? { x: value(random, arrays === 'd.x') } : {}),
    ...(random.chance(0.6) ? { y: scalar(random) } : {}),
  })
  const shape = random.below(10)
  if (arrays === 'd' && shape < 5)
    document.d = Array.from({ length: random.below(4) }, () => (random.chance(0.8) ? embedded() : scalar(random)))
  else if (shape < 8) document.d = embedded()
  else if (shape < 9) document.d = scalar(random)
  return document
}

function someCondition(random: Random): unknown {
  const bound = () =>
    random.of([() => new Int32(random.below(5)), () => `s${random.below(4)}`, () => new Date(random.below(4) * 1000)])()
  return random.of([
    () => scalar(random),
    () => scalar(random),
    () => ({ $in: [scalar(random), scalar(random), scalar(random)] }),
    () => ({ [random.of(['$gt', '$gte', '$lt', '$lte'])]: bound() }),
    () => ({ $gte: new Int32(random.below(3)), $lt: new Int32(2 + random.below(3)) }),
    () => ({ $ne: scalar(random) }),
    () => ({ $nin: [scalar(random), null] }),
    () => ({ $exists: random.chance(0.7) }),
    () => ({ $exists: true, $ne: scalar(random) }),
    () => ({ $in: [`${text}0`, `${text}1`, scalar(random)] }),
  ])()
}

function someFilter(random: Random, depth = 0): Document {
  const filter: Document = {}
  for (let i = 1 + random.below(3); i > 0; i--) filter[random.of(PATHS)] = someCondition(random)
  if (depth === 0 && random.chance(0.15))
    filter[random.of(['$or', '$and'])] = [someFilter(random, 1), someFilter(random, 1)]
  return filter
}

function someSort(random: Random): Document {
  const sort: Document = {}
  for (let i = random.below(3); i > 0; i--) sort[random.of(PATHS)] = random.chance(0.5) ? 1 : -1
  return sort
}

function someIndexSpec(random: Random, number: number): Document {
  const key: Document = {}
  for (let i = 1 + random.below(3); i > 0; i--) key[random.of(PATHS)] = random.chance(0.6) ? 1 : -1
  const spec: Document = { v: 2, key, name: `index_${number}` }
  if (random.chance(0.2)) spec.sparse = true
  else if (random.chance(0.3))
    spec.partialFilterExpression = random.of([
      { a: { $exists: true } },
      { 'd.x': { $exists: true } },
      { b: new Int32(1) },
      { a: { $gt: new Int32(2) } },
    ])
  return spec
}

let directory: string
let storage: Storage

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-plan-'))
  storage = new Storage(directory)
})
afterAll(async () => {
  await storage.close()
  await rm(directory, { recursive: true, force: true })
})

const isRow = (row: Row | typeof PAUSE): row is Row => row !== PAUSE

const parallel = (work: () => void) => {
  try {
    work()
    return true
  } catch (error) {
    if ((error as { code?: number }).code === 171) return false
    throw error
  }
}

/** A collection with random documents, indexes of random shape, and random changes after the indexes were made. */
async function someCollection(random: Random, namespace: string) {
  const arrays = random.of(['a', 'b', 'd', 'd.x', 'none'])
  await storage.write((transaction) => {
    transaction.ensureCollection(namespace)
    const now = () => transaction.ensureCollection(namespace)
    for (let i = 0; i < 40; i++)
      insertDocument(transaction, namespace, encode({ _id: new Int32(i), ...someDocument(random, arrays) }))
    for (let i = 0; i < 6; i++) {
      const spec = someIndexSpec(random, i)
      parallel(() => {
        const index = buildIndex(transaction, now(), defineIndex(spec, { id: storage.nextId() }))
        transaction.saveCollection(withIndexes(now(), [...now().indexes, index]))
      })
    }
    for (let i = 40; i < 60; i++)
      parallel(() =>
        insertDocument(transaction, namespace, encode({ _id: new Int32(i), ...someDocument(random, arrays) })),
      )
    for (let i = 0; i < 20; i++) {
      const filter = compileFilter({ _id: new Int32(random.below(60)) })
      const [row] = [...findRows(storage, now(), { filter, sort: [], wanted: 1 })].filter(isRow)
      if (!row) continue
      if (random.chance(0.3)) removeDocument(transaction, namespace, row)
      else {
        const path = random.of(PATHS)
        const change = compileUpdate(
          random.chance(0.7) ? { $set: { [path]: value(random, path === arrays) } } : { $unset: { [path]: '' } },
        )
        try {
          parallel(() => updateDocument(transaction, namespace, row, change))
        } catch (error) {
          if ((error as { code?: number }).code !== 28) throw error
        }
      }
    }
  })
  const collection = storage.collections.get(namespace)
  if (!collection) throw new Error('no collection')
  return collection
}

describe('plans', () => {
  it(`agree with a full scan in ${CHECKS} random queries, and most of them use an index`, async () => {
    const random = randomFrom(20240229)
    let indexed = 0
    let ordered = 0
    for (let round = 0; round < ROUNDS; round++) {
      text = 'long '.repeat(round % 3 === 0 ? 400 : 1)
      const collection = await someCollection(random, `plans.round${round}`)
      const bare = withIndexes(collection, [])
      const all = { filter: compileFilter({}), sort: [], wanted: Number.POSITIVE_INFINITY }
      const documents = [...findRows(storage, bare, all)].flatMap((row) => (row === PAUSE ? [] : [decode(row.raw)]))
      for (let i = 0; i < CHECKS / ROUNDS; ) {
        const source = someFilter(random)
        const filter = compileFilter(source)
        const sort = parseSort(someSort(random))
        const expected = documents.filter(filter.matches)
        const rows = () => [...findRows(storage, collection, { filter, sort, wanted: Number.POSITIVE_INFINITY })]
        let found: Document[] = []
        let sorted: Buffer[] = []
        const isSortable = parallel(() => {
          sorted = expected.map((document) => sortKeyOf(document, sort)).sort(Buffer.compare)
        })
        if (!isSortable) continue
        i++
        found = rows().flatMap((row) => (row === PAUSE ? [] : [decode(row.raw)]))
        const plan = planQuery(collection, filter, sort)
        if (plan.scan) indexed++
        if (plan.scan && plan.isSorted && sort.length > 0) ordered++
        const ids = (list: Document[]) => list.map((document) => Number(document._id)).sort((a, b) => a - b)
        const keys = found.map((document) => sortKeyOf(document, sort))
        const isInOrder = keys.every((key, at) => key.equals(sorted[at] as Buffer))
        if (isInOrder && String(ids(found)) === String(ids(expected))) continue
        const label = JSON.stringify({ source, sort, index: plan.scan?.index.spec })
        expect(ids(found), label).toEqual(ids(expected))
        expect(isInOrder, label).toBe(true)
      }
    }
    expect(inconsistenciesOf(storage)).toEqual([])
    expect(indexed).toBeGreaterThan(CHECKS / 3)
    expect(ordered).toBeGreaterThan(CHECKS / 50)
  }, 120_000)

  it('leave nothing behind of an index that could not be built', async () => {
    const namespace = 'plans.refused'
    const [spec, id] = [{ v: 2, key: { a: 1 }, name: 'a_1', unique: true }, storage.nextId()]
    const built = storage.write((transaction) => {
      for (const a of [1, 2, 2]) insertDocument(transaction, namespace, encode({ a: new Int32(a) }))
      return buildIndex(transaction, transaction.ensureCollection(namespace), defineIndex(spec, { id }))
    })
    await expect(built).rejects.toMatchObject({ code: 11000 })
    expect([...storage.range(indexRange(id))]).toEqual([])
    expect(storage.collections.get(namespace)?.indexes).toHaveLength(1)
  })
})

import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { EJSON } from 'bson'
import { collectionNames } from '../core/store/models.ts'
import { withStores } from './configured.ts'
import { Refusal } from './refusal.ts'

const batchSize = 500
const progressEvery = 10_000

/** `gatehouse export`: one file of EJSON lines per collection. Safe while Gatehouse runs, but not one instant's picture. */
export async function runExport(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  await withStores(async (_stores, { models }) => {
    for (const name of collectionNames) {
      const file = createWriteStream(join(directory, `${name}.ejsonl`), { mode: 0o600 })
      let count = 0
      for await (const document of models[name].collection.find({}).sort({ _id: 1 })) {
        if (!file.write(`${EJSON.stringify(document, { relaxed: false })}\n`)) await once(file, 'drain')
        count++
        if (count % progressEvery === 0) console.log(`${name}: ${count} …`)
      }
      file.end()
      await once(file, 'finish')
      console.log(`${name}: ${count}`)
    }
  })
}

/** `gatehouse import`: reads what export wrote. Refuses a database that has cases, so that nothing is mixed. */
export async function runImport(directory: string): Promise<void> {
  if (!existsSync(join(directory, 'cases.ejsonl')))
    throw new Refusal(`${directory} holds no export: cases.ejsonl is missing`)
  await withStores(async (_stores, { models, description }) => {
    if ((await models.cases.collection.findOne({})) !== null)
      throw new Refusal(`${description} has cases already: import needs an empty database, so that nothing is mixed`)
    for (const name of collectionNames) {
      const path = join(directory, `${name}.ejsonl`)
      if (existsSync(path)) console.log(`${name}: ${await importFile(path, models[name])}`)
    }
  })
}

type Target = {
  readonly collection: {
    insertMany(documents: object[], options: { ordered: boolean }): Promise<unknown>
    deleteMany(filter: object): Promise<unknown>
  }
}

async function importFile(path: string, model: unknown): Promise<number> {
  const { collection } = model as Target
  await collection.deleteMany({})
  let batch: object[] = []
  let count = 0
  const flush = async () => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: false })
    count += batch.length
    batch = []
  }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    batch.push(EJSON.parse(line, { relaxed: false }) as object)
    if (batch.length >= batchSize) await flush()
  }
  await flush()
  return count
}

import { closeSync, createReadStream, createWriteStream, existsSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { EJSON } from 'bson'
import { makeDirectory } from '../core/make-directory.ts'
import { collectionNames } from '../core/store/models.ts'
import { withStores } from './configured.ts'
import { Refusal } from './refusal.ts'

const batchSize = 500
const progressEvery = 10_000

/** `gatehouse export`: one file of EJSON lines per collection. Safe while Gatehouse runs, but not one instant's picture. */
export async function runExport(directory: string): Promise<void> {
  mustBeWritable(directory)
  await withStores(async (_stores, { models }) => {
    for (const name of collectionNames) {
      let count = 0
      const lines = async function* () {
        for await (const document of models[name].collection.find({}).sort({ _id: 1 })) {
          yield `${EJSON.stringify(document, { relaxed: false })}\n`
          count++
          if (count % progressEvery === 0) console.log(`${name}: ${count} …`)
        }
      }
      await pipeline(lines, createWriteStream(join(directory, `${name}.ejsonl`), { mode: 0o600 }))
      console.log(`${name}: ${count}`)
    }
  })
}

/** Before the database is opened: a place that takes no files is refused at once, not after minutes of reading. */
function mustBeWritable(directory: string): void {
  makeDirectory(directory)
  const trial = join(directory, '.gatehouse-export')
  try {
    closeSync(openSync(trial, 'w', 0o600))
    rmSync(trial)
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Refusal(
      `${directory} takes no files of ours (${code}): name another directory, or change its permissions`,
    )
  }
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
  for await (const line of linesOf(path)) {
    if (line === '') continue
    batch.push(documentIn(line, path))
    if (batch.length >= batchSize) await flush()
  }
  await flush()
  return count
}

/** A file that cannot be read ends the lines with its fault; by itself the reader would let it end the process. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path)
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let failed: Error | undefined
  input.once('error', (error) => {
    failed = Object.assign(error, { path })
    lines.close()
  })
  yield* lines
  if (failed) throw failed
}

function documentIn(line: string, path: string): object {
  try {
    return EJSON.parse(line, { relaxed: false }) as object
  } catch {
    throw new Refusal(`${path} holds a line that is no document: export it again, and import into an empty database`)
  }
}

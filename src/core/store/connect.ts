import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Models, modelsOn, mongoose, prepareCollections } from './models.ts'

export type StoreSettings = { readonly mongodbUri?: string; readonly dataDir: string }

export type Database = {
  readonly models: Models
  /** In words for the start line and `doctor`: which store, where, how many nodes. */
  readonly description: string
  readonly connection: mongoose.Connection
  ping(): Promise<void>
  close(): Promise<void>
}

/** The only place that knows which store is used: MongoDB where `MONGODB_URI` says so, else the embedded one. */
export async function connect(settings: StoreSettings): Promise<Database> {
  const { uri, description, release } = await locate(settings)
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 3_000,
    connectTimeoutMS: 3_000,
    maxPoolSize: 32,
    minPoolSize: 2,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    ignoreUndefined: true,
    retryWrites: settings.mongodbUri !== undefined,
  })
  await connection.asPromise()
  const models = modelsOn(connection)
  await prepareCollections(models)
  return {
    models,
    description,
    connection,
    ping: async () => {
      await connection.db?.command({ ping: 1 })
    },
    close: async () => {
      await connection.close()
      await release()
    },
  }
}

type Located = { uri: string; description: string; release: () => Promise<void> }

async function locate({ mongodbUri, dataDir }: StoreSettings): Promise<Located> {
  if (mongodbUri !== undefined)
    return { uri: mongodbUri, description: `MongoDB at ${withoutCredentials(mongodbUri)}`, release: async () => {} }
  const directory = join(dataDir, 'store')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const { startEmbeddedStore, runningStoreUri } = await import('../../embedded-store/index.ts')
  const running = await runningStoreUri(directory)
  if (running !== undefined)
    return {
      uri: running,
      description: `embedded store in ${directory} (already running, single node)`,
      release: async () => {},
    }
  const store = await startEmbeddedStore({ directory })
  return { uri: store.uri, description: `embedded store in ${directory} (single node)`, release: () => store.close() }
}

/** A connection string fit for a log line. */
export const withoutCredentials = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '')

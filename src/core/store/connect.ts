import { join } from 'node:path'
import { type Models, modelsOn, mongoose, prepareCollections } from './models.ts'
import { type SharedStore, StoreMoved, shareStore } from './shared-store.ts'
import { refuseWritesOfClosedConnections } from './write-ended.ts'

export type StoreSettings = { readonly mongodbUri?: string; readonly dataDir: string }

export type Database = {
  readonly models: Models
  /** In words for the start line and `doctor`: which store, where, how many nodes. */
  readonly description: string
  readonly connection: mongoose.Connection
  ping(): Promise<void>
  close(): Promise<void>
}

/** How often a driver looks whether the embedded store is still there; nobody is asked over a network. */
const lookEveryMs = 500
const patienceMs = 3_000

export type ConnectOptions = {
  /** Goes on when the process that served the embedded store ends, by serving it; for what runs and not for one command. */
  readonly takesOver?: boolean
  /** The store cannot be reached at its address any more, and never will be. */
  readonly onLost?: (error: Error) => void
  /** Lets a test hear every command that is sent. */
  readonly monitorCommands?: boolean
}

/** The only place that knows which store is used: MongoDB where `MONGODB_URI` says so, else the embedded one. */
export async function connect(settings: StoreSettings, options: ConnectOptions = {}): Promise<Database> {
  refuseWritesOfClosedConnections()
  const located = await locate(settings)
  const connection = mongoose.createConnection(located.uri, {
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
    ...(located.shared && { heartbeatFrequencyMS: lookEveryMs }),
    maxPoolSize: 32,
    minPoolSize: 2,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    ignoreUndefined: true,
    monitorCommands: options.monitorCommands ?? false,
    retryWrites: settings.mongodbUri !== undefined,
  })
  try {
    await connection.asPromise()
    if (located.shared && options.takesOver) keepServed(connection, located.shared, options.onLost)
    const models = modelsOn(connection)
    await prepareCollections(models)
    return databaseOn(connection, models, located)
  } catch (error) {
    await connection.close().catch(() => {})
    await located.shared?.close()
    throw error
  }
}

function databaseOn(connection: mongoose.Connection, models: Models, { description, shared }: Located): Database {
  return {
    ...{ models, description, connection },
    ping: async () => {
      await connection.db?.command({ ping: 1 })
    },
    close: async () => {
      await connection.close()
      await shared?.close()
    },
  }
}

/** Whoever notices first that nobody serves the store any more serves it. */
function keepServed(connection: mongoose.Connection, shared: SharedStore, onLost = (_error: Error) => {}): void {
  connection.getClient().on('serverHeartbeatFailed', () => {
    shared.follow().catch((error: unknown) => {
      // Anything else, such as a full disk, is tried again at the next look.
      if (error instanceof StoreMoved) onLost(error)
    })
  })
}

type Located = { readonly uri: string; readonly description: string; readonly shared?: SharedStore }

async function locate({ mongodbUri, dataDir }: StoreSettings): Promise<Located> {
  if (mongodbUri !== undefined) return { uri: mongodbUri, description: `MongoDB at ${withoutCredentials(mongodbUri)}` }
  const directory = join(dataDir, 'store')
  const shared = await shareStore(directory)
  const where = shared.isOurs() ? 'single node' : 'served by another process, single node'
  return { uri: shared.uri, description: `embedded store in ${directory} (${where})`, shared }
}

/** A connection string fit for a log line. */
export const withoutCredentials = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '')

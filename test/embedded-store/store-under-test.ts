import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, MongoClient } from 'mongodb'
import { startEmbeddedStore } from '../../src/embedded-store/index.ts'

/** A store for one test file: MongoDB when MONGODB_URI is set, else an embedded one of its own. */
export interface StoreUnderTest {
  readonly uri: string
  readonly isEmbedded: boolean
  readonly client: MongoClient
  readonly db: Db
  /** Another independent client, for races. */
  connect(): Promise<MongoClient>
  close(): Promise<void>
}

/** Starts or finds the store, with a database of its own for this test file. */
export async function openStoreUnderTest(name: string): Promise<StoreUnderTest> {
  const given = process.env.MONGODB_URI
  const own = given ? undefined : await startInTemporaryDirectory()
  const uri = given ?? own?.uri ?? ''
  const client = await new MongoClient(uri).connect()
  const clients = [client]
  const db = client.db(`test_${name}_${process.pid}`)
  return {
    uri,
    isEmbedded: !given,
    client,
    db,
    async connect() {
      const another = await new MongoClient(uri).connect()
      clients.push(another)
      return another
    },
    async close() {
      // The embedded store drops nothing; its directory goes with it.
      if (given) await db.dropDatabase()
      await Promise.all(clients.map((each) => each.close()))
      await own?.close()
    },
  }
}

export const temporaryDirectory = () => mkdtemp(join(tmpdir(), 'gatehouse-store-'))

/** An embedded store whose files vanish when it is closed. */
export async function startInTemporaryDirectory(options: { sweepEveryMs?: number } = {}) {
  const directory = await temporaryDirectory()
  const store = await startEmbeddedStore({ directory, ...options })
  return {
    uri: store.uri,
    directory,
    socket: socketOf(store.uri),
    async close() {
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The path of the socket that a connection string names. */
export const socketOf = (uri: string): string => decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '')

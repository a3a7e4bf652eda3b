import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../../src/core/store/connect.ts'
import { type EmbeddedStore, startEmbeddedStore } from '../../../src/embedded-store/index.ts'

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-write-'))
const socketPath = (uri: string) => decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '')

/** Stands before the store as a network does, and can hang up in the middle of a command. */
function proxyTo(path: string) {
  const clients = new Set<Socket>()
  const server = createServer((client) => {
    const store = dial(path)
    clients.add(client)
    client.on('error', () => {}).on('close', () => clients.delete(client))
    store.on('error', () => {})
    client.pipe(store)
    store.pipe(client)
  })
  return {
    listen: () => new Promise<void>((resolve) => server.listen(join(directory, 'proxy.sock'), resolve)),
    /** Reads no more, so that the driver's writes pile up; says that it has nothing more to say; then reads the rest. */
    hangUpInMidWrite: async () => {
      for (const client of clients) client.unpipe().pause()
      await sleep(200)
      for (const client of clients) client.end()
      await sleep(200)
      for (const client of clients) client.resume()
    },
    close: () => {
      for (const client of clients) client.destroy()
      server.close()
    },
  }
}

describe('a command that is being written when the server closes the connection', () => {
  let store: EmbeddedStore
  let proxy: ReturnType<typeof proxyTo>
  let database: Database
  beforeAll(async () => {
    store = await startEmbeddedStore({ directory: join(directory, 'store') })
    proxy = proxyTo(socketPath(store.uri))
    await proxy.listen()
    const mongodbUri = store.uri.replace(/\/\/[^/]+\//, `//${encodeURIComponent(join(directory, 'proxy.sock'))}/`)
    database = await connect({ dataDir: directory, mongodbUri })
  })
  afterAll(async () => {
    await database.close()
    proxy.close()
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('is refused, and does not wait for ever', async () => {
    const big = { _id: 'big', words: 'x'.repeat(4_000_000) } as never
    const written = database.models.codes.collection.insertOne(big).then(
      () => 'written',
      (error: Error) => error.name,
    )
    await proxy.hangUpInMidWrite()
    expect(await Promise.race([written, sleep(10_000, 'still waits')])).toBe('MongoNetworkError')
    await database.ping()
  })
})

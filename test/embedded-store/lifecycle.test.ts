import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { spawnStore } from '../../scripts/store-kill-rounds.ts'
import { encode } from '../../src/embedded-store/bson-value.ts'
import type { Collection } from '../../src/embedded-store/catalogue.ts'
import { insertDocument } from '../../src/embedded-store/documents.ts'
import { runningStoreUri, startEmbeddedStore } from '../../src/embedded-store/index.ts'
import { claimDirectory } from '../../src/embedded-store/running-store.ts'
import { Storage } from '../../src/embedded-store/storage.ts'
import { socketOf } from './store-under-test.ts'

vi.setConfig({ testTimeout: 60_000 })

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-life-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** Another process takes LMDB's write lock, so that no commit ends before it is told to let go. */
async function holdDisk(directory: string): Promise<() => void> {
  const code = `const { open } = require('lmdb')
    const database = open({ path: ${JSON.stringify(join(directory, 'data.mdb'))}, noSubdir: true, encoding: 'binary', keyEncoding: 'binary', overlappingSync: false })
    database.transactionSync(() => { console.log('held'); require('node:fs').readSync(0, Buffer.alloc(1)) })`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return () => child.stdin.end('x')
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('the data directory', () => {
  it('is private, and so is the socket in it', async () => {
    await chmod(directory, 0o755)
    const store = await startEmbeddedStore({ directory })
    expect(await modeOf(directory)).toBe(0o700)
    expect(await modeOf(socketOf(store.uri))).toBe(0o600)
    await store.close()
  })

  it('is served by one server only; the second is told by whom, and where the first can be reached', async () => {
    const store = await startEmbeddedStore({ directory })
    await expect(startEmbeddedStore({ directory })).rejects.toThrow(`${directory} is in use by process ${process.pid}`)
    expect(await runningStoreUri(directory)).toBe(store.uri)
    await store.close()
    expect(await runningStoreUri(directory)).toBeUndefined()
  })

  it('is refused to another process as well, which can connect instead', async () => {
    const { child, uri } = await spawnStore(directory)
    await expect(startEmbeddedStore({ directory })).rejects.toThrow(`in use by process ${child.pid}`)
    expect(await runningStoreUri(directory)).toBe(uri)
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('is taken over from a process that was killed', async () => {
    const { child } = await spawnStore(directory)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await runningStoreUri(directory)).toBeUndefined()
    const store = await startEmbeddedStore({ directory })
    await store.close()
  })

  it('is read again by whoever takes it over, since the one before may have written after it was opened', async () => {
    const { child, uri } = await spawnStore(directory)
    const early = new Storage(directory)
    const client = await MongoClient.connect(uri)
    await client.db('life').collection('kept').insertOne({ by: 'the one before' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await client.close()
    await claimDirectory(directory, early, { path: join(directory, 'next.sock') })
    await early.write((transaction) => insertDocument(transaction, 'life.kept', encode({ _id: 1, by: 'the next' })))
    const kept = early.collections.get('life.kept') as Collection
    expect(early.count(kept)).toBe(2)
    await early.close()
  })

  it('is taken over when the number of the dead process now belongs to another program', async () => {
    const owner = {
      pid: process.ppid,
      address: { path: join(directory, 'gatehouse.sock') },
      uri: 'mongodb://nowhere',
      claim: 'old',
    }
    await writeFile(join(directory, 'server.json'), JSON.stringify(owner))
    const store = await startEmbeddedStore({ directory })
    expect(JSON.parse(await readFile(join(directory, 'server.json'), 'utf8')).pid).toBe(process.pid)
    await store.close()
  })

  it('goes to exactly one of several servers that start at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => startEmbeddedStore({ directory })))
    const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(started).toHaveLength(1)
    await started[0]?.close()
  })

  it('may have a path too long for a socket', async () => {
    const deep = join(directory, 'a-very-long-name-for-a-directory'.repeat(4))
    await mkdir(deep)
    const store = await startEmbeddedStore({ directory: deep })
    const client = await new MongoClient(store.uri).connect()
    await client.db().collection('cases').insertOne({ number: 1 })
    expect(await client.db().collection('cases').countDocuments()).toBe(1)
    expect(await runningStoreUri(deep)).toBe(store.uri)
    await client.close()
    await store.close()
  })

  it('that cannot be used makes the start fail with the reason', async () => {
    await writeFile(join(directory, 'file'), '')
    await expect(startEmbeddedStore({ directory: join(directory, 'file') })).rejects.toThrow(/EEXIST|ENOTDIR/)
  })
})

describe('closing', () => {
  it('finishes what was accepted and refuses the rest, under load', async () => {
    const store = await startEmbeddedStore({ directory })
    const client = await new MongoClient(store.uri, { serverSelectionTimeoutMS: 200 }).connect()
    const cases = client.db().collection<{ _id: number }>('cases')
    const acknowledged: number[] = []
    const writer = async (which: number) => {
      for (let i = which; ; i += 20) {
        await cases.insertOne({ _id: i })
        acknowledged.push(i)
      }
    }
    const writers = Promise.allSettled(Array.from({ length: 20 }, (_, which) => writer(which)))
    while (acknowledged.length < 50) await sleep(5)
    await store.close()
    await writers
    await client.close()
    const again = await startEmbeddedStore({ directory })
    const reader = await new MongoClient(again.uri).connect()
    const found = await reader.db().collection<{ _id: number }>('cases').find().toArray()
    const ids = new Set(found.map(({ _id }) => _id))
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
    // Nor was anything stored whose writer was not told so.
    expect([...ids].filter((id) => !acknowledged.includes(id))).toEqual([])
    await reader.close()
    await again.close()
  })

  it('keeps the directory until the last accepted write is stored, however long the disk takes', async () => {
    const store = await startEmbeddedStore({ directory })
    const client = await new MongoClient(store.uri).connect()
    const cases = client.db().collection<{ _id: number }>('cases')
    const letGo = await holdDisk(directory)
    const written = cases.insertOne({ _id: 1 }).catch(() => {})
    // What was asked later has been answered: the first write of a store waits for the disk in a thread of its own.
    await cases.findOne({ _id: 0 })
    const closed = store.close()
    await sleep(100)
    expect(await runningStoreUri(directory)).toBe(store.uri)
    letGo()
    await Promise.all([written, closed])
    await client.close()
    const again = await startEmbeddedStore({ directory })
    const reader = await new MongoClient(again.uri).connect()
    await reader.db().collection<{ _id: number }>('cases').insertOne({ _id: 2 })
    const found = await reader.db().collection<{ _id: number }>('cases').find().toArray()
    expect(found.map(({ _id }) => _id)).toEqual([1, 2])
    await reader.close()
    await again.close()
  })
})

describe('what is stored', () => {
  it('is there after a restart, with its indexes and counters', async () => {
    const first = await startEmbeddedStore({ directory })
    const client = await new MongoClient(first.uri).connect()
    await client.db().collection('cases').createIndex({ number: 1 }, { unique: true })
    await client
      .db()
      .collection('cases')
      .insertMany([{ number: 1 }, { number: 2 }])
    await client.close()
    await first.close()
    const second = await startEmbeddedStore({ directory })
    const again = await new MongoClient(second.uri).connect()
    const cases = again.db().collection('cases')
    expect(await cases.estimatedDocumentCount()).toBe(2)
    await expect(cases.insertOne({ number: 2 })).rejects.toMatchObject({ code: 11000 })
    expect((await cases.indexes()).map((index) => index.name)).toEqual(['_id_', 'number_1'])
    await again.close()
    await second.close()
  })

  it('is removed when a TTL index says so, and not before', async () => {
    const store = await startEmbeddedStore({ directory, sweepEveryMs: 50 })
    const client = await new MongoClient(store.uri).connect()
    const sessions = client.db().collection('sessions')
    await sessions.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    await sessions.createIndex({ seenAt: 1 }, { expireAfterSeconds: 3600, partialFilterExpression: { kind: 'guest' } })
    const [past, future] = [new Date(Date.now() - 7_200_000), new Date(Date.now() + 60_000)]
    await sessions.insertMany(Array.from({ length: 450 }, () => ({ name: 'expired', expiresAt: past })))
    await sessions.insertMany([
      { name: 'not yet', expiresAt: future },
      { name: 'no date', expiresAt: 'yesterday' },
      { name: 'one of several', expiresAt: [future, past] },
      { name: 'idle guest', kind: 'guest', seenAt: past },
      { name: 'idle member', kind: 'member', seenAt: past },
    ])
    for (let i = 0; i < 100 && (await sessions.countDocuments()) > 3; i++) await sleep(50)
    const left = (await sessions.find().toArray()).map((session) => session.name)
    expect(left.sort()).toEqual(['idle member', 'no date', 'not yet'])
    await client.close()
    await store.close()
  })

  it('is kept when it was prolonged just before the sweep would have removed it', async () => {
    const store = await startEmbeddedStore({ directory, sweepEveryMs: 1 })
    const client = await new MongoClient(store.uri).connect()
    const leases = client.db().collection<{ _id: number; until: Date }>('leases')
    await leases.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
    const later = new Date(Date.now() + 3_600_000)
    const startsAt = Date.now()
    const untils = Array.from({ length: 200 }, (_, i) => startsAt + 300 + i * 2)
    await leases.insertMany(untils.map((until, _id) => ({ _id, until: new Date(until) })))
    const prolonged = [-1]
    await leases.insertMany([
      { _id: -1, until: later },
      { _id: 200, until: new Date(startsAt) },
    ])
    for (const [_id, until] of untils.entries()) {
      await sleep(Math.max(0, until - Date.now()))
      const { matchedCount } = await leases.updateOne({ _id }, { $set: { until: later } })
      if (matchedCount === 1) prolonged.push(_id)
    }
    for (let i = 0; i < 100 && (await leases.countDocuments({ until: { $lt: later } })) > 0; i++) await sleep(20)
    expect((await leases.find().toArray()).map(({ _id }) => _id).sort((a, b) => a - b)).toEqual(prolonged)
    await client.close()
    await store.close()
  })
})

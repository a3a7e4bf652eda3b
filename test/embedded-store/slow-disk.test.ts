import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { describe, expect, it, vi } from 'vitest'
import { startInTemporaryDirectory } from './store-under-test.ts'

vi.setConfig({ testTimeout: 60_000 })

const HOLD_MS = 250
const HOLDS = 6

/** Another process takes LMDB's write lock again and again: for the store, a disk on which every commit takes long. */
const slowDown = (directory: string) =>
  spawn(
    process.execPath,
    [
      '-e',
      `const { open } = require('lmdb')
       const database = open({ path: ${JSON.stringify(join(directory, 'data.mdb'))}, noSubdir: true, encoding: 'binary', keyEncoding: 'binary', overlappingSync: false })
       const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
       console.log('slow')
       for (let i = 0; i < ${HOLDS}; i++) { database.transactionSync(() => pause(${HOLD_MS})); pause(5) }`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )

describe('a slow disk', () => {
  it('makes writers wait and nobody else, and loses nothing', async () => {
    const store = await startInTemporaryDirectory()
    const client = await new MongoClient(store.uri).connect()
    const cases = client.db().collection<{ _id: number }>('cases')
    await cases.insertOne({ _id: -1 })
    const other = slowDown(store.directory)
    await once(other.stdout, 'data')
    const exited = once(other, 'exit')
    let isSlow = true
    void exited.then(() => {
      isSlow = false
    })
    const written = Promise.all(
      Array.from({ length: 20 }, async (_, which) => {
        for (let i = 0; i < 3; i++) await cases.insertOne({ _id: which * 3 + i })
      }),
    )
    const reads: number[] = []
    while (isSlow) {
      const before = performance.now()
      expect(await cases.findOne({ _id: -1 })).toEqual({ _id: -1 })
      reads.push(performance.now() - before)
    }
    await Promise.all([written, exited])
    reads.sort((a, b) => a - b)
    expect(reads.length).toBeGreaterThan(20)
    expect(reads[Math.floor(reads.length / 2)]).toBeLessThan(HOLD_MS / 4)
    expect(await cases.countDocuments()).toBe(61)
    await client.close()
    await store.close()
  })
})

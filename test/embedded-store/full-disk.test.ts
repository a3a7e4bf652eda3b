import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { spawnStore } from '../../scripts/store-kill-rounds.ts'
import { Storage } from '../../src/embedded-store/storage.ts'
import { inconsistenciesOf } from './index-consistency.ts'

const isLinux = process.platform === 'linux'

/** The kernel refuses to let the store's file grow: a full disk, without needing one. 8192 blocks are 4 MB. */
const SMALL_DISK = 'ulimit -S -f 8192;'

describe.runIf(isLinux)('a full disk', () => {
  it('gives errors to writers, keeps the reads, loses nothing acknowledged, and recovers when there is room', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'gatehouse-full-'))
    const { child, uri } = await spawnStore(directory, SMALL_DISK)
    const client = await new MongoClient(uri).connect()
    const collection = client.db('full').collection<{ _id: string; number: number; text: string }>('cases')
    await collection.createIndex({ number: 1 }, { unique: true })
    const acknowledged = new Set<string>()
    const refused: Error[] = []
    const write = async (number: number) => {
      const _id = `case-${number}`
      await collection.insertOne({ _id, number, text: 'x'.repeat(10_000) }).then(
        () => acknowledged.add(_id),
        (error: Error) => refused.push(error),
      )
    }
    for (let number = 0; refused.length < 20; number += 8)
      await Promise.all(Array.from({ length: 8 }, (_, i) => write(number + i)))
    expect(acknowledged.size).toBeGreaterThan(50)
    expect(refused[0]?.message).toContain('was not stored')

    expect(await collection.estimatedDocumentCount()).toBe(acknowledged.size)
    const kept = await collection.find({}, { projection: { _id: 1 } }).toArray()
    expect(new Set(kept.map((document) => document._id))).toEqual(acknowledged)
    const failed = await client
      .db('full')
      .collection('other')
      .insertOne({ text: 'x'.repeat(2_000_000) })
      .then(
        () => 'stored',
        () => 'refused',
      )
    expect(failed).toBe('refused')

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited'])
    await write(1_000_000)
    expect(acknowledged.has('case-1000000')).toBe(true)
    await client.close()
    child.kill('SIGKILL')
    await once(child, 'exit')

    const storage = new Storage(directory)
    expect(inconsistenciesOf(storage)).toEqual([])
    expect([...storage.collections.keys()]).toEqual(['full.cases'])
    const [stored] = storage.collections.values()
    expect(stored && storage.count(stored)).toBe(acknowledged.size)
    await storage.close()
    await rm(directory, { recursive: true, force: true })
  }, 60_000)
})

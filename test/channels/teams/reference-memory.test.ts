import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { referenceMemoryOn } from '../../../src/channels/teams/reference-memory.ts'
import { memoryInMemory, type ReferenceMemory } from '../../../src/channels/teams/references.ts'
import { connect, type Database } from '../../../src/core/store/connect.ts'

let database: Database
let directory: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-references-'))
  database = await connect({ dataDir: directory })
}, 60_000)
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

const memories: readonly (readonly [string, () => ReferenceMemory])[] = [
  ['the store', () => referenceMemoryOn(database.models.references.collection)],
  ['memory', memoryInMemory],
]

describe.each(memories)('where people are reached, kept in %s', (_name, open) => {
  const reference = {
    serviceUrl: 'https://smba.trafficmanager.net/apac/',
    conversation: 'a:1',
    seenAt: new Date('2026-03-04T02:00:00Z'),
  }

  it('is read back as it was written, and is nothing before', async () => {
    const memory = open()
    expect(await memory.recall('person:1')).toBeUndefined()
    await memory.remember('person:1', reference)
    expect(await memory.recall('person:1')).toEqual(reference)
    expect(await memory.recall('person:2')).toBeUndefined()
  })

  it('is renewed, closed, opened again and forgotten', async () => {
    const memory = open()
    const closed = {
      because: 'this person has blocked the Gatehouse app in Teams',
      at: new Date('2026-03-04T02:01:00Z'),
    }
    await memory.remember('person:3', reference)
    await memory.remember('person:3', { ...reference, closed })
    expect(await memory.recall('person:3')).toEqual({ ...reference, closed })
    await memory.remember('person:3', { ...reference, serviceUrl: 'https://smba.trafficmanager.net/emea/' })
    expect(await memory.recall('person:3')).toEqual({
      ...reference,
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
    })
    await memory.forget('person:3')
    expect(await memory.recall('person:3')).toBeUndefined()
  })
})

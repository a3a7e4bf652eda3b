import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { serialize } from 'bson'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startInTemporaryDirectory } from './store-under-test.ts'

vi.setConfig({ testTimeout: 60_000 })

let store: Awaited<ReturnType<typeof startInTemporaryDirectory>>
let client: MongoClient

beforeAll(async () => {
  store = await startInTemporaryDirectory()
  client = await new MongoClient(store.uri).connect()
})
afterAll(async () => {
  await client.close()
  await store.close()
})

async function open(): Promise<Socket> {
  const socket = connect(store.socket)
  await once(socket, 'connect')
  return socket.on('error', () => {})
}

function message(command: object): Buffer {
  const body = serialize(command)
  const header = Buffer.alloc(21)
  header.writeInt32LE(header.length + body.length, 0)
  header.writeInt32LE(2013, 12)
  return Buffer.concat([header, body])
}

const ping = message({ ping: 1, $db: 'test' })
const staysUsable = async () => expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 })

describe('clients that leave', () => {
  it('may be a thousand at once, each of which is answered', async () => {
    const sockets = await Promise.all(Array.from({ length: 1000 }, open))
    const answers = await Promise.all(
      sockets.map(async (socket) => {
        socket.write(ping)
        const [reply] = await once(socket, 'data')
        return (reply as Buffer).readInt32LE(12)
      }),
    )
    expect(answers).toEqual(sockets.map(() => 2013))
    await staysUsable()
    for (const socket of sockets) socket.destroy()
    await staysUsable()
  })

  it('in the middle of a large reply are forgotten', async () => {
    const big = client.db('test').collection('replies')
    await big.insertMany(Array.from({ length: 8 }, () => ({ text: 'x'.repeat(2_000_000) })))
    for (let i = 0; i < 20; i++) {
      const socket = await open()
      socket.write(message({ find: 'replies', $db: 'test' }))
      await once(socket, 'data')
      socket.destroy()
    }
    expect(await big.countDocuments({})).toBe(8)
    await staysUsable()
  })

  it('in the middle of a large command have stored nothing of it', async () => {
    const documents = Array.from({ length: 8 }, (_, _id) => ({ _id, text: 'x'.repeat(2_000_000) }))
    const command = message({ insert: 'halves', documents, $db: 'test' })
    for (let i = 0; i < 10; i++) {
      const socket = await open()
      socket.write(command.subarray(0, Math.floor((command.length * (i + 1)) / 11)))
      await new Promise((resolve) => setTimeout(resolve, 20))
      socket.destroy()
    }
    await staysUsable()
    expect(await client.db('test').collection('halves').countDocuments({})).toBe(0)
  })

  it('before they are answered have stored all of it or nothing', async () => {
    const command = (batch: number) =>
      message({ insert: 'pairs', documents: Array.from({ length: 50 }, () => ({ batch })), $db: 'test' })
    for (let batch = 0; batch < 50; batch++) {
      const socket = await open()
      socket.write(command(batch), () => socket.destroy())
    }
    await staysUsable()
    const found = await client.db('test').collection('pairs').find().toArray()
    const batches = new Set(found.map((document) => document.batch))
    expect(found).toHaveLength(batches.size * 50)
  })

  it('and leave their cursors open can leave only so many: the one used longest ago goes first', async () => {
    const rows = client.db('test').collection('rows')
    await rows.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })))
    const cursors = Array.from({ length: 250 }, () => rows.find().batchSize(2))
    for (const cursor of cursors) await cursor.next()
    const [first, last] = [cursors[0], cursors.at(-1)]
    await expect(first?.toArray()).rejects.toMatchObject({ code: 43 })
    expect(await last?.toArray()).toHaveLength(9)
    await Promise.all(cursors.map((cursor) => cursor.close()))
  })
})

import { EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { serialize } from 'bson'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWireServer } from '../../src/embedded-store/server.ts'
import { startInTemporaryDirectory } from './store-under-test.ts'

let store: Awaited<ReturnType<typeof startInTemporaryDirectory>>
let client: MongoClient

beforeAll(async () => {
  store = await startInTemporaryDirectory()
  client = await new MongoClient(store.uri).connect()
  await client.db().collection('cases').insertOne({ number: 1 })
})
afterAll(async () => {
  await client.close()
  await store.close()
})

function header(length: number, opcode = 2013) {
  const bytes = Buffer.alloc(16)
  bytes.writeInt32LE(length, 0)
  bytes.writeInt32LE(7, 4)
  bytes.writeInt32LE(opcode, 12)
  return bytes
}

function message(body: Uint8Array, kind = 0) {
  const rest = Buffer.concat([Buffer.from([0, 0, 0, 0, kind]), body])
  return Buffer.concat([header(16 + rest.length), rest])
}

/** Nested documents as bytes, because a serializer would refuse them. */
function nested(depth: number): Buffer {
  let inner = Buffer.from([5, 0, 0, 0, 0])
  for (let i = 1; i < depth; i++) {
    const length = Buffer.alloc(4)
    length.writeInt32LE(inner.length + 8)
    inner = Buffer.concat([length, Buffer.from([3, 0x61, 0]), inner, Buffer.from([0])])
  }
  return inner
}

const pingBytes = Buffer.from(serialize({ ping: 1, $db: 'test' }))
const withLength = (bytes: Buffer, length: number) => {
  const copy = Buffer.from(bytes)
  copy.writeInt32LE(length, 0)
  return copy
}

async function open(): Promise<Socket> {
  const socket = connect(store.socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Deterministic noise. */
function noise(length: number, seed: number) {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    bytes[i] = state >>> 16
  }
  return bytes
}

async function isClosedAfter(bytes: Buffer): Promise<boolean> {
  const socket = await open()
  socket.resume()
  socket.write(bytes)
  const closed = once(socket, 'close').then(() => true)
  const timer = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3000).unref())
  const result = await Promise.race([closed, timer])
  socket.destroy()
  return result
}

const staysUsable = async () => {
  expect(await client.db().collection('cases').countDocuments({ number: 1 })).toBe(1)
  const another = await new MongoClient(store.uri).connect()
  expect(await another.db().command({ ping: 1 })).toMatchObject({ ok: 1 })
  await another.close()
}

describe('a connection is closed, and nothing else, for', () => {
  const cases: readonly [string, () => Buffer][] = [
    ['a message length of zero', () => header(0)],
    ['a negative message length', () => header(-5)],
    ['a message length above 48 MB', () => header(48_000_001)],
    ['an unknown opcode', () => Buffer.concat([header(16 + pingBytes.length, 4242), pingBytes])],
    ['a compressed message', () => Buffer.concat([header(16 + pingBytes.length, 2012), pingBytes])],
    [
      'an unknown required flag',
      () => Buffer.concat([header(21 + pingBytes.length), Buffer.from([4, 0, 0, 0, 0]), pingBytes]),
    ],
    ['an unknown section kind', () => message(pingBytes, 9)],
    ['no body', () => Buffer.concat([header(20), Buffer.alloc(4)])],
    ['two bodies', () => message(Buffer.concat([pingBytes, Buffer.from([0]), pingBytes]))],
    ['a body longer than the message', () => message(withLength(pingBytes, pingBytes.length + 50))],
    ['a body shorter than it says', () => message(withLength(pingBytes, 6))],
    ['a body with a negative length', () => message(withLength(pingBytes, -1))],
    ['an unknown BSON type', () => message(Buffer.from([8, 0, 0, 0, 0x55, 0x61, 0, 0]))],
    [
      'a string without an end',
      () => message(Buffer.from([15, 0, 0, 0, 2, 0x61, 0, 2, 0, 0, 0, 0x62, 0x63, 0, 0].fill(1, 12, 14))),
    ],
    ['a string length of 2 GB', () => message(Buffer.from([14, 0, 0, 0, 2, 0x61, 0, 255, 255, 255, 127, 0, 0, 0]))],
    ['documents nested 201 levels deep', () => message(nested(201))],
    ['documents nested 5,000 levels deep', () => message(nested(5000))],
  ]
  it.each(cases)('%s', async (_name, bytes) => {
    expect(await isClosedAfter(bytes())).toBe(true)
    await staysUsable()
  })

  it('random bytes, two hundred times', async () => {
    const sockets = await Promise.all(Array.from({ length: 200 }, open))
    for (const [i, socket] of sockets.entries())
      socket.end(i % 2 ? noise(300, i) : Buffer.concat([header(316), noise(300, i)]))
    await Promise.all(sockets.map((socket) => (socket.closed ? undefined : once(socket.resume(), 'close'))))
    await staysUsable()
  })

  it('a message damaged at every single byte', async () => {
    const good = message(pingBytes)
    for (let at = 0; at < good.length; at++) {
      const socket = await open()
      const damaged = Buffer.from(good)
      damaged[at] = 0xff
      socket.resume()
      socket.end(damaged)
      if (!socket.closed) await once(socket, 'close')
    }
    await staysUsable()
  })

  it('a connection that is cut in the middle of a message', async () => {
    const socket = await open()
    socket.write(message(pingBytes).subarray(0, 30))
    socket.destroy()
    await staysUsable()
  })
})

describe('a client that does not read its replies', () => {
  it('is served no further until it does, and then to the end', async () => {
    const big = Buffer.from(serialize({ ok: 1, text: 'x'.repeat(1_000_000) }))
    let served = 0
    const wire = createWireServer(() => {
      served++
      return big
    })
    const path = `${store.socket}.slow`
    await new Promise<void>((listening) => wire.server.listen({ path }, listening))
    const socket = connect(path)
    await once(socket, 'connect')
    socket.pause()
    for (let i = 0; i < 100; i++) socket.write(message(pingBytes))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(served).toBeLessThan(20)
    let received = 0
    for await (const chunk of socket) {
      received += chunk.length
      if (received === 100 * (big.length + 21)) break
    }
    expect(served).toBe(100)
    await wire.close()
  })
})

describe('a server that closes', () => {
  const ping = message(pingBytes)
  const reply = Buffer.from(serialize({ ok: 1, text: 'x'.repeat(1_000_000) }))

  /** A server that begins an answer at once and gives it when told to. */
  async function serveSlowly(name: string) {
    const signals = new EventEmitter()
    const begun = once(signals, 'begun')
    const wire = createWireServer(async () => {
      signals.emit('begun')
      await once(signals, 'release')
      return reply
    })
    const path = `${store.socket}.${name}`
    await new Promise<void>((listening) => wire.server.listen({ path }, listening))
    const socket = connect(path)
    socket.on('error', () => {})
    await once(socket, 'connect')
    return { wire, socket, begun, release: () => signals.emit('release') }
  }

  it('answers the command under way to the end first, and none after it', async () => {
    const { wire, socket, begun, release } = await serveSlowly('closing')
    socket.write(Buffer.concat([ping, ping]))
    await begun
    const closed = wire.close()
    release()
    let received = 0
    for await (const chunk of socket) received += chunk.length
    expect(received).toBe(reply.length + 21)
    await closed
  })

  it('does not wait for a client that does not read, nor for one in the middle of a message', async () => {
    const { wire, socket, begun, release } = await serveSlowly('deaf')
    socket.pause().write(ping)
    await begun
    const half = connect(`${store.socket}.deaf`)
    half.on('error', () => {}).write(ping.subarray(0, 30))
    await once(half, 'connect')
    const closed = wire.close()
    release()
    await closed
    socket.destroy()
    half.destroy()
  })
})

describe('a large message', () => {
  it('of almost 48 MB is stored whole', async () => {
    const documents = Array.from({ length: 3 }, (_, i) => ({ _id: `big-${i}` as never, text: 'x'.repeat(15_000_000) }))
    await client.db().collection('big').insertMany(documents)
    const sizes = await client.db().collection('big').find().toArray()
    expect(sizes.map((document) => document.text.length)).toEqual([15_000_000, 15_000_000, 15_000_000])
    await client.db().collection('big').deleteMany({})
  }, 60_000)

  it('with one document above 16 MB is refused', async () => {
    const bytes = Buffer.from(serialize({ insert: 'big', documents: [{ text: 'x'.repeat(17_000_000) }], $db: 'test' }))
    const socket = await open()
    socket.write(message(bytes))
    const [reply] = await once(socket, 'data')
    expect(String(reply)).toContain('larger than')
    socket.destroy()
    await staysUsable()
  })

  it('nested 180 levels deep is stored and found', async () => {
    const bytes = Buffer.concat([
      Buffer.from(serialize({ insert: 'deep', $db: 'test' })).subarray(0, -1),
      Buffer.from([4]),
      Buffer.from('documents\0'),
    ])
    const array = Buffer.concat([Buffer.from([0, 0, 0, 0, 3]), Buffer.from('0\0'), nested(180), Buffer.from([0])])
    array.writeInt32LE(array.length, 0)
    const body = Buffer.concat([bytes, array, Buffer.from([0])])
    body.writeInt32LE(body.length, 0)
    const socket = await open()
    socket.write(message(body))
    const [reply] = await once(socket, 'data')
    expect(String(reply)).toContain('ok')
    expect(
      await client
        .db('test')
        .collection('deep')
        .countDocuments({ 'a.a.a': { $exists: true } }),
    ).toBe(1)
    socket.destroy()
  })
})

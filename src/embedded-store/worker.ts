import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { runCommand } from './command-table.ts'
import { Cursors } from './cursors.ts'
import { removeExpired } from './expiry.ts'
import { type Address, claimDirectory, uriOf } from './running-store.ts'
import { createWireServer } from './server.ts'
import type { EmbeddedStoreOptions } from './start-embedded-store.ts'
import { Storage } from './storage.ts'

/** The kernel's limit for a unix socket's path is 104 bytes on macOS and 108 on Linux. */
const LONGEST_SOCKET_PATH = 100

/** A name of its own for each server, so that it can listen before it claims the directory. */
function socketPath(directory: string): string {
  const name = `gatehouse-${process.pid}-${randomBytes(3).toString('hex')}.sock`
  const inside = join(directory, name)
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside
  return join(mkdtempSync(join(tmpdir(), 'gatehouse-')), name)
}

async function listen(server: Server, directory: string): Promise<Address> {
  if (process.platform === 'win32') {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  }
  const path = socketPath(directory)
  await once(server.listen(path), 'listening')
  chmodSync(path, 0o600)
  return { path }
}

async function start({ directory, sweepEveryMs }: Required<EmbeddedStoreOptions>) {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  chmodSync(directory, 0o700)
  const storage = new Storage(directory)
  const cursors = new Cursors()
  const wire = createWireServer(({ command }) => runCommand(storage, cursors, command))
  const address = await listen(wire.server, directory)
  let sweep: NodeJS.Timeout | undefined
  const close = async () => {
    clearInterval(sweep)
    // Whoever finds that nobody listens takes the directory over, so what was accepted has to be stored first.
    await wire.close(() => storage.close())
    if ('path' in address && dirname(address.path) !== directory)
      rmSync(dirname(address.path), { recursive: true, force: true })
  }
  await claimDirectory(directory, storage, address).catch(async (error) => {
    await close()
    throw error
  })
  sweep = setInterval(() => {
    cursors.forgetIdle()
    // A sweep that fails (on a full disk, say) is tried again at the next.
    removeExpired(storage).catch(() => {})
  }, sweepEveryMs)
  return { uri: uriOf(address), close }
}

// The first message is the store's address; a failure to start ends the thread, which its maker hears as an error.
const { uri, close } = await start(workerData as Required<EmbeddedStoreOptions>)
parentPort?.once('message', () => void close().finally(() => parentPort?.close()))
parentPort?.postMessage(uri)

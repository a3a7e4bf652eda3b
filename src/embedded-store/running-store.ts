import { once } from 'node:events'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Storage } from './storage.ts'

/** Where a server listens: a unix socket, or a loopback port on Windows. */
export type Address = { readonly path: string } | { readonly port: number; readonly host: '127.0.0.1' }

/** Who serves a directory; written into it for others to find. */
interface Owner {
  readonly pid: number
  readonly address: Address
}

const ownerFile = (directory: string) => join(directory, 'server.json')

/** The URI of the server that runs on a directory, for a second process to connect to; undefined when none does. */
export async function runningStoreUri(directory: string): Promise<string | undefined> {
  const owner = readOwner(directory)
  return owner && (await isServing(owner)) ? uriOf(owner.address) : undefined
}

/**
 * Takes the directory for this process, which listens already. A claim ends with its socket, so nobody has to give one
 * back, and that of a process that died is taken over. LMDB's write lock, which the system releases when a process
 * dies, makes reading and replacing the claim one step.
 */
export async function claimDirectory(directory: string, storage: Storage, address: Address): Promise<void> {
  const file = ownerFile(directory)
  for (let isClaimed = false; !isClaimed; ) {
    const before = readOwner(directory)
    if (before && (await isServing(before)))
      throw new Error(`${directory} is in use by process ${before.pid}; only one server can run on a data directory`)
    storage.load()
    isClaimed = await storage.write(() => {
      if (!isDeepStrictEqual(readOwner(directory), before)) return false
      // Renamed when it is whole, because others read it without the lock.
      writeFileSync(`${file}.draft`, JSON.stringify({ pid: process.pid, address }), { mode: 0o600 })
      renameSync(`${file}.draft`, file)
      return true
    })
    if (isClaimed && before && 'path' in before.address) rmSync(before.address.path, { force: true })
  }
}

/** The connection string of an address, with the default database of the application. */
export function uriOf(address: Address): string {
  const host = 'path' in address ? encodeURIComponent(address.path) : `${address.host}:${address.port}`
  return `mongodb://${host}/gatehouse?directConnection=true`
}

function readOwner(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(ownerFile(directory), 'utf8')) as Owner
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Only an open socket proves that a server runs, and a port only if another program did not get it since. */
const isServing = async ({ pid, address }: Owner) =>
  ('path' in address || processExists(pid)) && (await accepts(address))

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const DEAD = new Set(['ECONNREFUSED', 'ENOENT'])

/** Whether somebody listens; a server that is too busy to answer is still there. */
async function accepts(address: Address): Promise<boolean> {
  const socket = connect(address)
  const answer = once(socket, 'connect').catch(({ code }) => code)
  return !DEAD.has(await answer.finally(() => socket.destroy()))
}

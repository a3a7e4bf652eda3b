import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Storage } from './storage.ts'

/** Where a server listens: a unix socket, or a loopback port on Windows. */
export type Address = { readonly path: string } | { readonly port: number; readonly host: '127.0.0.1' }

/** Who serves a directory; written into it for others to find. */
interface Owner {
  readonly pid: number
  readonly address: Address
  readonly uri: string
  readonly claim: string
}

const DATABASE = 'gatehouse'

const ownerFile = (directory: string) => join(directory, 'server.json')

/** The URI of the server that runs on a directory, for a second process to connect to; undefined when none does. */
export async function runningStoreUri(directory: string): Promise<string | undefined> {
  const owner = readOwner(directory)
  return owner && (await isServing(owner)) ? owner.uri : undefined
}

/** Throws when a server runs on the directory. */
export async function refuseSecondServer(directory: string): Promise<void> {
  const owner = readOwner(directory)
  if (owner && (await isServing(owner))) throw inUse(directory, owner)
}

/**
 * Takes the directory for this process, which listens already, and returns how to give it back. The claim of a
 * process that died is taken over. LMDB's write lock, which the system releases when a process dies, makes
 * reading and replacing the claim one step.
 */
export async function claimDirectory(directory: string, storage: Storage, address: Address): Promise<() => void> {
  const owner: Owner = { pid: process.pid, address, uri: uriOf(address), claim: randomUUID() }
  for (;;) {
    const before = readOwner(directory)
    await refuseSecondServer(directory)
    const isClaimed = storage.exclusively(() => {
      if (readOwner(directory)?.claim !== before?.claim) return false
      writeOwner(directory, owner)
      return true
    })
    if (!isClaimed) continue
    if (before && 'path' in before.address) rmSync(before.address.path, { force: true })
    break
  }
  return () => {
    if (readOwner(directory)?.claim === owner.claim) rmSync(ownerFile(directory), { force: true })
  }
}

/** The connection string of an address, with the default database of the application. */
export function uriOf(address: Address): string {
  const host = 'path' in address ? encodeURIComponent(address.path) : `${address.host}:${address.port}`
  return `mongodb://${host}/${DATABASE}?directConnection=true`
}

const inUse = (directory: string, { pid }: Owner) =>
  new Error(`the data directory ${directory} is in use by process ${pid}; only one server can run on a directory`)

function readOwner(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(ownerFile(directory), 'utf8')) as Owner
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

function writeOwner(directory: string, owner: Owner) {
  const draft = `${ownerFile(directory)}.${owner.claim}`
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
  renameSync(draft, ownerFile(directory))
}

/** A process number may have been given to another program, so only an open socket proves that a server runs. */
const isServing = async ({ pid, address }: Owner) => processExists(pid) && (await accepts(address))

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const DEAD = new Set(['ECONNREFUSED', 'ENOENT'])

/** Whether somebody listens; a server that is too busy to answer is still there. */
const accepts = (address: Address) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(!DEAD.has(error.code ?? '')))
  })

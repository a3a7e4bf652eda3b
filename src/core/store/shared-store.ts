import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmbeddedStore } from '../../embedded-store/index.ts'
import { makeDirectory } from '../make-directory.ts'

/** The embedded store of a directory, as one of several processes sees it. */
export type SharedStore = {
  /** Stays the same whoever serves the store. */
  readonly uri: string
  /** Whether this process serves it, so that it ends with this process. */
  isOurs(): boolean
  /** Serves the store from this process, or finds who else serves it now; harmless when nothing has changed. */
  follow(): Promise<void>
  close(): Promise<void>
}

/** Two that start at the same moment: the slower finds the faster when it looks again. */
const attempts = 20
const betweenMs = 50

/**
 * One process at a time serves a directory; the others reach it through its socket. When the one that serves ends, the
 * next that notices serves instead, and all others follow to it: their drivers come back by themselves.
 */
export async function shareStore(directory: string): Promise<SharedStore> {
  makeDirectory(directory)
  const first = await joinOrServe(directory)
  let { store } = first
  const door = openDoor(first.uri)
  let following: Promise<void> | undefined
  let closed = false
  const follow = async (): Promise<void> => {
    const now = await joinOrServe(directory)
    store = now.store
    door.leadTo(now.uri)
    if (closed) await now.store?.close()
  }
  return {
    uri: door.uri,
    isOurs: () => store !== undefined,
    follow: () => {
      if (store !== undefined || closed) return Promise.resolve()
      following ??= follow().finally(() => {
        following = undefined
      })
      return following
    },
    close: async () => {
      closed = true
      await following?.catch(() => {})
      await store?.close()
      door.close()
    },
  }
}

/** Where nothing can stand between the driver and the store's own address: on Windows it is a port. */
export class StoreMoved extends Error {
  constructor() {
    super('the embedded store is now served by another process, at another address: start this one again')
  }
}

type Door = { readonly uri: string; leadTo(uri: string): void; close(): void }

/** Every server listens on a socket of its own name; a link of ours always leads to the one that serves now. */
function openDoor(first: string): Door {
  const socket = socketIn(first)
  if (socket === undefined) {
    const leadTo = (uri: string) => {
      if (uri !== first) throw new StoreMoved()
    }
    return { uri: first, leadTo, close: () => {} }
  }
  const place = mkdtempSync(join(tmpdir(), 'gatehouse-'))
  const link = join(place, 'store.sock')
  symlinkSync(socket, link)
  return {
    uri: first.replace(encodeURIComponent(socket), encodeURIComponent(link)),
    leadTo: (uri) => {
      const draft = join(place, 'next.sock')
      symlinkSync(socketIn(uri) ?? socket, draft)
      renameSync(draft, link)
    },
    close: () => rmSync(place, { recursive: true, force: true }),
  }
}

function socketIn(uri: string): string | undefined {
  const host = /^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? ''
  const path = decodeURIComponent(host)
  return path.endsWith('.sock') ? path : undefined
}

type Joined = { readonly uri: string; readonly store: EmbeddedStore | undefined }

async function joinOrServe(directory: string): Promise<Joined> {
  const { startEmbeddedStore, runningStoreUri } = await import('../../embedded-store/index.ts')
  for (let attempt = 1; ; attempt++) {
    const running = await runningStoreUri(directory)
    if (running !== undefined) return { uri: running, store: undefined }
    try {
      const store = await startEmbeddedStore({ directory })
      return { uri: store.uri, store }
    } catch (error) {
      if (attempt === attempts || !isTaken(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, betweenMs))
    }
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && error.message.includes('is in use by process')

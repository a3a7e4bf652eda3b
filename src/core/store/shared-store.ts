import { mkdir } from 'node:fs/promises'
import type { EmbeddedStore } from '../../embedded-store/index.ts'

/** The embedded store of a directory, as one of several processes sees it. */
export type SharedStore = {
  readonly uri: string
  /** Whether this process serves it, so that it ends with this process. */
  isOurs(): boolean
  /** Serves the store from this process if nobody else does any more; harmless otherwise. */
  takeOver(): Promise<void>
  close(): Promise<void>
}

/** Two that start at the same moment: the slower finds the faster when it looks again. */
const attempts = 20
const betweenMs = 50

/**
 * One process at a time serves a directory; the others reach it through its socket. When the one that serves ends,
 * the next that notices serves instead, at the same address, so that drivers come back by themselves.
 */
export async function shareStore(directory: string): Promise<SharedStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const { uri, store: ours } = await joinOrServe(directory)
  let store = ours
  let taking: Promise<void> | undefined
  let closed = false
  const take = async (): Promise<void> => {
    const now = await joinOrServe(directory)
    store = now.store
    if (now.uri !== uri) throw new StoreMoved(directory)
    if (closed) await now.store?.close()
  }
  return {
    uri,
    isOurs: () => store !== undefined,
    takeOver: () => {
      if (store !== undefined || closed) return Promise.resolve()
      taking ??= take().finally(() => {
        taking = undefined
      })
      return taking
    },
    close: async () => {
      closed = true
      await taking?.catch(() => {})
      await store?.close()
    },
  }
}

/** Where the address of a store cannot stay the same (Windows; directories with very long names). */
export class StoreMoved extends Error {
  constructor(directory: string) {
    super(`the embedded store in ${directory} is now served at another address; start this process again`)
  }
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

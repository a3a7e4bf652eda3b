import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A running embedded store. */
export interface EmbeddedStore {
  /** For any MongoDB driver in this or another process of the same user. */
  readonly uri: string
  /** Ends all connections and closes the files. */
  close(): Promise<void>
}

/** Where and how to run; documents whose TTL index says so are removed at every sweep, by default each minute. */
export interface EmbeddedStoreOptions {
  readonly directory: string
  readonly sweepEveryMs?: number
}

/** Starts the store on a directory, in a thread of its own; rejects when the directory is in use or unusable. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const worker = startWorker({ sweepEveryMs: 60_000, ...options, directory: resolve(options.directory) })
  const exited = new Promise<void>((done) => worker.once('exit', () => done()))
  // From the first message on, a crash of the worker is nobody's to handle: it must end the process, not pass unseen.
  const [uri] = await once(worker, 'message')
  worker.unref()
  const close = async () => {
    worker.ref()
    worker.postMessage('close')
    await exited
  }
  return { uri, close }
}

/** Node 20 runs no TypeScript, and a test runner transforms it only in its own threads: from sources, tsx loads the worker. */
function startWorker(settings: Required<EmbeddedStoreOptions>): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./worker.js', import.meta.url), { workerData: settings })
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))
  const loader = new URL('./dist/esm/api/index.mjs', tsx).href
  const entry = new URL('./worker.ts', import.meta.url).href
  const code = `import('${loader}').then((tsx) => (tsx.register(), import('${entry}')))`
  return new Worker(code, { eval: true, workerData: settings })
}

import { parentPort } from 'node:worker_threads'
import { parseMail } from './parse.ts'

/** The thread's side: a raw mail in, a letter out. */
parentPort?.on('message', async (raw: Uint8Array) => {
  parentPort?.postMessage(await parseMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)))
})

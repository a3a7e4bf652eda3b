import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Letter } from './letter.ts'
import { unparsed } from './raw-mail.ts'

export type MailParser = {
  /** Never rejects: a mail that takes too long or too much memory is a letter that says so. */
  parse(raw: Buffer): Promise<Letter>
  close(): Promise<void>
}

export type ParserLimits = { readonly timeoutMs: number; readonly memoryMb: number }

/**
 * Parses mails one after the other in a thread of its own, started when first needed. Mail is written by strangers: one
 * that would take for ever or fill the memory ends the thread, not the house, and the next mail gets a new thread.
 */
export function createMailParser(limits: ParserLimits): MailParser {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function parseNext(raw: Buffer): Promise<Letter> {
    thread ??= startThread(limits.memoryMb)
    const outcome = await parseIn(thread, raw, limits.timeoutMs)
    if (typeof outcome !== 'string') return outcome
    await thread.terminate()
    thread = undefined
    return unparsed(raw, outcome)
  }

  return {
    parse: (raw) => {
      const letter = last.then(() => parseNext(raw))
      last = letter
      return letter
    },
    close: async () => {
      await last
      await thread?.terminate()
      thread = undefined
    },
  }
}

/** The letter, or in words why the thread is of no more use. */
function parseIn(thread: Worker, raw: Buffer, timeoutMs: number): Promise<Letter | string> {
  return new Promise((resolve) => {
    const done = (outcome: Letter | string) => {
      clearTimeout(timer)
      thread.removeAllListeners()
      // An error after the answer is nobody's any more, and the thread is replaced when it is next used.
      thread.on('error', () => {})
      thread.unref()
      resolve(outcome)
    }
    const timer = setTimeout(() => done(`it takes longer than ${timeoutMs / 1_000} s to read`), timeoutMs)
    thread.removeAllListeners()
    thread.once('message', done)
    thread.once('error', () => done('it needs more memory than a mail may'))
    thread.once('exit', () => done('the reader ended'))
    thread.ref()
    thread.postMessage(raw)
  })
}

/** Node 20 runs no TypeScript, and a test runner transforms it only in its own threads: from sources, tsx loads the worker. */
function startThread(memoryMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 8 }
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./parse-worker.js', import.meta.url), { resourceLimits })
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))
  const loader = new URL('./dist/esm/api/index.mjs', tsx).href
  const entry = new URL('./parse-worker.ts', import.meta.url).href
  const code = `import('${loader}').then((tsx) => (tsx.register(), import('${entry}')))`
  return new Worker(code, { eval: true, resourceLimits })
}

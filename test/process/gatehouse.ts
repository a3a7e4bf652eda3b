import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownDatabase } from '../own-database.ts'
import { builtGatehouse, configDirectory } from './built.ts'

export type Gatehouse = {
  readonly url: string
  readonly process: ChildProcess
  /** Everything it has printed so far, on both streams. */
  output(): string
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

export type GatehouseOptions = {
  readonly dataDir: string
  readonly variables?: Readonly<Record<string, string>>
  readonly role?: 'all' | 'web' | 'worker'
  readonly port?: number
}

/** What providers call, as far as signatures go; where a process really listens is another matter. */
export const publicUrl = 'https://gatehouse.example.test'
export const apiToken = 'an-api-token-for-tests'

const environmentFor = ({ dataDir, variables = {}, port = 0 }: GatehouseOptions): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  ...(process.env.MONGODB_URI !== undefined && { MONGODB_URI: ownDatabase(dataDir).mongodbUri }),
  DATA_DIR: dataDir,
  GATEHOUSE_CONFIG: configDirectory,
  GATEHOUSE_API_TOKEN: apiToken,
  PUBLIC_URL: publicUrl,
  PORT: String(port),
  LOG_LEVEL: 'warn',
  ...variables,
})

/** Runs one command of the built product to its end. */
export async function runGatehouse(args: readonly string[], options: GatehouseOptions & { readonly input?: string }) {
  const child = spawn(process.execPath, [builtGatehouse(), ...args], { env: environmentFor(options) })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

const started = new Set<ChildProcess>()
// A test that fails half-way, or a script that is stopped, leaves no process behind.
process.once('exit', () => endAll())

/** Kills whatever is still running. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL')
}

/** Starts the built product in a process of its own and waits until it says where it listens. */
export async function startGatehouse(options: GatehouseOptions): Promise<Gatehouse> {
  const child = spawn(process.execPath, [builtGatehouse(), 'serve', '--role', options.role ?? 'all'], {
    env: environmentFor(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.add(child)
  child.once('exit', () => started.delete(child))
  let printed = ''
  const listening = new Promise<string>((resolve, reject) => {
    const note = (chunk: unknown) => {
      printed += String(chunk)
      const url = /listens on (http:\S+)/.exec(printed)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    child.once('exit', (code, signal) => reject(new Error(`Gatehouse ended (${code ?? signal}):\n${printed}`)))
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  exited.catch(() => {})
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return (await exited)[0]
  }
  return {
    url: await listening,
    process: child,
    output: () => printed,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

/** Looks again and again until `look` finds something. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  { withinMs = 15_000, what = 'it' }: { withinMs?: number; what?: string } = {},
): Promise<T> {
  const giveUpAt = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > giveUpAt) throw new Error(`waited ${withinMs} ms for ${what}`)
    await sleep(50)
  }
}

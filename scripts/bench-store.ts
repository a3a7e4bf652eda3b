import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Collection, MongoClient } from 'mongodb'
import type * as embedded from '../src/embedded-store/index.ts'

/**
 * Prints operations per second and latencies of the embedded store beside its floor: the same driver and wire
 * code over plain maps without a disk, in the same run and in alternating slices, because machines are noisy.
 * Both are compiled first, as they run in production. `--quick`, or numbers of documents, instead of the usual two.
 */
interface Case {
  _id: string
  number: number
  status: string
  dueAt: Date
  version: number
  text: string
}
interface Target {
  readonly cases: Collection<Case>
  size: number
}
type Operation = (target: Target, at: number) => Promise<unknown>

const CLIENTS = 16
const SLICE_MS = 300
const SLICES = 5
const WARM_UP_SLICES = 3
const TEXT = 'x'.repeat(1150)

const newCase = (number: number): Case => ({
  _id: `case-${number}`,
  number,
  status: `status-${number % 50}`,
  dueAt: new Date(1_700_000_000_000 + number * 1000),
  version: 0,
  text: TEXT,
})
const spread = (target: Target, at: number) => (at * 7919) % target.size

const OPERATIONS: Readonly<Record<string, Operation>> = {
  insert: (target) => target.cases.insertOne(newCase(target.size++)),
  'find by id': (target, at) => target.cases.findOne({ _id: `case-${spread(target, at)}` }),
  'find by unique index': (target, at) => target.cases.findOne({ number: spread(target, at) }),
  'conditional update': (target, at) =>
    target.cases.findOneAndUpdate(
      { number: spread(target, at), version: { $gte: 0 } },
      { $inc: { version: 1 }, $set: { dueAt: new Date(1_700_000_000_000 + at) } },
      { returnDocument: 'after' },
    ),
  'indexed page of 20': (target, at) =>
    target.cases
      .find({ status: `status-${at % 50}` })
      .sort({ dueAt: 1 })
      .limit(20)
      .toArray(),
}
const WRITES = new Set(['insert', 'conditional update'])

async function fill(target: Target, size: number) {
  while (target.size < size) {
    await target.cases.insertMany(
      Array.from({ length: Math.min(500, size - target.size) }, (_, i) => newCase(target.size + i)),
    )
    target.size = Math.min(size, target.size + 500)
  }
}

interface Measured {
  /** Of each slice, in the order in which they were measured. */
  readonly rates: readonly number[]
  readonly p50: number
  readonly p99: number
}

async function slice(
  target: Target,
  operation: Operation,
  { clients, into }: { clients: number; into: number[] },
): Promise<number> {
  const startedAt = performance.now()
  let count = 0
  const client = async (which: number) => {
    for (let at = which * 1009; performance.now() - startedAt < SLICE_MS; at++) {
      const before = performance.now()
      await operation(target, at)
      into.push(performance.now() - before)
      count++
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, which) => client(which)))
  return (count / (performance.now() - startedAt)) * 1000
}

const medianOf = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Measures store and floor in alternating slices, each of them first in turn. */
async function measure(targets: readonly Target[], operation: Operation, clients: number): Promise<Measured[]> {
  const runs = targets.map((target) => ({ target, latencies: [] as number[], rates: [] as number[] }))
  for (let i = 0; i < WARM_UP_SLICES; i++)
    for (const { target } of runs) await slice(target, operation, { clients, into: [] })
  for (let i = 0; i < SLICES; i++)
    for (const run of i % 2 ? [...runs].reverse() : runs)
      run.rates.push(await slice(run.target, operation, { clients, into: run.latencies }))
  return runs.map(({ latencies, rates }) => {
    latencies.sort((a, b) => a - b)
    const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
    return { rates, p50: at(0.5), p99: at(0.99) }
  })
}

/** Compiles the store and the floor; returns where to. */
function compile(): string {
  const root = process.cwd()
  const built = mkdtempSync(join(root, 'node_modules', '.bench-'))
  process.on('exit', () => rmSync(built, { recursive: true, force: true }))
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: root, outDir: built, typeRoots: [join(root, 'node_modules/@types')] },
    include: [join(root, 'src/embedded-store'), join(root, 'scripts/bench-store-floor.ts')],
  }
  writeFileSync(join(built, 'tsconfig.json'), JSON.stringify(settings))
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }')
  const { status, stdout } = spawnSync('node_modules/.bin/tsc', ['-p', join(built, 'tsconfig.json')])
  if (status !== 0) throw new Error(`the store did not compile: ${stdout}`)
  return built
}

async function startFloor(built: string, directory: string): Promise<string> {
  const path = join(directory, 'floor.sock')
  const worker = new Worker(join(built, 'scripts', 'bench-store-floor.js'), { workerData: path })
  await once(worker, 'message')
  worker.unref()
  return `mongodb://${encodeURIComponent(path)}/?directConnection=true`
}

async function connect(uri: string): Promise<{ client: MongoClient; target: Target }> {
  const client = await new MongoClient(uri, { maxPoolSize: CLIENTS, minPoolSize: CLIENTS }).connect()
  return { client, target: { cases: client.db('bench').collection<Case>('cases'), size: 0 } }
}

const cell = (value: string | number, width: number) => String(value).padStart(width)

function row(name: string, clients: number, [store, floor]: readonly Measured[]): number {
  if (!store || !floor) return 0
  // Of neighbouring slices, because a shared machine is slower at one time than at another.
  const ratio = medianOf(store.rates.map((rate, i) => rate / (floor.rates[i] ?? 0)))
  const rate = medianOf(store.rates)
  const wanted = clients === 1 ? '' : WRITES.has(name) ? ' (target 0.6)' : ' (target 0.8)'
  const columns = [
    cell(rate.toFixed(0), 8),
    cell(store.p50.toFixed(2), 7),
    cell(store.p99.toFixed(2), 7),
    cell(medianOf(floor.rates).toFixed(0), 8),
  ]
  console.log(
    `${name.padEnd(22)} x${String(clients).padEnd(3)}${columns.join(' ')} ${cell(ratio.toFixed(2), 6)}${wanted}`,
  )
  return rate
}

/** A store in a process of its own: how fast it opens, and what memory it holds. */
async function measureProcess(built: string, directory: string) {
  const folder = pathToFileURL(join(built, 'src', 'embedded-store')).href
  const index = `${folder}/index.js`
  const code = `import { startEmbeddedStore } from '${index}'
      import { createWireServer } from '${folder}/server.js'
      import { Storage } from '${folder}/storage.js'
      const directory = ${JSON.stringify(directory)}
      const opensAt = performance.now()
      const storage = new Storage(directory)
      const wire = createWireServer(() => ({ ok: 1 }))
      await new Promise((listening) => wire.server.listen(directory + '/bench.sock', listening))
      const open = performance.now() - opensAt
      await wire.close()
      await storage.close()
      const startsAt = performance.now()
      const { uri } = await startEmbeddedStore({ directory })
      console.log(JSON.stringify({ open, start: performance.now() - startsAt, uri }))
      setInterval(() => {}, 1000)`
  const script = join(built, 'measured.mjs')
  writeFileSync(script, code)
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const [line] = await once(child.stdout, 'data')
  const { open, start, uri } = JSON.parse(String(line)) as { open: number; start: number; uri: string }
  const opened = privateMegabytes(child.pid)
  const { client, target } = await connect(uri)
  target.size = await target.cases.estimatedDocumentCount()
  for (const operation of Object.values(OPERATIONS)) await slice(target, operation, { clients: CLIENTS, into: [] })
  console.log(`open and listen: ${open.toFixed(0)} ms (target 50), with ${target.size} documents`)
  console.log(`with the thread's start and its modules: ${start.toFixed(0)} ms`)
  console.log(`private memory: ${opened} MB after opening, ${privateMegabytes(child.pid)} MB after use (target 80)`)
  await client.close()
  child.kill('SIGKILL')
}

/** What the disk itself takes to write 4 KB durably; no write can be faster than its share of one. */
function printDiskLatency(directory: string) {
  const file = openSync(join(directory, 'latency'), 'w')
  const took = Array.from({ length: 200 }, (_, i) => {
    const before = performance.now()
    writeSync(file, Buffer.alloc(4096), 0, 4096, i * 4096)
    fdatasyncSync(file)
    return performance.now() - before
  }).sort((a, b) => a - b)
  closeSync(file)
  console.log(`the disk writes 4 KB durably in ${took[100]?.toFixed(2)} ms (p50), ${took[198]?.toFixed(2)} ms (p99)`)
}

/** Anonymous resident memory; the pages of the database file belong to the system's cache. */
function privateMegabytes(pid: number | undefined): string {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 'unknown'
  const found = /RssAnon:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))
  return found ? (Number(found[1]) / 1024).toFixed(0) : 'unknown'
}

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
const data = join(directory, 'store')
printDiskLatency(directory)
const built = compile()
const index = pathToFileURL(join(built, 'src', 'embedded-store', 'index.js')).href
const { startEmbeddedStore } = (await import(index)) as typeof embedded
const served = await startEmbeddedStore({ directory: data })
const [store, floor] = [await connect(served.uri), await connect(await startFloor(built, directory))]
await store.target.cases.createIndex({ number: 1 }, { unique: true })
await store.target.cases.createIndex({ status: 1, dueAt: 1 })
const rates = new Map<string, number>()
const given = process.argv.map(Number).filter((size) => size > 0)
const usual = process.argv.includes('--quick') ? [2_000] : [10_000, 100_000]
for (const size of given.length > 0 ? given : usual) {
  for (const { target } of [store, floor]) await fill(target, size)
  console.log(`\n${size} documents of 1.3 KB        store/s     p50     p99  floor/s  ratio`)
  for (const clients of [1, CLIENTS]) {
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const rate = row(name, clients, await measure([store.target, floor.target], operation, clients))
      const before = rates.get(`${name} x${clients}`)
      if (before) console.log(`${' '.repeat(26)}${(rate / before).toFixed(2)} of the rate before (target 0.85)`)
      rates.set(`${name} x${clients}`, rate)
    }
  }
}
await Promise.all([store.client.close(), floor.client.close()])
await served.close()
console.log('')
printDiskLatency(directory)
await measureProcess(built, data)
rmSync(directory, { recursive: true, force: true })
process.exit(0)

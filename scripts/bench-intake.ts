import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connect } from '../src/core/store/connect.ts'
import { demoCredentials } from '../src/simulator/demo.ts'
import { eventually, type Gatehouse, publicUrl, startGatehouse } from '../test/process/gatehouse.ts'
import { type Providers, startProviders } from '../test/process/providers.ts'
import { customer, keptConnections, ourNumber, postText } from '../test/process/texts.ts'

/**
 * Intake beside its floors, in the same run and in alternating turns, because machines are noisy: read the ratios.
 * `npm run bench:intake [-- SECONDS ROUNDS]`
 */
const [seconds = 2, rounds = 3] = process.argv.slice(2).map(Number)
type Load = {
  /** Processor time of the server for one request, in µs: hardly changed by what else the machine does. */ readonly cpu: number
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly refused: number
}
type Target = { readonly name: string; readonly port: () => number; readonly pid: number }

const script = (name: string): string => join(import.meta.dirname, name)
const tsx = ['--import', 'tsx']

async function load({ port, pid }: Target, clients: number, perSecond = 0): Promise<Load> {
  const args = [...tsx, script('bench-intake-load.ts'), port(), clients, seconds, perSecond].map(String)
  const before = processorMs(pid)
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const read = JSON.parse(stdout) as Omit<Load, 'cpu'> & { readonly answered: number }
  return { ...read, cpu: ((processorMs(pid) - before) * 1_000) / read.answered }
}

/** All threads of a process, user and system, in ticks of 10 ms. */
function processorMs(pid: number): number {
  const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
  return (Number(user) + Number(system)) * 10
}

async function startFloor(mode: string): Promise<Target & { readonly child: ChildProcess }> {
  const args = [...tsx, script('bench-intake-floor.ts'), mode, publicUrl, demoCredentials.TWILIO_AUTH_TOKEN]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(String(line).trim())
  return { name: mode, port: () => port, pid: child.pid ?? 0, child }
}

const middle = <T>(all: readonly T[], by: (one: T) => number): T =>
  [...all].sort((a, b) => by(a) - by(b))[Math.floor(all.length / 2)] as T

/** Each target in turn, so many times; the middle result of each. */
async function inTurns(targets: readonly Target[], clients: number, perSecond = 0): Promise<Load[]> {
  const results = targets.map((): Load[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, target] of targets.entries()) {
      results[i]?.push(await load(target, clients, perSecond))
      await sleep(300)
    }
  return results.map((all) => middle(all, ({ rate }) => rate))
}

const number = (value: number, digits = 0) => value.toFixed(digits).padStart(8)

async function throughput(targets: readonly Target[]): Promise<number> {
  console.log('\nclients  floor 1/s  floor 2/s  gatehouse/s   of floor 1  of floor 2  p99 ms (floor 2, gatehouse)')
  let atSixteen = 0
  for (const clients of [1, 16, 64]) {
    const [lmdb, store, gatehouse] = (await inTurns(targets, clients)) as [Load, Load, Load]
    const ratios = [gatehouse.rate / lmdb.rate, gatehouse.rate / store.rate].map((ratio) => number(ratio, 2))
    const rates = [lmdb.rate, store.rate, gatehouse.rate].map((rate) => number(rate)).join('   ')
    console.log(`${number(clients)} ${rates}     ${ratios.join('    ')}    ${store.p99}, ${gatehouse.p99}`)
    const costs = [lmdb.cpu, store.cpu, gatehouse.cpu].map((cost) => number(cost)).join('   ')
    console.log(
      `  µs CPU ${costs}     ${number(gatehouse.cpu / lmdb.cpu, 2)}    ${number(gatehouse.cpu / store.cpu, 2)}`,
    )
    if (gatehouse.refused > 0) console.log(`         ${gatehouse.refused} refused`)
    if (clients === 16) atSixteen = gatehouse.rate
  }
  return atSixteen
}

async function halfLoad([, store, gatehouse]: readonly Target[], full: number): Promise<void> {
  const [floor, ours] = (await inTurns([store as Target, gatehouse as Target], 16, Math.round(full / 2))) as [
    Load,
    Load,
  ]
  const ratio = (ours.p99 / floor.p99).toFixed(2)
  console.log(
    `\np99 at half that load (${Math.round(full / 2)}/s): ${ours.p99} ms, floor 2 ${floor.p99} ms, ratio ${ratio} (target 3)`,
  )
}

/** Each step more than the one before, at 16 clients: what one request costs. */
async function whereTimeGoes(gatehouse: Target): Promise<void> {
  const names = ['bare', 'signed', 'lmdb', 'store']
  const floors = await Promise.all(names.map(startFloor))
  const loads = await inTurns([...floors, gatehouse], 16)
  const cost = loads.map(({ cpu }) => cpu)
  console.log('\nwhere the time goes, µs of processor a request at 16 clients (with background work)')
  const words = ['HTTP alone', '+ signature', '+ one put in lmdb', '+ driver, wire and store', '+ Gatehouse']
  // The store's floor takes the place of the plain put, so both count from the signature.
  const before = [0, 0, 1, 1, 3]
  for (const [i, word] of words.entries()) {
    const more = (cost[i] ?? 0) - (i === 0 ? 0 : (cost[before[i] ?? 0] ?? 0))
    console.log(`  ${word.padEnd(26)}${number(cost[i] ?? 0)}   (+${more.toFixed(0)})`)
  }
  for (const { child } of floors) child.kill('SIGKILL')
}

/** Fifty texts a second from as many conversations as there are; how long until each has its first answer. */
async function firstReplies(gatehouse: Gatehouse, { twilio }: Providers): Promise<void> {
  const waiting = new Map<string, number>()
  let took: number[] = []
  const end = twilio.onChange(({ direction, to, from }) => {
    const since = direction === 'outbound-api' ? waiting.get(`${from} ${to}`) : undefined
    if (since === undefined) return
    waiting.delete(`${from} ${to}`)
    took.push(performance.now() - since)
  })
  const agent = keptConnections(8)
  const pairs = [ourNumber, '+12025550191'].flatMap((to) =>
    Array.from({ length: 75 }, (_, i) => ({ to, from: customer(i + 15) })),
  )
  const questions = ['When does the swimming pool open?', 'Where can I park a motorbike?', 'Is the gym open on Sunday?']
  console.log('\nfirst reply at 50 texts/s (target: p99 100 ms once the process is warm)')
  for (const [round, body] of questions.entries()) {
    took = []
    const before = processorMs(gatehouse.process.pid ?? 0)
    for (const { from, to } of pairs) {
      waiting.set(`${to} ${from}`, performance.now())
      void postText(gatehouse.url, { from, to, body }, agent).catch(() => {})
      await sleep(20)
    }
    const all = { withinMs: 30_000, what: 'all first replies' }
    await eventually(() => (waiting.size === 0 ? true : undefined), all).catch(() => {})
    const answered = took.length
    // Cards and delivery reports come after the answers, and belong to what a text costs.
    await sleep(4_000)
    const each = (processorMs(gatehouse.process.pid ?? 0) - before) / pairs.length
    took.sort((a, b) => a - b)
    const at = (share: number) => (took[Math.floor(took.length * share)] ?? Number.NaN).toFixed(0)
    console.log(
      `  ${round === 0 ? 'just started' : 'warm        '}  p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${answered} of ${pairs.length} answered; ${each.toFixed(1)} ms of processor for each text, with its card and reports`,
    )
  }
  end()
}

/** Copies a case until there are ten thousand, all due far from now. */
async function fill(dataDir: string): Promise<void> {
  const { models, close } = await connect({ dataDir })
  const [model] = await models.cases.collection.find({}).limit(1).toArray()
  const far = new Date(Date.now() + 30 * 86_400_000)
  for (let i = 0; i < 10_000; i += 500) {
    const copies = Array.from({ length: 500 }, (_, j) => ({
      ...model,
      ...{ _id: `GH-2025-${String(i + j).padStart(6, '0')}`, conversation: `bench:${i + j}`, dueAt: far },
    }))
    await models.cases.collection.insertMany(copies as never)
  }
  await close()
}

async function startAndRest(dataDir: string, providers: Providers): Promise<void> {
  const startedAt = performance.now()
  const gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  await postText(gatehouse.url, { from: customer(99), to: ourNumber, body: 'Hello' })
  const ms = performance.now() - startedAt
  await sleep(5_000)
  const status = readFileSync(`/proc/${gatehouse.process.pid}/status`, 'utf8')
  const megabytes = (field: string) => (Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024).toFixed(0)
  console.log(
    `\nfirst webhook answered ${ms.toFixed(0)} ms after the process was started, with 10,000 cases (target 2000)`,
  )
  console.log(`memory at rest: ${megabytes('VmRSS')} MB, of which private ${megabytes('RssAnon')} MB (target 150)`)
  await gatehouse.stop()
}

async function withGatehouse(work: (gatehouse: Gatehouse, providers: Providers, dataDir: string) => Promise<void>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const providers = await startProviders()
  const gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  providers.deliverTo(gatehouse.url)
  try {
    await work(gatehouse, providers, dataDir)
  } finally {
    await gatehouse.kill()
    await providers.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await withGatehouse(async (gatehouse, providers, dataDir) => {
  await firstReplies(gatehouse, providers)
  await gatehouse.stop()
  await fill(dataDir)
  await startAndRest(dataDir, providers)
})
await withGatehouse(async (gatehouse) => {
  const own: Target = {
    name: 'gatehouse',
    port: () => Number(new URL(gatehouse.url).port),
    pid: gatehouse.process.pid ?? 0,
  }
  const floors = await Promise.all(['lmdb', 'store'].map(startFloor))
  const targets = [...floors, own]
  await load(own, 16)
  const full = await throughput(targets)
  await halfLoad(targets, full)
  for (const { child } of floors) child.kill('SIGKILL')
  await whereTimeGoes(own)
})
process.exit(0)

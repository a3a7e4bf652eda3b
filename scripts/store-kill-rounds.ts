import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Collection, MongoClient } from 'mongodb'
import { type Document, decode, numberOf } from '../src/embedded-store/bson-value.ts'
import { Storage } from '../src/embedded-store/storage.ts'
import { documentRange } from '../src/embedded-store/storage-keys.ts'
import { inconsistenciesOf } from '../test/embedded-store/index-consistency.ts'

const WRITERS = 4
const BATCH = 8
const LEAST_WRITES = 40

/** What the store has acknowledged so far, and what was under way when it was killed. */
interface Ledger {
  readonly stored: Set<string>
  readonly removed: Set<string>
  readonly uncertain: Set<string>
  readonly counted: number[]
  next: number
}

interface Written {
  _id: string
  number: number
  state?: string
  tags?: string[]
  n?: number
}

/** A store in a process of its own; `limits` is put before the command, to run it with less than the machine has. */
export async function spawnStore(directory: string, limits = ''): Promise<{ child: ChildProcess; uri: string }> {
  const script = fileURLToPath(new URL('./store-process.ts', import.meta.url))
  const command = `${limits} exec "${process.execPath}" --import tsx "${script}" "${directory}"`
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [chunk] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return { child, uri: String(chunk).trim() }
}

/** Kills a store under load again and again; throws at the first write lost or index entry out of place. */
export async function killRounds(rounds: number, report: (line: string) => void): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-kill-'))
  const ledger: Ledger = { stored: new Set(), removed: new Set(), uncertain: new Set(), counted: [], next: 0 }
  for (let round = 1; round <= rounds; round++) {
    await runRound(directory, ledger, 30 + ((round * 37) % 150))
    const faults = await audit(directory, ledger)
    if (faults.length > 0) throw new Error(`round ${round}: ${faults.slice(0, 5).join('; ')}`)
    report(`round ${round}: ${ledger.stored.size + ledger.removed.size} acknowledged, none lost`)
  }
  await rm(directory, { recursive: true, force: true })
  return ledger.stored.size + ledger.removed.size
}

async function runRound(directory: string, ledger: Ledger, killAfterMs: number) {
  const { child, uri } = await spawnStore(directory)
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 1000 }).connect()
  const collection = client.db('kill').collection<Written>('writes')
  await collection.createIndex({ number: 1 }, { unique: true })
  await collection.createIndex({ tags: 1, state: 1 })
  const isStopped = { value: false }
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(collection, ledger, { writer, isStopped }))
  const before = ledger.stored.size
  const giveUpAt = Date.now() + 20_000
  // On a busy machine the load needs longer to become one.
  do await sleep(killAfterMs)
  while (ledger.stored.size < before + LEAST_WRITES && Date.now() < giveUpAt)
  child.kill('SIGKILL')
  isStopped.value = true
  await once(child, 'exit')
  await Promise.all(writers)
  await client.close()
}

interface Writer {
  readonly writer: number
  readonly isStopped: { value: boolean }
}

async function write(collection: Collection<Written>, ledger: Ledger, { writer, isStopped }: Writer) {
  while (!isStopped.value) {
    const numbers = Array.from({ length: BATCH }, () => ledger.next++)
    const ids = numbers.map((number) => `case-${number}`)
    for (const id of ids) ledger.uncertain.add(id)
    try {
      await collection.insertMany(
        numbers.map((number) => ({ _id: `case-${number}`, number, state: 'open', tags: ['a', `t${number % 7}`] })),
      )
      for (const id of ids) ledger.stored.add(id)
      for (const id of ids) ledger.uncertain.delete(id)
      await collection.updateOne(
        { _id: `counter-${writer}` },
        { $inc: { n: 1 }, $set: { number: -1 - writer } },
        { upsert: true },
      )
      ledger.counted[writer] = (ledger.counted[writer] ?? 0) + 1
      const [gone, changed] = ids as [string, string]
      ledger.stored.delete(gone)
      ledger.uncertain.add(gone)
      await collection.deleteOne({ _id: gone })
      ledger.removed.add(gone)
      ledger.uncertain.delete(gone)
      await collection.updateOne({ _id: changed }, { $set: { state: 'closed' }, $push: { tags: 'done' } })
    } catch {
      return
    }
  }
}

async function audit(directory: string, ledger: Ledger): Promise<string[]> {
  const storage = new Storage(directory)
  try {
    const faults = inconsistenciesOf(storage)
    const found = new Map<string, Document>()
    const collection = storage.collections.get('kill.writes')
    if (!collection) return ['the collection is gone']
    for (const { value } of storage.range(documentRange(collection.id))) {
      const document = decode(value)
      found.set(String(document._id), document)
    }
    for (const id of ledger.stored) if (!found.has(id)) faults.push(`${id} was acknowledged and is lost`)
    for (const id of ledger.removed) if (found.has(id)) faults.push(`${id} was removed and is back`)
    for (const [writer, counted] of ledger.counted.entries())
      faults.push(...checkCounter(ledger, writer, { found, counted }))
    return faults
  } finally {
    await storage.close()
  }
}

/** An increment that was under way may or may not have happened; the ledger takes over what is there. */
function checkCounter(
  ledger: Ledger,
  writer: number,
  { found, counted }: { found: Map<string, Document>; counted: number },
) {
  const stored = numberOf(found.get(`counter-${writer}`)?.n ?? 0)
  if (stored < counted || stored > counted + 1) return [`counter ${writer} is ${stored} after ${counted} increments`]
  ledger.counted[writer] = stored
  return []
}

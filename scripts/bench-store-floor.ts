import { parentPort, workerData } from 'node:worker_threads'
import { Long } from 'bson'
import { type Document, decode, encode } from '../src/embedded-store/bson-value.ts'
import { hello } from '../src/embedded-store/command-table.ts'
import type { Request } from '../src/embedded-store/message.ts'
import { cursorReply, valueReply } from '../src/embedded-store/message.ts'
import type { Reply } from '../src/embedded-store/request.ts'
import { createWireServer } from '../src/embedded-store/server.ts'
import { compileUpdate } from '../src/embedded-store/update.ts'

/**
 * The floor of the benchmark: the store's wire code over plain maps, without a disk, an index or a planner. It
 * knows the five operations of the benchmark and nothing else.
 */
const byId = new Map<string, Buffer>()
const byNumber = new Map<number, string>()
const firstPages = new Map<string, Buffer[]>()

function run({ command }: Request): Reply {
  const [name] = Object.keys(command)
  switch (name) {
    case 'insert':
      for (const raw of command.documents as Buffer[]) store(Buffer.from(raw))
      return { n: (command.documents as Buffer[]).length, ok: 1 }
    case 'find':
      return cursorReply(Long.ZERO, 'bench.cases', 'firstBatch', find(command.filter as Document))
    case 'findAndModify':
      return change(command)
    case 'hello':
    case 'ismaster':
      return hello()
    default:
      return { ok: 1 }
  }
}

function store(raw: Buffer) {
  const document = decode(raw)
  byId.set(String(document._id), raw)
  byNumber.set(Number(document.number), String(document._id))
  const page = firstPages.get(String(document.status)) ?? []
  if (page.length < 20) page.push(raw)
  firstPages.set(String(document.status), page)
}

function find({ _id, number, status }: Document): Buffer[] {
  if (status !== undefined) return firstPages.get(String(status)) ?? []
  const raw = byId.get(_id === undefined ? (byNumber.get(Number(number)) ?? '') : String(_id))
  return raw ? [raw] : []
}

function change({ query, update }: Document): Reply {
  const id = byNumber.get(Number((query as Document).number)) ?? ''
  const raw = byId.get(id)
  if (!raw) return valueReply({ n: 0, updatedExisting: false }, undefined)
  const document = compileUpdate(update).apply(decode(raw), false)
  const after = encode(document)
  byId.set(id, after)
  return valueReply({ n: 1, updatedExisting: true }, after)
}

const { server } = createWireServer(run)
server.listen({ path: String(workerData) }, () => parentPort?.postMessage('listening'))

import { mkdtempSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { MongoClient } from 'mongodb'
import { readForm } from '../src/channels/twilio/parse.ts'
import { createVerifier } from '../src/channels/twilio/verify.ts'
import { startEmbeddedStore } from '../src/embedded-store/index.ts'

/** The floors: a bare server that does a little more in each mode. Prints its port and serves until it is killed. */
const [mode = 'bare', publicUrl = '', token = ''] = process.argv.slice(2)
type Keep = (sid: string, form: string) => Promise<unknown>

const keepers: Readonly<Record<string, () => Promise<Keep>>> = {
  bare: async () => async () => {},
  signed: async () => async () => {},
  lmdb: async () => {
    const database = open({ path: join(mkdtempSync(join(tmpdir(), 'floor-')), 'data.mdb'), overlappingSync: false })
    return (sid, form) => database.put(sid, form)
  },
  store: async () => {
    const store = await startEmbeddedStore({ directory: mkdtempSync(join(tmpdir(), 'floor-')) })
    const client = await new MongoClient(store.uri, { maxPoolSize: 32 }).connect()
    const rows = client.db().collection<{ _id: string; form: string }>('inbox')
    return (sid, form) => rows.insertOne({ _id: sid, form })
  },
}

const keep = await (keepers[mode] ?? (() => Promise.reject(new Error(`no floor ${mode}`))))()
const isSigned = createVerifier(publicUrl, [token])

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const server = createServer(async (request, response) => {
  const form = await bodyOf(request)
  const pairs = mode === 'bare' ? [] : readForm(form)
  const signature = String(request.headers['x-twilio-signature'])
  const genuine = mode === 'bare' || isSigned({ path: request.url ?? '', pairs, signature })
  if (genuine) await keep(pairs.find(([name]) => name === 'MessageSid')?.[1] ?? '', form)
  response.writeHead(genuine ? 200 : 403, { 'content-type': 'text/xml', 'content-length': 11 })
  response.end('<Response/>')
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

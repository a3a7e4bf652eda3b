import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type LocalModel = {
  readonly url: string
  /** What it was asked, oldest first. */
  readonly asked: { readonly headers: IncomingHttpHeaders; readonly body: Asked }[]
  /** How it answers from now on: the content of a completion, a status, nothing at all, or bytes of its own. */
  behaves(how: Behaviour): void
  close(): Promise<void>
}
type Asked = {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}
export type Behaviour =
  | { readonly content: string }
  | { readonly status: number }
  | { readonly raw: string }
  | { readonly silent: true }

/** A language model on this machine that speaks chat completions and knows nothing: it says what it is told to say. */
export async function startLocalModel(): Promise<LocalModel> {
  let how: Behaviour = { status: 500 }
  const asked: LocalModel['asked'] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked })
    if ('silent' in how) return
    if ('status' in how) return void response.writeHead(how.status).end('{"error":{"message":"no"}}')
    if ('raw' in how) return void response.writeHead(200).end(how.raw)
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: how.content } }]
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion', choices, usage: {} }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`,
    asked,
    behaves: (wanted) => {
      how = wanted
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

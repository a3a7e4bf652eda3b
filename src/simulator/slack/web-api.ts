import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileAt, takeUpload } from './files.ts'
import { isRecord, type Json, parsed, textOf } from './json.ts'
import type { Method } from './methods.ts'
import type { ApiTrouble, Troubles } from './trouble.ts'
import { SlackRefusal } from './views.ts'
import type { Workspace } from './workspace.ts'

export type WebApiOptions = {
  readonly workspace: Workspace
  readonly methods: Readonly<Record<string, Method>>
  readonly botToken: string
  readonly appToken: string
  readonly scopes: readonly string[]
  readonly troubles: Troubles<ApiTrouble>
  /** Where a socket connects, without its ticket. */
  readonly socketUrl: () => string
  /** Takes an answer to a press or a command; false when the URL is used up or never was. */
  readonly respond: (id: string, answer: Json) => boolean
}

type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body: Json }

const mostBytes = 12 * 1_048_576

/** Slack's Web API over HTTP: `POST /api/{method}`, and `/respond/{id}` for answers to a press. */
export async function serveWebApi(options: WebApiOptions, request: IncomingMessage, response: ServerResponse) {
  const raw = await bodyOf(request)
  const text = raw.toString('utf8')
  const [, area, name = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? []
  if (area === 'respond') return send(response, respond(options, name, text))
  if (area === 'upload' || area === 'files-pri') return sendFile(options, { request, response, raw })
  if (area !== 'api') return send(response, { status: 404, body: { ok: false, error: 'unknown_path' } })
  const trouble = options.troubles.take(name)
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.milliseconds))
  const instead = insteadOf(trouble)
  if (instead !== undefined) return send(response, instead)
  const answer = call(options, name, argsOf(request, text), request.headers.authorization)
  // Silent: it was done, and the caller waits until it gives up.
  if (trouble?.kind === 'silent') return
  if (trouble?.kind === 'failing-after') return send(response, { status: 503, body: {} })
  send(response, answer)
}

function insteadOf(trouble: ApiTrouble | undefined): Answer | undefined {
  if (trouble?.kind === 'failing') return { status: 500, body: {} }
  if (trouble?.kind === 'refusing') return { status: 200, body: { ok: false, error: trouble.error } }
  if (trouble?.kind !== 'throttled') return undefined
  const headers = { 'retry-after': String(trouble.retryAfterSeconds) }
  return { status: 429, headers, body: { ok: false, error: 'ratelimited' } }
}

function call(options: WebApiOptions, name: string, args: Json, authorization: string | undefined): Answer {
  const token = authorization?.replace(/^Bearer /, '') ?? textOf(args, 'token')
  try {
    if (token === undefined) throw new SlackRefusal('not_authed')
    if (name === 'apps.connections.open') return openConnection(options, token)
    if (token !== options.botToken) throw new SlackRefusal('invalid_auth')
    const method = options.methods[name]
    if (method === undefined) throw new SlackRefusal('unknown_method')
    const headers = { 'x-oauth-scopes': options.scopes.join(',') }
    return { status: 200, headers, body: { ok: true, ...method(args) } }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error
    const messages = error.faults.map((fault) => `[ERROR] ${fault}`)
    return { status: 200, body: { ok: false, error: error.message, response_metadata: { messages } } }
  }
}

function openConnection(options: WebApiOptions, token: string): Answer {
  if (token === options.botToken) throw new SlackRefusal('not_allowed_token_type')
  if (token !== options.appToken) throw new SlackRefusal('invalid_auth')
  return { status: 200, body: { ok: true, url: `${options.socketUrl()}?ticket=${randomUUID()}` } }
}

function respond(options: WebApiOptions, id: string, text: string): Answer {
  const answer = parsed(text)
  const isTaken = isRecord(answer) && options.respond(id, answer)
  return isTaken ? { status: 200, body: { ok: true } } : { status: 404, body: { ok: false, error: 'used_url' } }
}

type FileCall = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly raw: Buffer }

/** Uploads carry their permission in the address; downloads want the bot's token, and else lead to a page to sign in at. */
function sendFile({ workspace, botToken }: WebApiOptions, { request, response, raw }: FileCall): void {
  const [, area, first = '', second = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? []
  if (area === 'upload') {
    const isTaken = takeUpload(workspace, second, raw)
    return void response.writeHead(isTaken ? 200 : 400).end(isTaken ? 'OK' : 'wrong length')
  }
  if (request.headers.authorization !== `Bearer ${botToken}`)
    return void response.writeHead(302, { location: '/signin' }).end()
  const file = fileAt(workspace, first)
  if (file === undefined) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes)
}

/** Slack's clients send forms in which lists and objects are JSON; plain JSON bodies are accepted too. */
function argsOf(request: IncomingMessage, text: string): Json {
  if (request.headers['content-type']?.includes('json')) {
    const body = parsed(text)
    return isRecord(body) ? body : {}
  }
  const entries = [...new URLSearchParams(text)].map(([key, value]) => [key, structured(key, value)] as const)
  return Object.fromEntries(entries)
}

const structuredArguments = new Set(['blocks', 'view', 'metadata', 'attachments', 'files'])

function structured(key: string, value: string): unknown {
  return structuredArguments.has(key) ? parsed(value) : value
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= mostBytes) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

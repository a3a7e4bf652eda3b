import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Accepted } from './accept.ts'
import { type HttpDoor, readBody } from './http-door.ts'
import { type LocalMedia, type LocalMessage, newSid } from './message-book.ts'
import { phoneContext, sendFromPhone } from './phone.ts'
import { type Fate, pause, progress } from './progress.ts'
import { type ApiAnswer, type ApiContext, answerRest, failure } from './rest-api.ts'
import { now, track, type World } from './world.ts'

const WINDOW_MS = 24 * 3_600_000
type ApiServer = { readonly world: World; readonly store: HttpDoor }

/** Answers one REST request, unless trouble comes in between. */
export async function serveApi(
  request: IncomingMessage,
  response: ServerResponse,
  { world, store }: ApiServer,
): Promise<void> {
  const form = new URLSearchParams(await readBody(request))
  const url = new URL(request.url ?? '/', 'http://localhost')
  const { trouble } = world
  const slow = trouble.take('slow')
  if (slow) await pause(slow.milliseconds)
  const throttled = trouble.take('throttled')
  if (throttled) {
    response.setHeader('retry-after', String(throttled.retryAfterSeconds))
    return write(response, failure(429, 20429, 'Too Many Requests'))
  }
  if (trouble.take('failing')) return write(response, failure(500, 20500, 'Internal Server Error'))
  const isCreate = request.method === 'POST' && url.pathname.endsWith('/Messages.json')
  const refusing = isCreate ? trouble.take('refusing') : undefined
  if (refusing) return write(response, failure(400, refusing.code, 'Refused by the local Twilio'))
  const { authorization } = request.headers
  const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, form, authorization }
  const answer = answerRest(asked, apiContext(world, store))
  if (isCreate && trouble.take('silent')) return
  if (isCreate && trouble.take('reset')) return void request.socket.destroy()
  write(response, answer)
}

function write(response: ServerResponse, { status, json, location }: ApiAnswer): void {
  response.writeHead(status, {
    'content-type': 'application/json;charset=utf-8',
    ...(location === undefined ? {} : { location }),
  })
  response.end(json === undefined ? '' : JSON.stringify(json))
}

/** The store behind the API: whoever knows the address gets the file, so it must never be shown credentials. */
export async function serveMedia(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const path = request.url ?? '/'
  world.mediaRequests.push({ path, authorization: request.headers.authorization })
  const sid = path.slice(1)
  const media = world.book
    .all()
    .flatMap((message) => message.media)
    .find((each) => each.sid === sid)
  if (media === undefined) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': media.contentType }).end(media.bytes)
}

function apiContext(world: World, store: HttpDoor): ApiContext {
  const { accountSid, authToken, templates = [], numbers = [] } = world.options
  return {
    accountSid,
    authToken,
    templates,
    numbers,
    book: world.book,
    now: () => now(world),
    take: (accepted) => take(accepted, world),
    mediaUrl: (sid) => `${store.url}/${sid}`,
  }
}

function take(accepted: Accepted, world: World): LocalMessage {
  const at = now(world)
  const { channel, from, to, body, statusCallback } = accepted
  const message = world.book.add({
    sid: newSid('SM'),
    channel,
    direction: 'outbound-api',
    from,
    to,
    body,
    media: [],
    status: 'queued',
    createdAt: at,
    updatedAt: at,
    ...(statusCallback === undefined ? {} : { statusCallback }),
  })
  const { accountSid, stepMs = 20 } = world.options
  const { book, webhooks, trouble } = world
  const options = { accountSid, book, webhooks, trouble, now: () => now(world), stepMs }
  const fate = fateOf(accepted, world)
  void track(
    world,
    fetchMediaOf(accepted).then(async (media) => {
      if (media === undefined) return progress(message, { errorCode: channel === 'sms' ? 11200 : 63019 }, options)
      const shown = media.length === 0 ? message : (book.change(message.sid, { media }) ?? message)
      await progress(shown, fate, options)
      if (fate.errorCode === undefined) await comeInAt(accepted, world)
    }),
  )
  return message
}

/** What is sent to a number of this very account comes in there, as a message of its own. */
async function comeInAt({ channel, from, to, body }: Accepted, world: World): Promise<void> {
  const isOurs = world.options.numbers?.some((one) => one.channel === channel && one.number === to)
  if (isOurs) await sendFromPhone({ channel, from, to, body }, phoneContext(world))
}

/** Twilio fetches the files of a message itself, and fails the message when it cannot. */
async function fetchMediaOf({ mediaUrls }: Accepted): Promise<readonly LocalMedia[] | undefined> {
  try {
    return await Promise.all(
      mediaUrls.map(async (url) => {
        const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
        if (!response.ok) throw new Error(`HTTP ${response.status}`)
        const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
        return { sid: newSid('ME'), contentType, bytes: Buffer.from(await response.arrayBuffer()) }
      }),
    )
  } catch {
    return undefined
  }
}

/** WhatsApp takes free text after 24 hours and fails it later, in the report (63016). */
function fateOf({ channel, from, to, templated }: Accepted, world: World): Fate {
  const undeliverable = world.trouble.take('undeliverable')
  if (undeliverable) return { errorCode: undeliverable.code }
  if (channel === 'sms' || templated) return {}
  const lastAt = world.book.lastInboundAt(from, to)
  const isOpen = lastAt !== undefined && now(world).getTime() - lastAt.getTime() < WINDOW_MS
  return isOpen ? {} : { errorCode: 63016 }
}

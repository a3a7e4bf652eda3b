import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { HttpRequest, HttpResponse, Route } from '../core/channel.ts'
import { problem } from './problem.ts'

/** Whether a route needs the API token. Every route says so; there is no default. */
export type Guarded = Route & { readonly access: 'public' | 'provider' | 'token' }

export type WebSettings = {
  readonly routes: readonly Guarded[]
  readonly isAuthorized: (request: Pick<HttpRequest, 'headers'>) => boolean
  readonly onFault: (error: unknown) => void
  /** So long a whole request may take to arrive. */
  readonly requestTimeoutMs?: number
}

const usualTimeoutMs = 20_000
const lookAtSlowEveryMs = 2_000
const noBody = Buffer.alloc(0)
const unauthorized = problem(401, 'Send the API token as "Authorization: Bearer …".', { 'www-authenticate': 'Bearer' })

/**
 * One HTTP server for everything: providers' webhooks, the API, health and pages. Bodies are handed over as bytes,
 * because signatures are made over bytes. `access` is the one place that says which routes are open.
 */
export function createWebServer(settings: WebSettings): FastifyInstance {
  const { routes, isAuthorized, onFault, requestTimeoutMs = usualTimeoutMs } = settings
  const server = Fastify({
    logger: false,
    trustProxy: false,
    requestTimeout: requestTimeoutMs,
    http: { connectionsCheckingInterval: Math.min(lookAtSlowEveryMs, requestTimeoutMs) },
    exposeHeadRoutes: true,
    clientErrorHandler: refuseOnSocket,
    frameworkErrors: (_error, _request, reply) => void give(reply, problem(400, 'The address is malformed.')),
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.setNotFoundHandler((request, reply) => give(reply, notHere(routes, request)))
  server.setErrorHandler((error: { statusCode?: number; name?: string }, _request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) onFault(error)
    return give(reply, answer)
  })
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: Math.max(1, route.maxBytes),
      // Before the body is read: nobody without the token may make us hold it.
      onRequest: (request, reply, next) => {
        if (route.access !== 'token' || isAuthorized(request)) next()
        else give(reply, unauthorized)
      },
      handler: async (request, reply) => give(reply, await route.handle(requestOf(request))),
    })
  }
  return server
}

function answerTo({ statusCode = 500, name = '' }: { statusCode?: number; name?: string }): HttpResponse {
  if (name.startsWith('Mongo'))
    return problem(503, 'The database cannot be reached just now; try again in a moment.', { 'retry-after': '5' })
  return problem(statusCode, statusCode === 413 ? 'The request is too large.' : 'The request could not be handled.')
}

/** Another method at a known address is a mistake of its own. */
function notHere(routes: readonly Guarded[], { url, method }: FastifyRequest): HttpResponse {
  const path = url.split('?')[0] ?? url
  const here = routes.filter((route) => patternOf(route.path).test(path))
  if (here.length === 0) return problem(404, 'There is nothing at this address.')
  const allowed = here.map((route) => (route.method === 'GET' ? 'GET, HEAD' : route.method)).join(', ')
  return problem(405, `This address does not take ${method}.`, { allow: allowed })
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)

/** What is not even HTTP, or does not arrive in time, never becomes a request. */
function refuseOnSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const tooLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const { status, body = '' } = tooLate
    ? problem(408, 'The request did not arrive in time.')
    : problem(400, 'The request is malformed.')
  const reason = tooLate ? 'Request Timeout' : 'Bad Request'
  const head = `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/problem+json\r\nconnection: close`
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

const requestOf = (request: FastifyRequest) => ({
  method: request.method,
  url: request.raw.url ?? request.url,
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : noBody,
})

function give(reply: FastifyReply, response: HttpResponse): FastifyReply {
  reply.code(response.status)
  reply.headers({ 'x-content-type-options': 'nosniff', ...response.headers })
  return reply.send(response.body ?? '')
}

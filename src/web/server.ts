import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { HttpRequest, HttpResponse, Route } from '../core/channel.ts'
import { problem } from './problem.ts'

/** Whether a route needs the API token. Every route says so; there is no default. */
export type Guarded = Route & { readonly access: 'public' | 'provider' | 'token' }

export type WebSettings = {
  readonly routes: readonly Guarded[]
  readonly isAuthorized: (request: Pick<HttpRequest, 'headers'>) => boolean
  readonly onFault: (error: unknown) => void
}

const requestTimeoutMs = 20_000
const noBody = Buffer.alloc(0)

/**
 * One HTTP server for everything: providers' webhooks, the API, health and pages. Bodies are handed over as bytes,
 * because signatures are made over bytes. `access` is the one place that says which routes are open.
 */
export function createWebServer({ routes, isAuthorized, onFault }: WebSettings): FastifyInstance {
  const server = Fastify({
    logger: false,
    trustProxy: false,
    requestTimeout: requestTimeoutMs,
    exposeHeadRoutes: false,
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.setNotFoundHandler((_request, reply) => give(reply, problem(404, 'There is nothing at this address.')))
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) onFault(error)
    return give(
      reply,
      problem(status, status === 413 ? 'The request is too large.' : 'The request could not be handled.'),
    )
  })
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: Math.max(1, route.maxBytes),
      handler: async (request, reply) => {
        if (route.access === 'token' && !isAuthorized(request))
          return give(reply, problem(401, 'Send the API token as "Authorization: Bearer …".'))
        return give(reply, await route.handle(requestOf(request)))
      },
    })
  }
  return server
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

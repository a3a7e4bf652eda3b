import { createServer, type Server } from 'node:http'
import type { Channel } from '../../src/core/channel.ts'

/** The smallest web server that hands requests to the channels' routes, as the real one does. */
export function openDoor(channels: readonly Pick<Channel, 'routes'>[]): Promise<Server> {
  const routes = channels.flatMap((channel) => channel.routes)
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', url = '/', headers } = request
    const route = routes.find((each) => each.path === url.split('?')[0])
    const answer = await route?.handle({ method, url, headers, body: Buffer.concat(chunks) })
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

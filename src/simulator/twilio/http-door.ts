import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One listening port that can be shut and opened again, to play a provider that is down. */
export type HttpDoor = {
  readonly url: string
  readonly isOpen: () => boolean
  open(): Promise<void>
  /** Stops listening and breaks every connection, also those that wait for an answer. */
  shut(): Promise<void>
}

export type DoorHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const HOST = '127.0.0.1'

/** Opens a port on the loopback address; 0 takes any free one, and keeps it when it is opened again. */
export async function openHttpDoor(port: number, handle: DoorHandler): Promise<HttpDoor> {
  let server = await listen(port, handle)
  let isOpen = true
  const taken = (server.address() as AddressInfo).port
  return {
    url: `http://${HOST}:${taken}`,
    isOpen: () => isOpen,
    async open() {
      if (isOpen) return
      server = await listen(taken, handle)
      isOpen = true
    },
    async shut() {
      if (!isOpen) return
      isOpen = false
      await close(server)
    },
  }
}

function listen(port: number, handle: DoorHandler): Promise<Server> {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** The whole body of a request, as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

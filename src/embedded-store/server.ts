import { createServer, type Server, type Socket } from 'node:net'
import { encodeReply, messageLength, parseMessage, type Request } from './message.ts'
import type { Reply } from './request-context.ts'
import { asStoreError } from './store-error.ts'

/** A wire-protocol server that is ready to listen. */
export interface WireServer {
  readonly server: Server
  /** Stops accepting and ends every connection. */
  close(): Promise<void>
}

/** Serves drivers. What is wrong with one connection ends that connection and nothing else. */
export function createWireServer(run: (request: Request) => Reply | Promise<Reply>): WireServer {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    serve(socket, run)
  })
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { server, close }
}

/** Answers the messages of one connection in the order in which they came. */
function serve(socket: Socket, run: (request: Request) => Reply | Promise<Reply>): void {
  let chunks: Buffer[] = []
  let buffered = 0
  let isBusy = false

  const nextMessage = (): Buffer | undefined => {
    if (buffered < 16) return undefined
    let bytes = chunks[0] as Buffer
    if (bytes.length < 16) bytes = join()
    const length = messageLength(bytes)
    if (length === undefined || buffered < length) return undefined
    if (bytes.length < length) bytes = join()
    buffered -= length
    chunks[0] = bytes.subarray(length)
    if (chunks[0].length === 0) chunks.shift()
    return bytes.subarray(0, length)
  }
  const join = () => {
    const bytes = Buffer.concat(chunks)
    chunks = [bytes]
    return bytes
  }
  const work = async () => {
    isBusy = true
    try {
      for (let bytes = nextMessage(); bytes && !socket.destroyed; bytes = nextMessage()) {
        const request = parseMessage(bytes)
        const reply = await answer(request, run)
        if (request.expectsReply && !socket.destroyed) socket.write(encodeReply(request, reply))
      }
    } catch {
      socket.destroy()
    }
    isBusy = false
    if (socket.isPaused()) socket.resume()
  }
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    buffered += chunk.length
    if (!isBusy) void work()
    else socket.pause()
  })
}

async function answer(request: Request, run: (request: Request) => Reply | Promise<Reply>): Promise<Reply> {
  try {
    return await run(request)
  } catch (error) {
    const { message, code, codeName, details } = asStoreError(error)
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
}

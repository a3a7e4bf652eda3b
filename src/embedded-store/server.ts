import { createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { encodeReply, MessageCutter, parseMessage, type Request } from './message.ts'
import type { Reply } from './request-context.ts'
import { asStoreError } from './store-error.ts'

/** A wire-protocol server that is ready to listen. */
export interface WireServer {
  readonly server: Server
  /** Stops accepting and ends every connection. */
  close(): Promise<void>
}

type Run = (request: Request) => Reply | Promise<Reply>

/** Serves drivers. What is wrong with one connection ends that connection and nothing else. */
export function createWireServer(run: Run): WireServer {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    // The pipeline listens no more once it is done, and a reset may still come.
    socket.on('error', () => {})
    // Who does not read the replies is not served further, so that they never pile up here.
    pipeline(
      socket,
      (received) => repliesTo(received, run),
      socket,
      () => sockets.delete(socket),
    )
  })
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { server, close }
}

/** Answers the messages of one connection in the order in which they came. */
async function* repliesTo(received: AsyncIterable<Buffer>, run: Run): AsyncGenerator<Buffer> {
  const cutter = new MessageCutter()
  for await (const chunk of received) {
    for (const bytes of cutter.cut(chunk)) {
      const request = parseMessage(bytes)
      const reply = await answer(request, run)
      if (request.expectsReply) yield encodeReply(request, reply)
    }
  }
}

async function answer(request: Request, run: Run): Promise<Reply> {
  try {
    return await run(request)
  } catch (error) {
    const { message, code, codeName, details } = asStoreError(error)
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
}

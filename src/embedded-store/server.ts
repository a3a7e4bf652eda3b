import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { encodeReply, messagesOf, parseMessage, type Request } from './message.ts'
import type { Reply } from './request.ts'
import { asStoreError } from './store-error.ts'

type Run = (request: Request) => Reply | Promise<Reply>

/** How long a command under way, or a client that does not read its reply, can delay the end. */
const LONGEST_FAREWELL_MS = 2000

/** Serves drivers. What is wrong with one connection ends that connection and nothing else. */
export function createWireServer(run: Run) {
  const connections = new Set<Socket>()
  /** Those with a command under way: cut off, what it has done would look undone. */
  const answering = new WeakSet<Socket>()
  let isClosing = false

  /** Answers messages in the order in which they came, until the client leaves or sends something malformed. */
  const serve = async (socket: Socket) => {
    for await (const bytes of messagesOf(socket)) {
      if (isClosing) return
      const request = parseMessage(bytes)
      answering.add(socket)
      const reply = await replyTo(request, run)
      const isTaken = !request.expectsReply || socket.write(encodeReply(request, reply))
      answering.delete(socket)
      if (isClosing) return
      // Who does not read the replies is not served further, so that they never pile up here.
      if (!isTaken) await once(socket, 'drain')
    }
  }
  const server = createServer({ noDelay: true }, (socket) => {
    if (isClosing) return socket.destroy()
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
    // A reset may come at any time, also when nobody reads any more.
    socket.on('error', () => {})
    const over = () => socket.destroySoon()
    return void serve(socket).then(over, over)
  })

  /** Answers the commands under way and ends every connection; stops listening when `last` is done as well. */
  const close = async (last = async () => {}) => {
    isClosing = true
    const impatience = setTimeout(() => {
      for (const socket of connections) socket.destroy()
    }, LONGEST_FAREWELL_MS)
    const closed = [...connections].map((socket) => once(socket, 'close'))
    for (const socket of connections) if (!answering.has(socket)) socket.destroySoon()
    await Promise.allSettled(closed)
    clearTimeout(impatience)
    await last()
    await new Promise((done) => server.close(done))
  }
  return { server, close }
}

async function replyTo(request: Request, run: Run): Promise<Reply> {
  try {
    return await run(request)
  } catch (error) {
    const { message, code, codeName, details } = asStoreError(error)
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
}

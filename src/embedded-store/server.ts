import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { encodeReply, MessageCutter, parseMessage, type Request } from './message.ts'
import type { Reply } from './request.ts'
import { asStoreError } from './store-error.ts'

type Run = (request: Request) => Reply | Promise<Reply>

/** How long a command under way, or a client that does not read its reply, can delay the end. */
const LONGEST_FAREWELL_MS = 2000

/** Serves drivers. What is wrong with one connection ends that connection and nothing else. */
export function createWireServer(run: Run) {
  const connections = new Set<Connection>()
  let isClosing = false
  const server = createServer((socket) => {
    if (isClosing) return socket.destroy()
    const connection = new Connection(socket)
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
    return void connection.serve(run)
  })
  /** Answers the commands under way and ends every connection; stops listening when `last` is done as well. */
  const close = async (last = async () => {}) => {
    isClosing = true
    const impatience = setTimeout(() => {
      for (const { socket } of connections) socket.destroy()
    }, LONGEST_FAREWELL_MS)
    await Promise.all([...connections].map((connection) => connection.finish()))
    clearTimeout(impatience)
    await last()
    await new Promise((closed) => server.close(closed))
  }
  return { server, close }
}

/** A driver's connection. */
class Connection {
  readonly socket: Socket
  #isAnswering = false
  #isFinishing = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    // A reset may come at any time, also when nobody reads any more.
    socket.on('error', () => {})
  }

  /** Answers messages in the order in which they came, until the client leaves or sends something malformed. */
  async serve(run: Run): Promise<void> {
    try {
      const cutter = new MessageCutter()
      for await (const chunk of this.socket.iterator({ destroyOnReturn: false }))
        for (const bytes of cutter.cut(chunk)) {
          if (this.#isFinishing) return
          await this.#answer(parseMessage(bytes), run)
        }
    } catch {
      // The connection is over, one way or the other.
    } finally {
      this.socket.destroySoon()
    }
  }

  /** Ends the connection as soon as a command under way is answered: what it has done would else look undone. */
  async finish(): Promise<void> {
    this.#isFinishing = true
    const closed = once(this.socket, 'close')
    if (!this.#isAnswering) this.socket.destroySoon()
    await closed.catch(() => {})
  }

  async #answer(request: Request, run: Run) {
    this.#isAnswering = true
    const reply = await replyTo(request, run)
    const isTaken = !request.expectsReply || this.socket.write(encodeReply(request, reply))
    this.#isAnswering = false
    if (this.#isFinishing) this.socket.destroySoon()
    // Who does not read the replies is not served further, so that they never pile up here.
    else if (!isTaken) await once(this.socket, 'drain')
  }
}

async function replyTo(request: Request, run: Run): Promise<Reply> {
  try {
    return await run(request)
  } catch (error) {
    const { message, code, codeName, details } = asStoreError(error)
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
}

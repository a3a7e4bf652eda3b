import { createServer, type Server, type Socket } from 'node:net'
import { runCommand } from './command-table.ts'
import { Cursors } from './cursors.ts'
import { encodeReply, messageLength, parseMessage, type Request } from './message.ts'
import type { Reply } from './request-context.ts'
import type { Storage } from './storage.ts'
import { StoreError } from './store-error.ts'

/** A wire-protocol server that is ready to listen. */
export interface WireServer {
  readonly server: Server
  readonly cursors: Cursors
  /** Stops accepting, ends every connection, and waits for what is under way. */
  close(): Promise<void>
}

/** Serves a storage to drivers. What is wrong with one connection ends that connection and nothing else. */
export function createWireServer(storage: Storage): WireServer {
  const cursors = new Cursors()
  const sockets = new Set<Socket>()
  const answer = (request: Request) => answerRequest(storage, cursors, request)
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    serve(socket, answer)
  })
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { server, cursors, close }
}

/** Answers the messages of one connection in the order in which they came. */
function serve(socket: Socket, answer: (request: Request) => Promise<Reply>): void {
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
        const reply = await answer(request)
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

async function answerRequest(storage: Storage, cursors: Cursors, { command, documents }: Request): Promise<Reply> {
  try {
    return await runCommand({ storage, cursors, command, documents, database: String(command.$db ?? 'admin') })
  } catch (error) {
    return errorReply(error)
  }
}

function errorReply(error: unknown): Reply {
  if (error instanceof StoreError) {
    const { message, code, codeName, details } = error
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
  return { ok: 0, errmsg: String(error), code: 8, codeName: 'UnknownError' }
}

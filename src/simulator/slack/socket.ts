import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { isRecord, parsed, textOf } from './json.ts'
import { app } from './workspace.ts'

export type Envelope = {
  readonly type: 'events_api' | 'interactive' | 'slash_commands'
  readonly payload: unknown
  readonly retryNum: number
}

/** What the app answered, or undefined when it did not acknowledge in time. */
export type Acknowledgement = { readonly answer: unknown } | undefined

/** The Socket Mode side of Slack: says hello, sends envelopes, waits for their acknowledgement. */
export class Sockets {
  readonly #server: WebSocketServer
  readonly #open = new Set<WebSocket>()
  readonly #waiting = new Map<string, (answer: unknown) => void>()
  /** Connections made since the start; tells a reconnection from a connection that never broke. */
  connections = 0

  constructor(server: Server, onChange: () => void) {
    this.#server = new WebSocketServer({ server, path: '/link' })
    this.#server.on('connection', (socket) => {
      this.connections += 1
      this.#open.add(socket)
      socket.on('close', () => {
        this.#open.delete(socket)
        onChange()
      })
      socket.on('error', () => socket.terminate())
      socket.on('message', (data) => this.#hear(String(data)))
      const hello = { type: 'hello', num_connections: this.#open.size, connection_info: { app_id: app.id } }
      socket.send(JSON.stringify({ ...hello, debug_info: { approximate_connection_time: 18_060 } }))
      onChange()
    })
  }

  get count(): number {
    return this.#open.size
  }

  async send({ type, payload, retryNum }: Envelope, withinMs: number): Promise<Acknowledgement> {
    const socket = [...this.#open].at(-1)
    if (socket === undefined) return undefined
    const id = randomUUID()
    const retry = retryNum === 0 ? {} : { retry_attempt: retryNum, retry_reason: 'timeout' }
    const envelope = { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api', ...retry }
    socket.send(JSON.stringify(envelope))
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(undefined), withinMs)
      const finish = (result: Acknowledgement): void => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        socket.off('close', lost)
        resolve(result)
      }
      const lost = (): void => finish(undefined)
      socket.once('close', lost)
      this.#waiting.set(id, (answer) => finish({ answer }))
    })
  }

  /** Cuts the line without a word, as a broken network does. */
  cut(): void {
    for (const socket of this.#open) socket.terminate()
  }

  /** Slack renews its servers every few hours and says so. */
  refresh(): void {
    for (const socket of this.#open) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
  }

  close(): void {
    this.cut()
    this.#server.close()
  }

  #hear(data: string): void {
    const message = parsed(data)
    const answer = isRecord(message) && isRecord(message.payload) ? message.payload : {}
    this.#waiting.get(textOf(message, 'envelope_id') ?? '')?.(Object.keys(answer).length === 0 ? undefined : answer)
  }
}

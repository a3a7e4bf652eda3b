import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parsed } from './json.ts'
import { signatureHeaders } from './signing.ts'
import type { Envelope, Sockets } from './socket.ts'
import type { DeliveryTrouble, Troubles } from './trouble.ts'

export type DeliveryOptions = {
  readonly signingSecret: string
  readonly sockets: Sockets
  readonly troubles: Troubles<DeliveryTrouble>
  /** Slack waits three seconds. */
  readonly ackWithinMs: number
  /** Slack tries again almost at once, after a minute and after five. */
  readonly retryDelaysMs: readonly number[]
  readonly onChange: () => void
}

/** What became of one event or interaction. `attempts` counts what was sent, duplicates included. */
export type Delivered = { readonly acknowledged: boolean; readonly answer: unknown; readonly attempts: number }

/** One line of the log a page can show. */
export type Attempt = { readonly at: Date; readonly type: string; readonly retryNum: number; readonly result: string }

type Answer = { readonly acknowledged: boolean; readonly answer: unknown; readonly result: string }

/** Brings events and interactions to the app: to its URL when one is set, else through its socket. */
export class Delivery {
  readonly log: Attempt[] = []
  requestUrl: string | undefined
  readonly #options: DeliveryOptions
  readonly #stop = new AbortController()

  constructor(options: DeliveryOptions, requestUrl: string | undefined) {
    // Everything that waits listens: a busy simulator is no leak.
    setMaxListeners(0, this.#stop.signal)
    this.#options = options
    this.requestUrl = requestUrl
  }

  /** Events are tried again; a press, a form or a command is not: its person sees that it failed. */
  async deliver(type: Envelope['type'], payload: unknown): Promise<Delivered> {
    const trouble = this.#options.troubles.take(type)
    const delays = type === 'events_api' ? this.#options.retryDelaysMs : []
    let attempts = 0
    for (let retryNum = 0; ; retryNum++) {
      const { acknowledged, answer } = await this.#attempt({ type, payload, retryNum }, trouble)
      attempts += 1
      if (acknowledged && trouble?.kind === 'duplicate') {
        await this.#attempt({ type, payload, retryNum: 1 }, undefined)
        attempts += 1
      }
      const delay = delays[retryNum]
      if (acknowledged || delay === undefined || this.#stop.signal.aborted) return { acknowledged, answer, attempts }
      await this.#pause(delay)
    }
  }

  close(): void {
    this.#stop.abort()
  }

  async #attempt(envelope: Envelope, trouble: DeliveryTrouble | undefined): Promise<Answer> {
    const sent =
      this.requestUrl === undefined ? this.#bySocket(envelope) : this.#byHttp(this.requestUrl, envelope, trouble)
    const answer = await sent
    this.log.push({ at: new Date(), type: envelope.type, retryNum: envelope.retryNum, result: answer.result })
    if (this.log.length > 500) this.log.shift()
    this.#options.onChange()
    return answer
  }

  async #bySocket(envelope: Envelope): Promise<Answer> {
    const acknowledgement = await this.#options.sockets.send(envelope, this.#options.ackWithinMs)
    if (acknowledgement === undefined) return { acknowledged: false, answer: undefined, result: 'not acknowledged' }
    return { acknowledged: true, answer: acknowledgement.answer, result: 'acknowledged' }
  }

  async #byHttp(url: string, envelope: Envelope, trouble: DeliveryTrouble | undefined): Promise<Answer> {
    const { body, contentType } = encoded(envelope)
    const secret = trouble?.kind === 'wrong-signature' ? 'another secret' : this.#options.signingSecret
    const retry = envelope.retryNum === 0 ? {} : retryHeaders(envelope.retryNum)
    // The time is the machine's, as Slack's is; a movable clock would make every signature stale.
    const headers = { 'content-type': contentType, ...retry, ...signatureHeaders(secret, body, new Date()) }
    const signal = AbortSignal.any([AbortSignal.timeout(this.#options.ackWithinMs), this.#stop.signal])
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
      const text = await response.text()
      return { acknowledged: response.ok, answer: answerOf(text), result: `HTTP ${response.status}` }
    } catch {
      return { acknowledged: false, answer: undefined, result: 'no answer' }
    }
  }

  /** Ends early where everything ends. */
  #pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {})
  }
}

const retryHeaders = (retryNum: number): Record<string, string> => ({
  'x-slack-retry-num': String(retryNum),
  'x-slack-retry-reason': 'http_error',
})

function encoded({ type, payload }: Envelope): { readonly body: string; readonly contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' }
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>)
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' }
}

function answerOf(text: string): unknown {
  return text === '' ? undefined : (parsed(text) ?? { text })
}

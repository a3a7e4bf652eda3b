import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Json, parsed } from '../slack/json.ts'
import type { Troubles } from '../slack/trouble.ts'
import type { SignIn, Signing } from './sign-in.ts'
import type { DeliveryTrouble } from './trouble.ts'

export type DeliveryOptions = {
  readonly signIn: SignIn
  readonly troubles: Troubles<DeliveryTrouble>
  /** Teams waits fifteen seconds. */
  readonly answerWithinMs: number
  /** Teams tries an activity again when it was not taken; never an invoke: its person sees that it failed. */
  readonly retryDelaysMs: readonly number[]
  readonly onChange: () => void
}

export type Delivered = {
  readonly acknowledged: boolean
  readonly status?: number
  readonly answer: unknown
  readonly attempts: number
}

/** One line of the log a page can show. */
export type Attempt = { readonly at: Date; readonly type: string; readonly attempt: number; readonly result: string }

/** Brings activities to the app's messaging endpoint, signed as Teams signs them. */
export class Delivery {
  readonly log: Attempt[] = []
  endpoint: string | undefined
  readonly #options: DeliveryOptions
  readonly #stop = new AbortController()

  constructor(options: DeliveryOptions, endpoint: string | undefined) {
    // Everything that waits listens: a busy simulator is no leak.
    setMaxListeners(0, this.#stop.signal)
    this.#options = options
    this.endpoint = endpoint
  }

  async deliver(activity: Json & { readonly type: string }): Promise<Delivered> {
    const trouble = this.#options.troubles.take(activity.type)
    const signing: Signing = trouble?.kind === 'wrong-signature' ? { key: 'foreign' } : {}
    const delays = activity.type === 'invoke' ? [] : this.#options.retryDelaysMs
    for (let attempts = 1; ; attempts++) {
      const { status, answer } = await this.#attempt(activity, signing, attempts)
      const acknowledged = status !== undefined && status < 300
      if (acknowledged && trouble?.kind === 'duplicate') await this.#attempt(activity, signing, attempts + 1)
      const delay = delays[attempts - 1]
      if (acknowledged || delay === undefined || this.#stop.signal.aborted)
        return { acknowledged, answer, attempts, ...(status !== undefined && { status }) }
      await this.#pause(delay)
    }
  }

  close(): void {
    this.#stop.abort()
  }

  async #attempt(activity: Json & { readonly type: string }, signing: Signing, attempt: number) {
    const sent = await this.#post(activity, signing)
    const result = sent.status === undefined ? 'no answer' : `HTTP ${sent.status}`
    this.log.push({ at: new Date(), type: nameOf(activity), attempt, result })
    if (this.log.length > 500) this.log.shift()
    this.#options.onChange()
    return sent
  }

  async #post(activity: Json, signing: Signing): Promise<{ readonly status?: number; readonly answer: unknown }> {
    if (this.endpoint === undefined) return { answer: undefined }
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      authorization: await this.#options.signIn.authorization(signing),
    }
    const signal = AbortSignal.any([AbortSignal.timeout(this.#options.answerWithinMs), this.#stop.signal])
    try {
      const body = JSON.stringify(activity)
      const response = await fetch(this.endpoint, { method: 'POST', headers, body, signal, redirect: 'error' })
      return { status: response.status, answer: parsed(await response.text()) }
    } catch {
      return { answer: undefined }
    }
  }

  /** Ends early where everything ends. */
  #pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {})
  }
}

const nameOf = ({ type, name }: Json & { readonly type: string }): string => (typeof name === 'string' ? name : type)

import type { App, Receiver } from '@slack/bolt'
import type { HttpRequest, HttpResponse } from '../../core/channel.ts'
import { decodeBody, isSslCheck, type SlackBody } from './parse.ts'
import { verifySignature } from './verify.ts'

export type HttpReceiver = {
  readonly receiver: Receiver
  /** From here on events are taken; `load` makes the app that takes them. */
  open(load: () => Promise<App>): void
  handle(request: HttpRequest): Promise<HttpResponse>
}

const quietMs = 1_000

type Options = { readonly signingSecret: string; readonly clock: () => Date }

/**
 * Feeds Bolt from our own route instead of its HTTP server: the signature is checked over the raw body, and Slack is
 * answered when Bolt acknowledges, which `desk-app` allows only after the event was stored.
 */
export function createHttpReceiver({ signingSecret, clock }: Options): HttpReceiver {
  let app: (() => Promise<App>) | undefined
  const receiver: Receiver = {
    init: () => {},
    start: () => Promise.resolve(),
    stop: async () => {
      app = undefined
    },
  }
  return {
    receiver,
    open: (load) => {
      app = load
      // Loading blocks for a quarter of a second: not while the first requests arrive.
      setTimeout(() => void load().catch(() => {}), quietMs).unref()
    },
    async handle(request) {
      if (isSslCheck(request.body)) return { status: 200 }
      if (!verifySignature(request, signingSecret, clock()).genuine) return { status: 401 }
      const body = decodeBody(request.body)
      if (body === undefined) return { status: 400 }
      if (body.type === 'url_verification') return json({ challenge: body.challenge })
      const loaded = await app?.().catch(() => undefined)
      return loaded === undefined ? { status: 503 } : process(loaded, body, request)
    },
  }
}

function process(app: App, body: SlackBody, request: HttpRequest): Promise<HttpResponse> {
  const retryNum = Number(request.headers['x-slack-retry-num'])
  const retryReason = request.headers['x-slack-retry-reason']
  return new Promise((resolve) => {
    const event = {
      body: { ...body },
      ack: async (answer?: unknown) => resolve(answerOf(answer)),
      ...(Number.isInteger(retryNum) ? { retryNum } : {}),
      ...(typeof retryReason === 'string' ? { retryReason } : {}),
    }
    // Not stored: Slack tries again, at once, after a minute and after five.
    app.processEvent(event).catch(() => resolve({ status: 503 }))
  })
}

function answerOf(answer: unknown): HttpResponse {
  if (answer === undefined || answer === '') return { status: 200 }
  return typeof answer === 'string' ? { status: 200, body: answer } : json(answer)
}

function json(value: unknown): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) }
}

import { randomUUID } from 'node:crypto'
import { signWebhook } from './sign.ts'
import type { TroubleBoard } from './trouble.ts'

/** Where our webhooks lead: signed for the public address, delivered to the one that listens here. */
export type WebhookTarget = { readonly publicUrl: string; readonly deliverTo: string }

export type WebhookOutcome = {
  /** Of the last attempt; absent when nothing answered. */
  readonly status?: number
  readonly contentType?: string
  readonly body?: string
  readonly attempts: number
}

/** One attempt at a webhook: what it told, which try it was, and the HTTP status it was answered with, if it was. */
export type WebhookRecord = {
  readonly at: Date
  readonly what: string
  readonly attempt: number
  readonly status?: number
}

const mostRemembered = 200

export type WebhookCaller = {
  /** Makes one webhook, again once after a 5xx or silence, and doubled if that trouble is on. */
  call(address: string, fields: Readonly<Record<string, string>>): Promise<WebhookOutcome>
  /** The newest attempts, oldest first. */
  readonly made: readonly WebhookRecord[]
}

export type CallerOptions = {
  readonly authToken: string
  readonly target: () => WebhookTarget
  readonly trouble: TroubleBoard
  readonly timeoutMs: number
  readonly closing: AbortSignal
}

/** Calls webhooks as Twilio does: a signed form, 15 seconds, one more attempt (retry count 1 is its default). */
export function openWebhookCaller(options: CallerOptions): WebhookCaller {
  const made: WebhookRecord[] = []
  async function call(address: string, fields: Readonly<Record<string, string>>): Promise<WebhookOutcome> {
    const twice = options.trouble.take('duplicate') !== undefined
    const note = (attempt: number, answer: Answer | undefined): void => {
      const status = answer === undefined ? {} : { status: answer.status }
      made.push({ at: new Date(), what: fields.MessageStatus ?? 'message', attempt, ...status })
      if (made.length > mostRemembered) made.shift()
    }
    const outcome = await attemptTwice(address, fields, { ...options, note })
    return twice ? attemptTwice(address, fields, { ...options, note }) : outcome
  }
  return { call, made }
}

type Noting = CallerOptions & { readonly note: (attempt: number, answer: Answer | undefined) => void }

async function attemptTwice(
  address: string,
  fields: Readonly<Record<string, string>>,
  options: Noting,
): Promise<WebhookOutcome> {
  const request = signedRequest(address, fields, options)
  const url = deliveryUrl(address, options.target())
  if (url === undefined) return { attempts: 0 }
  const first = await attempt(url, request, options)
  options.note(1, first)
  if (first !== undefined && first.status < 500) return { ...first, attempts: 1 }
  const second = await attempt(url, request, options)
  options.note(2, second)
  return { ...(second ?? {}), attempts: 2 }
}

function signedRequest(
  address: string,
  fields: Readonly<Record<string, string>>,
  { authToken, trouble }: CallerOptions,
): RequestInit {
  const token = trouble.take('wrong-signature') === undefined ? authToken : `not ${authToken}`
  const withoutFragment = address.split('#')[0] ?? address
  return {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'i-twilio-idempotency-token': randomUUID(),
      'x-twilio-signature': signWebhook(token, withoutFragment, fields),
    },
    body: new URLSearchParams(fields).toString(),
  }
}

type Answer = { readonly status: number; readonly contentType: string; readonly body: string }

async function attempt(
  url: string,
  request: RequestInit,
  { timeoutMs, closing }: CallerOptions,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      ...request,
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
    })
    const contentType = response.headers.get('content-type') ?? ''
    return { status: response.status, contentType, body: await response.text() }
  } catch {
    return undefined
  }
}

/** Only the connected Gatehouse and this machine are ever called; undefined for any other address. */
function deliveryUrl(address: string, { publicUrl, deliverTo }: WebhookTarget): string | undefined {
  const withoutFragment = address.split('#')[0] ?? address
  if (withoutFragment.startsWith(publicUrl)) return deliverTo + withoutFragment.slice(publicUrl.length)
  const host = URL.canParse(withoutFragment) ? new URL(withoutFragment).hostname : ''
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host) ? withoutFragment : undefined
}

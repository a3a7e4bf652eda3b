import type { Channel, FindResult, HttpRequest, HttpResponse, Inbox, SendResult } from '../../core/channel.ts'
import type { OutboundMessage } from '../../core/message.ts'
import { checkTwilio } from './check.ts'
import { classifyFailure } from './errors.ts'
import { findMessage } from './find.ts'
import { fetchMedia } from './media.ts'
import { fieldsOf, readEvent, readForm, toRawEvent } from './parse.ts'
import { LIMITS, renderMessage, STATUS_PATH } from './render.ts'
import type { TwilioRest } from './rest.ts'
import type { TwilioSettings } from './settings.ts'
import { createVerifier } from './verify.ts'

export type TwilioOptions = { readonly clock?: () => Date; readonly timeoutMs?: number }

const MAX_BODY_BYTES = 1_048_576
const MAX_MEDIA_BYTES = 5_242_880
const DONE: HttpResponse = { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' }
const NOT_NOW: HttpResponse = { status: 503, headers: { 'retry-after': '5' }, body: 'try again later' }

/**
 * SMS and WhatsApp through Twilio. Webhooks are checked, written down and answered with an empty `<Response/>`;
 * replies leave by REST alone, so that a webhook delivered twice cannot send twice.
 */
export function createTwilioChannel(settings: TwilioSettings, options: TwilioOptions = {}): Channel {
  const { clock = () => new Date(), timeoutMs = 10_000 } = options
  const receive = createReceiver(settings, clock)
  const rest = once(async () => (await import('./rest.ts')).openRest(settings, timeoutMs))
  const route = (path: string) => ({ method: 'POST', path, maxBytes: MAX_BODY_BYTES, handle: receive.handle }) as const
  return {
    name: 'twilio',
    limits: LIMITS,
    routes: [route('/webhooks/twilio'), route(STATUS_PATH)],
    async start(inbox) {
      await rest()
      receive.open(inbox)
    },
    read: (event) => readEvent(event, settings.senders),
    send: (message) => send(message, settings, rest),
    async find(message, attemptedAt) {
      return find(message, attemptedAt, { rest, settings, clock })
    },
    open: (ref) => fetchMedia(ref, settings, { maxBytes: MAX_MEDIA_BYTES, timeoutMs }),
    check: async () => checkTwilio(settings, rest),
    async stop() {
      receive.shut()
    },
  }
}

type OpenRest = () => Promise<TwilioRest>

type Receiver = {
  handle(request: HttpRequest): Promise<HttpResponse>
  open(inbox: Inbox): void
  shut(): void
}

/** Answers webhooks: 400 unsigned or unreadable, 403 not from Twilio or not our account, 503 not stored, else 200. */
function createReceiver(settings: TwilioSettings, clock: () => Date): Receiver {
  const isSigned = createVerifier(settings.publicUrl, settings.authTokens)
  let inbox: Inbox | undefined
  async function handle(request: HttpRequest): Promise<HttpResponse> {
    const signature = request.headers['x-twilio-signature']
    if (typeof signature !== 'string') return refused(400, 'X-Twilio-Signature is missing')
    if (request.body.length > MAX_BODY_BYTES) return refused(413, 'the request is too large')
    if (!isForm(request)) return refused(400, 'the request is not a form')
    const form = request.body.toString('utf8')
    const pairs = readForm(form)
    if (!isSigned({ path: request.url, pairs, signature })) return refused(403, 'the signature is wrong')
    const fields = fieldsOf(pairs)
    if (fields.get('AccountSid') !== settings.accountSid) return refused(403, 'the account is not ours')
    if (inbox === undefined) return NOT_NOW
    const event = toRawEvent({ url: request.url, form }, fields, clock())
    return inbox.receive(event).then(
      () => DONE,
      () => NOT_NOW,
    )
  }
  return {
    handle,
    open: (opened) => {
      inbox = opened
    },
    shut: () => {
      inbox = undefined
    },
  }
}

function isForm(request: HttpRequest): boolean {
  const type = request.headers['content-type']
  return typeof type === 'string' && type.toLowerCase().startsWith('application/x-www-form-urlencoded')
}

function refused(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body }
}

async function send(message: OutboundMessage, settings: TwilioSettings, rest: OpenRest): Promise<SendResult> {
  const rendered = renderMessage(message, settings)
  if (!rendered.ok) return { outcome: 'refused', permanent: true, reason: rendered.reason }
  try {
    const { sid } = await (await rest()).createMessage(rendered.params)
    if (typeof sid === 'string' && sid !== '') return { outcome: 'sent', providerId: sid }
    return { outcome: 'unknown', reason: 'Twilio answered without naming the message' }
  } catch (error) {
    return classifyFailure(error)
  }
}

type FindContext = { readonly rest: OpenRest; readonly settings: TwilioSettings; readonly clock: () => Date }

async function find(message: OutboundMessage, attemptedAt: Date, context: FindContext): Promise<FindResult> {
  try {
    const { settings, clock } = context
    return await findMessage(message, attemptedAt, { rest: await context.rest(), settings, now: clock() })
  } catch (error) {
    return { outcome: 'unknown', reason: classifyFailure(error).reason }
  }
}

/** Remembers the first success; a failure is tried again at the next call. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

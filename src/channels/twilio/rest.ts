import { createRequire } from 'node:module'
import type BaseTwilio from 'twilio/lib/base/BaseTwilio.js'
import type Domain from 'twilio/lib/base/Domain.js'
import type RequestClientOf from 'twilio/lib/base/RequestClient.js'
import type Version from 'twilio/lib/base/Version.js'
import type Response from 'twilio/lib/http/response.js'
import type V2010 from 'twilio/lib/rest/api/V2010.js'
import type * as messageResource from 'twilio/lib/rest/api/v2010/account/message.js'
import { mapHost } from './hosts.ts'
import type { TwilioMessageParams } from './render.ts'
import type { TwilioSettings } from './settings.ts'

// The SDK is CommonJS with Babel-style defaults, which loaders read in different ways: required, it is the same in all.
const require = createRequire(import.meta.url)
const base: typeof BaseTwilio = require('twilio/lib/base/BaseTwilio.js')
const domain: typeof Domain = require('twilio/lib/base/Domain.js')
const RequestClient: typeof RequestClientOf = require('twilio/lib/base/RequestClient.js')
const version: typeof Version = require('twilio/lib/base/Version.js')
const { MessageListInstance }: typeof messageResource = require('twilio/lib/rest/api/v2010/account/message.js')

/** The part of Twilio's REST interface that we use; every call throws what the SDK throws. */
export type TwilioRest = {
  createMessage(params: TwilioMessageParams): Promise<{ readonly sid: string }>
  listMessages(filter: messageResource.MessageListInstanceOptions): Promise<readonly messageResource.MessageInstance[]>
  /** HTTP status of the account resource, and its `status`: active, suspended or closed. */
  account(): Promise<{ readonly httpStatus: number; readonly status: string }>
  contentStatus(contentSid: string): Promise<number>
}

const API = 'https://api.twilio.com'
const CONTENT = 'https://content.twilio.com'

/**
 * Twilio's SDK without its forty other products: this module is imported when it is first needed, because
 * `import 'twilio'` and its first request load 29 MB in 140 ms, and these parts 20 MB in 105 ms (nearly all axios).
 */
export function openRest(settings: TwilioSettings, timeoutMs: number): TwilioRest {
  const client = new base.Client(settings.accountSid, settings.authTokens[0], {
    httpClient: new DirectedClient(settings, timeoutMs),
    autoRetry: false,
    // Empty, so that the SDK does not look for them in the environment: a log level of "debug" would print texts.
    edge: '',
    region: '',
    logLevel: '',
  })
  // The message list asks its version for requests only; the full V2010 would load every product of the API.
  const v2010 = new version.default(new domain.default(client, API), '2010-04-01') as V2010.default
  const messages = MessageListInstance(v2010, settings.accountSid)
  return {
    createMessage: (params) => messages.create(params),
    listMessages: (filter) => messages.list(filter),
    async account() {
      const uri = `${API}/2010-04-01/Accounts/${settings.accountSid}.json`
      const answer: Answer = await client.request({ method: 'get', uri })
      return { httpStatus: answer.statusCode, status: accountStatus(answer.body) }
    },
    async contentStatus(contentSid) {
      const answer: Answer = await client.request({ method: 'get', uri: `${CONTENT}/v1/Content/${contentSid}` })
      return answer.statusCode
    },
  }
}

type Answer = { readonly statusCode: number; readonly body: unknown }

/** Sends requests where the settings say, gives up after the whole time allowed, and never tries again by itself. */
class DirectedClient extends RequestClient {
  readonly #settings: TwilioSettings
  readonly #timeoutMs: number

  constructor(settings: TwilioSettings, timeoutMs: number) {
    super({ timeout: timeoutMs, autoRetry: false })
    this.#settings = settings
    this.#timeoutMs = timeoutMs
  }

  override async request<Data>(options: RequestClientOf.RequestOptions<Data>): Promise<Response.default<Data>> {
    const uri = mapHost(options.uri, this.#settings).href
    const answer = await within(this.#timeoutMs, super.request({ ...options, uri }))
    if (answer.statusCode === 429) throw throttled(answer.body, answer.headers)
    return answer
  }
}

/** The SDK's time-out counts silence on the socket; a server that drips would hold it for ever. */
async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The SDK's own exception drops the headers, and with them how long Twilio asks us to wait. */
function throttled(body: unknown, headers: unknown): Error {
  const code = readField(body, 'code')
  const seconds = Number(readField(headers, 'retry-after'))
  return Object.assign(new Error('Twilio asks us to wait'), {
    status: 429,
    code: typeof code === 'number' ? code : 20429,
    ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}),
  })
}

function accountStatus(body: unknown): string {
  const status = readField(body, 'status')
  return typeof status === 'string' ? status : 'unknown'
}

function readField(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

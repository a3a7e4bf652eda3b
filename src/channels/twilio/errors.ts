import type { SendResult } from '../../core/channel.ts'

/** `policy`: Twilio or WhatsApp forbids it as it stands; another form (a template, another channel) may pass. */
export type FailureClass = 'permanent' | 'temporary' | 'policy' | 'unknown'

export type Failure = { readonly class: FailureClass; readonly words: string }

/** Twilio's codes in the words of the person who reads the card (https://www.twilio.com/docs/api/errors). */
const FAILURES: Readonly<Record<number, Failure>> = {
  14107: temporary('Twilio limits how many messages we may send to this number just now'),
  20003: temporary('Twilio refuses our account SID or auth token'),
  20005: temporary('our Twilio account is not active'),
  20429: temporary('Twilio asks us to send more slowly'),
  21211: permanent('the number is not a valid phone number'),
  21214: permanent('the number cannot be reached'),
  21217: permanent('the number is not a valid phone number'),
  21266: permanent('the number belongs to us: sender and recipient are the same'),
  21408: permanent('our Twilio account may not send to that country'),
  21603: permanent('no sender number was given'),
  21604: permanent('no recipient was given'),
  21606: permanent('our sender number cannot send messages of this kind'),
  21609: permanent('Twilio cannot use our public address for delivery reports'),
  21610: permanent('whoever has this number has sent STOP, so their carrier takes no messages from us'),
  21611: temporary('too many of our messages wait at Twilio for this sender number'),
  21612: permanent('our sender number cannot reach this recipient'),
  21614: permanent('the number cannot receive text messages'),
  21617: permanent('the text is longer than 1,600 characters'),
  21619: permanent('the message has no text'),
  21655: permanent('Twilio does not know the message template'),
  11200: permanent('Twilio could not fetch the attached file: PUBLIC_URL must be reachable from outside'),
  21656: permanent('the values do not fit the message template'),
  21910: permanent('sender and recipient are not on the same channel'),
  30001: temporary('too many of our messages wait at Twilio'),
  30002: temporary('our Twilio account was suspended'),
  30003: permanent('the phone is switched off or cannot be reached'),
  30004: permanent('the phone or its carrier blocks our messages'),
  30005: permanent('the number does not exist or is out of service'),
  30006: permanent('the number is a landline or its carrier cannot take text messages'),
  30007: policy('the carrier filtered the message as unwanted'),
  30008: temporary('the carrier did not say why the message failed'),
  30017: temporary('the carrier is congested'),
  63003: permanent('the number is not on WhatsApp'),
  63007: permanent('our number is not set up as a WhatsApp sender'),
  63013: policy('the message breaks a rule of WhatsApp'),
  63015: permanent('the recipient has not joined our WhatsApp sandbox'),
  63016: policy('the customer last wrote more than 24 hours ago: WhatsApp allows only an approved template'),
  63018: temporary('WhatsApp asks us to send more slowly'),
  63019: permanent('WhatsApp could not fetch the attached file: PUBLIC_URL must be reachable from outside'),
  63021: policy('the filled-in template is not acceptable to WhatsApp'),
  63024: permanent('WhatsApp does not accept the recipient'),
  63038: temporary('our daily number of messages is used up'),
  63049: policy('WhatsApp chose not to deliver this message'),
}

/** "Attempt to send to unsubscribed recipient": somebody's STOP, which we may not have seen ourselves. */
export const isOptedOut = (code: number | undefined): boolean => code === 21610

/** The request cannot have been written: no connection, no name, no trust in the certificate. */
const NEVER_WRITTEN: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'GATEHOUSE_UNMAPPED_HOST',
])

const ACCOUNT_TROUBLE: ReadonlySet<number> = new Set([20003, 20005, 30002])

/** What a Twilio code means to us; a code we have never met is for a human to judge. */
export function explainCode(code: number): Failure {
  return FAILURES[code] ?? { class: 'unknown', words: `Twilio gave code ${code}, which needs a person to look at` }
}

/**
 * What became of a send that threw. Built only from codes and numbers: the SDK's raw errors carry the request with
 * our credentials, the text and the recipient.
 */
export function classifyFailure(error: unknown): Exclude<SendResult, { outcome: 'sent' }> {
  const status = numberIn(error, 'status')
  if (status !== undefined) return classifyAnswer(status, numberIn(error, 'code'), numberIn(error, 'retryAfterSeconds'))
  const code = networkCode(error)
  if (code !== undefined)
    return { outcome: 'refused', permanent: false, reason: `Twilio could not be reached (${code})` }
  return { outcome: 'unknown', reason: 'Twilio did not answer: the message may or may not have been sent' }
}

function classifyAnswer(
  status: number,
  code: number | undefined,
  retryAfterSeconds: number | undefined,
): Exclude<SendResult, { outcome: 'sent' }> {
  if (status >= 500 || status < 400 || status === 408)
    return { outcome: 'unknown', reason: `Twilio answered ${status}: the message may or may not have been sent` }
  const failure = explainAnswer(status, code)
  const stopped = isOptedOut(code) ? ({ stopped: true } as const) : {}
  if (failure.class !== 'temporary') return { outcome: 'refused', permanent: true, reason: failure.words, ...stopped }
  const wait = retryAfterSeconds ?? (code !== undefined && ACCOUNT_TROUBLE.has(code) ? 60 : 5)
  return { outcome: 'refused', permanent: false, reason: failure.words, retryAfterSeconds: wait }
}

/** A refusal without a code still says something by its status. */
function explainAnswer(status: number, code: number | undefined): Failure {
  if (code !== undefined && FAILURES[code] !== undefined) return FAILURES[code]
  if (status === 429) return explainCode(20429)
  if (status === 401 || status === 403) return explainCode(20003)
  if (code !== undefined) return explainCode(code)
  return { class: 'unknown', words: `Twilio refused the message (HTTP ${status}) without saying why` }
}

/** The code of a fault that came before the request was written; undefined when it may have been written. */
function networkCode(error: unknown): string | undefined {
  const code = stringIn(error, 'code')
  if (code === undefined) return undefined
  if (NEVER_WRITTEN.has(code)) return code
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined
  const atConnect = stringIn(error, 'syscall') === 'connect' || stringIn(cause, 'syscall') === 'connect'
  return atConnect ? code : undefined
}

function numberIn(value: unknown, key: string): number | undefined {
  const found = fieldOf(value, key)
  return typeof found === 'number' ? found : undefined
}

function stringIn(value: unknown, key: string): string | undefined {
  const found = fieldOf(value, key)
  return typeof found === 'string' ? found : undefined
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function permanent(words: string): Failure {
  return { class: 'permanent', words }
}

function temporary(words: string): Failure {
  return { class: 'temporary', words }
}

function policy(words: string): Failure {
  return { class: 'policy', words }
}

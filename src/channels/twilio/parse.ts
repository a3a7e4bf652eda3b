import { createHash } from 'node:crypto'
import type { RawEvent, Reading } from '../../core/channel.ts'
import type { Address, Attachment, DeliveryReport, DeliveryState, InboundMessage } from '../../core/message.ts'
import { explainCode, isOptedOut } from './errors.ts'
import type { TwilioAddressChannel, TwilioSender } from './settings.ts'
import { cleanLine, cleanText } from './text.ts'
import type { FormPair } from './verify.ts'

/** What is stored of a webhook: the request as Twilio made it, so that nothing is lost to our understanding of today. */
export type TwilioPayload = { readonly url: string; readonly form: string }

/** Form fields by name; where a name comes twice, the first counts. */
export type Fields = ReadonlyMap<string, string>

/** Twilio's message statuses in the core's words; callbacks may come in any order, so the core ranks them. */
const STATES: Readonly<Record<string, DeliveryState>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

const INBOUND_STATUSES: ReadonlySet<string> = new Set(['received', 'receiving'])
const SID = /^[A-Za-z0-9]{1,64}$/
const MAX_MEDIA = 10

/** The fields of a form body in the order they came, not trimmed: the signature covers every space. */
export function readForm(form: string): readonly FormPair[] {
  return [...new URLSearchParams(form)]
}

export function fieldsOf(pairs: readonly FormPair[]): Fields {
  const fields = new Map<string, string>()
  for (const [name, value] of pairs) if (!fields.has(name)) fields.set(name, value)
  return fields
}

/**
 * The event to write down for a genuine webhook. Decided by what the request says and not by its route, so that a
 * report sent to the wrong address is still a report. What we do not know is stored too, and quarantined when read.
 */
export function toRawEvent(payload: TwilioPayload, fields: Fields, receivedAt: Date): RawEvent {
  const account = fields.get('AccountSid') ?? ''
  const sid = messageSid(fields)
  const status = reportStatus(fields)
  const pair = addressPair(fields, status !== undefined)
  const key = sid === undefined ? `unknown:${fingerprint(payload)}` : status === undefined ? sid : `${sid}:${status}`
  return {
    id: `twilio:${account}:${key}`,
    source: 'twilio',
    channel: pair?.ours.channel ?? 'sms',
    kind: status === undefined ? 'message' : 'report',
    conversation: pair ? conversationOf(pair) : 'sms:unknown',
    receivedAt,
    payload,
  }
}

/** Understands a stored webhook: an incoming message, or what became of one of ours. Never throws. */
export function readEvent(event: RawEvent, senders: readonly TwilioSender[]): Reading {
  const payload = asPayload(event.payload)
  if (payload === undefined) return quarantine('the stored event is not a Twilio request')
  const fields = fieldsOf(readForm(payload.form))
  const sid = messageSid(fields)
  if (sid === undefined) return quarantine('Twilio sent something that is neither a message nor a report on one')
  const status = reportStatus(fields)
  return status === undefined
    ? readMessage(sid, fields, { event, senders })
    : readReport(sid, status, { fields, url: payload.url, at: event.receivedAt })
}

type MessageContext = { readonly event: RawEvent; readonly senders: readonly TwilioSender[] }

function readMessage(sid: string, fields: Fields, { event, senders }: MessageContext): Reading {
  const pair = addressPair(fields, false)
  if (pair === undefined) return quarantine('the message does not say, on one channel we know, from whom and to whom')
  const { ours, theirs } = pair
  const message: InboundMessage = {
    id: `twilio:${sid}`,
    from: theirs,
    to: ours,
    conversation: conversationOf(pair),
    text: messageText(fields),
    attachments: readMedia(fields),
    automatic: senders.some((sender) => sender.channel === theirs.channel && sender.number === theirs.id),
    sentAt: sentAt(fields, event.receivedAt),
    ...optional('inReplyTo', fields.get('OriginalRepliedMessageSid')),
    ...optional('action', fields.get('ButtonPayload') ?? fields.get('ListId')),
    ...optional('profileName', cleanLine(fields.get('ProfileName') ?? '')),
    ...optional('consent', consentOf(fields)),
  }
  return { type: 'message', message }
}

/** With a pressed button `Body` holds its label; older senders put it in `ButtonText` only. */
function messageText(fields: Fields): string {
  const body = fields.get('Body') || fields.get('ButtonText') || ''
  return [cleanText(body), locationLine(fields)].filter((line) => line !== '').join('\n')
}

function locationLine(fields: Fields): string {
  const latitude = Number.parseFloat(fields.get('Latitude') ?? '')
  const longitude = Number.parseFloat(fields.get('Longitude') ?? '')
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return ''
  const place = [fields.get('Label'), fields.get('Address')]
    .map((part) => cleanLine(part ?? ''))
    .filter((part) => part !== '')
  return `Location: ${[`${latitude}, ${longitude}`, ...place].join(' · ')}`
}

function readMedia(fields: Fields): readonly Attachment[] {
  const count = Math.min(Number.parseInt(fields.get('NumMedia') ?? '0', 10) || 0, MAX_MEDIA)
  const attachments: Attachment[] = []
  for (let index = 0; index < count; index += 1) {
    const ref = fields.get(`MediaUrl${index}`)
    if (!ref) continue
    const contentType =
      cleanLine(fields.get(`MediaContentType${index}`) ?? '').toLowerCase() || 'application/octet-stream'
    const ending = /^\w+\/([a-z0-9]{2,5})(?:;|$)/.exec(contentType)?.[1] ?? 'bin'
    attachments.push({ name: `attachment-${index + 1}.${ending}`, contentType, sizeBytes: 0, ref })
  }
  return attachments
}

/** Advanced Opt-Out says which keyword it recognised; Twilio has then answered it already. */
function consentOf(fields: Fields): InboundMessage['consent'] {
  const type = fields.get('OptOutType')?.toLowerCase()
  return type === 'stop' || type === 'start' || type === 'help' ? type : undefined
}

/**
 * When the customer sent it. Twilio documents no timestamp on messages today and may add one without notice; one
 * that is unreadable, in the future or more than a week old is not believed.
 */
function sentAt(fields: Fields, receivedAt: Date): Date {
  const given = fields.get('DateSent') ?? fields.get('DateCreated') ?? fields.get('Timestamp')
  const at = new Date(given ?? Number.NaN)
  const ageMs = receivedAt.getTime() - at.getTime()
  return ageMs >= 0 && ageMs < 7 * 86_400_000 ? at : receivedAt
}

type ReportContext = { readonly fields: Fields; readonly url: string; readonly at: Date }

function readReport(providerId: string, status: string, { fields, url, at }: ReportContext): Reading {
  const state = STATES[status]
  if (state === undefined) return quarantine(`Twilio reports a status we do not know: ${cleanLine(status)}`)
  const messageId = new URLSearchParams(url.split('?')[1] ?? '').get('m') ?? undefined
  const report: DeliveryReport = {
    providerId,
    state,
    at,
    ...optional('messageId', messageId),
    ...failureOf(state, fields),
  }
  return { type: 'report', report }
}

function failureOf(state: DeliveryState, fields: Fields): Pick<DeliveryReport, 'reason' | 'permanent' | 'stopped'> {
  if (state !== 'failed') return {}
  const code = Number.parseInt(fields.get('ErrorCode') ?? '', 10)
  if (!Number.isFinite(code)) return { reason: 'Twilio could not deliver it and gave no reason' }
  const failure = explainCode(code)
  if (failure.class === 'unknown') return { reason: failure.words }
  const stopped = isOptedOut(code) ? ({ stopped: true } as const) : {}
  return { reason: failure.words, permanent: failure.class !== 'temporary', ...stopped }
}

type AddressPair = { readonly ours: Address; readonly theirs: Address }

/** Our number and theirs, on one channel; in a report on our message we are the sender. */
function addressPair(fields: Fields, ourMessage: boolean): AddressPair | undefined {
  const from = toAddress(fields.get('From'))
  const to = toAddress(fields.get('To'))
  if (from === undefined || to === undefined || from.channel !== to.channel) return undefined
  return ourMessage ? { ours: from, theirs: to } : { ours: to, theirs: from }
}

/** SMS senders may be a number, a short code or a name; a prefix we do not know (`rcs:`, `messenger:`) is not ours. */
function toAddress(wire: string | undefined): (Address & { readonly channel: TwilioAddressChannel }) | undefined {
  const match = /^(?:([a-z]+):)?(.+)$/is.exec(cleanLine(wire ?? ''))
  const [, prefix, id] = match ?? []
  if (id === undefined) return undefined
  if (prefix === undefined) return { channel: 'sms', id }
  return prefix.toLowerCase() === 'whatsapp' ? { channel: 'whatsapp', id } : undefined
}

function conversationOf({ ours, theirs }: AddressPair): string {
  return `${ours.channel}:${ours.id}:${theirs.id}`
}

function messageSid(fields: Fields): string | undefined {
  const sid = fields.get('MessageSid') ?? fields.get('SmsSid')
  return sid !== undefined && SID.test(sid) ? sid : undefined
}

/** The status of a message of ours; undefined when the webhook is about a message that came in. */
function reportStatus(fields: Fields): string | undefined {
  const status = (fields.get('MessageStatus') ?? fields.get('SmsStatus'))?.toLowerCase()
  return status === undefined || status === '' || INBOUND_STATUSES.has(status) ? undefined : status.slice(0, 32)
}

function asPayload(payload: unknown): TwilioPayload | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined
  if (!('url' in payload) || !('form' in payload)) return undefined
  const { url, form } = payload
  return typeof url === 'string' && typeof form === 'string' ? { url, form } : undefined
}

function fingerprint(payload: TwilioPayload): string {
  return createHash('sha256').update(payload.url).update('\n').update(payload.form).digest('hex').slice(0, 32)
}

function quarantine(reason: string): Reading {
  return { type: 'quarantine', reason }
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { readonly [K in Key]: Value })
}

import { KEYWORD_ANSWERS, type Keyword, keywordIn } from './carrier.ts'
import { type LocalMedia, type LocalMessage, type MessageBook, newSid, type PhoneChannel } from './message-book.ts'
import type { WebhookCaller, WebhookOutcome } from './webhooks.ts'
import { wireNumber } from './wire.ts'
import { now, type World } from './world.ts'

const INBOUND_PATH = '/webhooks/twilio'

/** What a person does on their phone; numbers are E.164 without a prefix, `to` is one of ours. */
export type PhoneText = {
  readonly channel: PhoneChannel
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media?: readonly { readonly contentType: string; readonly bytes: Buffer }[]
  readonly profileName?: string
  readonly button?: { readonly text: string; readonly payload: string }
  readonly location?: {
    readonly latitude: number
    readonly longitude: number
    readonly label?: string
    readonly address?: string
  }
  /** The SID of the message that is answered. */
  readonly inReplyTo?: string
  /** Fields that Twilio may add tomorrow. */
  readonly extra?: Readonly<Record<string, string>>
}

export type TextOutcome = WebhookOutcome & { readonly sid: string }

export type PhoneContext = {
  readonly accountSid: string
  readonly book: MessageBook
  readonly webhooks: WebhookCaller
  readonly inboundUrl: () => string
  readonly now: () => Date
  /** Whether Twilio names the keyword it recognised (`OptOutType`). */
  readonly advancedOptOut: boolean
}

/** What a phone of this world works with. */
export const phoneContext = (world: World): PhoneContext => ({
  accountSid: world.options.accountSid,
  book: world.book,
  webhooks: world.webhooks,
  inboundUrl: () => `${world.target.publicUrl}${INBOUND_PATH}`,
  now: () => now(world),
  advancedOptOut: world.options.advancedOptOut ?? false,
})

/** Sends a text from a phone: the carrier acts on STOP and START first, then our webhook is called. */
export async function sendFromPhone(text: PhoneText, context: PhoneContext): Promise<TextOutcome> {
  const message = record(text, context)
  const keyword = text.channel === 'sms' ? keywordIn(text.body) : undefined
  if (keyword !== undefined) obey(keyword, message, context)
  const outcome = await context.webhooks.call(context.inboundUrl(), inboundFields(message, text, { keyword, context }))
  showAnswer(outcome, message, context)
  return { ...outcome, sid: message.sid }
}

function record(text: PhoneText, { book, now }: PhoneContext): LocalMessage {
  const at = now()
  const media: readonly LocalMedia[] = (text.media ?? []).map((each) => ({ ...each, sid: newSid('ME') }))
  book.noteInbound(text.to, text.from, at)
  return book.add({
    sid: newSid(media.length > 0 ? 'MM' : 'SM'),
    channel: text.channel,
    direction: 'inbound',
    from: text.from,
    to: text.to,
    body: text.body,
    media,
    status: 'received',
    createdAt: at,
    updatedAt: at,
    sentAt: at,
  })
}

function obey(keyword: Keyword, message: LocalMessage, context: PhoneContext): void {
  if (keyword === 'STOP') context.book.optOut(message.to, message.from)
  if (keyword === 'START') context.book.optIn(message.to, message.from)
  answerFrom(message, KEYWORD_ANSWERS[keyword], context)
}

/** A webhook answered with plain text or with TwiML `<Message>` reaches the customer: it is shown as it would be. */
function showAnswer(
  { status = 0, contentType = '', body = '' }: WebhookOutcome,
  message: LocalMessage,
  context: PhoneContext,
): void {
  if (status < 200 || status > 299) return
  const said = contentType.startsWith('text/plain') ? body : /<(?:Message|Body)>([^<]+)</.exec(body)?.[1]
  if (said !== undefined && said !== '') answerFrom(message, said, context)
}

function answerFrom(message: LocalMessage, body: string, { book, now }: PhoneContext): void {
  const at = now()
  book.add({
    sid: newSid('SM'),
    channel: message.channel,
    direction: 'outbound-reply',
    from: message.to,
    to: message.from,
    body,
    media: [],
    status: 'delivered',
    createdAt: at,
    updatedAt: at,
    sentAt: at,
  })
}

type FieldContext = { readonly keyword: Keyword | undefined; readonly context: PhoneContext }

/** The form of an incoming message (https://www.twilio.com/docs/messaging/guides/webhook-request). */
function inboundFields(
  message: LocalMessage,
  text: PhoneText,
  { keyword, context }: FieldContext,
): Record<string, string> {
  return {
    AccountSid: context.accountSid,
    ApiVersion: '2010-04-01',
    Body: message.body,
    From: wireNumber(message, message.from),
    MessageSid: message.sid,
    NumMedia: String(message.media.length),
    NumSegments: '1',
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    To: wireNumber(message, message.to),
    ...(message.channel === 'whatsapp' ? whatsappFields(message, text) : PLACE_FIELDS),
    ...mediaFields(message, context.accountSid),
    ...(keyword !== undefined && context.advancedOptOut ? { OptOutType: keyword } : {}),
    ...text.extra,
  }
}

/** Twilio sends them empty where it does not know. */
const PLACE_FIELDS = {
  FromCity: '',
  FromCountry: 'US',
  FromState: '',
  FromZip: '',
  ToCity: '',
  ToCountry: 'US',
  ToState: '',
  ToZip: '',
}

function whatsappFields(
  message: LocalMessage,
  { profileName, button, location, inReplyTo }: PhoneText,
): Record<string, string> {
  return {
    MessageType: button ? 'button' : location ? 'location' : message.media.length > 0 ? 'image' : 'text',
    ProfileName: profileName ?? '',
    ReferralNumMedia: '0',
    WaId: message.from.replace('+', ''),
    ...(button ? { ButtonPayload: button.payload, ButtonText: button.text } : {}),
    ...(location ? { Latitude: String(location.latitude), Longitude: String(location.longitude) } : {}),
    ...(location?.label ? { Label: location.label } : {}),
    ...(location?.address ? { Address: location.address } : {}),
    ...(inReplyTo
      ? { OriginalRepliedMessageSid: inReplyTo, OriginalRepliedMessageSender: wireNumber(message, message.to) }
      : {}),
  }
}

function mediaFields(message: LocalMessage, accountSid: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [index, media] of message.media.entries()) {
    fields[`MediaContentType${index}`] = media.contentType
    fields[`MediaUrl${index}`] =
      `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}/Media/${media.sid}`
  }
  return fields
}

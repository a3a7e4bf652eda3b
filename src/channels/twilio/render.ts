import type { ChannelLimits } from '../../core/channel.ts'

import type { Address, OutboundMessage, Template } from '../../core/message.ts'
import { carryByMms, carryByWhatsApp } from './media-out.ts'
import { smsWords } from './segments.ts'
import type { TwilioAddressChannel, TwilioSettings } from './settings.ts'

/** The parameters of `Messages.create` that we use (https://www.twilio.com/docs/messaging/api/message-resource). */
export type TwilioMessageParams = {
  readonly from: string
  readonly to: string
  readonly statusCallback: string
  readonly body?: string
  readonly contentSid?: string
  readonly contentVariables?: string
  readonly mediaUrl?: string[]
}

export type Rendered =
  | { readonly ok: true; readonly params: TwilioMessageParams }
  | { readonly ok: false; readonly reason: string }

/** `Body` may have 1,600 characters; WhatsApp opens its reply window for 24 hours. */
export const LIMITS: Readonly<Record<TwilioAddressChannel, ChannelLimits>> = {
  sms: {
    maxTextLength: 1600,
    buttons: 0,
    reportsDelivery: true,
    replyWindowSeconds: Number.POSITIVE_INFINITY,
    optOut: true,
    sizeOf: smsWords,
    carry: carryByMms,
  },
  whatsapp: {
    ...{ maxTextLength: 1600, buttons: 3, reportsDelivery: true, replyWindowSeconds: 86_400, optOut: true },
    carry: carryByWhatsApp,
  },
}

/** The path that Twilio reports deliveries to. */
export const STATUS_PATH = '/webhooks/twilio/status'

/** Turns a message into Twilio's parameters, or says in words why Twilio would never take it. */
export function renderMessage(message: OutboundMessage, settings: TwilioSettings): Rendered {
  const channel = message.to.channel
  if (!isTwilioChannel(channel)) return refused(`Twilio does not carry ${channel} messages`)
  const from = senderFor(message, settings)
  if (from === undefined) return refused(`no ${channel} number of ours is configured to send from`)
  if (from.channel !== channel) return refused('sender and recipient are not on the same channel')
  if (!isRecipient(message.to)) return refused('the recipient is not a number in international form')
  const content = message.template ? templateContent(message.template, settings) : textContent(message, LIMITS[channel])
  if (!content.ok) return content
  const ends = {
    from: wireAddress(from),
    to: wireAddress(message.to),
    statusCallback: statusCallback(message, settings),
  }
  const mediaUrl = message.enclosures?.flatMap((file) => ('url' in file ? [file.url] : [])) ?? []
  return { ok: true, params: { ...ends, ...content.params, ...(mediaUrl.length > 0 && { mediaUrl }) } }
}

/** The text as it will stand on the phone: choices become numbered lines, since the customer can type a number. */
export function renderText(message: Pick<OutboundMessage, 'text' | 'options'>): string {
  const lines = (message.options ?? []).map((option, index) => `${index + 1}. ${option.label}`)
  return [message.text, ...lines].filter((line) => line !== '').join('\n')
}

/** Our address as Twilio writes it: WhatsApp numbers carry a prefix, SMS numbers none. */
export function wireAddress(address: Address): string {
  return address.channel === 'whatsapp' ? `whatsapp:${address.id}` : address.id
}

type Content<Params> = { readonly ok: true; readonly params: Params } | { readonly ok: false; readonly reason: string }

function textContent(message: OutboundMessage, limits: ChannelLimits): Content<{ readonly body: string }> {
  const body = renderText(message)
  if (body.trim() === '') return refused('the message has no text')
  if (body.length > limits.maxTextLength) return refused(`the text is longer than ${limits.maxTextLength} characters`)
  return { ok: true, params: { body } }
}

function templateContent(
  template: Template,
  settings: TwilioSettings,
): Content<{ readonly contentSid: string; readonly contentVariables: string }> {
  const contentSid = settings.templates[template.name]?.[template.language]
  if (contentSid === undefined)
    return refused(`no content SID is configured for template ${template.name} in ${template.language}`)
  const variables = template.variables.map((value, index) => [String(index + 1), templateValue(value)])
  return { ok: true, params: { contentSid, contentVariables: JSON.stringify(Object.fromEntries(variables)) } }
}

/** WhatsApp refuses values that are empty or hold line breaks, tabs or several spaces in a row. */
function templateValue(value: string): string {
  return value.replace(/\s+/g, ' ').trim() || '-'
}

function senderFor(message: OutboundMessage, settings: TwilioSettings): Address | undefined {
  if (message.from) return message.from
  const sender = settings.senders.find((each) => each.channel === message.to.channel)
  return sender && { channel: sender.channel, id: sender.number }
}

/** A WhatsApp user may be known by an id that is no phone number. */
function isRecipient(address: Address): boolean {
  return (address.channel === 'whatsapp' ? /^\+?[\w.-]{5,128}$/ : /^\+[1-9]\d{6,14}$/).test(address.id)
}

function statusCallback(message: OutboundMessage, settings: TwilioSettings): string {
  return `${settings.publicUrl}${STATUS_PATH}?m=${encodeURIComponent(message.id)}`
}

function isTwilioChannel(channel: string): channel is TwilioAddressChannel {
  return channel === 'sms' || channel === 'whatsapp'
}

function refused(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}

import type { LocalMedia, LocalMessage } from './message-book.ts'

export type Json = Readonly<Record<string, unknown>>

const API_VERSION = '2010-04-01'

/** RFC 2822 with a numeric zone, as Twilio's 2010 API writes dates. */
export function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000')
}

export function wireNumber(message: LocalMessage, number: string): string {
  return message.channel === 'whatsapp' ? `whatsapp:${number}` : number
}

/** The Message resource (https://www.twilio.com/docs/messaging/api/message-resource). */
export function messageJson(accountSid: string, message: LocalMessage): Json {
  const uri = `/${API_VERSION}/Accounts/${accountSid}/Messages/${message.sid}`
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: wireNumber(message, message.from),
    messaging_service_sid: null,
    num_media: String(message.media.length),
    num_segments: String(segments(message.body)),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: wireNumber(message, message.to),
    uri: `${uri}.json`,
  }
}

export type PageRequest = { readonly path: string; readonly query: URLSearchParams }

/** One page of a list, with the paging fields of the 2010 API. */
export function listJson(key: string, items: readonly Json[], { path, query }: PageRequest): Json {
  const size = clamp(Number(query.get('PageSize') ?? 50), 1, 1000)
  const page = clamp(Number(query.get('Page') ?? 0), 0, 1_000_000)
  const start = page * size
  const shown = items.slice(start, start + size)
  const pageUri = (number: number) => `${path}?${withPage(query, number, size)}`
  return {
    [key]: shown,
    page,
    page_size: size,
    start,
    end: start + Math.max(shown.length - 1, 0),
    uri: pageUri(page),
    first_page_uri: pageUri(0),
    next_page_uri: start + size < items.length ? pageUri(page + 1) : null,
    previous_page_uri: page > 0 ? pageUri(page - 1) : null,
  }
}

export function mediaJson(accountSid: string, message: LocalMessage, media: LocalMedia): Json {
  return {
    account_sid: accountSid,
    content_type: media.contentType,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    parent_sid: message.sid,
    sid: media.sid,
    uri: `/${API_VERSION}/Accounts/${accountSid}/Messages/${message.sid}/Media/${media.sid}.json`,
  }
}

export function accountJson(accountSid: string, at: Date): Json {
  return {
    date_created: rfc2822(at),
    date_updated: rfc2822(at),
    friendly_name: 'Local Twilio',
    owner_account_sid: accountSid,
    sid: accountSid,
    status: 'active',
    subresource_uris: { messages: `/${API_VERSION}/Accounts/${accountSid}/Messages.json` },
    type: 'Full',
    uri: `/${API_VERSION}/Accounts/${accountSid}.json`,
  }
}

export type LocalTemplate = {
  readonly sid: string
  readonly name: string
  readonly language: string
  /** With `{{1}}`, `{{2}}` … where the variables go. */
  readonly body: string
}

export function contentJson(accountSid: string, template: LocalTemplate, at: Date): Json {
  const url = `https://content.twilio.com/v1/Content/${template.sid}`
  return {
    account_sid: accountSid,
    date_created: `${at.toISOString().slice(0, 19)}Z`,
    date_updated: `${at.toISOString().slice(0, 19)}Z`,
    friendly_name: template.name,
    language: template.language,
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
    sid: template.sid,
    types: { 'twilio/text': { body: template.body } },
    url,
    variables: {},
  }
}

/** Twilio's error body; the SDK turns it into a RestException. */
export function errorJson(status: number, code: number, message: string): Json {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}

/** 160 or 153 characters a segment in plain Latin text, 70 or 67 as soon as one character is outside it. */
function segments(body: string): number {
  const [single, joined] = /^[\n\r -~£¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüà]*$/.test(body) ? [160, 153] : [70, 67]
  return body.length <= single ? 1 : Math.ceil(body.length / joined)
}

function withPage(query: URLSearchParams, page: number, size: number): string {
  const next = new URLSearchParams(query)
  next.set('Page', String(page))
  next.set('PageSize', String(size))
  return next.toString()
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), least), most) : least
}

import type { MessageBook, PhoneChannel } from './message-book.ts'
import type { LocalTemplate } from './wire.ts'

/** A message that Twilio takes; it may still fail later. */
export type Accepted = {
  readonly ok: true
  readonly channel: PhoneChannel
  readonly from: string
  readonly to: string
  readonly body: string
  readonly templated: boolean
  readonly statusCallback?: string
  /** Where Twilio fetches the files of the message. */
  readonly mediaUrls: readonly string[]
}

export type Rejected = { readonly ok: false; readonly code: number; readonly message: string }

export type AcceptContext = {
  readonly book: MessageBook
  readonly templates: readonly LocalTemplate[]
  /** Our numbers; empty means that any sender is ours. */
  readonly numbers: readonly { readonly channel: PhoneChannel; readonly number: string }[]
}

/** Judges a request to send by the rules that Twilio answers at once, with its own error codes. */
export function acceptMessage(form: URLSearchParams, context: AcceptContext): Accepted | Rejected {
  const ends = acceptEnds(form, context)
  if (!ends.ok) return ends
  const content = acceptContent(form, context.templates)
  if (!content.ok) return content
  const statusCallback = form.get('StatusCallback')
  if (statusCallback !== null && !/^https?:\/\/[^\s]+$/.test(statusCallback))
    return reject(21609, `The 'StatusCallback' URL ${statusCallback} is not a valid URL.`)
  const mediaUrls = form.getAll('MediaUrl')
  if (mediaUrls.some((url) => !/^https?:\/\/[^\s]+$/.test(url))) return reject(21620, 'Invalid media URL(s)')
  if (mediaUrls.length > mostMedia[ends.channel]) return reject(21623, 'Number of media files exceeds allowed limit')
  if (ends.channel === 'sms' && context.book.hasOptedOut(ends.from, ends.to))
    return reject(21610, 'Attempt to send to unsubscribed recipient')
  return { ...ends, ...content, mediaUrls, ...(statusCallback === null ? {} : { statusCallback }) }
}

const mostMedia: Readonly<Record<PhoneChannel, number>> = { sms: 10, whatsapp: 1 }

type Ends = { readonly ok: true; readonly channel: PhoneChannel; readonly from: string; readonly to: string }

function acceptEnds(form: URLSearchParams, { numbers }: AcceptContext): Ends | Rejected {
  const to = form.get('To')
  const from = form.get('From')
  if (!to) return reject(21604, "A 'To' phone number is required.")
  if (!from) return reject(21603, "A 'From' phone number is required.")
  const recipient = readAddress(to)
  const sender = readAddress(from)
  if (recipient === undefined) return reject(21211, `Invalid 'To' Phone Number: ${to}`)
  if (sender === undefined) return reject(21212, `Invalid 'From' Phone Number: ${from}`)
  if (recipient.channel !== sender.channel) return reject(21910, "'From' and 'To' should be of the same channel")
  if (recipient.number === sender.number) return reject(21266, "'To' and 'From' number cannot be the same")
  const isOurs =
    numbers.length === 0 || numbers.some((each) => each.channel === sender.channel && each.number === sender.number)
  if (!isOurs)
    return sender.channel === 'sms'
      ? reject(21606, `'From' ${from} is not a number of this account`)
      : reject(63007, 'Could not find a Channel with the specified From address')
  return { ok: true, channel: sender.channel, from: sender.number, to: recipient.number }
}

type Content = { readonly ok: true; readonly body: string; readonly templated: boolean }

function acceptContent(form: URLSearchParams, templates: readonly LocalTemplate[]): Content | Rejected {
  const contentSid = form.get('ContentSid')
  const body = form.get('Body') ?? ''
  if (contentSid !== null) return acceptTemplate(contentSid, form.get('ContentVariables'), templates)
  if (body === '' && !form.has('MediaUrl')) return reject(21619, 'A text message body or media urls must be specified.')
  if (body.length > 1600) return reject(21617, 'The concatenated message body exceeds the 1600 character limit.')
  return { ok: true, body, templated: false }
}

function acceptTemplate(
  sid: string,
  variables: string | null,
  templates: readonly LocalTemplate[],
): Content | Rejected {
  const template = templates.find((each) => each.sid === sid)
  if (template === undefined) return reject(21655, `The ContentSid ${sid} is invalid`)
  const values = readVariables(variables)
  if (values === undefined) return reject(21656, 'The ContentVariables parameter is invalid')
  const body = template.body.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? '')
  return { ok: true, body, templated: true }
}

/** `ContentVariables` is a JSON string: an object whose values are non-empty single-line strings. */
function readVariables(text: string | null): Readonly<Record<string, string>> | undefined {
  try {
    const values: unknown = JSON.parse(text ?? '{}')
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined
    const isClean = Object.values(values).every((value) => typeof value === 'string' && /^[^\n\t]+$/.test(value))
    return isClean ? (values as Readonly<Record<string, string>>) : undefined
  } catch {
    return undefined
  }
}

/** `+12025550101` or `whatsapp:+12025550101`. */
export function readAddress(wire: string): { readonly channel: PhoneChannel; readonly number: string } | undefined {
  const match = /^(whatsapp:)?(\+[1-9]\d{6,14})$/.exec(wire)
  if (match?.[2] === undefined) return undefined
  return { channel: match[1] === undefined ? 'sms' : 'whatsapp', number: match[2] }
}

function reject(code: number, message: string): Rejected {
  return { ok: false, code, message }
}

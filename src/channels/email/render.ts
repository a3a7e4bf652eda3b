import type { Carriage, ChannelLimits } from '../../core/channel.ts'
import type { CardView, Enclosure, FileRef, OutboundMessage } from '../../core/message.ts'
import { domainOf, isAddress, normalAddress, withDetail } from './addresses.ts'
import { rootOfConversation, type Signer, writeMark } from './marks.ts'
import type { ThreadEnd } from './ports.ts'
import type { EmailSettings } from './settings.ts'

export const LIMITS: Readonly<Record<'email', ChannelLimits>> = {
  email: {
    maxTextLength: 100_000,
    buttons: 0,
    reportsDelivery: true,
    replyWindowSeconds: Number.POSITIVE_INFINITY,
    optOut: false,
    carry: carryByMail,
  },
}

/** Many servers take 20 to 25 MB a mail, and encoding makes files a third larger. */
const mostFileBytes = 15 * 1_048_576

function carryByMail(files: readonly FileRef[]): readonly Carriage[] {
  let room = mostFileBytes
  return files.map(({ sizeBytes }) => {
    room -= sizeBytes
    return room >= 0 ? { way: 'bytes' } : { way: 'link', because: 'together they are too large for one mail' }
  })
}

type Mailbox = { readonly name: string; readonly address: string }

/** A mail in nodemailer's terms; addresses are objects, since a string may be read as several (CHANNELS 4.21). */
export type OutgoingMail = {
  readonly from: Mailbox
  readonly to: Mailbox
  readonly replyTo?: Mailbox
  readonly envelope: { readonly from: string; readonly to: string }
  readonly messageId: string
  readonly inReplyTo?: string
  readonly references?: string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments?: {
    readonly filename: string
    readonly contentType: string
    readonly content: Buffer
    readonly contentDisposition: 'attachment'
  }[]
}

export type Rendered =
  | { readonly ok: true; readonly mail: OutgoingMail; readonly providerId: string }
  | { readonly ok: false; readonly reason: string }

export type RenderFacts = {
  readonly settings: Pick<EmailSettings, 'desk' | 'siteAddresses' | 'plusAddresses' | 'colleagueDomains'>
  readonly signer: Signer
  readonly end: ThreadEnd | undefined
}

/** Turns a message into a mail, or says in words why it can never be one. */
export function renderMail(message: OutboundMessage, { settings, signer, end }: RenderFacts): Rendered {
  const to = normalAddress(message.to.id)
  if (message.to.channel !== 'email') return refused(`mail does not carry ${message.to.channel} messages`)
  if (!isAddress(to) || domainOf(to).endsWith('.invalid')) return refused('the recipient has no valid mail address')
  if (to === settings.desk.address || settings.siteAddresses.includes(to))
    return refused('the mail would go to ourselves')
  const text = textOf(message)
  if (text.trim() === '') return refused('the message has no text')
  if (text.length > LIMITS.email.maxTextLength)
    return refused(`the text is longer than ${LIMITS.email.maxTextLength} characters`)
  const { desk } = settings
  const { id, mark } = markFor(message, to, { settings, signer })
  const reply = settings.plusAddresses ? withDetail(desk.address, mark) : undefined
  const bounce = settings.plusAddresses ? withDetail(desk.address, signer.bounceDetail(id)) : undefined
  return {
    ok: true,
    providerId: id,
    mail: {
      ...{ from: desk, to: { name: '', address: to }, subject: subjectOf(message, end) },
      ...(reply !== undefined && { replyTo: { name: desk.name, address: reply } }),
      envelope: { from: bounce ?? desk.address, to },
      messageId: `<${mark}@${domainOf(desk.address)}>`,
      ...(end !== undefined && { inReplyTo: `<${end.lastId}>`, references: end.references.map((each) => `<${each}>`) }),
      ...{ text, html: htmlOf(text), headers: headersOf(message) },
      ...attachmentsOf(message.enclosures),
    },
  }
}

function attachmentsOf(files: readonly Enclosure[] = []): Pick<OutgoingMail, 'attachments'> {
  const attachments = files.flatMap((file) =>
    'bytes' in file
      ? [
          {
            ...{ filename: file.name, contentType: file.contentType, content: file.bytes },
            contentDisposition: 'attachment' as const,
          },
        ]
      : [],
  )
  return attachments.length > 0 ? { attachments } : {}
}

type Marking = Pick<RenderFacts, 'settings' | 'signer'>

/** The same id, thread and signature at every attempt, so that a repeated mail is recognised as the same. */
function markFor(message: OutboundMessage, to: string, { settings, signer }: Marking): { id: string; mark: string } {
  const id = signer.idOf(message.id)
  const start = `email:${settings.desk.address}:`
  const { conversation } = message
  const root = conversation.startsWith(start) ? conversation.slice(start.length) : rootOfConversation(conversation)
  const kind = message.audience === 'staff' ? 'staff' : 'customer'
  return { id, mark: writeMark(signer.sign({ kind, id, root }, to, settings.colleagueDomains)) }
}

/** RFC 3834 section 3: what no person wrote says so, and asks not to be answered by another machine. */
function headersOf({ automatic, audience }: OutboundMessage): Readonly<Record<string, string>> {
  if (audience === 'staff')
    return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', Importance: 'high' }
  if (automatic !== true) return {}
  return { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' }
}

const mostSubject = 200
const replyPrefix = /^(?:\s*(?:re|aw|sv|antw|回覆|回复|答复)\s*[:：])+\s*/iu

/** The customer's own subject with the case number, so that their program and ours both find the thread. */
function subjectOf({ subject, caseId, card, text }: OutboundMessage, end: ThreadEnd | undefined): string {
  const tag = caseId === undefined ? '' : `[${caseId}] `
  const named = subject ?? card?.title ?? text.split('\n').find((line) => line.trim() !== '') ?? ''
  const own = end === undefined || end.subject === '' ? named : `Re: ${end.subject.replace(replyPrefix, '')}`
  const plain = own.replace(/\[GH-\d{4}-\d{6}\]\s*/gi, '')
  const whole = own.startsWith('Re: ') ? `Re: ${tag}${plain.slice(4)}` : `${tag}${plain}`
  return [...whole.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, mostSubject).join('')
}

/** The text, the choices as numbered lines since a customer can answer with a number, and for staff what the card says. */
function textOf({ text, options = [], card }: OutboundMessage): string {
  const lines = options.map(({ label }, i) => `${i + 1}. ${label}`)
  const parts = [text, lines.join('\n'), card === undefined ? '' : cardText(card)]
  return parts.filter((part) => part !== '').join('\n\n')
}

function cardText({ title, headline, fields, quote }: CardView): string {
  const rows = fields.map(({ label, value }) => `${label}: ${value}`)
  const said = quote === undefined ? [] : ['', ...quote.split('\n').map((line) => `> ${line}`)]
  return [title, headline, ...rows, ...said, '', 'To take this case, answer this mail with ACK.', closing].join('\n')
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const closing = 'To close it, answer with CLOSE RESOLVED (or another outcome) and, below, the words for the customer.'

/** The same words as HTML: paragraphs and line breaks, in the language they are written in, and nothing to be loaded. */
function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
  const paragraphs = escaped.split(/\n{2,}/).map((part) => `<p>${part.replace(/\n/g, '<br>\n')}</p>`)
  const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body>\n${paragraphs.join('\n')}\n</body></html>`
}

function refused(reason: string): Rendered {
  return { ok: false, reason }
}

import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import { isAddress, normalAddress } from './addresses.ts'
import { describeParts, type MailPart, type OpenedPart, openPart } from './attachments.ts'
import { textOfHtml } from './html-text.ts'
import type { Letter } from './letter.ts'
import { basics, mostText, oneLine, quotedIn, recipientsOf, unparsed } from './raw-mail.ts'

/** Parses a mail. Never rejects: what cannot be parsed keeps what its headers say, and says why. */
export async function parseMail(raw: Buffer): Promise<Letter> {
  try {
    return letterOf(raw, await parsed(raw))
  } catch (error) {
    return unparsed(
      raw,
      error instanceof Error && /nodes|header|parse/i.test(error.message) ? error.message : 'the parser failed',
    )
  }
}

/** One attachment out of a raw mail; undefined when the mail has no such part. */
export async function openAttachment(raw: Buffer, part: string): Promise<OpenedPart | undefined> {
  const mail = await parsed(raw).catch(() => undefined)
  return mail && openPart(partsOf(mail), part)
}

const parsed = (raw: Buffer): Promise<ParsedMail> =>
  simpleParser(asWritten(raw), {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    keepCidLinks: true,
  })

/**
 * The parser joins a flowed quotation to the answer below it, although their depths differ (RFC 3676 section 4.5);
 * where a mail has such a place its lines are taken as they stand.
 */
function asWritten(raw: Buffer): Buffer {
  if (raw.length > 2_000_000) return raw
  const text = raw.toString('latin1')
  if (!/format="?flowed/i.test(text) || !/^>.* \r?\n[^>\r\n]/m.test(text)) return raw
  return Buffer.from(text.replace(/(format="?)flowed/gi, '$1fixed'), 'latin1')
}

const partsOf = (mail: ParsedMail): MailPart[] =>
  mail.attachments.map(({ filename, contentType, content }) => ({ name: filename, contentType, content }))

function letterOf(raw: Buffer, mail: ParsedMail): Letter {
  const { from, replyTo, subject } = mail
  const status = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status')
  const text = textOf(mail)
  return {
    ...basics(raw),
    ...personIn('from', from),
    ...personIn('replyTo', replyTo),
    ...(subject !== undefined && { subject: oneLine(subject) }),
    recipients: recipientsOf(raw, addressesIn([mail.to, mail.cc].flat())),
    text,
    attachments: describeParts(partsOf(mail)),
    ...(status && { deliveryStatus: status.content.toString('utf8').slice(0, 16_384) }),
    quotedIds: quotedIn([text, ...partsThatQuote(mail)]),
  }
}

/** The plain part; where there is none, or none worth the name, what the HTML says. */
function textOf({ text, html }: ParsedMail): string {
  const plain = (text ?? '').slice(0, mostText)
  if (plain.trim() !== '' || html === false || html === undefined) return plain
  return textOfHtml(html).slice(0, mostText)
}

function personIn<Key extends string>(key: Key, list: AddressObject | undefined): { [k in Key]?: Letter['from'] } {
  const found = list?.value.flatMap((one) => one.group ?? [one]).find(({ address = '' }) => isAddress(address))
  if (found?.address === undefined) return {}
  return { [key]: { name: oneLine(found.name).slice(0, 120), address: normalAddress(found.address) } } as never
}

/** Parts that carry the mail a report is about. */
const partsThatQuote = (mail: ParsedMail): string[] =>
  mail.attachments
    .filter(({ contentType }) => /^(message\/|text\/)/.test(contentType))
    .slice(0, 20)
    .map(({ content }) => content.subarray(0, mostText).toString('latin1'))

const addressesIn = (lists: readonly (AddressObject | undefined)[]): string[] =>
  lists
    .flatMap((list) => list?.value.flatMap((one) => one.group ?? [one]) ?? [])
    .flatMap(({ address }) => address ?? [])

import { createHash } from 'node:crypto'
import { isAddress, normalAddress } from './addresses.ts'
import { idsIn, readHeaderBlock } from './header-block.ts'
import type { Letter } from './letter.ts'
import { findMarks, writeMark } from './marks.ts'

export const mostText = 262_144
const mostReferences = 100
const mostRecipients = 200
const mostSubject = 500
const mostQuotedIds = 20

/** Headers that are kept: they tell machines from people and say who vouches for the sender. */
const kept =
  /^(return-path|auto-submitted|content-type|precedence|list-[a-z-]+|x-failed-recipients|x-auto-response-suppress|x-autore[a-z]+|x-autorespond|x-auto-reply[a-z-]*|x-loop|feedback-type|authentication-results)$/

/** What every mail has, taken from the raw headers, so that it is the same whether or not the rest can be parsed. */
export function basics(raw: Buffer): Pick<Letter, 'messageId' | 'inReplyTo' | 'references' | 'headers' | 'sentAt'> {
  const headers = readHeaderBlock(raw)
  const all = (name: string) => headers.filter(([key]) => key === name).flatMap(([, value]) => idsIn(value))
  const [messageId] = all('message-id')
  const date = new Date(headers.find(([key]) => key === 'date')?.[1] ?? '')
  const references = all('references')
  const long = references.length > mostReferences
  return {
    ...(messageId !== undefined && { messageId }),
    ...(Number.isNaN(date.getTime()) ? {} : { sentAt: date.toISOString() }),
    inReplyTo: all('in-reply-to').slice(0, 10),
    references: long ? [...references.slice(0, 1), ...references.slice(1 - mostReferences)] : references,
    headers: headers
      .filter(([name]) => kept.test(name))
      .slice(0, 100)
      .map(([name, value]) => [name, value.slice(0, 2_000)]),
  }
}

/** What is known of a mail that nothing can parse. */
export function unparsed(raw: Buffer, problem: string): Letter {
  const headers = readHeaderBlock(raw)
  const value = (name: string) => headers.find(([key]) => key === name)?.[1]
  const address = /[^\s<>@,;]+@[^\s<>@,;]+/.exec(value('from') ?? '')?.[0] ?? ''
  const subject = value('subject')
  return {
    ...basics(raw),
    problem,
    ...(isAddress(address) && { from: { name: '', address: normalAddress(address) } }),
    ...(subject !== undefined && { subject: oneLine(subject) }),
    recipients: recipientsOf(raw, []),
    text: '',
    attachments: [],
    quotedIds: quotedIn([raw.subarray(0, mostText).toString('latin1')]),
  }
}

/** Everybody a mail was delivered to, as trace headers say, or addressed to. */
export function recipientsOf(raw: Buffer, written: readonly string[]): string[] {
  const delivered = readHeaderBlock(raw)
    .filter(([name]) => name === 'delivered-to' || name === 'x-original-to' || name === 'envelope-to')
    .map(([, value]) => value.replace(/[<>]/g, ''))
  return [...new Set([...delivered, ...written].map(normalAddress))].filter(isAddress).slice(0, mostRecipients)
}

/** Ids of ours that are quoted anywhere in these texts. */
export const quotedIn = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => findMarks(text, mostQuotedIds)).map(writeMark)),
]

/** A subject or name on one line, without characters that deceive or break. */
export const oneLine = (text: string): string =>
  [
    ...text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
  ]
    .slice(0, mostSubject)
    .join('')

/**
 * One mail is one event, however often and over whichever path it comes: known by its id, author, date and content,
 * because ids alone are reused and trace headers differ by path. Without an id, by all of its bytes.
 */
export function mailKey(raw: Buffer): string {
  const headers = readHeaderBlock(raw)
  const of = (name: string) => headers.find(([key]) => key === name)?.[1] ?? ''
  if (of('message-id') === '') return sha256(raw)
  const named = ['message-id', 'from', 'date', 'subject'].map(of).join('\n')
  return sha256(`${named}\n${sha256(raw.subarray(bodyStart(raw)))}`)
}

function bodyStart(raw: Buffer): number {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at >= 0)
  return ends.length === 0 ? 0 : Math.min(...ends)
}

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex')

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { domainOf, normalAddress } from './addresses.ts'

/**
 * A mark is what we put into every mail's Message-ID and reply address: which of our messages it is, which thread it
 * belongs to, and a signature over the thread and the one person it was written to. So an answer finds its thread with
 * nothing looked up, and in anybody else's hands the mark opens nothing.
 */
export type Mark = {
  readonly kind: 'customer' | 'staff'
  /** Names one message of ours; also its provider id. */
  readonly id: string
  readonly root: string
  readonly signature: string
  readonly colleagues?: string
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const rootLength = 16
const signatureLength = 12

/** Lower-case base 32, since mail systems may change the case of what stands before the @. */
function base32(bytes: Buffer, length: number): string {
  let out = ''
  for (let bit = 0; out.length < length; bit += 5) {
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    out += alphabet[(pair >> (11 - (bit & 7))) & 31]
  }
  return out
}

const digest = (text: string, length: number) => base32(createHash('sha256').update(text).digest(), length)

/** A thread that somebody began: the same for all their mails in it, different for everybody else who is copied in. */
export const rootOf = (sender: string, firstId: string): string =>
  digest(`root\n${normalAddress(sender)}\n${firstId}`, rootLength)

/** The thread of messages that no mail began, e.g. pages to one staff member. */
export const rootOfConversation = (conversation: string): string => digest(`conversation\n${conversation}`, rootLength)

export type Signer = {
  /** The id of one of our messages as mail carries it: the same at every attempt, and nothing anybody could guess. */
  idOf(outboxId: string): string
  sign(mark: Pick<Mark, 'kind' | 'id' | 'root'>, recipient: string, colleagueDomains: readonly string[]): Mark
  /** Whether we wrote this mark to exactly this person. */
  isFor(mark: Mark, address: string): boolean
  /** Whether we wrote it to somebody of this person's domain, where colleagues may answer for one another. */
  isForColleagueOf(mark: Mark, address: string): boolean
  bounceDetail(id: string): string
  /** The message a bounce address was made for; undefined when the signature is not ours. */
  readBounceDetail(detail: string): string | undefined
}

export function createSigner(key: Buffer): Signer {
  const mac = (...parts: readonly string[]) =>
    base32(createHmac('sha256', key).update(parts.join('\n')).digest(), signatureLength)
  const forPerson = ({ kind, id, root }: Pick<Mark, 'kind' | 'id' | 'root'>, address: string) =>
    mac('thread', kind, id, root, normalAddress(address))
  const forDomain = ({ id, root }: Pick<Mark, 'id' | 'root'>, domain: string) => mac('colleagues', id, root, domain)
  return {
    idOf: (outboxId) => mac('outbox', outboxId),
    sign: (mark, recipient, colleagueDomains) => {
      const domain = domainOf(recipient)
      const shared = mark.kind === 'customer' && colleagueDomains.includes(domain)
      const signature = forPerson(mark, recipient)
      return { ...mark, signature, ...(shared && { colleagues: forDomain(mark, domain) }) }
    },
    isFor: (mark, address) => same(mark.signature, forPerson(mark, address)),
    isForColleagueOf: (mark, address) =>
      mark.kind === 'customer' &&
      mark.colleagues !== undefined &&
      same(mark.colleagues, forDomain(mark, domainOf(address))),
    bounceDetail: (id) => `b${id}.${mac('bounce', id)}`,
    readBounceDetail: (detail) => {
      const [, id = '', signature = ''] = /^b([a-z2-7]{12})\.([a-z2-7]{12})$/.exec(detail) ?? []
      return id !== '' && same(signature, mac('bounce', id)) ? id : undefined
    },
  }
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}

const pattern = '([cs])([a-z2-7]{12})\\.([a-z2-7]{16})\\.([a-z2-7]{12})(?:\\.([a-z2-7]{12}))?'
const whole = new RegExp(`^${pattern}$`)
const inMessageId = new RegExp(`<${pattern}@`, 'gi')

export function writeMark({ kind, id, root, signature, colleagues }: Mark): string {
  const end = colleagues === undefined ? '' : `.${colleagues}`
  return `${kind === 'staff' ? 's' : 'c'}${id}.${root}.${signature}${end}`
}

/** Reads the part of a Message-ID or reply address that stands before the @. */
export function readMark(text: string): Mark | undefined {
  const match = whole.exec(text.toLowerCase())
  return match === null ? undefined : markOf(match)
}

/** The marks of our Message-IDs anywhere in a text, at most `limit`: a bounce quotes them in every possible place. */
export function findMarks(text: string, limit: number): readonly Mark[] {
  const found: Mark[] = []
  for (const match of text.matchAll(inMessageId)) {
    found.push(markOf(match))
    if (found.length >= limit) break
  }
  return found
}

function markOf([, kind, id = '', root = '', signature = '', colleagues]: readonly (string | undefined)[]): Mark {
  const lower = { id: id.toLowerCase(), root: root.toLowerCase(), signature: signature.toLowerCase() }
  const shared = colleagues === undefined ? {} : { colleagues: colleagues.toLowerCase() }
  return { kind: kind?.toLowerCase() === 's' ? 'staff' : 'customer', ...lower, ...shared }
}

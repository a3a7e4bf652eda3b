import type { SendResult } from '../../core/channel.ts'
import { explain } from './bounce.ts'

type Failed = Exclude<SendResult, { outcome: 'sent' }>

const minute = 60

export const refusedLogin = 'the mail server refuses our user name or password'

/** Codes of faults that come before a server has taken anything. */
const beforeAnything = new Set([
  'ECONNECTION',
  'EDNS',
  'ETLS',
  'ESOCKET',
  'EPROTOCOL',
  'ETIMEDOUT',
  'EREQUIRETLS',
  'EPROXY',
])

/**
 * What became of a mail that could not be handed over (RFC 5321 section 4.2.1: 4yz try again, 5yz never). `written`
 * says whether the mail itself had begun to leave: from then on, no answer means that nobody knows. Built from codes
 * only, since the server's own text repeats addresses.
 */
export function classifyFailure(error: unknown, written: boolean): Failed {
  const code = stringIn(error, 'code') ?? ''
  const status = numberIn(error, 'responseCode')
  if (code === 'EAUTH' || code === 'EOAUTH2' || code === 'ENOAUTH' || nameOf(error) === 'OAuthRefused')
    return again(refusedLogin, 5 * minute)
  if (status !== undefined && status >= 400) return refusedBy(status, stringIn(error, 'response'))
  if (written)
    return { outcome: 'unknown', reason: 'the mail server gave no answer: the mail may or may not have been sent' }
  if (beforeAnything.has(code)) return again(`the mail server cannot be reached (${code})`, 30)
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { outcome: 'refused', permanent: true, reason: 'the mail server takes no mail for this recipient' }
  return again('the mail could not be handed over', minute)
}

function refusedBy(status: number, response: string | undefined): Failed {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
  const words = enhanced === undefined ? `the mail server refused it with code ${status}` : explain(enhanced)
  // 530 to 538 are about us, not about the mail (RFC 4954 section 6): a person can mend them and the mail can still go.
  if (status >= 530 && status <= 538) return again('the mail server wants another login', 5 * minute)
  if (status >= 500) return { outcome: 'refused', permanent: true, reason: words }
  return again(words, status === 421 ? minute : 2 * minute)
}

const again = (reason: string, retryAfterSeconds: number): Failed => ({
  outcome: 'refused',
  permanent: false,
  ...{ reason, retryAfterSeconds },
})

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

function stringIn(error: unknown, key: string): string | undefined {
  const value = fieldOf(error, key)
  return typeof value === 'string' ? value : undefined
}

function numberIn(error: unknown, key: string): number | undefined {
  const value = fieldOf(error, key)
  return typeof value === 'number' ? value : undefined
}

const fieldOf = (error: unknown, key: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined

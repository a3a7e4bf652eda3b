import { domainOf } from './addresses.ts'
import type { Letter, MailPayload } from './letter.ts'

export type Authenticity = MailPayload['authenticity']

const unknown: Authenticity = { verdict: 'unknown', spf: 'none', dkim: 'none', dmarc: 'none' }

type Result = { readonly method: string; readonly result: string; readonly properties: string }

/**
 * Who vouches for the sender, from the `Authentication-Results` our own mail exchanger wrote (RFC 8601 section 2.2).
 * Anybody can write such a header: only those that carry our exchanger's name count, and of each method only the
 * topmost, since exchangers write on top and must remove others that claim their name (section 5).
 */
export function readAuthenticity(letter: Letter, authservId: string | undefined): Authenticity {
  if (authservId === undefined || letter.from === undefined) return unknown
  const results = letter.headers
    .filter(([name]) => name === 'authentication-results')
    .flatMap(([, value]) => resultsOf(value, authservId))
  if (results.length === 0) return unknown
  const of = (method: string) => results.find((each) => each.method === method)
  const [spf, dkim, dmarc] = [of('spf'), of('dkim'), of('dmarc')]
  const words = { spf: spf?.result ?? 'none', dkim: dkim?.result ?? 'none', dmarc: dmarc?.result ?? 'none' }
  return { ...words, verdict: verdictOf(results, domainOf(letter.from.address)) }
}

/** DMARC decides where it was checked; else a signature or path of exactly the sender's domain vouches for it. */
function verdictOf(results: readonly Result[], domain: string): Authenticity['verdict'] {
  const dmarc = results.find(({ method }) => method === 'dmarc')
  if (dmarc?.result === 'fail') return 'fail'
  if (dmarc?.result === 'pass') return isAbout(dmarc, 'header.from', domain, true) ? 'pass' : 'unknown'
  const dkim = results.some(
    (each) => each.method === 'dkim' && each.result === 'pass' && isAbout(each, 'header.d', domain),
  )
  const spf = results.some(
    (each) => each.method === 'spf' && each.result === 'pass' && isAbout(each, 'smtp.mailfrom', domain),
  )
  return dkim || spf ? 'pass' : 'unknown'
}

function isAbout({ properties }: Result, name: string, domain: string, mayBeAbsent = false): boolean {
  const found = new RegExp(`\\b${name.replace('.', '\\.')}=(\\S+)`, 'i').exec(properties)?.[1]
  if (found === undefined) return mayBeAbsent
  return domainOf(found.replace(/["<>;]/g, '')) === domain
}

function resultsOf(value: string, authservId: string): Result[] {
  const plain = withoutComments(value.slice(0, 4_000))
  const [name = '', ...parts] = plain.split(';')
  // The name may be followed by a version (RFC 8601 section 2.5).
  if (name.trim().toLowerCase().split(/\s/)[0] !== authservId) return []
  return parts.flatMap((part) => {
    const [, method = '', result = '', properties = ''] =
      /^\s*([a-z-]+)(?:\/\d+)?\s*=\s*([a-z]+)\b(.*)$/is.exec(part) ?? []
    return method === '' ? [] : [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }]
  })
}

/** Comments nest (RFC 5322 section 3.2.2), and what they say must not be taken for a result. */
function withoutComments(value: string): string {
  let depth = 0
  let plain = ''
  for (const character of value) {
    if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) plain += character
  }
  return plain
}

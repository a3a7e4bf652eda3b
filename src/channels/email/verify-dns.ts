import { domainOf } from './addresses.ts'
import type { Letter } from './letter.ts'
import type { Authenticity } from './verify.ts'

/** Asks the DNS; like `resolve` of `node:dns/promises`. */
export type AskDns = (name: string, type: string) => Promise<string[][] | string[]>

export type VerifierOptions = { readonly ask?: AskDns; readonly timeoutMs?: number }

/** Never rejects: what cannot be found out in time is a temporary error, and vouches for nobody. */
export type Verifier = (raw: Buffer, letter: Letter) => Promise<Authenticity>

const largest = 10 * 1_048_576
const mostSignatures = 20
const mostQuestions = 60
const unchecked: Authenticity = { verdict: 'unknown', spf: 'none', dkim: 'none', dmarc: 'none' }
const unreachable: Authenticity = { verdict: 'unknown', spf: 'temperror', dkim: 'temperror', dmarc: 'temperror' }

/**
 * Checks SPF, DKIM, DMARC and ARC ourselves, where no mail exchanger of ours does (RFC 7208, 6376, 7489, 8617). A sender
 * is vouched for only by a signature of their own domain over the whole mail: the path a mail took is known to us from
 * its own headers alone, so SPF is shown and proves nothing.
 */
export function createVerifier({ ask, timeoutMs = 5_000 }: VerifierOptions = {}): Verifier {
  return async (raw, letter) => {
    if (letter.problem !== undefined || letter.from === undefined) return unchecked
    if (raw.length > largest || signaturesIn(raw) > mostSignatures) return unchecked
    const until = deadline(timeoutMs)
    try {
      const resolver = limited(ask ?? ((await import('node:dns/promises')).resolve as AskDns))
      return await Promise.race([check(raw, letter.from.address, resolver), until.over])
    } catch {
      return unreachable
    } finally {
      until.clear()
    }
  }
}

async function check(raw: Buffer, from: string, resolver: AskDns): Promise<Authenticity> {
  const { authenticate } = await import('mailauth')
  const { spf, dkim, dmarc, arc } = await authenticate(raw, {
    resolver,
    trustReceived: true,
    mta: 'gatehouse',
    disableBimi: true,
  })
  const signatures = dkim.results ?? []
  const resultOf = (one: { status: { result: string } } | false | undefined) => (one ? one.status.result : 'none')
  const isWhole = ({ status }: (typeof signatures)[number]) =>
    status.result === 'pass' && Boolean(status.aligned) && !status.underSized
  const best = signatures.find(isWhole) ?? signatures.find(({ status }) => status.result === 'pass') ?? signatures[0]
  // A mail with several authors is nobody's (RFC 7489 section 6.6.1).
  const authors = [dkim.headerFrom ?? []].flat()
  const isOne = authors.length === 1 && domainOf(authors[0] ?? '') === domainOf(from)
  const policy = isOne ? resultOf(dmarc) : 'permerror'
  const isProven = policy === 'pass' && signatures.some(isWhole)
  return {
    verdict: policy === 'fail' ? 'fail' : isProven ? 'pass' : 'unknown',
    ...{ spf: resultOf(spf), dkim: resultOf(best), dmarc: policy, arc: resultOf(arc) },
  }
}

/** Every signature costs a question and a pass over the mail; nobody honest has many. */
function signaturesIn(raw: Buffer): number {
  const head =
    raw
      .subarray(0, 1_048_576)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  return head.match(/^(?:dkim-signature|arc-seal|arc-message-signature)\s*:/gim)?.length ?? 0
}

function limited(ask: AskDns): AskDns {
  let left = mostQuestions
  return async (name, type) => {
    if (left-- <= 0) throw Object.assign(new Error('too many questions'), { code: 'ETIMEOUT' })
    return ask(name, type)
  }
}

function deadline(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), milliseconds)
  })
  return { over, clear: () => clearTimeout(timer) }
}

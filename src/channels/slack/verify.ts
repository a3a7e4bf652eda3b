import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '../../core/channel.ts'

/** Slack says to refuse anything further than five minutes from now; Bolt checks only the past, so a stolen post-dated request would work. */
const toleranceSeconds = 300

export type Verdict = { readonly genuine: true } | { readonly genuine: false; readonly reason: string }

/**
 * Checks Slack's signature, `v0=` HMAC-SHA256 of `v0:{timestamp}:{raw body}`, over the bytes as they arrived.
 * Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verifySignature(request: Pick<HttpRequest, 'headers' | 'body'>, secret: string, now: Date): Verdict {
  const signature = one(request.headers['x-slack-signature'])
  const timestamp = one(request.headers['x-slack-request-timestamp'])
  if (signature === undefined || timestamp === undefined) return refused('not signed')
  if (!/^\d{1,12}$/.test(timestamp)) return refused('unreadable timestamp')
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds)
    return refused('timestamp too far from now')
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(request.body).digest('hex')
  return sameText(`v0=${expected}`, signature) ? { genuine: true } : refused('wrong signature')
}

function one(header: string | string[] | undefined): string | undefined {
  // Two signature headers mean somebody is trying to be clever; neither is believed.
  return typeof header === 'string' ? header : undefined
}

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}

const refused = (reason: string): Verdict => ({ genuine: false, reason })

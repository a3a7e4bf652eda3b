import { createHmac } from 'node:crypto'

/** Signs as Slack documents it, written apart from the channel's check so that one mistake cannot hide in both. */
export function signatureHeaders(secret: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const hash = createHmac('sha256', secret)
  hash.update(['v0', timestamp, body].join(':'), 'utf8')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash.digest('hex')}` }
}

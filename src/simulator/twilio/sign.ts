import { createHmac } from 'node:crypto'

/**
 * Signs a webhook as Twilio describes it for those who call without its library: the full address, then every
 * field's name and value in the order of the names, HMAC-SHA1 with the auth token, base64
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security). Shares no line with the code that verifies.
 */
export function signWebhook(authToken: string, address: string, fields: Readonly<Record<string, string>>): string {
  const hmac = createHmac('sha1', authToken)
  hmac.update(address, 'utf8')
  for (const name of Object.keys(fields).sort()) hmac.update(`${name}${fields[name]}`, 'utf8')
  return hmac.digest('base64')
}

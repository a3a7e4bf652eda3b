import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { demoCredentials } from '../../src/simulator/demo.ts'
import { signWebhook } from '../../src/simulator/twilio/sign.ts'
import { publicUrl } from './gatehouse.ts'

export type Text = { readonly from: string; readonly to: string; readonly body: string; readonly sid?: string }
export type Answer = {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`
export const ourNumber = '+12025550190'
/** A hundred customers; the last two digits of the block of numbers that belong to nobody. */
export const customer = (index: number): string => `+120255501${String(index % 100).padStart(2, '0')}`

/** The form of an incoming text and its signature, as Twilio makes them. */
export function signedText({ from, to, body, sid = newSid() }: Text) {
  const fields = {
    AccountSid: demoCredentials.TWILIO_ACCOUNT_SID,
    ApiVersion: '2010-04-01',
    Body: body,
    From: from,
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: to,
  }
  const signature = signWebhook(demoCredentials.TWILIO_AUTH_TOKEN, `${publicUrl}/webhooks/twilio`, fields)
  return { sid, form: new URLSearchParams(fields).toString(), signature }
}

/** Twilio's side of one webhook. Rejects when the connection breaks before an answer came. */
export function postText(url: string, text: Text, agent?: Agent): Promise<Answer & { readonly sid: string }> {
  const { sid, form, signature } = signedText(text)
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
      'x-twilio-signature': signature,
    }
    const outgoing = request(
      `${url}/webhooks/twilio`,
      { method: 'POST', headers, ...(agent && { agent }) },
      (incoming) => {
        let body = ''
        incoming.on('data', (chunk) => (body += String(chunk)))
        incoming.on('end', () => resolve({ sid, status: incoming.statusCode ?? 0, headers: incoming.headers, body }))
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.setTimeout(20_000, () => outgoing.destroy(new Error('no answer in 20 s')))
    outgoing.end(form)
  })
}

export const keptConnections = (most: number): Agent => new Agent({ keepAlive: true, maxSockets: most })

import { createHash } from 'node:crypto'
import { createTwilioChannel } from '../../../src/channels/twilio/twilio.ts'
import type { HttpRequest } from '../../../src/core/channel.ts'
import { signWebhook } from '../../../src/simulator/twilio/sign.ts'
import { type ChannelHarness, describeChannelContract, type ProviderTrouble } from '../../contract/channel-contract.ts'
import { ACCOUNT, type Desk, OURS, openDesk, PUBLIC_URL, SETTINGS, THEIRS, TOKEN } from './desk.ts'

for (const channel of ['sms', 'whatsapp'] as const) {
  describeChannelContract(`Twilio (${channel})`, () => makeHarness(channel))
}

async function makeHarness(name: 'sms' | 'whatsapp'): Promise<ChannelHarness> {
  const desk = await openDesk()
  const { channel, local, settings } = desk
  return {
    channel,
    stranger: createTwilioChannel({ ...settings, authTokens: ['not-the-token'] }),
    to: { channel: name, id: THEIRS },
    calls: callsOf(name === 'whatsapp' ? 'whatsapp:' : ''),
    taken: () =>
      local
        .messages()
        .filter((message) => message.direction === 'outbound-api')
        .map((message) => ({ providerId: message.sid, text: message.body })),
    trouble: (kind) => makeTrouble(desk, kind),
    secrets: [TOKEN, THEIRS, OURS, ACCOUNT],
    close: desk.close,
  }
}

function callsOf(prefix: string): NonNullable<ChannelHarness['calls']> {
  const message = (key: string, text: string) => ({
    AccountSid: ACCOUNT,
    MessageSid: sidOf(key),
    From: `${prefix}${THEIRS}`,
    To: `${prefix}${OURS}`,
    Body: text,
    NumMedia: '0',
    SmsStatus: 'received',
  })
  return {
    genuine: (key, text) => call('/webhooks/twilio', message(key, text), TOKEN),
    forged: (text) => call('/webhooks/twilio', message('forged', text), 'another token'),
    unsigned: (text) => withoutSignature(call('/webhooks/twilio', message('unsigned', text), TOKEN)),
    unreadable: () => ({
      ...call('/webhooks/twilio', {}, TOKEN),
      headers: { 'x-twilio-signature': 'x', 'content-type': 'application/json' },
      body: Buffer.from([0xff, 0x00, 0xfe]),
    }),
    report: (providerId, messageId) =>
      call(
        `/webhooks/twilio/status?m=${messageId}`,
        {
          AccountSid: ACCOUNT,
          MessageSid: providerId,
          MessageStatus: 'delivered',
          From: `${prefix}${OURS}`,
          To: `${prefix}${THEIRS}`,
        },
        TOKEN,
      ),
  }
}

function call(url: string, fields: Record<string, string>, token: string): HttpRequest {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signWebhook(token, SETTINGS.publicUrl + url, fields),
  }
  return { method: 'POST', url, headers, body: Buffer.from(new URLSearchParams(fields).toString()) }
}

function withoutSignature(request: HttpRequest): HttpRequest {
  const { 'x-twilio-signature': _signature, ...headers } = request.headers
  return { ...request, headers }
}

async function makeTrouble({ local }: Desk, kind: ProviderTrouble): Promise<void> {
  await local.stopTrouble()
  if (kind === 'refusing') return local.startTrouble({ kind, code: 21610 })
  if (kind === 'throttled') return local.startTrouble({ kind, retryAfterSeconds: 7 })
  if (kind !== 'none') return local.startTrouble({ kind })
}

function sidOf(key: string): string {
  return `SM${createHash('md5')
    .update(key + PUBLIC_URL)
    .digest('hex')}`
}

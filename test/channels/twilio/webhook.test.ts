import { afterEach, describe, expect, it } from 'vitest'
import { createTwilioChannel } from '../../../src/channels/twilio/twilio.ts'
import type { HttpRequest } from '../../../src/core/channel.ts'
import { signWebhook } from '../../../src/simulator/twilio/sign.ts'
import { deliver, recordingInbox } from '../../contract/channel-harness.ts'
import { ACCOUNT, type Desk, OURS, openDesk, PUBLIC_URL, SETTINGS, SPARE_TOKEN, THEIRS, TOKEN } from './desk.ts'

const FIELDS = {
  AccountSid: ACCOUNT,
  MessageSid: `SM${'1'.repeat(32)}`,
  From: THEIRS,
  To: OURS,
  Body: 'Hello',
  NumMedia: '0',
}

type Change = {
  fields?: Record<string, string>
  url?: string
  token?: string
  headers?: Record<string, string>
  body?: string
}

function request({
  fields = FIELDS,
  url = '/webhooks/twilio',
  token = TOKEN,
  headers = {},
  body,
}: Change = {}): HttpRequest {
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signWebhook(token, PUBLIC_URL + url, fields),
      ...headers,
    },
    body: Buffer.from(body ?? new URLSearchParams(fields).toString()),
  }
}

async function started(authTokens: readonly [string, ...string[]] = [TOKEN]) {
  const channel = createTwilioChannel({ ...SETTINGS, authTokens })
  const inbox = recordingInbox()
  await channel.start(inbox)
  return { channel, inbox }
}

describe('the webhook', () => {
  it('stores a genuine message and answers with nothing to say', async () => {
    const { channel, inbox } = await started()
    expect(await deliver(channel, request())).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<Response/>',
    })
    expect(inbox.events).toMatchObject([
      { id: `twilio:${ACCOUNT}:${FIELDS.MessageSid}`, kind: 'message', channel: 'sms' },
    ])
  })

  it.each<[string, number, Change]>([
    ['no signature', 400, { headers: { 'x-twilio-signature': undefined as never } }],
    ['JSON', 400, { headers: { 'content-type': 'application/json' } }],
    ['no content type', 400, { headers: { 'content-type': '' } }],
    ['a wrong signature', 403, { token: 'other' }],
    ['a body changed on the way', 403, { body: new URLSearchParams({ ...FIELDS, Body: 'Hallo' }).toString() }],
    ['a trimmed body', 403, { fields: { ...FIELDS, Body: ' Hello ' }, body: new URLSearchParams(FIELDS).toString() }],
    ["another customer's account", 403, { fields: { ...FIELDS, AccountSid: `AC${'f'.repeat(32)}` } }],
    ['an empty form', 403, { fields: {} }],
    ['a body above 1 MB', 413, { fields: { ...FIELDS, Body: 'x'.repeat(1_048_576) } }],
  ])('refuses %s with %i and stores nothing', async (_what, status, change) => {
    const { channel, inbox } = await started()
    expect(await deliver(channel, request(change))).toMatchObject({ status })
    expect(inbox.events).toEqual([])
  })

  it.each<[string, Record<string, string>]>([
    ['fields that Twilio adds tomorrow', { BrandNewField: 'v', 'ChannelMetadata[x]': '{}' }],
    ['10,000 characters', { Body: '字'.repeat(10_000) }],
    ['emoji, umlauts and signs', { Body: 'Grüße 😀 & = + %' }],
    ['control and direction characters', { Body: '\u0000\u202E\u001B' }],
    [
      'media without words',
      { Body: '', NumMedia: '1', MediaUrl0: 'https://api.twilio.com/x', MediaContentType0: 'image/png' },
    ],
    ['another kind of webhook', { MessageSid: '', CallSid: `CA${'3'.repeat(32)}` }],
  ])('accepts %s', async (_what, more) => {
    const { channel, inbox } = await started()
    expect(await deliver(channel, request({ fields: { ...FIELDS, ...more } }))).toMatchObject({ status: 200 })
    expect(inbox.events).toHaveLength(1)
  })

  it('accepts the spare token, and a query of the operator', async () => {
    const { channel } = await started([TOKEN, SPARE_TOKEN])
    expect(
      await deliver(channel, request({ token: SPARE_TOKEN, url: '/webhooks/twilio?site=tower&x=%C3%A4' })),
    ).toMatchObject({ status: 200 })
  })

  it('asks Twilio to come back when nothing can be stored', async () => {
    const { channel, inbox } = await started()
    inbox.answer = () => Promise.reject(new Error('database is down'))
    expect(await deliver(channel, request())).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
  })
})

describe('over the wire', () => {
  let desk: Desk
  afterEach(() => desk?.close())
  const hello = { channel: 'sms', from: THEIRS, to: OURS, body: 'The gate does not close' } as const

  it('a text from a phone is stored and read', async () => {
    desk = await openDesk()
    expect(
      await desk.local.textFrom({ ...hello, media: [{ contentType: 'image/png', bytes: Buffer.from('x') }] }),
    ).toMatchObject({ status: 200, attempts: 1 })
    expect(desk.readings()).toMatchObject([
      {
        type: 'message',
        message: { text: hello.body, from: { id: THEIRS }, attachments: [{ contentType: 'image/png' }] },
      },
    ])
  })

  it('a text delivered twice is one event', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'duplicate' })
    await desk.local.textFrom(hello)
    expect(desk.inbox.events).toHaveLength(2)
    expect(new Set(desk.inbox.events.map((event) => event.id)).size).toBe(1)
  })

  it('a text with a wrong signature is refused and not tried again', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'wrong-signature' })
    expect(await desk.local.textFrom(hello)).toMatchObject({ status: 403, attempts: 1 })
    expect(desk.inbox.events).toEqual([])
  })

  it('a text that could not be stored is delivered once more', async () => {
    desk = await openDesk()
    let fails = 1
    desk.inbox.answer = () => (fails-- > 0 ? Promise.reject(new Error('database is down')) : Promise.resolve('stored'))
    expect(await desk.local.textFrom(hello)).toMatchObject({ status: 200, attempts: 2 })
  })

  it('reports may come last one first, each under its own name', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'out-of-order' })
    await desk.channel.send({
      id: 'out-1',
      audience: 'customer',
      to: { channel: 'sms', id: THEIRS },
      conversation: 'c',
      text: 'Hello',
    })
    await desk.local.settled()
    expect(desk.readings()).toMatchObject([{ report: { state: 'delivered' } }, { report: { state: 'sent' } }])
  })
})

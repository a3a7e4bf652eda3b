import { describe, expect, it } from 'vitest'
import { slackApiUrl } from '../../../src/channels/slack/settings.ts'
import { createSlackChannel } from '../../../src/channels/slack/slack.ts'
import { verifySignature } from '../../../src/channels/slack/verify.ts'
import type { HttpRequest } from '../../../src/core/channel.ts'
import { secrets, signedRequest, testInbox } from './desk.ts'

const now = new Date('2026-07-01T08:00:00Z')
const seconds = (offset: number) => new Date(now.getTime() + offset * 1000)
const check = (request: HttpRequest) => verifySignature(request, secrets.signingSecret, now)
const body = '{"text":"大堂 😀 & <x>"}'

describe('a signature of Slack', () => {
  it('agrees with the example of Slack’s own documentation', () => {
    const published =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    }
    const at = new Date(1_531_420_700_000)
    const request = { headers, body: Buffer.from(published) }
    expect(verifySignature(request, '8f742231b10e8888abcd99yyyzzz85a5', at)).toEqual({ genuine: true })
  })

  it.each([-299, 0, 299])('is believed %s seconds from now', (offset) => {
    expect(check(signedRequest(body, { at: seconds(offset) })).genuine).toBe(true)
  })

  it.each([-301, 301, 86_400])('is not believed %s seconds from now, not even in the future', (offset) => {
    expect(check(signedRequest(body, { at: seconds(offset) }))).toMatchObject({ reason: 'timestamp too far from now' })
  })

  it('covers every byte of the body', () => {
    const request = signedRequest(body, { at: now, body: Buffer.from(`${body} `) })
    expect(check(request)).toMatchObject({ reason: 'wrong signature' })
  })

  it.each([
    { 'x-slack-signature': undefined },
    { 'x-slack-request-timestamp': undefined },
    { 'x-slack-signature': ['v0=1', 'v0=2'] },
    { 'x-slack-request-timestamp': 'soon' },
    { 'x-slack-request-timestamp': '1e9' },
    { 'x-slack-signature': 'v0=' },
    { 'x-slack-signature': 'v1=ab' },
  ])('is refused when it is %j', (change) => {
    const request = signedRequest(body, { at: now })
    expect(check({ ...request, headers: { ...request.headers, ...change } }).genuine).toBe(false)
  })
})

describe('POST /webhooks/slack', () => {
  const { botToken, signingSecret } = secrets
  const open = async () => {
    const channel = createSlackChannel({ botToken, signingSecret, apiUrl: slackApiUrl })
    const inbox = testInbox()
    await channel.start(inbox)
    const [route] = channel.routes
    if (route === undefined) throw new Error('no route')
    return { inbox, post: (request: HttpRequest) => route.handle(request) }
  }

  it('answers the address check only when it is signed', async () => {
    const { post, inbox } = await open()
    const asked = '{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}'
    const answer = await post(signedRequest(asked))
    expect(answer.status).toBe(200)
    expect(JSON.parse(String(answer.body))).toEqual({ challenge: expect.stringContaining('3eZb') })
    expect((await post(signedRequest(asked, { headers: {} }))).status).toBe(401)
    expect(inbox.attempts).toEqual([])
  })

  it('answers the certificate check without effect, and nothing else without a signature', async () => {
    const { post, inbox } = await open()
    const unsigned = (text: string) => post(signedRequest(text, { headers: {} }))
    expect((await unsigned('ssl_check=1&token=x')).status).toBe(200)
    expect((await unsigned('ssl_check=2&command=%2Fgatehouse&text=close')).status).toBe(401)
    expect((await unsigned('ssl_check=1&command=%2Fgatehouse&text=close')).status).toBe(200)
    expect(inbox.attempts).toEqual([])
  })

  it.each(['application/json; charset=utf-8', 'application/x-www-form-urlencoded;charset=UTF-8', 'text/plain', ''])(
    'reads a body whatever its content type says: %s',
    async (type) => {
      const { post, inbox } = await open()
      const form = 'command=%2Fgatehouse&text=help&user_id=U1&channel_id=C1&team_id=T1&trigger_id=1.2.3'
      const request = signedRequest(form)
      expect((await post({ ...request, headers: { ...request.headers, 'content-type': type } })).status).toBe(200)
      expect([...inbox.stored.values()]).toMatchObject([{ id: 'slack:T1:1.2.3', kind: 'action', source: 'slack' }])
    },
  )

  it.each(['{"half":', 'payload=%7B', 'payload=7', 'neither=this', ''])('refuses %j as unreadable', async (text) => {
    const { post, inbox } = await open()
    expect((await post(signedRequest(text))).status).toBe(400)
    expect(inbox.attempts).toEqual([])
  })

  it('stores what it does not know, so that it can be looked at', async () => {
    const { post, inbox } = await open()
    expect((await post(signedRequest('{"type":"brand_new","team_id":"T1"}'))).status).toBe(200)
    expect([...inbox.stored.keys()]).toEqual([expect.stringMatching(/^slack:T1:[0-9a-f]{16}$/)])
  })

  it('gives a form that is delivered twice the same answer, or its modal would hang', async () => {
    const { post, inbox } = await open()
    const view = {
      id: 'V1',
      hash: 'h',
      callback_id: 'preview:reply',
      private_metadata: '{"caseId":"GH-2026-000123"}',
      state: { values: { text: { text: { type: 'plain_text_input', value: 'We are coming' } } } },
    }
    const payload = { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: '1', view }
    const request = () => signedRequest(`payload=${encodeURIComponent(JSON.stringify(payload))}`)
    const [first, second] = [await post(request()), await post(request())]
    expect(JSON.parse(String(first.body))).toMatchObject({ response_action: 'push' })
    expect(second.body).toBe(first.body)
    expect(inbox.attempts.map((each) => each.outcome)).toEqual(['stored', 'duplicate'])
  })
})

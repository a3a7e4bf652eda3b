import { afterEach, describe, expect, it } from 'vitest'
import { type LocalTwilio, type LocalTwilioOptions, startLocalTwilio } from '../../src/simulator/twilio/local-twilio.ts'

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`
const TOKEN = 'token'
const OURS = '+12025550100'
const THEIRS = '+12025550123'
const HX = `HX${'c'.repeat(32)}`

let local: LocalTwilio
afterEach(() => local?.close())

async function start(options: Partial<LocalTwilioOptions> = {}): Promise<void> {
  local = await startLocalTwilio({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [
      { channel: 'sms', number: OURS },
      { channel: 'whatsapp', number: OURS },
    ],
    templates: [{ sid: HX, name: 'hello', language: 'en', body: 'Hello {{1}}' }],
    stepMs: 1,
    webhookTimeoutMs: 200,
    ...options,
  })
}

type Answer = { status: number; json: Record<string, unknown>; headers: Headers }

async function call(method: string, path: string, form?: Record<string, string>, token = TOKEN): Promise<Answer> {
  const response = await fetch(`${local.apiUrl}${path.replace('{account}', `/2010-04-01/Accounts/${ACCOUNT}`)}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}` },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? {} : JSON.parse(text), headers: response.headers }
}

const send = (change: Record<string, string> = {}) =>
  call('POST', '{account}/Messages.json', { To: THEIRS, From: OURS, Body: 'Hi', ...change })

describe("the local Twilio's REST interface", () => {
  it("takes a message and shows it in Twilio's own fields", async () => {
    await start()
    const { status, json } = await send()
    expect(status).toBe(201)
    expect(json).toMatchObject({
      account_sid: ACCOUNT,
      to: THEIRS,
      from: OURS,
      body: 'Hi',
      status: 'queued',
      direction: 'outbound-api',
      num_media: '0',
      num_segments: '1',
      error_code: null,
      date_sent: null,
    })
    expect(json.sid).toMatch(/^SM[0-9a-f]{32}$/)
    expect(json.date_created).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/)
    await local.settled()
    expect((await call('GET', `{account}/Messages/${json.sid}.json`)).json).toMatchObject({ status: 'delivered' })
  })

  it.each<[number, string, Record<string, string>]>([
    [21604, 'no recipient', { To: '' }],
    [21603, 'no sender', { From: '' }],
    [21211, 'a recipient that is no number', { To: '2025550123' }],
    [21212, 'a sender that is no number', { From: 'whatsapp:5550100' }],
    [21910, 'two channels', { To: `whatsapp:${THEIRS}` }],
    [21266, 'ourselves', { To: OURS }],
    [21606, 'a number that is not ours', { From: '+12025550199' }],
    [63007, 'a WhatsApp number that is not ours', { From: 'whatsapp:+12025550199', To: `whatsapp:${THEIRS}` }],
    [21619, 'no text', { Body: '' }],
    [21617, 'too much text', { Body: 'x'.repeat(1601) }],
    [21609, 'a callback that is no address', { StatusCallback: 'nowhere' }],
    [21655, 'a template nobody made', { ContentSid: `HX${'d'.repeat(32)}` }],
    [21656, 'values that are no JSON object', { ContentSid: HX, ContentVariables: '["a"]' }],
    [21656, 'an empty value', { ContentSid: HX, ContentVariables: '{"1":""}' }],
  ])('answers 400/%i to %s', async (code, _what, change) => {
    await start()
    expect(await send(change)).toMatchObject({ status: 400, json: { code, status: 400 } })
    expect(local.messages()).toEqual([])
  })

  it('knows its own account, its token and nothing else', async () => {
    await start()
    expect(await call('GET', '{account}.json')).toMatchObject({ status: 200, json: { sid: ACCOUNT, status: 'active' } })
    expect(await call('GET', '{account}.json', undefined, 'wrong')).toMatchObject({
      status: 401,
      json: { code: 20003 },
    })
    expect(await call('GET', `/2010-04-01/Accounts/AC${'f'.repeat(32)}.json`)).toMatchObject({ status: 404 })
    expect(await call('GET', '{account}/Calls.json')).toMatchObject({ status: 404, json: { code: 20404 } })
    expect(await call('GET', `/v1/Content/${HX}`)).toMatchObject({
      status: 200,
      json: { friendly_name: 'hello', types: { 'twilio/text': { body: 'Hello {{1}}' } } },
    })
    expect(await call('GET', '/v1/Content')).toMatchObject({
      json: { contents: [{ sid: HX }], meta: { key: 'contents' } },
    })
    expect(await call('GET', '/v1/Content/HX0')).toMatchObject({ status: 404 })
  })

  it('lists by recipient and time, newest first and in pages', async () => {
    await start()
    for (const Body of ['one', 'two', 'three']) await send({ Body })
    await send({ To: '+12025550124', Body: 'other' })
    await local.settled()
    const list = async (query: string) => (await call('GET', `{account}/Messages.json?${query}`)).json
    const bodies = (json: Record<string, unknown>) =>
      (json.messages as { body: string }[]).map((message) => message.body)
    expect(bodies(await list(`To=${encodeURIComponent(THEIRS)}`))).toEqual(['three', 'two', 'one'])
    const second = await list('PageSize=3&Page=1')
    expect(bodies(second)).toEqual(['one'])
    expect(second).toMatchObject({ page: 1, page_size: 3, start: 3, next_page_uri: null })
    expect((await list('PageSize=3')).next_page_uri).toContain('Page=1')
    expect(bodies(await list(`DateSent%3E=${new Date(Date.now() + 60_000).toISOString()}`))).toEqual([])
    expect(bodies(await list(`DateSent%3C=${new Date(Date.now() + 60_000).toISOString()}`))).toHaveLength(4)
  })

  it('redacts and removes, as an erasure request needs', async () => {
    await start()
    const { sid } = (await send()).json
    expect(await call('POST', `{account}/Messages/${sid}.json`, { Body: 'other' })).toMatchObject({ status: 400 })
    expect(await call('POST', `{account}/Messages/${sid}.json`, { Body: '' })).toMatchObject({
      status: 200,
      json: { body: '' },
    })
    expect(await call('DELETE', `{account}/Messages/${sid}.json`)).toMatchObject({ status: 204 })
    expect(await call('GET', `{account}/Messages/${sid}.json`)).toMatchObject({ status: 404 })
  })

  it('keeps media behind a redirect', async () => {
    await start()
    const { sid } = await local.textFrom({
      channel: 'sms',
      from: THEIRS,
      to: OURS,
      body: '',
      media: [{ contentType: 'image/png', bytes: Buffer.from('png') }],
    })
    const { json } = await call('GET', `{account}/Messages/${sid}/Media.json`)
    const [media] = json.media_list as { sid: string; content_type: string }[]
    expect(media).toMatchObject({ content_type: 'image/png', parent_sid: sid })
    const redirect = await call('GET', `{account}/Messages/${sid}/Media/${media?.sid}`)
    expect(redirect.status).toBe(307)
    expect(await (await fetch(redirect.headers.get('location') ?? '')).text()).toBe('png')
  })
})

describe('the phone and its carrier', () => {
  it('shows what was written both ways, and tells whoever listens', async () => {
    await start()
    const seen: string[] = []
    const stop = local.onChange((message) => seen.push(`${message.direction} ${message.status}`))
    await local.textFrom({ channel: 'whatsapp', from: THEIRS, to: OURS, body: 'Hello' })
    await send({ To: `whatsapp:${THEIRS}`, From: `whatsapp:${OURS}`, Body: 'Good day' })
    await local.settled()
    stop()
    await send()
    expect(seen).toEqual([
      'inbound received',
      'outbound-api queued',
      'outbound-api sent',
      'outbound-api delivered',
      'outbound-api read',
    ])
    expect(local.messagesOf(THEIRS).map((message) => message.body)).toEqual(['Hello', 'Good day', 'Hi'])
  })

  it('obeys STOP and START for one pair of numbers, and answers itself', async () => {
    await start()
    await local.textFrom({ channel: 'sms', from: THEIRS, to: OURS, body: 'Unsubscribe' })
    expect(local.messagesOf(THEIRS).at(-1)).toMatchObject({
      direction: 'outbound-reply',
      body: expect.stringContaining('unsubscribed'),
    })
    expect(await send()).toMatchObject({ status: 400, json: { code: 21610 } })
    expect(await send({ To: '+12025550124' })).toMatchObject({ status: 201 })
    await local.textFrom({ channel: 'sms', from: THEIRS, to: OURS, body: 'please stop the noise' })
    await local.textFrom({ channel: 'sms', from: THEIRS, to: OURS, body: 'unstop' })
    expect(await send()).toMatchObject({ status: 201 })
  })

  it('leaves STOP on WhatsApp to us', async () => {
    await start()
    await local.textFrom({ channel: 'whatsapp', from: THEIRS, to: OURS, body: 'STOP' })
    expect(await send({ To: `whatsapp:${THEIRS}`, From: `whatsapp:${OURS}` })).toMatchObject({ status: 201 })
    expect(local.messagesOf(THEIRS)).toHaveLength(2)
  })

  it('reports nowhere but to the connected desk and this machine', async () => {
    await start()
    const outcome = await local.textFrom({ channel: 'sms', from: THEIRS, to: OURS, body: 'Hello' })
    expect(outcome.status).toBeUndefined()
    local.connect({ publicUrl: 'https://desk.example.test', deliverTo: 'http://127.0.0.1:1' })
    await send({ StatusCallback: 'https://elsewhere.example.test/report' })
    await local.settled()
    expect(local.messages().at(-1)?.status).toBe('delivered')
  })
})

describe('trouble', () => {
  it('lasts as often as asked, or until it is stopped', async () => {
    await start()
    await local.startTrouble({ kind: 'failing' }, 1)
    expect((await send()).status).toBe(500)
    expect((await send()).status).toBe(201)
    await local.startTrouble({ kind: 'refusing', code: 30007 })
    expect(local.activeTrouble()).toEqual([{ kind: 'refusing', code: 30007 }])
    expect(await send()).toMatchObject({ status: 400, json: { code: 30007 } })
    await local.stopTrouble('refusing')
    expect((await send()).status).toBe(201)
  })

  it('down means that nobody listens, and up that it is the same address', async () => {
    await start()
    await local.startTrouble({ kind: 'down' })
    await expect(send()).rejects.toThrow()
    await local.stopTrouble()
    expect((await send()).status).toBe(201)
  })

  it('does not keep a closing process waiting', async () => {
    await start()
    await local.startTrouble({ kind: 'silent' })
    const hanging = send().catch(() => 'broken')
    await new Promise((resolve) => setTimeout(resolve, 20))
    await local.close()
    expect(await hanging).toBe('broken')
  })
})

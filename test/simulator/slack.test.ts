import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifySlackRequest, webApi } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type LocalSlack, startLocalSlack } from '../../src/simulator/slack/local-slack.ts'

const secrets = { signingSecret: 'invented', botToken: 'xoxb-invented', appToken: 'xapp-invented' }
const people = [{ id: 'U0CHAN', name: 'Chan Siu Ming' }]
const channels = [{ id: 'C0HARBOUR', name: 'harbour-view' }]
const section = { type: 'section', text: { type: 'plain_text', text: 'hello' } }

let slack: LocalSlack
let app: Server | undefined
let heard: { headers: IncomingMessage['headers']; body: string }[] = []
let answers: { status: number; body?: string; wait?: number }[] = []

beforeEach(async () => {
  heard = []
  answers = []
  const quick = { ackWithinMs: 100, retryDelaysMs: [5, 10, 15] }
  slack = await startLocalSlack({ ...secrets, people, channels, echoesOwnMessages: false, ...quick })
})
afterEach(async () => {
  await slack.close()
  app?.closeAllConnections()
  app?.close()
  app = undefined
})

/** An app that answers as told, 200 when nothing is left to tell. */
async function listen(): Promise<void> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push({ headers: request.headers, body })
    const answer = answers.shift() ?? { status: 200 }
    setTimeout(() => response.writeHead(answer.status).end(answer.body), answer.wait ?? 0)
  })
  app = server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  slack.control.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

async function call(method: string, args: Record<string, unknown>, token: string | undefined = secrets.botToken) {
  const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(args) })
  return { response, body: (await response.json()) as Record<string, unknown> }
}

const post = async (args: Record<string, unknown> = {}) => {
  const { body } = await call('chat.postMessage', { channel: 'C0HARBOUR', text: 'hello', ...args })
  return body
}

describe('the Web API of the local Slack', () => {
  it.each([
    ['auth.test', '', 'not_authed'],
    ['auth.test', 'xoxb-wrong', 'invalid_auth'],
    ['apps.connections.open', secrets.botToken, 'not_allowed_token_type'],
    ['chat.shout', secrets.botToken, 'unknown_method'],
  ])('%s with the token %j answers %s', async (method, token, error) => {
    expect((await call(method, {}, token)).body).toMatchObject({ ok: false, error })
  })

  it('names the granted scopes in a header', async () => {
    const { response } = await call('auth.test', {})
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write')
  })

  it('gives every message a time of its own', async () => {
    const posted = await Promise.all(Array.from({ length: 50 }, () => post()))
    expect(new Set(posted.map((each) => each.ts)).size).toBe(50)
  })

  it('takes what Slack’s own client sends, forms with JSON inside', async () => {
    const client = new webApi.WebClient(secrets.botToken, { slackApiUrl: slack.apiUrl })
    const metadata = { event_type: 'x', event_payload: { id: '7' } }
    const { ts = '' } = await client.chat.postMessage({
      channel: 'C0HARBOUR',
      text: 'a',
      blocks: [section],
      metadata,
    } as never)
    const history = await client.conversations.history({ channel: 'C0HARBOUR', include_all_metadata: true })
    expect(history.messages).toMatchObject([{ ts, text: 'a', metadata }])
    const plain = await client.conversations.history({ channel: 'C0HARBOUR' })
    expect(plain.messages?.[0]).not.toHaveProperty('metadata')
  })

  it.each([
    [{ blocks: Array.from({ length: 51 }, () => section) }, 'no more than 50 blocks'],
    [{ blocks: [{ ...section, text: { type: 'plain_text', text: 'x'.repeat(3001) } }] }, '1 to 3000'],
    [{ blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }, 'header must be plain_text'],
    [{ blocks: [{ type: 'actions', elements: [] }] }, '1 to 25 elements'],
    [{ blocks: [{ type: 'marquee' }] }, 'unsupported type'],
  ])('refuses blocks that Slack would refuse: %#', async (args, fault) => {
    const answer = await post(args)
    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' })
    expect(JSON.stringify(answer)).toContain(fault)
  })

  it('changes only messages of the app, and only those that are there', async () => {
    const { ts } = slack.control.writeInChannel({ user: 'U0CHAN', channel: 'C0HARBOUR', text: 'mine' })
    const change = (at: string) => call('chat.update', { channel: 'C0HARBOUR', ts: at, text: 'yours' })
    expect((await change(ts)).body).toMatchObject({ error: 'cant_update_message' })
    expect((await change('1.1')).body).toMatchObject({ error: 'message_not_found' })
  })

  it('pages through history, newest first', async () => {
    for (const text of ['one', 'two', 'three']) await post({ text })
    const first = (await call('conversations.history', { channel: 'C0HARBOUR', limit: 2 })).body
    const cursor = (first.response_metadata as { next_cursor: string }).next_cursor
    const second = (await call('conversations.history', { channel: 'C0HARBOUR', limit: 2, cursor })).body
    const texts = [first, second].flatMap((page) => (page.messages as { text: string }[]).map((each) => each.text))
    expect(texts).toEqual(['three', 'two', 'one'])
  })

  it('opens a modal once per trigger', async () => {
    await listen()
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
    ]
    const { ts } = await post({ blocks })
    await slack.control.press({ user: 'U0CHAN', channel: 'C0HARBOUR', ts: String(ts), actionId: 'go' })
    const payload = JSON.parse(new URLSearchParams(heard[0]?.body).get('payload') ?? '')
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [section] }
    const open = (trigger_id: string) => call('views.open', { trigger_id, view })
    expect((await open(payload.trigger_id)).body).toMatchObject({ ok: true })
    expect((await open(payload.trigger_id)).body).toMatchObject({ error: 'invalid_trigger_id' })
    expect(slack.control.modal('U0CHAN')?.view).toMatchObject({ title: { text: 'Form' } })
    const long = { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } }
    expect((await call('views.update', { view_id: slack.control.modal('U0CHAN')?.id, view: long })).body).toMatchObject(
      {
        error: 'invalid_arguments',
      },
    )
  })
})

describe('what the local Slack delivers by HTTP', () => {
  const write = () => slack.control.writeInChannel({ user: 'U0CHAN', channel: 'C0HARBOUR', text: 'a < b' }).delivered

  it('is signed so that Slack’s own SDK believes it', async () => {
    await listen()
    await write()
    const [request] = heard
    if (request === undefined) throw new Error('nothing heard')
    const headers = {
      'x-slack-signature': String(request.headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(request.headers['x-slack-request-timestamp']),
    }
    verifySlackRequest({ signingSecret: secrets.signingSecret, body: request.body, headers })
    slack.control.deliveryTrouble({ kind: 'wrong-signature' }, { times: 1 })
    await write()
    const forged = { ...headers, 'x-slack-signature': String(heard[1]?.headers['x-slack-signature']) }
    const check = () =>
      verifySlackRequest({ signingSecret: secrets.signingSecret, body: String(heard[1]?.body), headers: forged })
    expect(check).toThrow()
  })

  it('comes again three times, numbered, with the same event id, and then no more', async () => {
    await listen()
    answers = [{ status: 500 }, { status: 503 }, { status: 200, wait: 300 }, { status: 500 }]
    expect(await write()).toMatchObject({ acknowledged: false, attempts: 4 })
    expect(heard.map((each) => each.headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3'])
    expect(new Set(heard.map((each) => JSON.parse(each.body).event_id)).size).toBe(1)
    expect(JSON.parse(heard[0]?.body ?? '').event.text).toBe('a &lt; b')
  })

  it('comes twice when asked to', async () => {
    await listen()
    slack.control.deliveryTrouble({ kind: 'duplicate' }, { times: 1 })
    await write()
    await write()
    expect(heard).toHaveLength(3)
  })

  it('a command is not repeated, and its answer is shown to the person alone', async () => {
    await listen()
    answers = [{ status: 500 }, { status: 200, body: 'Nobody is on duty' }]
    const type = () => slack.control.slashCommand({ user: 'U0CHAN', channel: 'C0HARBOUR', text: 'duty' })
    expect(await type()).toMatchObject({ acknowledged: false, attempts: 1 })
    await type()
    expect(slack.control.ephemerals('U0CHAN')).toMatchObject([{ text: 'Nobody is on duty' }])
  })

  it('reports the app’s own messages back to it, as Slack does', async () => {
    await slack.close()
    slack = await startLocalSlack({ ...secrets, people, channels })
    await listen()
    const { ts } = await post()
    await call('chat.update', { channel: 'C0HARBOUR', ts, text: 'changed' })
    await until(() => heard.length === 2)
    const events = heard.map((each) => JSON.parse(each.body).event)
    expect(events).toMatchObject([{ bot_id: expect.any(String), ts }, { subtype: 'message_changed' }])
  })
})

describe('trouble', () => {
  it('is what was asked for, as often as asked for', async () => {
    slack.control.apiTrouble({ kind: 'throttled', retryAfterSeconds: 4 }, { methods: ['chat.postMessage'], times: 1 })
    expect((await call('auth.test', {})).body).toMatchObject({ ok: true })
    const { response } = await call('chat.postMessage', { channel: 'C0HARBOUR', text: 'x' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '4'])
    expect(await post()).toMatchObject({ ok: true })
  })

  it('down means that nobody listens, and what was there is there again afterwards', async () => {
    await post()
    await slack.control.down()
    await expect(post()).rejects.toThrow()
    await slack.control.up()
    expect(slack.control.messages('C0HARBOUR')).toHaveLength(1)
    expect(await post()).toMatchObject({ ok: true })
  })
})

describe('Socket Mode of the local Slack', () => {
  it('says hello, waits for the acknowledgement, and tries again without one', async () => {
    const opened = (await call('apps.connections.open', {}, secrets.appToken)).body
    const socket = new WebSocket(String(opened.url))
    const messages: Record<string, unknown>[] = []
    socket.on('message', (data) => messages.push(JSON.parse(String(data))))
    await until(() => messages.length === 1)
    expect(messages[0]).toMatchObject({ type: 'hello' })
    const written = slack.control.writeInChannel({ user: 'U0CHAN', channel: 'C0HARBOUR', text: 'hello' })
    await until(() => messages.length === 3)
    expect(messages[1]).toMatchObject({ type: 'events_api', payload: { event: { text: 'hello' } } })
    expect(messages[2]).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' })
    socket.send(JSON.stringify({ envelope_id: messages[2]?.envelope_id, payload: {} }))
    expect(await written.delivered).toMatchObject({ acknowledged: true, attempts: 2 })
    slack.control.cutSockets()
    await until(() => socket.readyState === WebSocket.CLOSED)
  })
})

describe('the page', () => {
  it('is JSON, tells who wrote what, and says when it changed', async () => {
    let changes = 0
    const stop = slack.control.onChange(() => {
      changes += 1
    })
    await post({ blocks: [section] })
    slack.control.writeInChannel({ user: 'U0CHAN', channel: 'C0HARBOUR', text: 'seen' })
    const page = slack.control.page()
    expect(JSON.parse(JSON.stringify(page))).toEqual(page)
    expect(page.channels[0]?.messages).toMatchObject([
      { author: { name: 'Gatehouse', isApp: true }, blocks: [{ type: 'section' }] },
      { author: { name: 'Chan Siu Ming', isApp: false }, text: 'seen' },
    ])
    expect(changes).toBeGreaterThanOrEqual(2)
    stop()
  })
})

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 3_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

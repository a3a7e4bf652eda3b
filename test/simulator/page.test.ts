import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { type Demo, startDemo } from '../../src/simulator/demo.ts'
import { simulatorRoutes } from '../../src/simulator/page-routes.ts'
import { createWebServer } from '../../src/web/server.ts'

const { config } = loadConfig({ GATEHOUSE_CONFIG: 'config' })
if (config === undefined) throw new Error('the sample configuration must load')

const customer = '+12025550150'
const ours = '+12025550190'
const officer = 'U0000000001'
const channel = 'C0HARBOUR1'
const ownPage = { 'content-type': 'application/json', 'x-gatehouse-simulator': '1' }

let demo: Demo
let web: FastifyInstance
let gatehouse: Server
let base: string
let answers: number

/** A Gatehouse that answers every webhook with one status, so that the page's own part is tested alone. */
beforeEach(async () => {
  answers = 200
  gatehouse = createServer((request, response) => request.resume().on('end', () => response.writeHead(answers).end()))
  await new Promise<void>((resolve) => gatehouse.listen(0, '127.0.0.1', resolve))
  demo = await startDemo({ places: config.places, staff: config.duty.staff })
  const deliverTo = `http://127.0.0.1:${(gatehouse.address() as AddressInfo).port}`
  demo.connect({ publicUrl: config.environment.publicUrl, deliverTo })
  web = createWebServer({
    routes: simulatorRoutes(demo, config),
    isAuthorized: () => false,
    onFault: (error) => {
      throw error
    },
  })
  base = `${await web.listen({ port: 0, host: '127.0.0.1' })}/simulator`
})
afterEach(async () => {
  await web.close()
  await demo.close()
  gatehouse.closeAllConnections()
  gatehouse.close()
})

async function act(name: string, body: unknown, headers: Record<string, string> = ownPage) {
  const response = await fetch(`${base}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

type Seen = {
  revision: number
  unchanged?: true
  phone: { body: string; status: string; answer?: object; media: { sid: string }[]; at: string }[]
  slack: {
    channels: { id: string; with?: string; messages: { ts: string; text: string; threadTs?: string }[] }[]
    modals: Record<string, { errors: object }>
  }
  teams: { places: { id: string; with?: string; messages: { id: string; text: string; threadOf?: string }[] }[] }
  trouble: object[]
  log: { from: string; what: string; answer: string; attempt: number }[]
  clockHours: number
}
const look = async (since?: number): Promise<Seen> =>
  (await (await fetch(`${base}/api/state${since === undefined ? '' : `?since=${since}`}`)).json()) as Seen

const text = { channel: 'sms', from: customer, to: ours, body: 'Hello' }
const settled = () => demo.twilio.settled()

describe('the page and its files', () => {
  it('is found with a slash behind it too', async () => {
    const answer = await fetch(`${base}/`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/simulator'])
    expect(await (await fetch(`${base}/`)).text()).toContain('<html')
  })

  it('is served without inline script, and may be framed by nobody', async () => {
    const page = await fetch(base)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    )
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const html = await page.text()
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style| on\w+=| style=/)
    const files = [...html.matchAll(/(?:src|href)="(\/simulator\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect(files.length).toBeGreaterThan(4)
    for (const path of files) expect((await fetch(new URL(path, base))).status, path).toBe(200)
  })
  it('serves nothing else from its folder', async () => {
    for (const path of ['/photo.jpg', '/../page-acts.ts', '/%2e%2e/demo.ts', '/nothing.js'])
      expect((await fetch(base + path)).status, path).toBe(404)
  })
  it('knows the operator’s numbers and people, and customers who are nobody’s colleagues', async () => {
    const cast = (await (await fetch(`${base}/api/cast`)).json()) as Record<
      string,
      { number: string; isStaff: boolean }[]
    >
    const staff = cast.phones?.filter(({ isStaff }) => isStaff).map(({ number }) => number)
    const customers = cast.phones?.filter(({ isStaff }) => !isStaff).map(({ number }) => number) ?? []
    expect(customers.length).toBeGreaterThan(2)
    expect(staff).not.toEqual(expect.arrayContaining([customers[0]]))
    expect(customers).not.toContain(ours)
    expect(JSON.stringify(cast.people)).toContain('level 1 at Harbour View Tower')
  })
})

describe('a page elsewhere', () => {
  it.each([
    ['without any sign of being this page', {}],
    ['by the fetch metadata of another site', { ...ownPage, 'sec-fetch-site': 'cross-site' }],
    ['by another origin', { ...ownPage, origin: 'https://evil.test' }],
    ['by an opaque origin', { ...ownPage, origin: 'null' }],
  ])('may do nothing: %s', async (_how, headers) => {
    expect((await act('text', text, headers)).status).toBe(403)
    expect((await look()).phone).toEqual([])
  })
  it('may look at nothing under a name of its own that leads here', async () => {
    const get = (host: string) => web.inject({ url: '/simulator/api/state', headers: { host } })
    expect((await get('evil.test:8080')).statusCode).toBe(403)
    expect((await get('localhost:8080')).statusCode).toBe(200)
    expect((await get('[::1]:8080')).statusCode).toBe(200)
  })
  it('is not this one: the same origin may', async () => {
    const origin = new URL(base).origin
    expect((await act('text', text, { origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})

describe('asking again', () => {
  it('is answered in a few bytes until something is new', async () => {
    const { revision } = await look()
    expect(await look(revision)).toEqual({ unchanged: true, revision })
    await act('text', text)
    await settled()
    const news = await look(revision)
    expect(news.revision).toBeGreaterThan(revision)
    expect(news.phone).toMatchObject([{ body: 'Hello', answer: { status: 200, attempts: 1 } }])
    expect(news.log[0]).toMatchObject({ from: 'Twilio', what: 'a message', answer: 'HTTP 200', attempt: 1 })
  })
  it('tells trouble that was used up', async () => {
    await act('trouble', { provider: 'twilio', kind: 'duplicate', on: true, times: 1 })
    const { revision, trouble } = await look()
    expect(trouble).toEqual([{ provider: 'twilio', kind: 'duplicate', left: 1 }])
    await act('text', text)
    await settled()
    const news = await look(revision)
    expect(news.trouble).toEqual([])
    expect(news.log.filter(({ what }) => what === 'a message')).toHaveLength(2)
  })
})

describe('the phone', () => {
  it('shows that a text was refused', async () => {
    answers = 403
    await act('text', text)
    await settled()
    expect((await look()).phone[0]?.answer).toEqual({ attempts: 1, status: 403 })
  })
  it('sends a photo, and shows it again', async () => {
    await act('text', { ...text, body: '', photo: true })
    const sid = (await look()).phone[0]?.media[0]?.sid
    const file = (await (await fetch(`${base}/api/media/${sid}`)).json()) as { address: string }
    expect(file.address).toMatch(/^data:image\/jpeg;base64,\/9j\//)
    expect((await fetch(`${base}/api/media/ME0`)).status).toBe(404)
  })
  it('keeps 10,000 characters, and control characters and right-to-left text as they are', async () => {
    const body = `${'字'.repeat(9_900)}\u0000\u202e <script> שלום`
    expect((await act('text', { ...text, body })).status).toBe(200)
    expect((await look()).phone[0]?.body).toBe(body)
  })
  it.each([
    ['no text', { ...text, body: '' }, 409],
    ['a phone that nobody has', { ...text, from: '+12025550199' }, 409],
    ['another channel', { ...text, channel: 'fax' }, 400],
    ['a field it does not know', { ...text, statusCallback: 'http://evil.test' }, 400],
    ['too long a text', { ...text, body: 'x'.repeat(10_001) }, 400],
    ['nothing at all', undefined, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect((await act('text', body)).status).toBe(status)
    expect((await look()).phone).toEqual([])
  })
  it('refuses a body of a megabyte before reading it', async () => {
    expect((await act('text', { ...text, body: 'x'.repeat(1_000_000) })).status).toBe(413)
  })
  it('moves the clock of the 24 hours', async () => {
    await act('text', { ...text, channel: 'whatsapp' })
    await act('clock', { hours: 25 })
    await act('text', { ...text, channel: 'whatsapp' })
    const { phone, clockHours } = await look()
    expect(clockHours).toBe(25)
    const [first = 0, second = 0] = phone.map(({ at }) => Date.parse(at))
    expect(second - first).toBeGreaterThanOrEqual(25 * 3_600_000)
  })
})

describe('the staff in Slack', () => {
  const button = { type: 'button', action_id: 'acknowledge', value: 'GH-1', text: { type: 'plain_text', text: 'Take' } }
  const post = async (method: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${demo.variables.SLACK_BOT_TOKEN}` }
    const answer = await fetch(demo.slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as { ts: string }
  }

  it('have their direct messages from the start', async () => {
    expect((await look()).slack.channels.filter((each) => each.with === officer)).toHaveLength(1)
  })
  it('press a button, and are told when it is gone', async () => {
    const blocks = [{ type: 'actions', elements: [button] }]
    const { ts } = await post('chat.postMessage', { channel, text: 'card', blocks })
    const press = { user: officer, channel, ts, actionId: 'acknowledge' }
    expect(await act('press', press)).toEqual({ status: 200, body: { acknowledged: true, attempts: 1 } })
    expect((await act('press', { ...press, actionId: 'close' })).status).toBe(409)
    expect((await act('press', { ...press, user: 'U0NOBODY' })).status).toBe(409)
  })
  it('see that Gatehouse did not answer', async () => {
    answers = 503
    const blocks = [{ type: 'actions', elements: [button] }]
    const { ts } = await post('chat.postMessage', { channel, text: 'card', blocks })
    const press = { user: officer, channel, ts, actionId: 'acknowledge' }
    expect((await act('press', press)).body).toMatchObject({ acknowledged: false })
  })
  it('write in a channel, in a thread and to the app', async () => {
    const { body } = await act('write', { user: officer, channel, text: 'On my way' })
    await act('thread', { user: officer, channel, ts: body.ts, text: 'Arrived <b>' })
    await act('dm', { user: officer, text: 'help' })
    const { channels } = (await look()).slack
    expect(channels.find(({ id }) => id === channel)?.messages).toMatchObject([
      { text: 'On my way' },
      { text: 'Arrived &lt;b&gt;', threadTs: body.ts },
    ])
    expect(channels.find((each) => each.with === officer)?.messages).toMatchObject([{ text: 'help' }])
  })
  it('can neither submit nor write where there is nothing', async () => {
    expect((await act('submit', { user: officer, values: {} })).status).toBe(409)
    expect((await act('write', { user: officer, channel: 'C0NOWHERE', text: 'x' })).status).toBe(409)
    expect((await act('slash', { user: officer, channel: 'C0NOWHERE', text: 'help' })).status).toBe(409)
    expect((await act('close', { user: officer })).status).toBe(200)
  })
})
describe('the staff in Teams', () => {
  const manager =
    config.duty.staff.get('yip-suk-fan')?.methods.find(({ address }) => address.channel === 'teams')?.address.id ?? ''
  const place = async (id: string) => (await look()).teams.places.find((each) => each.id === id || each.with === id)

  it('have the sites’ channels and a chat with the app, and write in both', async () => {
    const [channel] = (await look()).teams.places
    expect((await act('teams-mention', { user: manager, channel: channel?.id, text: 'help' })).status).toBe(200)
    expect((await act('teams-say', { user: manager, text: 'my-cases' })).status).toBe(200)
    expect((await place(channel?.id ?? ''))?.messages).toMatchObject([{ text: 'Gatehouse help' }])
    expect((await place(manager))?.messages).toMatchObject([{ text: 'my-cases' }])
  })

  it('press and submit nothing that is not there, and are nobody whom the operator does not know', async () => {
    for (const [name, body] of [
      ['teams-press', { user: manager, message: '1', button: 'acknowledge' }],
      ['teams-submit', { user: manager, values: {} }],
      ['teams-say', { user: 'somebody', text: 'hello' }],
      ['teams-mention', { user: manager, channel: '19:nowhere', text: 'hello' }],
    ] as const)
      expect((await act(name, body)).status, name).toBe(409)
    expect((await act('teams-say', { user: manager, text: '' })).status).toBe(400)
  })
})

describe('trouble', () => {
  it.each([
    ...['slow', 'throttled', 'failing', 'silent', 'undeliverable', 'wrong-signature', 'duplicate', 'out-of-order'].map(
      (kind) => ['twilio', kind] as const,
    ),
    ...['slow', 'throttled', 'failing', 'silent', 'wrong-signature', 'duplicate'].map(
      (kind) => ['slack', kind] as const,
    ),
    ...['slow', 'throttled', 'failing', 'silent', 'refusing', 'wrong-signature', 'duplicate'].map(
      (kind) => ['teams', kind] as const,
    ),
  ])('with %s: %s can be switched on for a while, and off', async (provider, kind) => {
    await act('trouble', { provider, kind, on: true, times: 3 })
    expect((await look()).trouble).toEqual([{ provider, kind, left: 3 }])
    await act('trouble', { provider, kind, on: false })
    expect((await look()).trouble).toEqual([])
  })
  it('can take Twilio away altogether, and everything can be mended at once', async () => {
    await act('trouble', { provider: 'twilio', kind: 'down', on: true, times: 3 })
    await act('trouble', { provider: 'slack', kind: 'failing', on: true })
    await expect(fetch(demo.twilio.apiUrl)).rejects.toThrow()
    expect((await look()).trouble).toEqual([
      { provider: 'twilio', kind: 'down', left: null },
      { provider: 'slack', kind: 'failing', left: null },
    ])
    await act('trouble', { provider: 'all', on: false })
    expect((await fetch(demo.twilio.apiUrl)).status).toBe(401)
    expect((await look()).trouble).toEqual([])
  })
  it.each([
    { provider: 'twilio', kind: 'refusing', on: true },
    { provider: 'slack', kind: 'down', on: true },
    { provider: 'twilio', kind: 'slow', on: true, times: 0 },
    { provider: 'all', on: true },
  ])('is refused when it is not on offer: %j', async (body) => {
    expect((await act('trouble', body)).status).toBe(400)
  })
})

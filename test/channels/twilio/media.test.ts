import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchMedia } from '../../../src/channels/twilio/media.ts'
import { ACCOUNT, type Desk, OURS, openDesk, SETTINGS, THEIRS, TOKEN } from './desk.ts'

const LIMITS = { maxBytes: 1000, timeoutMs: 300 }
const REF = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/ME1`

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server that answers every path by a table and remembers what it was shown. */
async function openHost(
  answers: Record<string, { status: number; headers?: Record<string, string>; body?: Buffer } | 'hang'>,
) {
  const seen: { path: string; authorization: string | undefined }[] = []
  const server: Server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization })
    const answer = answers[request.url ?? ''] ?? { status: 404 }
    if (answer === 'hang') return
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const path = new URL(REF).pathname

describe('a file that a customer sent', () => {
  it('is fetched through the redirect, and only the API sees our credentials', async () => {
    const desk: Desk = await openDesk()
    closers.push(() => desk.close())
    const bytes = Buffer.from([0xff, 0xd8, 0x00, 0x01])
    await desk.local.textFrom({
      channel: 'sms',
      from: THEIRS,
      to: OURS,
      body: '',
      media: [{ contentType: 'image/jpeg', bytes }],
    })
    const [reading] = desk.readings()
    const ref = reading?.type === 'message' ? reading.message.attachments[0]?.ref : undefined
    expect(ref).toMatch(/^https:\/\/api\.twilio\.com\//)
    expect(await desk.channel.open?.(ref ?? '')).toEqual({ ok: true, contentType: 'image/jpeg', bytes })
    expect(desk.local.mediaRequests).toEqual([{ path: expect.any(String), authorization: undefined }])
  })

  it('shows the API our credentials, and the store none', async () => {
    const store = await openHost({
      '/file': { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from('png') },
    })
    const api = await openHost({ [path]: { status: 307, headers: { location: `${store.url}/file` } } })
    expect(await fetchMedia(REF, { ...SETTINGS, apiUrl: api.url }, LIMITS)).toMatchObject({
      ok: true,
      contentType: 'image/png',
    })
    expect(api.seen[0]?.authorization).toBe(`Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`)
    expect(store.seen).toEqual([{ path: '/file', authorization: undefined }])
  })

  it.each([
    'http://evil.example.test/file',
    'https://api.twilio.com.evil.example.test/file',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'https://mms.twiliocdn.com/file',
  ])('is not fetched from %s when a double is in place', async (location) => {
    const api = await openHost({ [path]: { status: 302, headers: { location } } })
    expect(await fetchMedia(REF, { ...SETTINGS, apiUrl: api.url }, LIMITS)).toMatchObject({
      ok: false,
      permanent: true,
    })
    expect(api.seen).toHaveLength(1)
  })

  it.each([
    'http://127.0.0.1:1/x',
    'https://evil.example.test/x',
    'http://api.twilio.com/x',
    'https://me:pw@api.twilio.com/x',
    'not an address',
    '',
  ])('is not asked for when its reference is %s', async (ref) => {
    expect(await fetchMedia(ref, SETTINGS, LIMITS)).toMatchObject({ ok: false, permanent: true })
  })

  it.each<[string, Parameters<typeof openHost>[0][string], object]>([
    ['too large by its own word', { status: 200, body: Buffer.alloc(1001) }, { ok: false, permanent: true }],
    [
      'too large without a word',
      { status: 200, headers: { 'transfer-encoding': 'chunked' }, body: Buffer.alloc(5000) },
      { ok: false, permanent: true },
    ],
    ['gone', { status: 404 }, { ok: false, permanent: true }],
    ['behind a fault', { status: 500 }, { ok: false, permanent: false }],
    ['in a circle', { status: 302, headers: { location: path } }, { ok: false, permanent: true }],
    ['never coming', 'hang', { ok: false, permanent: false }],
    [
      'of an unnamed kind',
      { status: 200, body: Buffer.from('x') },
      { ok: true, contentType: 'application/octet-stream' },
    ],
  ])('that is %s is handled', async (_what, answer, expected) => {
    const api = await openHost({ [path]: answer })
    expect(await fetchMedia(REF, { ...SETTINGS, apiUrl: api.url }, LIMITS)).toMatchObject(expected)
  })
})

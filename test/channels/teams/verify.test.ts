import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isTrustedService } from '../../../src/channels/teams/verify.ts'
import type { HttpRequest, HttpResponse } from '../../../src/core/channel.ts'
import type { Signing } from '../../../src/simulator/teams/sign-in.ts'
import { chatActivity, type Desk, openDesk, posted, secrets } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const activity = (change: Readonly<Record<string, unknown>> = {}) => chatActivity(desk.teams.serviceUrl, change)

async function answered(request: HttpRequest): Promise<HttpResponse> {
  const route = desk.channel.routes[0]
  if (route === undefined) throw new Error('no route')
  return route.handle(request)
}

const signed = async (how?: Signing, change: Readonly<Record<string, unknown>> = {}) =>
  (await answered(posted(activity(change), await desk.teams.control.authorization(how)))).status

describe('who may bring an activity', () => {
  it('Teams may', async () => {
    expect(await signed()).toBe(200)
    expect(desk.inbox.stored.size).toBe(1)
  })

  it('also where a Teams with other keys listened before', async () => {
    expect(await signed()).toBe(200)
    const port = Number(new URL(desk.teams.serviceUrl).port)
    await desk.close()
    desk = await openDesk({ port })
    expect(await signed()).toBe(200)
  })

  const forgeries: readonly (readonly [string, Signing])[] = [
    ['a signature by another key', { key: 'foreign' }],
    ['a token for another app', { audience: '0d0d0d0d-0000-4000-8000-00000000d001' }],
    ['a token of another issuer', { issuer: 'https://evil.example.test' }],
    ['a token that has expired', { expires: '-1h' }],
    ['a token for another service', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
  ]
  it.each(forgeries)('not with %s: 401, and nothing is stored', async (_name, how) => {
    expect(await signed(how)).toBe(401)
    expect(desk.inbox.taken).toBe(0)
  })

  it('not unsigned, with half a token, or with two', async () => {
    const token = await desk.teams.control.authorization()
    for (const authorization of ['', 'Bearer', 'Bearer x.y.z', `${token} ${token}`, token.replace('Bearer', 'Basic')])
      expect((await answered(posted(activity(), authorization))).status).toBe(401)
    const twice = { ...posted(activity()), headers: { authorization: [token, token] } }
    expect((await answered(twice)).status).toBe(401)
    expect(desk.inbox.taken).toBe(0)
  })

  it('not with a token that somebody signed with a secret of their own', async () => {
    const real = JSON.parse(
      Buffer.from(
        (await desk.teams.control.authorization()).split(' ')[1]?.split('.')[0] ?? '',
        'base64url',
      ).toString(),
    )
    const forged = await new SignJWT({ serviceurl: desk.teams.serviceUrl })
      .setProtectedHeader({ alg: 'HS256', kid: real.kid })
      .setIssuer('https://api.botframework.com')
      .setAudience(secrets.appId)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('a secret of more than thirty-two bytes'))
    expect((await answered(posted(activity(), `Bearer ${forged}`))).status).toBe(401)
  })

  it('not from a channel that the key does not stand for, nor from a tenant that is not ours', async () => {
    expect(await signed({}, { channelId: 'slack' })).toBe(401)
    expect(await signed({}, { channelId: 'AseChannel' })).toBe(401)
    const stranger = '0e0e0e0e-0000-4000-8000-00000000e001'
    expect(
      await signed({}, { channelData: { tenant: { id: stranger } }, conversation: { id: 'a:1', tenantId: stranger } }),
    ).toBe(403)
    // Two tenants in one activity: neither is believed.
    expect(await signed({}, { channelData: { tenant: { id: stranger } } })).toBe(403)
    expect(desk.inbox.taken).toBe(0)
  })

  it('a body without a type, or that is no object, is answered 400', async () => {
    const token = await desk.teams.control.authorization()
    for (const body of [{}, { type: '' }, { type: 7 }, [], 'text', null])
      expect((await answered(posted(body, token))).status).toBe(400)
  })

  it('is asked to come again when the keys cannot be had, because the caller may be genuine', async () => {
    const token = await desk.teams.control.authorization()
    const request = posted(activity(), token)
    await desk.teams.control.down()
    expect((await answered(request)).status).toBe(503)
    await desk.teams.control.up()
    expect((await answered(request)).status).toBe(200)
  })

  it('other tenants are heard once they are listed', async () => {
    const second = '0e0e0e0e-0000-4000-8000-00000000e002'
    const open = await openDesk({ settings: { tenants: [secrets.tenantId, second] } })
    const from = {
      channelData: { tenant: { id: second.toUpperCase() } },
      conversation: { id: 'a:1', tenantId: second },
    }
    const request = posted(chatActivity(open.teams.serviceUrl, from), await open.teams.control.authorization())
    expect((await open.channel.routes[0]?.handle(request))?.status).toBe(200)
    await open.close()
  })
})

describe('a framework that cannot be loaded', () => {
  it('refuses nobody: Teams is asked to come again, and the check says what is wrong', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('no package'), { code: 'ERR_MODULE_NOT_FOUND' }))
    const open = await openDesk({ framework: missing })
    const request = posted(chatActivity(open.teams.serviceUrl), await open.teams.control.authorization())
    expect((await open.channel.routes[0]?.handle(request))?.status).toBe(503)
    expect(await open.channel.check()).toMatchObject({ ok: false, detail: expect.stringContaining('Bot Framework') })
    await open.close()
  })
})

describe('which service may be given our token', () => {
  const settings = { serviceUrl: 'https://smba.trafficmanager.net/teams/' }
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/apac/0b0b/',
    'https://smba.infra.gov.teams.microsoft.us/teams',
  ])('%s', (url) => expect(isTrustedService(url, settings)).toBe(true))
  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example.test/',
    'https://x@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net@evil.example.test/',
    'http://169.254.169.254/',
    'not an address',
  ])('never %s', (url) => expect(isTrustedService(url, settings)).toBe(false))
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/channels/teams/open-file.ts'
import { memoryInMemory } from '../../../src/channels/teams/references.ts'
import type { TeamsSettings } from '../../../src/channels/teams/settings.ts'
import { createTeamsChannel } from '../../../src/channels/teams/teams.ts'
import { type Desk, openDesk, secrets, settingsFor } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const checked = (change: Partial<TeamsSettings>) =>
  createTeamsChannel(settingsFor(desk.teams, change), { memory: memoryInMemory(), timeoutMs: 500 }).check()

describe('the doctor says what is wrong and how to mend it', () => {
  const faults: readonly (readonly [string, Partial<TeamsSettings>, RegExp, RegExp])[] = [
    [
      'another app id',
      { appId: '0a0a0a0a-0000-4000-8000-00000000ffff' },
      /no app with TEAMS_APP_ID/,
      /Application \(client\) ID/,
    ],
    ['another password', { appPassword: 'wrong' }, /TEAMS_APP_PASSWORD is not accepted/, /client secret/],
    [
      'another tenant',
      { tenantId: '0b0b0b0b-0000-4000-8000-00000000ffff' },
      /no tenant TEAMS_TENANT_ID/,
      /Directory \(tenant\) ID/,
    ],
    ['no sign-in to be reached', { loginUrl: 'http://127.0.0.1:9' }, /no connection/, /can be reached/],
    ['no keys to be had', { openIdUrl: 'http://127.0.0.1:9/openid' }, /would be refused/, /can be reached/],
  ]
  it.each(faults)('with %s', async (_name, change, detail, mend) => {
    const result = await checked(change)
    expect(result).toMatchObject({ ok: false })
    expect(result.detail).toMatch(detail)
    expect(result.mend).toMatch(mend)
    expect(JSON.stringify(result)).not.toContain(secrets.appPassword)
  })

  it('and that all is well', async () => expect(await checked({})).toMatchObject({ ok: true }))
})

describe('a file that somebody sent', () => {
  const open = (ref: string) => desk.channel.open?.(ref)

  it('is fetched from the connector', async () => {
    const opened = await open(`${desk.teams.serviceUrl}files/lobby.txt`)
    expect(opened).toMatchObject({ ok: true, contentType: 'text/plain' })
    expect(opened?.ok && opened.bytes.toString()).toBe('a file')
  })

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://evil.example.test/x',
    'https://tenant.sharepoint.com.evil.example.test/x',
    'https://user:pass@tenant.sharepoint.com/x',
    'http://tenant.sharepoint.com/x',
    'file:///etc/passwd',
    'nonsense',
  ])('is never fetched from %s', async (ref) => {
    expect(await open(ref)).toMatchObject({ ok: false, permanent: true })
  })

  it('is not followed elsewhere, not taken when it is too large, and its host sees our token only if it is Teams', async () => {
    const seen: (string | undefined)[] = []
    const store: Server = createServer((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/elsewhere')
        return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(2_000))
    })
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
    const serviceUrl = `http://127.0.0.1:${(store.address() as AddressInfo).port}/`
    const tokens = { current: async () => 'our-token', fresh: async () => 'our-token' }
    const settings = settingsFor(desk.teams, { serviceUrl })
    const limits = { tokens, maxBytes: 1_000, timeoutMs: 500 }
    expect(await openFile(`${serviceUrl}elsewhere`, settings, limits)).toMatchObject({ ok: false, permanent: true })
    expect(await openFile(`${serviceUrl}large`, settings, limits)).toMatchObject({ ok: false, permanent: true })
    expect(await openFile(`${serviceUrl}fits`, settings, { ...limits, maxBytes: 4_000 })).toMatchObject({ ok: true })
    expect(new Set(seen)).toEqual(new Set(['Bearer our-token']))
    store.closeAllConnections()
    store.close()
  })
})

describe('whatever is stored', () => {
  it('is read to one of the endings, and never throws', () => {
    const known = fc.constantFrom(
      'message',
      'messageUpdate',
      'messageDelete',
      'invoke',
      'conversationUpdate',
      'typing',
      'x',
    )
    const part = fc.anything({ maxDepth: 3, withNullPrototype: false })
    const activity = fc.record(
      {
        ...{ type: known, name: part, id: part, text: part, value: part, from: part, recipient: part, timestamp: part },
        ...{
          conversation: part,
          entities: part,
          attachments: part,
          channelData: part,
          replyToId: part,
          textFormat: part,
        },
      },
      { requiredKeys: ['type'] },
    )
    fc.assert(
      fc.property(activity, (payload) => {
        const event = {
          ...({ id: 'teams:t:c:1', source: 'teams', channel: 'teams', kind: 'message', conversation: 'c' } as const),
          ...{ receivedAt: new Date(), payload: JSON.parse(JSON.stringify(payload)) },
        }
        const { type } = desk.channel.read(event)
        expect(['message', 'action', 'thread', 'change', 'suppress', 'quarantine']).toContain(type)
      }),
      { numRuns: 500 },
    )
  })
})

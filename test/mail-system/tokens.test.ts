import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { mail } from '../channels/email/mails.ts'
import { expectBalance } from './balance.ts'
import { type Desk, openDesk, until } from './desk.ts'
import { type MailSystem, startMailSystem, whyNot } from './mail-system.ts'

// Real servers on a machine that does other things too.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const missing = whyNot('dovecot')
if (missing) console.log(`skipped: OAuth2 ${missing}`)

const client = {
  EMAIL_OAUTH_CLIENT_ID: 'desk',
  EMAIL_OAUTH_CLIENT_SECRET: 'client-secret',
  EMAIL_OAUTH_REFRESH_TOKEN: 'refresh-1',
}

describe.skipIf(missing !== undefined)('OAuth2 at a real Dovecot', () => {
  let system: MailSystem
  let authority: Authority
  const desks: Desk[] = []
  beforeAll(async () => {
    authority = await startAuthority()
    system = await startMailSystem({ oauthPort: authority.port })
  }, 120_000)
  afterAll(async () => {
    for (const desk of desks) {
      await expectBalance(desk)
      await desk.close()
    }
    await system?.close()
    await authority?.close()
  })

  const open = async (variables: Record<string, string>) => {
    const url = `imap://cases%40example.test@127.0.0.1:${system.imapPort}/INBOX`
    const desk = await openDesk(system, { variables: { IMAP_URL: url, ...variables } })
    desks.push(desk)
    return desk
  }

  it('reads the mailbox with a token that is fetched, and again with a new one when the old has ended', async () => {
    const desk = await open({ ...client, EMAIL_OAUTH_TOKEN_URL: authority.url })
    await until('listening', async () => desk.channel.mailboxState().detail.includes('listening'), 30_000)
    expect(authority.issued()).toBe(1)
    authority.endAll()
    system.signalImap('SIGKILL')
    await until('a second token', async () => authority.issued() === 2, 30_000)
    await system.deliver(mail({ From: 'mei@example.test' }), 'cases@example.test')
    await until('the mail', async () => (await desk.counts()).received === 1, 30_000)
    await expectBalance(desk)
    await desk.close()
    desks.pop()
  }, 120_000)

  it('stops and says so when the token is refused, and when the client is', async () => {
    const wrongToken = await open({ EMAIL_OAUTH_ACCESS_TOKEN: 'not-a-token' })
    await until('refusal', async () => wrongToken.channel.mailboxState().status === 'refused', 30_000)
    const wrongClient = await open({
      ...client,
      EMAIL_OAUTH_CLIENT_SECRET: 'wrong',
      EMAIL_OAUTH_TOKEN_URL: authority.url,
    })
    await until('refusal', async () => wrongClient.channel.mailboxState().status === 'refused', 30_000)
    expect(wrongClient.troubles.at(-1)).toMatch(/token address refuses our client/)
    expect(JSON.stringify([wrongToken.troubles, wrongClient.troubles])).not.toMatch(/not-a-token|wrong|refresh-1/)
  }, 120_000)
})

type Authority = {
  readonly port: number
  readonly url: string
  issued(): number
  endAll(): void
  close(): Promise<void>
}

/** Hands out tokens, and tells Dovecot which of them are good. */
async function startAuthority(): Promise<Authority> {
  const good = new Set<string>()
  let count = 0
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    response.setHeader('content-type', 'application/json')
    if (request.url?.startsWith('/token')) {
      if (fields.get('client_secret') !== 'client-secret')
        return response.writeHead(401).end('{"error":"invalid_client"}')
      const token = `token-${++count}`
      good.add(token)
      return response.end(JSON.stringify({ access_token: token, expires_in: 3_600 }))
    }
    const active = good.has(fields.get('token') ?? '')
    response.end(JSON.stringify(active ? { active: true, username: 'cases@example.test' } : { active: false }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...{ port, url: `http://127.0.0.1:${port}/token`, issued: () => count, endAll: () => good.clear() },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

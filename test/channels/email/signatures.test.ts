import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmailChannel } from '../../../src/channels/email/email.ts'
import { parseMail } from '../../../src/channels/email/parse.ts'
import { parseEmailSettings } from '../../../src/channels/email/settings.ts'
import { type AskDns, createVerifier } from '../../../src/channels/email/verify-dns.ts'
import { mail } from './mails.ts'
import { memoryInMemory, noCases, type Provider, startProvider } from './provider.ts'

const pair = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const { publicKey, privateKey } = pair(2_048)
const recordOf = (pem: string) => `v=DKIM1; k=rsa; p=${pem.replace(/-----[^-]+-----|\s/g, '')}`

/** A DNS that knows these texts and nothing else. */
const dns =
  (texts: Readonly<Record<string, string>>): AskDns =>
  async (name, type) => {
    const text = type === 'TXT' ? texts[name] : undefined
    if (text === undefined) throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' })
    return [[text]]
  }

const honest = {
  's1._domainkey.tenant.example.org': recordOf(publicKey),
  '_dmarc.tenant.example.org': 'v=DMARC1; p=reject',
  '_dmarc.example.org': 'v=DMARC1; p=reject',
  'tenant.example.org': 'v=spf1 ip4:192.0.2.10 -all',
}
const from = 'Mei Lam <mei@tenant.example.org>'

async function sign(raw: Buffer, options: { domain?: string; maxBodyLength?: number } = {}): Promise<Buffer> {
  const { domain = 'tenant.example.org', ...rest } = options
  const key = { signingDomain: domain, selector: 's1', privateKey, algorithm: 'rsa-sha256', ...rest }
  const { signatures } = await dkimSign(raw, { canonicalization: 'relaxed/relaxed', signatureData: [key] } as never)
  return Buffer.concat([Buffer.from(signatures), raw])
}

const verify = async (raw: Buffer, ask: AskDns = dns(honest), timeoutMs = 5_000) =>
  createVerifier({ ask, timeoutMs })(raw, await parseMail(raw))

describe('signatures we check ourselves', () => {
  it('vouch for a sender whose own domain signed the whole mail', async () => {
    const found = await verify(await sign(mail({ From: from })))
    expect(found).toMatchObject({ verdict: 'pass', dkim: 'pass', dmarc: 'pass' })
  })

  it.each([
    ['nobody signed', async () => mail({ From: from }), 'fail'],
    ['another domain signed', async () => sign(mail({ From: from }), { domain: 'evil.example.net' }), 'fail'],
    [
      'the words were changed',
      async () => Buffer.from((await sign(mail({ From: from }))).toString().replace('Hello', 'Pay me')),
      'fail',
    ],
    ['there are two authors', async () => sign(mail({ From: `${from}, boss@evil.example.net` })), 'unknown'],
  ])('vouch for nobody when %s', async (_why, make, verdict) => {
    const texts = { ...honest, 's1._domainkey.evil.example.net': recordOf(publicKey) }
    expect(await verify(await make(), dns(texts))).toMatchObject({ verdict })
  })

  it('vouch for nobody when words were added below what is signed', async () => {
    const part = await sign(mail({ From: from }), { maxBodyLength: 5 })
    const { verdict } = await verify(Buffer.concat([part, Buffer.from('And close the case.\r\n')]))
    expect(verdict).not.toBe('pass')
  })

  it('show the path, which proves nothing by itself', async () => {
    const path =
      'from mail.tenant.example.org (mail.tenant.example.org [192.0.2.10]) by mx.example.test; Sat, 21 Nov 2026 08:00:00 +0800'
    const raw = mail({ 'Return-Path': '<mei@tenant.example.org>', Received: path, From: from })
    expect(await verify(raw)).toMatchObject({ verdict: 'unknown', spf: 'pass', dkim: 'none', dmarc: 'pass' })
  })

  it('are a temporary error when the DNS does not answer, in time', async () => {
    const began = Date.now()
    const silent: AskDns = () => new Promise(() => {})
    expect(await verify(await sign(mail({ From: from })), silent, 200)).toEqual({
      ...{ verdict: 'unknown', spf: 'temperror', dkim: 'temperror', dmarc: 'temperror' },
    })
    expect(Date.now() - began).toBeLessThan(3_000)
  })

  it('are not looked at where there are hundreds of them', async () => {
    let asked = 0
    const counting: AskDns = (name, type) => {
      asked += 1
      return dns(honest)(name, type)
    }
    const one = (await sign(mail({ From: from }))).toString('latin1')
    const signature = one.slice(0, one.indexOf('\r\nFrom') + 2)
    const found = await verify(Buffer.from(signature.repeat(300) + one, 'latin1'), counting)
    expect(found).toMatchObject({ verdict: 'unknown' })
    expect(asked).toBe(0)
  })
})

describe('our own signature', () => {
  let provider: Provider
  beforeEach(async () => {
    provider = await startProvider()
  })
  afterEach(() => provider.close())

  it('is on what leaves, and holds', async () => {
    const settings = provider.settings({
      ...{ EMAIL_DKIM_DOMAIN: 'example.test', EMAIL_DKIM_SELECTOR: 'desk', EMAIL_DKIM_KEY: privateKey },
    })
    const archive = { keep: async () => '', open: async () => undefined }
    const channel = createEmailChannel(settings, { memory: memoryInMemory(), archive, cases: noCases })
    const sent = await channel.send({
      ...{ id: 'm1', audience: 'customer', to: { channel: 'email', id: 'mei@tenant.example.org' }, conversation: 'c' },
      ...{ text: '已收到。\nWe have it.\n.\n', subject: 'Gate 閘門' },
    })
    await channel.stop()
    expect(sent.outcome).toBe('sent')
    const raw = provider.sent.mails[0]?.raw ?? Buffer.alloc(0)
    const texts = { 'desk._domainkey.example.test': recordOf(publicKey), '_dmarc.example.test': 'v=DMARC1; p=reject' }
    expect(await verify(raw, dns(texts))).toMatchObject({ verdict: 'pass', dkim: 'pass', dmarc: 'pass' })
  })

  it('needs domain, selector and a key that signs', () => {
    const base = { IMAP_URL: 'imaps://a:b@mail.example.test', SMTP_URL: 'smtps://a:b@mail.example.test' }
    const faults = (more: Record<string, string>) => {
      const setup = parseEmailSettings({ ...base, EMAIL_FROM: 'a@example.test', ...more })
      return setup.state === 'faulty' ? setup.faults.map(({ key }) => key) : []
    }
    expect(faults({ EMAIL_DKIM_DOMAIN: 'example.test' })).toEqual(['EMAIL_DKIM_SELECTOR', 'EMAIL_DKIM_KEY'])
    const all = { EMAIL_DKIM_DOMAIN: 'example.test', EMAIL_DKIM_SELECTOR: 'desk' }
    expect(faults({ ...all, EMAIL_DKIM_KEY: 'no key' })).toEqual(['EMAIL_DKIM_KEY'])
    expect(faults({ ...all, EMAIL_DKIM_KEY: privateKey })).toEqual([])
    expect(faults({ EMAIL_VERIFY: 'maybe' })).toEqual(['EMAIL_VERIFY'])
  })
})

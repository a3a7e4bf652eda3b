import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm } from '../../../src/channels/twilio/parse.ts'
import { createVerifier, type FormPair } from '../../../src/channels/twilio/verify.ts'
import { signWebhook } from '../../../src/simulator/twilio/sign.ts'

const sdk: typeof import('twilio/lib/webhooks/webhooks.js') = createRequire(import.meta.url)(
  'twilio/lib/webhooks/webhooks.js',
)

/** The example that Twilio publishes with its description of the signature. */
const PUBLISHED = {
  origin: 'https://mycompany.com',
  path: '/myapp.php?foo=1&bar=2',
  token: '12345',
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  fields: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  },
}

function verify(change: Partial<typeof PUBLISHED> & { tokens?: readonly string[] } = {}): boolean {
  const { origin, path, token, signature, fields, tokens } = { ...PUBLISHED, tokens: undefined, ...change }
  return createVerifier(origin, tokens ?? [token])({ path, pairs: Object.entries(fields), signature })
}

describe('the signature of a webhook', () => {
  it('accepts the example that Twilio publishes', () => {
    expect(verify()).toBe(true)
    expect(signWebhook(PUBLISHED.token, PUBLISHED.origin + PUBLISHED.path, PUBLISHED.fields)).toBe(PUBLISHED.signature)
  })

  it.each<[string, Parameters<typeof verify>[0]]>([
    ['another token', { token: '54321' }],
    ['another path', { path: '/other?foo=1&bar=2' }],
    ['another query', { path: '/myapp.php?foo=1&bar=3' }],
    ['another host', { origin: 'https://mycompany.example' }],
    ['http for https', { origin: 'http://mycompany.com' }],
    ['a changed field', { fields: { ...PUBLISHED.fields, Digits: '1235' } }],
    ['an empty signature', { signature: '' }],
    ['a signature of another length', { signature: `${PUBLISHED.signature}=` }],
    ['a signature that is no base64', { signature: 'ä'.repeat(28) }],
    ['no token at all', { tokens: [] }],
  ])('refuses %s', (_what, change) => {
    expect(verify(change)).toBe(false)
  })

  it('accepts either token during a rotation, and no third one', () => {
    expect(verify({ tokens: ['new', PUBLISHED.token] })).toBe(true)
    expect(verify({ tokens: [PUBLISHED.token, 'new'] })).toBe(true)
    expect(verify({ tokens: ['new', 'newer'] })).toBe(false)
  })

  it('accepts the address with and without its standard port, whichever is configured', () => {
    const signature = signWebhook('12345', `https://mycompany.com:443${PUBLISHED.path}`, PUBLISHED.fields)
    expect(verify({ signature })).toBe(true)
    expect(verify({ origin: 'https://mycompany.com:443' })).toBe(true)
    expect(verify({ origin: 'https://mycompany.com:8443' })).toBe(true)
    expect(verify({ origin: 'https://mycompany.com:8443', signature })).toBe(false)
  })

  it('leaves out the fragment that steers retries', () => {
    expect(verify({ path: `${PUBLISHED.path}#rc=3&rp=all` })).toBe(true)
  })

  it('keeps a path in front of ours', () => {
    const signature = signWebhook('12345', 'https://a.example/desk/webhooks/twilio', { A: '1' })
    expect(
      verify({ origin: 'https://a.example/desk', path: '/webhooks/twilio', fields: { A: '1' } as never, signature }),
    ).toBe(true)
  })
})

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', ' ', '+', '&=', 'é', '😀', '[x]', '__proto__'),
)
const anyToken = fc.string({ minLength: 1, maxLength: 40 })
const anyPath = fc
  .webPath()
  .chain((path) => fc.webQueryParameters().map((query) => `/${path}${query ? `?${query}` : ''}`))

describe('the signature, for any request', () => {
  it('made by the local Twilio is accepted after a trip through a form', () => {
    fc.assert(
      fc.property(anyToken, anyPath, fc.dictionary(anyText, anyText), (token, path, fields) => {
        const signature = signWebhook(token, `https://desk.example.test${path}`, fields)
        const pairs = readForm(new URLSearchParams(fields).toString())
        expect(createVerifier('https://desk.example.test', [token])({ path, pairs, signature })).toBe(true)
        expect(createVerifier('https://desk.example.test', [`${token}x`])({ path, pairs, signature })).toBe(false)
      }),
    )
  })

  it("is judged as Twilio's own package judges it, repeated fields included", () => {
    const anyPairs = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'a', 'Body', 'Ä'), anyText), { maxLength: 8 })
    fc.assert(
      fc.property(anyToken, anyPath, anyPairs, fc.boolean(), (token, path, pairs, genuine) => {
        const url = `https://desk.example.test${path}`
        const params = collect(pairs)
        const signature = genuine ? sdk.getExpectedTwilioSignature(token, url, params) : 'A'.repeat(28)
        const ours = createVerifier('https://desk.example.test', [token])({ path, pairs, signature })
        expect(ours).toBe(sdk.validateRequest(token, signature, url, params))
        expect(ours).toBe(genuine)
      }),
    )
  })
})

/** As body parsers hand repeated fields to the package: a list. */
function collect(pairs: readonly FormPair[]): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = {}
  for (const [name, value] of pairs) {
    const before = params[name]
    params[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return params
}

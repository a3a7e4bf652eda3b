import { describe, expect, it } from 'vitest'
import { classifyFailure, explainCode } from '../../../src/channels/twilio/errors.ts'

describe("Twilio's codes", () => {
  it.each([
    ...[21211, 21610, 21614, 21408, 21617, 30003, 30005, 30006, 63003, 63024].map(
      (code) => [code, 'permanent'] as const,
    ),
    ...[30007, 63016, 63021].map((code) => [code, 'policy'] as const),
    ...[20429, 30001, 30002, 30008, 63018, 20003].map((code) => [code, 'temporary'] as const),
    [12345, 'unknown'],
  ] as const)('%i is %s', (code, expected) => {
    expect(explainCode(code).class).toBe(expected)
    expect(explainCode(code).words).toMatch(/\w+ \w+/)
  })
})

describe('a send that was answered', () => {
  it.each<[string, object, object]>([
    ['an unsubscribed customer', { status: 400, code: 21610 }, { outcome: 'refused', permanent: true, stopped: true }],
    ['what policy forbids', { status: 400, code: 63016 }, { outcome: 'refused', permanent: true }],
    [
      'a code never met: a human must look',
      { status: 400, code: 12345 },
      { outcome: 'refused', permanent: true, reason: expect.stringContaining('12345') },
    ],
    [
      'a refusal without a code',
      { status: 422 },
      { outcome: 'refused', permanent: true, reason: expect.stringContaining('422') },
    ],
    [
      'a throttle with a time',
      { status: 429, code: 20429, retryAfterSeconds: 9 },
      { outcome: 'refused', permanent: false, retryAfterSeconds: 9 },
    ],
    ['a throttle without a time', { status: 429 }, { outcome: 'refused', permanent: false, retryAfterSeconds: 5 }],
    [
      'wrong credentials, which an operator mends',
      { status: 401, code: 20003 },
      { outcome: 'refused', permanent: false, retryAfterSeconds: 60 },
    ],
    ['a forbidden account', { status: 403 }, { outcome: 'refused', permanent: false }],
    ['a fault at Twilio', { status: 500, code: 20500 }, { outcome: 'unknown', reason: expect.stringContaining('500') }],
    ['a gateway that gave up', { status: 504 }, { outcome: 'unknown' }],
    ['a redirect', { status: 302 }, { outcome: 'unknown' }],
  ])('%s', (_what, error, expected) => {
    expect(classifyFailure(error)).toMatchObject(expected)
  })
})

describe('a send that was not answered', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED'])('was never written after %s', (code) => {
    expect(classifyFailure({ code })).toMatchObject({
      outcome: 'refused',
      permanent: false,
      reason: expect.stringContaining(code),
    })
  })

  it('was never written when the connection was not made in time', () => {
    expect(classifyFailure({ code: 'ETIMEDOUT', cause: { syscall: 'connect' } })).toMatchObject({
      outcome: 'refused',
      permanent: false,
    })
  })

  it.each([
    { code: 'ECONNRESET' },
    { code: 'ETIMEDOUT' },
    { code: 'ECONNABORTED' },
    { code: 'EPIPE' },
    new Error('odd'),
    undefined,
    'text',
  ])('may have been sent after %o', (error) => {
    expect(classifyFailure(error).outcome).toBe('unknown')
  })

  it('tells nothing of the request it failed on', () => {
    const error = {
      code: 'ECONNRESET',
      message: 'to +12025550123',
      config: { headers: { Authorization: 'Basic secret' }, data: 'Body=hello' },
    }
    expect(JSON.stringify(classifyFailure(error))).not.toMatch(/12025550123|secret|hello/)
  })
})

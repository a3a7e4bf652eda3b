import { describe, expect, it } from 'vitest'
import { parseTwilioSettings, type TwilioInput } from '../../../src/channels/twilio/settings.ts'
import { ACCOUNT, CONTENT_SID, OURS, PUBLIC_URL } from './desk.ts'

const COMPLETE: TwilioInput = {
  TWILIO_ACCOUNT_SID: ACCOUNT,
  TWILIO_AUTH_TOKEN: 'one',
  publicUrl: `${PUBLIC_URL}/`,
  senders: [{ channel: 'sms', number: OURS }],
  templates: { case_update: { en: CONTENT_SID } },
}

describe('the Twilio settings', () => {
  it('are off when no variable of theirs is set, whatever else is', () => {
    expect(parseTwilioSettings({})).toEqual({ state: 'off' })
    expect(parseTwilioSettings({ ...COMPLETE, TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: undefined })).toEqual({
      state: 'off',
    })
  })

  it('are on when they are complete', () => {
    expect(parseTwilioSettings(COMPLETE)).toEqual({
      state: 'on',
      settings: {
        accountSid: ACCOUNT,
        authTokens: ['one'],
        publicUrl: PUBLIC_URL,
        senders: [{ channel: 'sms', number: OURS }],
        templates: { case_update: { en: CONTENT_SID } },
      },
    })
  })

  it('take a second token during a rotation, and addresses of a double', () => {
    const input = {
      ...COMPLETE,
      TWILIO_AUTH_TOKEN: 'one, two',
      TWILIO_API_URL: 'http://127.0.0.1:4010/',
      TWILIO_CONTENT_URL: 'http://127.0.0.1:4011',
    }
    expect(parseTwilioSettings(input)).toMatchObject({
      settings: { authTokens: ['one', 'two'], apiUrl: 'http://127.0.0.1:4010', contentUrl: 'http://127.0.0.1:4011' },
    })
  })

  it('name everything that is missing, at once', () => {
    const setup = parseTwilioSettings({ TWILIO_API_URL: 'http://127.0.0.1:4010' })
    expect(setup.state === 'faulty' && setup.faults.map((fault) => fault.key)).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'publicUrl',
      'senders',
    ])
  })

  it.each<[string, Partial<Record<keyof TwilioInput, unknown>>]>([
    ['TWILIO_ACCOUNT_SID', { TWILIO_ACCOUNT_SID: 'SK123' }],
    ['TWILIO_AUTH_TOKEN', { TWILIO_AUTH_TOKEN: 'one,two,three' }],
    ['TWILIO_AUTH_TOKEN', { TWILIO_AUTH_TOKEN: 'one,' }],
    ['TWILIO_API_URL', { TWILIO_API_URL: 'ftp://example.test' }],
    ['TWILIO_CONTENT_URL', { TWILIO_CONTENT_URL: 'content' }],
    ['publicUrl', { publicUrl: 'desk.example.test' }],
    ['senders', { senders: [] }],
    ['senders.0.number', { senders: [{ channel: 'sms', number: '2025550100' }] }],
    ['senders.0.channel', { senders: [{ channel: 'pigeon', number: OURS }] }],
    ['templates.case_update.en', { templates: { case_update: { en: 'HX1' } } }],
  ])('say what is wrong with %s', (key, change) => {
    const setup = parseTwilioSettings({ ...COMPLETE, ...change } as TwilioInput)
    expect(setup).toMatchObject({ state: 'faulty', faults: [{ key, message: expect.stringMatching(/must/) }] })
  })

  it('never repeat a secret in a fault', () => {
    const setup = parseTwilioSettings({ ...COMPLETE, TWILIO_AUTH_TOKEN: 'secret-a,secret-b,secret-c' })
    expect(JSON.stringify(setup)).not.toContain('secret')
  })
})

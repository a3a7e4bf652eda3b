import { describe, expect, it } from 'vitest'
import { parseEmailSettings } from '../../../src/channels/email/settings.ts'

const complete = {
  IMAP_URL: 'imaps://cases%40example.test:p%40ss@mail.example.test/Desk%2FIn',
  SMTP_URL: 'smtps://cases%40example.test:p%40ss@mail.example.test:465',
  EMAIL_FROM: 'Security desk <Cases@Example.test>',
}

const faultsOf = (change: Record<string, string | undefined>) => {
  const setup = parseEmailSettings({ ...complete, ...change })
  return setup.state === 'faulty' ? Object.fromEntries(setup.faults.map(({ key, message }) => [key, message])) : {}
}

describe('the settings of e-mail', () => {
  it('are off when nothing is set, also when variables are set to nothing', () => {
    expect(parseEmailSettings({})).toEqual({ state: 'off' })
    expect(parseEmailSettings({ IMAP_URL: '', TWILIO_AUTH_TOKEN: 'x' })).toEqual({ state: 'off' })
  })

  it('read a complete set, with folder, port and escaped characters', () => {
    const setup = parseEmailSettings(complete)
    if (setup.state !== 'on') throw new Error(JSON.stringify(setup))
    expect(setup.settings).toMatchObject({
      mailbox: 'Desk/In',
      desk: { name: 'Security desk', address: 'cases@example.test' },
      imap: {
        host: 'mail.example.test',
        port: 993,
        secure: true,
        user: 'cases@example.test',
        credentials: { password: 'p@ss' },
      },
      smtp: { port: 465, secure: true },
      plusAddresses: true,
    })
  })

  it('name everything that is missing', () => {
    const setup = parseEmailSettings({ EMAIL_FROM: 'cases@example.test' })
    expect(setup).toMatchObject({ state: 'faulty', faults: [{ key: 'IMAP_URL' }, { key: 'SMTP_URL' }] })
  })

  it.each([
    ['IMAP_URL', 'imap://u:p@mail.example.test/INBOX', /this machine only/],
    ['IMAP_URL', 'https://mail.example.test', /must be like imaps/],
    ['IMAP_URL', 'imaps://u@mail.example.test', /no password/],
    ['IMAP_URL', 'imaps://mail.example.test', /must name the user/],
    ['SMTP_URL', 'mail.example.test', /must be like smtps/],
    ['EMAIL_FROM', 'a@example.test, b@example.test', /must be an address/],
    ['EMAIL_FROM', 'x <a@example.test>\r\nBcc: b@example.test', /must be an address/],
    ['EMAIL_COLLEAGUE_DOMAINS', 'not a domain', /must be domains/],
    ['EMAIL_AUTOMATIC_PER_DAY', '0', /at least 1/],
  ])('refuse %s = %s', (key, value, message) => {
    expect(faultsOf({ [key]: value })[key]).toMatch(message)
  })

  it('take plain IMAP on this machine', () => {
    expect(faultsOf({ IMAP_URL: 'imap://u:p@127.0.0.1:31143/INBOX', SMTP_URL: 'smtp://127.0.0.1:31025' })).toEqual({})
  })

  it('want all of OAuth2 or none of it', () => {
    const without = { IMAP_URL: 'imaps://cases%40example.test@mail.example.test' }
    expect(faultsOf({ ...without, EMAIL_OAUTH_CLIENT_ID: 'desk' })).toMatchObject({
      EMAIL_OAUTH_TOKEN_URL: expect.stringMatching(/missing/),
      EMAIL_OAUTH_CLIENT_SECRET: expect.stringMatching(/missing/),
    })
    expect(faultsOf({ ...without, EMAIL_OAUTH_ACCESS_TOKEN: 'token' })).toEqual({})
  })

  it('never repeat a secret in a fault', () => {
    const faults = faultsOf({ IMAP_URL: 'imap://u:very-secret@mail.example.test', SMTP_URL: 'ftp://u:very-secret@x' })
    expect(JSON.stringify(faults)).not.toContain('very-secret')
  })
})

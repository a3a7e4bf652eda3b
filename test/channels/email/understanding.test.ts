import { describe, expect, it } from 'vitest'
import { automaticBecause, looksLikeBounce } from '../../../src/channels/email/automatic.ts'
import { readBounce } from '../../../src/channels/email/bounce.ts'
import { parseMail } from '../../../src/channels/email/parse.ts'
import { readAuthenticity } from '../../../src/channels/email/verify.ts'
import { mail } from './mails.ts'

const desk = 'cases@example.test'
const because = async (headers: Record<string, string>, body?: string) =>
  automaticBecause(await parseMail(mail(headers, body)), desk)

describe('a machine’s mail', () => {
  it.each([
    ['Auto-Submitted', 'auto-replied (vacation)', /Auto-Submitted/],
    ['Return-Path', '<>', /null return path/],
    ['Content-Type', 'multipart/report; report-type=delivery-status; boundary=x', /delivery report/],
    ['From', 'MAILER-DAEMON@mx.example.test', /mail system/],
    ['X-Failed-Recipients', 'a@example.test', /X-Failed-Recipients/],
    ['X-Auto-Response-Suppress', 'All', /asks for no automatic answer/],
    ['Precedence', 'bulk', /bulk/],
    ['List-Id', '<news.example.test>', /mailing list/],
    ['X-Autoreply', 'yes', /X-Autoreply/],
    ['Feedback-Type', 'abuse', /abuse/],
    ['Subject', '自動回覆：大堂燈', /subject/],
    ['Subject', 'Auto reply: your mail', /subject/],
    ['From', 'Cases+cabc@example.test', /our own/],
  ])('is known by %s: %s', async (name, value, reason) => {
    expect(await because({ [name]: value })).toMatch(reason)
  })

  it.each([
    { 'Auto-Submitted': 'no' },
    { Subject: 'Out of order: lift 2' },
    { Subject: 'Delivery of furniture failed' },
    { Subject: 'The postman returned my parcel' },
    { Subject: 'Undelivered parcel at the lobby' },
    { Subject: 'Delivery failed again: courier turned away' },
    { Subject: '外出時單位被搜掠' },
    { Subject: '退件放喺邊度？' },
    { 'Return-Path': '<mei@tenant.example.test>', Importance: 'high' },
  ])('is not seen in a person’s: %o', async (headers) => {
    expect(await because(headers)).toBeUndefined()
  })

  it('that answers for somebody on holiday is no bounce', async () => {
    expect(looksLikeBounce(await parseMail(mail({ 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' })))).toBe(
      false,
    )
  })
})

describe('a delivery report', () => {
  const said = (status: string) => readBounce({ deliveryStatus: `Reporting-MTA: dns; mx\r\n\r\n${status}`, text: '' })

  it.each([
    ['Action: failed\r\nStatus: 5.1.1', 'failed', /no such mailbox/],
    ['Action: failed\r\nStatus: 4.2.2', 'failed', /mailbox is full/],
    ['Action: delayed\r\nStatus: 4.4.1', 'sent', /keeps trying/],
    ['Action: relayed\r\nStatus: 2.1.9', 'sent', /handed on/],
    ['Action: delivered\r\nStatus: 2.0.0', 'delivered', undefined],
    ['Status: 5.0.0', 'failed', /code 5\.0\.0/],
  ])('is judged by its action first: %s', (status, state, reason) => {
    const report = said(status)
    expect(report.state).toBe(state)
    if (reason !== undefined) expect(report.reason).toMatch(reason)
  })

  it('in plain words is understood as failed, or as delayed where it says so', () => {
    expect(readBounce({ subject: 'Mail delivery failed', text: '550 5.1.1 unknown user' })).toMatchObject({
      state: 'failed',
    })
    expect(readBounce({ subject: 'Warning: could not send message for 4 hours', text: '' })).toMatchObject({
      state: 'sent',
    })
  })
})

describe('who vouches for a sender', () => {
  const verdict = async (results: readonly string[], from = 'mei@tenant.example.test') => {
    const lines = results.map((value) => `Authentication-Results: ${value}\r\n`).join('')
    const raw = Buffer.concat([Buffer.from(lines), mail({ From: from })])
    return readAuthenticity(await parseMail(raw), 'mx.example.test')
  }

  it.each([
    ['dmarc=pass header.from=tenant.example.test', 'pass'],
    ['dmarc=fail (p=reject) header.from=tenant.example.test; dkim=pass header.d=tenant.example.test', 'fail'],
    ['dkim=pass header.d=tenant.example.test', 'pass'],
    ['dkim=pass header.d=evil.example.test', 'unknown'],
    ['spf=pass smtp.mailfrom=x@tenant.example.test', 'pass'],
    ['spf=pass smtp.mailfrom=x@evil.example.test', 'unknown'],
    ['dmarc=pass header.from=evil.example.test', 'unknown'],
    ['dkim=fail (dmarc=pass header.from=tenant.example.test)', 'unknown'],
    ['none', 'unknown'],
  ])('is told by our own exchanger: %s', async (results, expected) => {
    expect((await verdict([`mx.example.test; ${results}`])).verdict).toBe(expected)
  })

  it('is not told by anybody else, and a forged one below ours does not count', async () => {
    expect((await verdict(['mx.evil.test; dmarc=pass'])).verdict).toBe('unknown')
    expect((await verdict(['mx.example.test; dmarc=fail', 'mx.example.test; dmarc=pass'])).verdict).toBe('fail')
  })
})

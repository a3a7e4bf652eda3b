import { afterEach, describe, expect, it } from 'vitest'
import { createTwilioChannel } from '../../../src/channels/twilio/twilio.ts'
import type { LocalMessage } from '../../../src/simulator/twilio/message-book.ts'
import { type Desk, OURS, openDesk, SETTINGS, THEIRS, text } from './desk.ts'

let desk: Desk
afterEach(() => desk?.close())

const toWhatsApp = { to: { channel: 'whatsapp', id: THEIRS } } as const
const PAIR = { from: THEIRS, to: OURS }

function sentMessages(): readonly LocalMessage[] {
  return desk.local.messages().filter((message) => message.direction === 'outbound-api')
}

describe('sending a text', () => {
  it('reaches the phone, and its reports come back under our id', async () => {
    desk = await openDesk()
    const result = await desk.channel.send(text({ id: 'out-7' }))
    await desk.local.settled()
    const [shown] = desk.local.messagesOf(THEIRS)
    expect(shown).toMatchObject({ body: 'An officer is on the way', status: 'delivered' })
    expect(result).toEqual({ outcome: 'sent', providerId: shown?.sid })
    expect(desk.readings()).toMatchObject(
      ['sent', 'delivered'].map((state) => ({
        type: 'report',
        report: { state, messageId: 'out-7', providerId: shown?.sid },
      })),
    )
  })

  it('over WhatsApp is also reported as read', async () => {
    desk = await openDesk()
    await desk.local.textFrom({ channel: 'whatsapp', ...PAIR, body: 'Hello' })
    await desk.channel.send(text(toWhatsApp))
    await desk.local.settled()
    expect(desk.readings().at(-1)).toMatchObject({ type: 'report', report: { state: 'read' } })
  })

  it('to a phone that is switched off is reported as failed, in words', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'undeliverable', code: 30003 })
    await desk.channel.send(text())
    await desk.local.settled()
    expect(desk.readings().at(-1)).toMatchObject({
      report: { state: 'failed', permanent: true, reason: expect.stringContaining('switched off') },
    })
  })
})

describe('the WhatsApp window', () => {
  it('closed: free text is taken and fails later, a template passes', async () => {
    desk = await openDesk()
    await desk.local.textFrom({ channel: 'whatsapp', ...PAIR, body: 'Hello' })
    desk.local.advance(24 * 3_600_000 + 1000)
    expect(await desk.channel.send(text({ ...toWhatsApp, id: 'late' }))).toMatchObject({ outcome: 'sent' })
    await desk.local.settled()
    expect(desk.readings().at(-1)).toMatchObject({
      report: { messageId: 'late', state: 'failed', reason: expect.stringContaining('24 hours') },
    })
    const template = { name: 'case_update', language: 'en', variables: ['GH-2026-000001', 'us'] } as const
    await desk.channel.send(text({ ...toWhatsApp, text: '', template }))
    await desk.local.settled()
    expect(desk.local.messagesOf(THEIRS).at(-1)).toMatchObject({
      body: 'Case GH-2026-000001: please reply to us.',
      status: 'read',
    })
  })
})

describe('a customer who sent STOP', () => {
  it('gets nothing more by SMS from that number until START', async () => {
    desk = await openDesk()
    await desk.local.textFrom({ channel: 'sms', ...PAIR, body: ' stop ' })
    expect(await desk.channel.send(text())).toMatchObject({
      outcome: 'refused',
      permanent: true,
      reason: expect.stringContaining('STOP'),
    })
    await desk.local.textFrom({ channel: 'sms', ...PAIR, body: 'START' })
    expect(await desk.channel.send(text())).toMatchObject({ outcome: 'sent' })
  })
})

describe('provider trouble', () => {
  it('slow: the answer is waited for', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'slow', milliseconds: 100 })
    expect(await desk.channel.send(text())).toMatchObject({ outcome: 'sent' })
  })

  it('429: try again after as long as Twilio asks, and only when told', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'throttled', retryAfterSeconds: 11 })
    expect(await desk.channel.send(text())).toMatchObject({
      outcome: 'refused',
      permanent: false,
      retryAfterSeconds: 11,
    })
    expect(sentMessages()).toHaveLength(0)
  })

  it.each(['silent', 'reset'] as const)('taken, then %s: unknown, and then found', async (kind) => {
    desk = await openDesk()
    const attemptedAt = new Date()
    await desk.local.startTrouble({ kind }, 1)
    const message = text({ text: `only once, ${kind}` })
    expect(await desk.channel.send(message)).toMatchObject({ outcome: 'unknown' })
    expect(await desk.channel.find(message, attemptedAt)).toEqual({
      outcome: 'found',
      providerId: sentMessages()[0]?.sid,
    })
    expect(sentMessages()).toHaveLength(1)
  })

  it('500: unknown; too soon it stays unknown, later it is absent', async () => {
    desk = await openDesk()
    await desk.local.startTrouble({ kind: 'failing' }, 1)
    expect(await desk.channel.send(text())).toMatchObject({ outcome: 'unknown' })
    expect(await desk.channel.find(text(), new Date())).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('too soon'),
    })
    expect(await desk.channel.find(text(), new Date(Date.now() - 20_000))).toEqual({ outcome: 'absent' })
  })

  it('wrong credentials are temporary: an operator mends them and the message leaves', async () => {
    desk = await openDesk()
    const stranger = createTwilioChannel({ ...desk.settings, authTokens: ['wrong'] })
    expect(await stranger.send(text())).toMatchObject({ outcome: 'refused', permanent: false })
  })

  it('a host without an override is never called: nothing leaks to the internet', async () => {
    desk = await openDesk()
    const { apiUrl: _apiUrl, ...rest } = desk.settings
    expect(await createTwilioChannel(rest).send(text())).toMatchObject({
      outcome: 'refused',
      permanent: false,
      reason: expect.stringContaining('UNMAPPED'),
    })
  })
})

describe('finding a lost message', () => {
  const longAgo = () => new Date(Date.now() - 60_000)

  it('needs the exact text, sender, recipient and time', async () => {
    desk = await openDesk()
    await desk.channel.send(text({ text: 'An officer is on the way.' }))
    await desk.channel.send(text({ to: { channel: 'sms', id: '+12025550124' } }))
    expect(await desk.channel.find(text(), longAgo())).toEqual({ outcome: 'absent' })
    await desk.channel.send(text())
    expect(await desk.channel.find(text(), longAgo())).toMatchObject({ outcome: 'found' })
    expect(await desk.channel.find(text(), new Date(Date.now() + 30_000))).not.toMatchObject({ outcome: 'found' })
  })

  it('does not choose between two that look the same', async () => {
    desk = await openDesk()
    await desk.channel.send(text())
    await desk.channel.send(text())
    expect(await desk.channel.find(text(), longAgo())).toMatchObject({ outcome: 'unknown' })
  })

  it('does not guess at templates, whose text is not ours', async () => {
    desk = await openDesk()
    const message = text({ ...toWhatsApp, template: { name: 'case_update', language: 'en', variables: ['1', '2'] } })
    expect(await desk.channel.find(message, longAgo())).toEqual({ outcome: 'absent' })
    await desk.channel.send(message)
    expect(await desk.channel.find(message, longAgo())).toMatchObject({ outcome: 'unknown' })
  })
})

describe('the check', () => {
  it('also looks for each template and says where to mend it', async () => {
    desk = await openDesk()
    const templates = { case_update: { en: `HX${'b'.repeat(32)}` } }
    const result = await createTwilioChannel({ ...desk.settings, templates }).check()
    expect(result).toMatchObject({
      ok: false,
      detail: expect.stringContaining('case_update in en'),
      mend: expect.stringContaining('Content Template Builder'),
    })
  })

  it('knows Twilio itself by default', () => {
    expect(createTwilioChannel(SETTINGS).routes.map((route) => route.path)).toEqual([
      '/webhooks/twilio',
      '/webhooks/twilio/status',
    ])
  })
})

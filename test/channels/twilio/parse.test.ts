import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, readEvent, readForm, toRawEvent } from '../../../src/channels/twilio/parse.ts'
import type { RawEvent, Reading } from '../../../src/core/channel.ts'
import type { InboundMessage } from '../../../src/core/message.ts'
import { ACCOUNT, OURS, SETTINGS, THEIRS } from './desk.ts'

const RECEIVED_AT = new Date('2026-03-02T04:05:06.000Z')
const SID = `SM${'1'.repeat(32)}`
const SMS = {
  AccountSid: ACCOUNT,
  MessageSid: SID,
  From: THEIRS,
  To: OURS,
  Body: 'Hello',
  NumMedia: '0',
  SmsStatus: 'received',
}
const WHATSAPP = {
  ...SMS,
  From: `whatsapp:${THEIRS}`,
  To: `whatsapp:${OURS}`,
  ProfileName: 'Chan Tai Man',
  WaId: '12025550123',
}
const REPORT = { AccountSid: ACCOUNT, MessageSid: SID, MessageStatus: 'delivered', From: OURS, To: THEIRS }

function eventOf(fields: Record<string, string>, url = '/webhooks/twilio'): RawEvent {
  const form = new URLSearchParams(fields).toString()
  return toRawEvent({ url, form }, fieldsOf(readForm(form)), RECEIVED_AT)
}

function read(fields: Record<string, string>, url?: string): Reading {
  return readEvent(eventOf(fields, url), SETTINGS.senders)
}

function readMessage(fields: Record<string, string>): InboundMessage {
  const reading = read(fields)
  if (reading.type !== 'message') throw new Error(`read as ${JSON.stringify(reading)}`)
  return reading.message
}

describe('an event', () => {
  it('is named by account and message, and a report also by its status', () => {
    expect(eventOf(SMS)).toMatchObject({
      id: `twilio:${ACCOUNT}:${SID}`,
      channel: 'sms',
      kind: 'message',
      source: 'twilio',
    })
    expect(eventOf(WHATSAPP)).toMatchObject({ channel: 'whatsapp', conversation: `whatsapp:${OURS}:${THEIRS}` })
    expect(eventOf(REPORT)).toMatchObject({ id: `twilio:${ACCOUNT}:${SID}:delivered`, kind: 'report' })
  })

  it('belongs to one conversation, whoever writes', () => {
    expect(eventOf(SMS).conversation).toBe(`sms:${OURS}:${THEIRS}`)
    expect(eventOf(REPORT).conversation).toBe(eventOf(SMS).conversation)
  })

  it('of an unknown kind is stored under a name of its own and quarantined when read', () => {
    const call = { AccountSid: ACCOUNT, CallSid: `CA${'2'.repeat(32)}`, From: THEIRS, To: OURS, CallStatus: 'ringing' }
    expect(eventOf(call).id).toMatch(new RegExp(`^twilio:${ACCOUNT}:unknown:[0-9a-f]{32}$`))
    expect(eventOf(call).id).toBe(eventOf(call).id)
    expect(eventOf(call).id).not.toBe(eventOf({ ...call, CallStatus: 'completed' }).id)
    expect(read(call).type).toBe('quarantine')
  })

  it('keeps the request as it came, so that it can be read again', () => {
    expect(eventOf({ ...SMS, 'ChannelMetadata[x]': '1' }).payload).toEqual({
      url: '/webhooks/twilio',
      form: expect.stringContaining('ChannelMetadata%5Bx%5D=1'),
    })
  })
})

describe('a text message', () => {
  it('is read whole', () => {
    expect(readMessage(WHATSAPP)).toEqual({
      id: `twilio:${SID}`,
      from: { channel: 'whatsapp', id: THEIRS },
      to: { channel: 'whatsapp', id: OURS },
      conversation: `whatsapp:${OURS}:${THEIRS}`,
      text: 'Hello',
      profileName: 'Chan Tai Man',
      attachments: [],
      automatic: false,
      sentAt: RECEIVED_AT,
    })
  })

  it.each([
    ['emoji, flags and joined emoji', 'Leak 😀 🇭🇰 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'Leak 😀 🇭🇰 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['Chinese', '大堂冇燈，好黑。', '大堂冇燈，好黑。'],
    ['Arabic, which reads from the right', 'المصعد معطل', 'المصعد معطل'],
    ['direction overrides', 'pay \u202Emoc.knab\u202C now \u2066x\u2069', 'pay moc.knab now x'],
    ['control characters', 'a\u0000b\u0007c\u001B[31md\u007Fe\u009Bf', 'abc[31mdef'],
    ['line ends of every kind', 'a\r\nb\rc\u2028d\te', 'a\nb\nc\nd\te'],
    [
      'what looks like markup',
      '<!channel> <@U1> <http://evil|bank> &amp;',
      '<!channel> <@U1> <http://evil|bank> &amp;',
    ],
    ['spaces at both ends', '  hi  ', '  hi  '],
    ['nothing at all', '', ''],
  ])('keeps the words and drops what deceives: %s', (_what, body, expected) => {
    expect(readMessage({ ...SMS, Body: body }).text).toBe(expected)
  })

  it('of 10,000 characters is kept whole', () => {
    expect(readMessage({ ...SMS, Body: '字'.repeat(10_000) }).text).toHaveLength(10_000)
  })

  it('shows a profile name on one line, at most 120 characters long', () => {
    expect(readMessage({ ...WHATSAPP, ProfileName: ' Chan\n\u202ETai\u0000 Man ' }).profileName).toBe('Chan Tai Man')
    expect(readMessage({ ...WHATSAPP, ProfileName: '名'.repeat(500) }).profileName).toHaveLength(120)
    expect(readMessage({ ...WHATSAPP, ProfileName: '' })).not.toHaveProperty('profileName')
  })

  it('from one of our own numbers is automatic, so that two desks never talk to each other', () => {
    expect(readMessage({ ...SMS, From: OURS, To: '+12025550199' }).automatic).toBe(true)
  })

  it('comes from short codes and named senders too', () => {
    expect(readMessage({ ...SMS, From: '72345' }).from).toEqual({ channel: 'sms', id: '72345' })
    expect(readMessage({ ...SMS, From: 'MYBANK' }).from).toEqual({ channel: 'sms', id: 'MYBANK' })
  })

  it('carries the keyword that Twilio recognised', () => {
    expect(readMessage({ ...SMS, Body: 'ARRET', OptOutType: 'STOP' }).consent).toBe('stop')
    expect(readMessage({ ...SMS, OptOutType: 'START' }).consent).toBe('start')
    expect(readMessage({ ...SMS, OptOutType: 'NEW' })).not.toHaveProperty('consent')
  })
})

describe('what comes with a message', () => {
  it('media without words are attachments', () => {
    const fields = {
      ...SMS,
      Body: '',
      NumMedia: '2',
      MediaUrl0: 'https://api.twilio.com/m/0',
      MediaContentType0: 'image/jpeg',
      MediaUrl1: 'https://api.twilio.com/m/1',
      MediaContentType1: '',
    }
    expect(readMessage(fields)).toMatchObject({
      text: '',
      attachments: [
        { name: 'attachment-1.jpeg', contentType: 'image/jpeg', sizeBytes: 0, ref: 'https://api.twilio.com/m/0' },
        { name: 'attachment-2.bin', contentType: 'application/octet-stream', ref: 'https://api.twilio.com/m/1' },
      ],
    })
  })

  it.each(['-1', 'many', '', '999999999', '3'])('a count of media that is wrong (%s) does no harm', (NumMedia) => {
    expect(readMessage({ ...SMS, NumMedia }).attachments).toEqual([])
  })

  it('a pressed button is an action, its label the text', () => {
    const pressed = { ...WHATSAPP, Body: 'Yes, please', ButtonText: 'Yes, please', ButtonPayload: 'agent' }
    expect(readMessage(pressed)).toMatchObject({ action: 'agent', text: 'Yes, please' })
    expect(readMessage({ ...pressed, Body: '' }).text).toBe('Yes, please')
  })

  it('an answered message is named as Twilio named it to us', () => {
    expect(readMessage({ ...WHATSAPP, OriginalRepliedMessageSid: 'SM9' }).inReplyTo).toBe('SM9')
  })

  it('a place becomes a line of text', () => {
    const place = {
      ...WHATSAPP,
      Body: '',
      Latitude: '22.2819',
      Longitude: '114.1582',
      Label: 'Tower\n2',
      Address: '1 Harbour Road',
    }
    expect(readMessage(place).text).toBe('Location: 22.2819, 114.1582 · Tower 2 · 1 Harbour Road')
    expect(readMessage({ ...place, Body: 'Here' }).text).toMatch(/^Here\nLocation: /)
    expect(readMessage({ ...place, Latitude: 'north', Body: 'Here' }).text).toBe('Here')
  })

  it.each([
    ['believed', 'Mon, 02 Mar 2026 04:05:00 +0000', '2026-03-02T04:05:00.000Z'],
    ['not believed when it lies ahead', '2026-03-02T05:00:00Z', RECEIVED_AT.toISOString()],
    ['not believed when it is weeks old', '2026-01-01T00:00:00Z', RECEIVED_AT.toISOString()],
    ['not believed when it is no date', 'yesterday', RECEIVED_AT.toISOString()],
  ])("the provider's time is %s", (_what, DateSent, expected) => {
    expect(readMessage({ ...SMS, DateSent }).sentAt.toISOString()).toBe(expected)
  })
})

describe('a report', () => {
  it.each([
    ['accepted', 'accepted'],
    ['queued', 'accepted'],
    ['sending', 'accepted'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('%s means %s', (MessageStatus, state) => {
    expect(read({ ...REPORT, MessageStatus })).toMatchObject({
      type: 'report',
      report: { state, providerId: SID, at: RECEIVED_AT },
    })
  })

  it('brings our own id back', () => {
    expect(read(REPORT, '/webhooks/twilio/status?m=out%2F7%20%C3%A4')).toMatchObject({
      report: { messageId: 'out/7 ä' },
    })
    expect(read(REPORT)).not.toHaveProperty('report.messageId')
  })

  it('says in words why it failed, and whether for good', () => {
    const failed = { ...REPORT, MessageStatus: 'undelivered' }
    expect(read({ ...failed, ErrorCode: '30003' })).toMatchObject({
      report: { permanent: true, reason: expect.stringContaining('switched off') },
    })
    expect(read({ ...failed, ErrorCode: '63016' })).toMatchObject({
      report: { permanent: true, reason: expect.stringContaining('24 hours') },
    })
    expect(read({ ...failed, ErrorCode: '30008' })).toMatchObject({ report: { permanent: false } })
    expect(read({ ...failed, ErrorCode: '21610' })).toMatchObject({ report: { permanent: true, stopped: true } })
    expect(read({ ...failed, ErrorCode: '30008' })).not.toHaveProperty('report.stopped')
    expect(read({ ...failed, ErrorCode: '99999' })).toMatchObject({
      report: { reason: expect.stringContaining('99999') },
    })
    expect(read({ ...failed, ErrorCode: '99999' })).not.toHaveProperty('report.permanent')
    expect(read(failed)).toMatchObject({ report: { reason: expect.stringContaining('no reason') } })
  })

  it('of a status we do not know is quarantined', () => {
    expect(read({ ...REPORT, MessageStatus: 'flying' }).type).toBe('quarantine')
  })

  it('is a report whichever route it came by, and a message is a message', () => {
    expect(eventOf(REPORT, '/webhooks/twilio').kind).toBe('report')
    expect(eventOf(SMS, '/webhooks/twilio/status').kind).toBe('message')
  })
})

describe('what cannot be understood', () => {
  it.each<[string, Record<string, string>]>([
    ['no sender', { ...SMS, From: '' }],
    ['no recipient', { ...SMS, To: ' ' }],
    ['two channels at once', { ...SMS, From: `whatsapp:${THEIRS}` }],
    ['a channel we do not know', { ...SMS, From: `rcs:${THEIRS}`, To: `rcs:${OURS}` }],
    ['an identifier that is none', { ...SMS, MessageSid: '../../etc' }],
    ['nothing', {}],
  ])('is quarantined: %s', (_what, fields) => {
    expect(read(fields).type).toBe('quarantine')
  })

  it('never throws, whatever the fields are', () => {
    const names = fc.oneof(
      fc.constantFrom(
        ...Object.keys(WHATSAPP),
        'MessageStatus',
        'ErrorCode',
        'MediaUrl0',
        'Latitude',
        'DateSent',
        '__proto__',
      ),
      fc.string(),
    )
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'whatsapp:', ':', '10', THEIRS, OURS, SID),
    )
    fc.assert(
      fc.property(fc.dictionary(names, values), fc.string(), (fields, url) => {
        const event = eventOf(fields, url)
        expect(JSON.parse(JSON.stringify(event.payload))).toEqual(event.payload)
        const reading = readEvent(event, SETTINGS.senders)
        expect(['message', 'report', 'quarantine']).toContain(reading.type)
        if (reading.type === 'message') expect(reading.message.text).not.toMatch(/[^\P{Cc}\n\t]/u)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever was stored', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        expect(readEvent({ ...eventOf(SMS), payload }, []).type).toBe('quarantine')
      }),
    )
  })
})

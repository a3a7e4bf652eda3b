import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMessage } from '../../../src/channels/twilio/render.ts'
import { countSegments, smsWords } from '../../../src/channels/twilio/segments.ts'
import { splitText } from '../../../src/channels/twilio/text.ts'
import { CONTENT_SID, OURS, PUBLIC_URL, SETTINGS, THEIRS, text } from './desk.ts'

describe('a message for Twilio', () => {
  it('goes from our number to theirs and asks for reports under our id', () => {
    expect(renderMessage(text({ id: 'out/7 ä' }), SETTINGS)).toEqual({
      ok: true,
      params: {
        from: OURS,
        to: THEIRS,
        body: 'An officer is on the way',
        statusCallback: `${PUBLIC_URL}/webhooks/twilio/status?m=out%2F7%20%C3%A4`,
      },
    })
  })

  it('carries the WhatsApp prefix at both ends or at none', () => {
    const rendered = renderMessage(text({ to: { channel: 'whatsapp', id: THEIRS } }), SETTINGS)
    expect(rendered).toMatchObject({ params: { from: `whatsapp:${OURS}`, to: `whatsapp:${THEIRS}` } })
  })

  it('offers choices as numbered lines', () => {
    const options = [
      { id: 'yes', label: 'Yes, solved' },
      { id: 'agent', label: 'Speak to a person' },
    ]
    expect(renderMessage(text({ options }), SETTINGS)).toMatchObject({
      params: { body: 'An officer is on the way\n1. Yes, solved\n2. Speak to a person' },
    })
  })

  it('uses a template without any body, its values as JSON on one line each', () => {
    const template = {
      name: 'case_update',
      language: 'en',
      variables: ['GH-2026-000001', ' two\n lines ', ''],
    } as const
    const rendered = renderMessage(text({ to: { channel: 'whatsapp', id: THEIRS }, template }), SETTINGS)
    expect(rendered).toMatchObject({
      params: { contentSid: CONTENT_SID, contentVariables: '{"1":"GH-2026-000001","2":"two lines","3":"-"}' },
    })
    expect(rendered).not.toHaveProperty('params.body')
  })

  it.each<[string, Parameters<typeof text>[0], RegExp]>([
    ['another channel', { to: { channel: 'slack', id: 'U1' } }, /does not carry slack/],
    ['mixed channels', { from: { channel: 'whatsapp', id: OURS } }, /not on the same channel/],
    ['a number that is none', { to: { channel: 'sms', id: '2025550123' } }, /international form/],
    ['no words', { text: ' ' }, /no text/],
    ['too many words', { text: 'x'.repeat(1601) }, /1600/],
    [
      'too many words with the choices',
      { text: 'x'.repeat(1590), options: [{ id: 'a', label: 'y'.repeat(20) }] },
      /1600/,
    ],
    [
      'a template we do not have',
      { template: { name: 'other', language: 'en', variables: [] } },
      /template other in en/,
    ],
    [
      'a template in a language we do not have',
      { template: { name: 'case_update', language: 'zh-HK', variables: [] } },
      /zh-HK/,
    ],
  ])('is refused in words, without the number: %s', (_what, change, reason) => {
    const rendered = renderMessage(text(change), SETTINGS)
    expect(rendered).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
    expect(JSON.stringify(rendered)).not.toContain('2025550')
  })

  it('needs a sender of its own channel', () => {
    const senders = SETTINGS.senders.filter((sender) => sender.channel === 'sms')
    expect(renderMessage(text({ to: { channel: 'whatsapp', id: THEIRS } }), { ...SETTINGS, senders })).toMatchObject({
      ok: false,
    })
  })
})

describe('a long text', () => {
  it('is cut between paragraphs, sentences or words', () => {
    expect(splitText('First paragraph.\n\nSecond one here.', 20)).toEqual(['First paragraph.', 'Second one here.'])
    expect(splitText('One sentence. Two more words', 18)).toEqual(['One sentence.', 'Two more words'])
    expect(splitText('第一句很長很長。第二句也一樣。', 10)).toEqual(['第一句很長很長。', '第二句也一樣。'])
    expect(splitText('no sentence here at all', 12)).toEqual(['no sentence', 'here at all'])
    expect(splitText('  short  ', 1600)).toEqual(['short'])
    expect(splitText('', 10)).toEqual([])
  })

  it('never breaks a character that people see as one', () => {
    expect(splitText('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 12)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧', '👨‍👩‍👧'])
  })

  it('loses nothing but the spaces at the cuts, whatever it says', () => {
    const anyText = fc.string({
      unit: fc.oneof(
        fc.constantFrom(' ', '\n', '. ', '。', '😀', '👨‍👩‍👧', 'e\u0301'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
      maxLength: 400,
    })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 60 }), (whole, limit) => {
        const parts = splitText(whole, limit)
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit)
          expect(part).not.toBe('')
          expect(Buffer.from(part).toString()).toBe(part)
        }
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
      }),
      { numRuns: 500 },
    )
  })
})

describe('segments', () => {
  it.each([
    ['x'.repeat(160), 1, 'GSM-7'],
    ['x'.repeat(161), 2, 'GSM-7'],
    ['€'.repeat(81), 2, 'GSM-7'],
    [`${'x'.repeat(70)}😀`, 2, 'UCS-2'],
    ['字'.repeat(70), 1, 'UCS-2'],
    ['字'.repeat(71), 2, 'UCS-2'],
  ])('are counted as Twilio bills them (%#)', (body, segments, encoding) => {
    expect(countSegments(body)).toEqual({ segments, encoding })
  })

  it('are told to staff before they send', () => {
    expect(smsWords('We are on our way.')).toBe('1 SMS')
    expect(smsWords(`We’re on our way. ${'x'.repeat(60)}`)).toBe('2 SMS in Unicode, for letters outside the plain set')
  })
})

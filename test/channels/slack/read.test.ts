import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeBody, isEcho, toRawEvent } from '../../../src/channels/slack/parse.ts'
import { readEvent } from '../../../src/channels/slack/read-event.ts'
import type { Reading } from '../../../src/core/channel.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'

const at = new Date('2026-07-01T08:00:00Z')
const event = (body: Record<string, unknown>) => toRawEvent(body, at)
const read = (body: Record<string, unknown>): Reading => readEvent(event(body), commandWords)

function said(change: Record<string, unknown> = {}, outside: Record<string, unknown> = {}) {
  const inner = { type: 'message', channel: 'C1', user: 'U1', ts: '1763700000.000100', text: 'hello', ...change }
  return {
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: 'Ev1',
    token: 'verification',
    event: inner,
    ...outside,
  }
}

describe('the identity of an event', () => {
  it('is team, channel and time for a message, so that a mention and its message are one', () => {
    const asMessage = event(said())
    const asMention = event(said({ type: 'app_mention' }, { event_id: 'Ev2' }))
    expect(asMessage.id).toBe('slack:T1:C1:1763700000.000100')
    expect(asMention.id).toBe(asMessage.id)
    expect(asMention).toMatchObject({ kind: 'message', channel: 'slack', source: 'slack' })
  })

  it('is the event id for an edit, which has its message’s place but is not that message', () => {
    const edited = {
      ...{ subtype: 'message_changed', ts: '1763700009.000100' },
      message: { ts: '1763700000.000100', user: 'U1', text: 'hullo' },
      previous_message: { ts: '1763700000.000100', user: 'U1', text: 'hello' },
    }
    expect(event(said(edited)).id).toBe('slack:T1:Ev1')
    expect(event(said(edited)).conversation).toBe(event(said()).conversation)
    expect(read(said(edited))).toMatchObject({
      type: 'change',
      change: { messageId: event(said()).id, from: { channel: 'slack', id: 'U1' }, text: 'hullo' },
    })
    const preview = { ...edited, message: edited.previous_message }
    expect(read(said(preview))).toMatchObject({ type: 'suppress', reason: expect.stringContaining('same') })
  })

  it('is that of the original for a deletion, which says no new words', () => {
    const gone = {
      subtype: 'message_deleted',
      previous_message: { ts: '1763700000.000100', user: 'U1', text: 'hello' },
    }
    const reading = read(said(gone))
    expect(reading).toMatchObject({ type: 'change', change: { messageId: event(said()).id } })
    expect(reading).not.toHaveProperty('change.text')
  })

  it('is the workspace of the app where a channel is shared with another', () => {
    expect(event(said({}, { context_team_id: 'T2' })).id).toMatch(/^slack:T2:/)
  })

  it('tells a corrected form from the same form sent twice', () => {
    const submission = (text: string) => ({
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1' },
      trigger_id: String(Math.random()),
      view: {
        id: 'V1',
        hash: 'h',
        callback_id: 'form:note',
        private_metadata: '{}',
        state: { values: { text: { text: { value: text } } } },
      },
    })
    expect(event(submission('one')).id).toBe(event(submission('one')).id)
    expect(event(submission('one')).id).not.toBe(event(submission('two')).id)
  })

  it('keeps a direct message, and every thread of a channel, as one conversation', () => {
    expect(event(said({ channel: 'D1', channel_type: 'im' })).conversation).toBe('slack:T1:D1')
    expect(event(said()).conversation).toBe('slack:T1:C1:1763700000.000100')
    expect(event(said({ ts: '1763700009.1', thread_ts: '1763700000.000100' })).conversation).toBe(
      'slack:T1:C1:1763700000.000100',
    )
  })
})

describe('reading', () => {
  it.each([
    [{ subtype: 'bot_message', bot_id: 'B1' }, 'written by a bot'],
    [{ bot_id: 'B1' }, 'written by a bot'],
    [{ bot_id: 'B1', app_id: 'A1' }, 'our own message'],
    [{ subtype: 'channel_join' }, 'about the channel'],
    [{ subtype: 'channel_topic' }, 'about the channel'],
    [{ subtype: 'message_deleted' }, 'whose words'],
    [{ user: 'USLACKBOT' }, 'Slackbot'],
    [{}, 'not in a case thread'],
  ])('suppresses %j by name: %s', (change, reason) => {
    expect(read(said(change))).toEqual({ type: 'suppress', reason: expect.stringContaining(reason) })
  })

  it.each([
    [said({ subtype: 'hologram' }), 'message subtype "hologram"'],
    [said({ subtype: '<!channel> '.repeat(50) }), 'without a readable name'],
    [said({ user: undefined }), 'author'],
    [said({ type: 'Not A Type' }), 'readable type'],
    [{ type: 'brand_new' }, '"brand_new"'],
    [{ type: 'block_actions', actions: [] }, 'press'],
    [
      { type: 'view_submission', user: { id: 'U1' }, view: { callback_id: 'x', private_metadata: '', state: {} } },
      'form',
    ],
    [{ command: '/gatehouse' }, 'command'],
  ])('quarantines what it does not know: %#', (body, reason) => {
    expect(read(body)).toEqual({ type: 'quarantine', reason: expect.stringContaining(reason) })
  })

  it('reads a reply in a direct message as a message with its root, not as a note', () => {
    const reply = said({ channel: 'D1', channel_type: 'im', thread_ts: '1763600000.1', text: '' })
    expect(read(reply)).toMatchObject({ type: 'message', message: { text: '', inReplyTo: 'D1:1763600000.1' } })
  })

  it('strips characters that nobody can see', () => {
    const heard = read(said({ channel: 'D1', text: 'a\u0000b\u202ec\r\nd' }))
    expect(heard).toMatchObject({ message: { text: 'abc\nd' } })
  })

  it('does not believe a case that is not in the metadata of our own form', () => {
    const view = { callback_id: 'send:reply', private_metadata: '{"caseId":7}', state: {} }
    expect(read({ type: 'view_submission', user: { id: 'U1' }, view })).toMatchObject({ type: 'quarantine' })
  })
})

const samples = '../shared/contracts/slack-payloads'
const files = existsSync(samples)
  ? readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  : []
if (files.length === 0) console.log(`skipped: Slack’s sample payloads are not at ${samples}`)

/** The samples have every id blanked; with a name in each blank they are as Slack sends them. */
function filledIn(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(each, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filledIn(inner, name)]))
  }
  if (value !== '') return value
  return /ts$/.test(key) ? '1763700000.000100' : /type$/.test(key) ? '' : `X${key}`
}

describe.skipIf(files.length === 0)('Slack’s sample payloads', () => {
  it.each(files)('%s is read, or refused by name', (file) => {
    const source = readFileSync(join(samples, file), 'utf8')
    for (const body of [JSON.parse(source), filledIn(JSON.parse(source))]) {
      const decoded = decodeBody(Buffer.from(JSON.stringify(body)))
      if (decoded === undefined) throw new Error('not decoded')
      const stored = toRawEvent(decoded, at)
      expect(JSON.stringify(stored.payload)).not.toMatch(/"(bot_access_)?token"/)
      const reading = readEvent(stored, commandWords)
      if (reading.type !== 'suppress' && reading.type !== 'quarantine') continue
      expect(reading.reason.length).toBeGreaterThan(10)
      expect(reading.reason.length).toBeLessThan(150)
    }
  })

  it('none of the kinds Gatehouse lives on is refused', () => {
    const find = (name: string): Record<string, unknown> => {
      const file = files.find((each) => basename(each) === name) ?? ''
      return filledIn(JSON.parse(readFileSync(join(samples, file), 'utf8'))) as Record<string, unknown>
    }
    const { event: inner, ...outer } = find('MessagePayload.json') as { event: Record<string, unknown> }
    const person = { ...outer, event: { ...inner, bot_id: '', app_id: '', subtype: '', channel: 'D1' } }
    expect(read(person)).toMatchObject({ type: 'message' })
    expect(read(find('BlockActionPayload.json'))).toMatchObject({ type: 'action' })
    expect(read(find('SlashCommandPayload.json'))).toMatchObject({ type: 'action' })
    const view = { callback_id: 'form:note', private_metadata: '{"caseId":"GH-2026-000123"}' }
    const submitted = find('ViewSubmissionPayload.json') as { view: Record<string, unknown> }
    expect(read({ ...submitted, view: { ...submitted.view, ...view } })).toMatchObject({ type: 'action' })
    expect(read(find('MessageBotPayload.json'))).toMatchObject({ type: 'suppress' })
    expect(read(find('MessageChangedPayload.json'))).toMatchObject({ type: 'suppress' })
  })
})

describe('an echo', () => {
  it('is what a bot wrote, posted or updated; what a person wrote is none', () => {
    expect(isEcho(said())).toBe(false)
    expect(isEcho(said({ bot_id: 'B1' }))).toBe(true)
    expect(isEcho(said({ subtype: 'message_changed', message: { bot_id: 'B1' } }))).toBe(true)
    expect(isEcho({ type: 'block_actions', actions: [] })).toBe(false)
  })
})

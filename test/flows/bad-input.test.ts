import { describe, expect, it } from 'vitest'
import type { RawEvent } from '../../src/core/channel.ts'
import { openHouse, withStore } from './house.ts'
import { hands, officer, phoneOf, towerDesk } from './people.ts'

withStore()

const photo = { name: 'photo.jpg', contentType: 'image/jpeg', sizeBytes: 0, ref: 'media-1' }

const odd: readonly (readonly [string, string])[] = [
  ['10,000 characters', 'No guard came. '.repeat(667)],
  ['control characters', 'No guard\u0000 came\u0007\u001b[31m\r\n\u2028today'],
  ['right-to-left and overrides', 'לא הגיע שומר \u202Egnp.exe\u202C \u2066x\u2069'],
  ['emoji and families of them', '😡😡👨‍👩‍👧‍👦🏳️‍🌈 no guard 🇭🇰'],
  ['half an emoji', 'no guard \ud83d came'],
  ['markup of Slack', '<!channel> <@U0000000001> <http://evil.example.test|bank> *x* `y`'],
  ['braces and dollars', '{name} $& $1 {{1}} {by} %s'],
  ['keys of a database', '{"$set":{"__proto__":1}} constructor prototype'],
  ['only spaces', '   \n\t '],
  ['one letter', 'x'],
  ['zalgo', 'ń̴̢̛̗̹͎̲͉̽̔o̵ ̶g̷u̸a̶r̸d̴'],
]

describe('odd words from a customer', () => {
  it.each(odd)(
    '%s: they become a case with one answer, and an owner hears of the next message',
    async (_name, text) => {
      const house = await openHouse()
      const tenant = phoneOf(house, '+12025550123')
      const wong = officer(house, 'wong-siu-ming')
      await tenant.texts(text)
      const caseId = await house.theCase()
      expect(tenant.reads(caseId).message.text.length).toBeLessThan(1_600)
      expect(wong.reads(caseId).message.text.length).toBeLessThan(1_600)
      await wong.presses('acknowledge', caseId)
      tenant.reads('now looks after')
      towerDesk(house).reads('has it')

      await tenant.texts(text)
      tenant.reads('added this to case')
      expect(wong.reads(caseId).message.text.length).toBeLessThan(1_600)
      expect(towerDesk(house).reads(caseId).message.text.length).toBeLessThan(1_600)
      expect((towerDesk(house).card(caseId).quote ?? '').length).toBeLessThanOrEqual(1_200)
      expect(await house.stores.inbox.ledger()).toMatchObject({ sms: { received: 2, onCase: 2 } })
    },
  )

  it('are kept to the last character', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const text = '漏水 '.repeat(3_333)
    await tenant.texts(text)
    const caseId = await house.theCase()
    tenant.reads(caseId)
    officer(house, 'wong-siu-ming').reads(caseId)
    const [entry] = await house.stores.inbox.thread(caseId, 1)
    expect(entry?.text).toBe(text)
  })

  it('no words but a photo: it is a case, and the officer sees that there is a photo', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('', { attachments: [photo] })
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    expect(towerDesk(house).card(caseId).quote).toBe('(no text; see the attachment)')
    await tenant.texts('', { attachments: [photo, { ...photo, ref: 'media-2' }] })
    tenant.reads('added this to case')
    await house.passes('1s')
    expect(
      house.slack
        .unexpected()
        .map(({ message }) => message.text)
        .join('\n'),
    ).toContain('the customer wrote: 📎 × 2')
    for (const { message } of [...house.slack.unexpected()]) house.slack.take(message.to)
  })
})

describe('odd events', () => {
  it('unknown kinds, what a channel cannot read, and channels that are off are set aside with a reason', async () => {
    const house = await openHouse()
    await hands(house, house.phones, {
      reading: { type: 'quarantine', reason: 'a kind of event we do not know' },
      on: 'sms',
    })
    await house.inbox.receive({ ...raw('broken', house.now()), payload: null })
    await house.inbox.receive({ ...raw('elsewhere', house.now()), source: 'pigeon', channel: 'pigeon' })
    await house.settle()
    const rows = await house.database.models.inbox.collection.find({}).sort({ _id: 1 }).toArray()
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
      ['quarantined', 'unreadable: TypeError'],
      ['quarantined', 'channel pigeon is switched off'],
      ['quarantined', 'a kind of event we do not know'],
    ])
  })

  it('an automatic reply opens nothing', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('I am out of the office', { automatic: true })
    tenant.hasNothingNew()
    expect(await house.stores.inbox.ledger()).toMatchObject({ sms: { received: 1, suppressed: 1 } })
  })

  it('a report on a message we never sent waits a while, is set aside, and holds up nobody', async () => {
    const house = await openHouse()
    const report = { providerId: 'SM-unknown', state: 'delivered', at: house.now() } as const
    await hands(house, house.phones, {
      kind: 'report',
      reading: { type: 'report', report },
      conversation: 'sms:same',
      on: 'sms',
    })
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('Can I bring my dog?')
    tenant.reads('automated assistant')
    await house.passes('11m')
    const rows = await house.database.models.inbox.collection.find({ kind: 'report' }).toArray()
    expect(rows.map(({ state }) => state)).toEqual(['quarantined'])
  })

  it('presses for cases, commands and words that do not exist change nothing and are answered', async () => {
    const house = await openHouse()
    const wong = officer(house, 'wong-siu-ming')
    for (const caseId of ['GH-2026-000001', '', '__proto__', '../../etc', 'x'.repeat(5_000)])
      expect(await wong.presses('acknowledge', caseId)).toContain('There is no case')
    expect(await wong.presses('__proto__', 'GH-2026-000001')).toContain('There is no command')
    expect(await house.database.models.cases.collection.countDocuments({})).toBe(0)
  })

  it('somebody at the desk who is not in the staff list cannot act, and is told so', async () => {
    const house = await openHouse()
    const user = { address: { channel: 'slack', id: 'U9999999999' }, reply: 'here' }
    const action = { id: 'p', user, command: 'acknowledge', caseId: 'GH-2026-000001', args: {}, at: house.now() }
    await hands(house, house.slack, { kind: 'action', reading: { type: 'action', action }, on: 'slack' })
    expect(house.slack.whispers.at(-1)?.text).toContain('You are not in the staff list')
  })

  it('text in a thread that is no case’s is nobody’s business', async () => {
    const house = await openHouse()
    const user = { address: { channel: 'slack', id: 'U0000000002' } }
    const reading = { type: 'thread', user, threadOf: 'C0HARBOUR1:lunch', text: 'Noodles?', at: house.now() } as const
    await hands(house, house.slack, { reading, on: 'slack' })
    expect(await house.stores.inbox.ledger()).toMatchObject({ slack: { received: 1, suppressed: 1 } })
  })
})

const raw = (id: string, receivedAt: Date): RawEvent => ({
  ...{ id, source: 'twilio', channel: 'sms', kind: 'message', conversation: id, receivedAt, payload: {} },
})

import { describe, expect, it } from 'vitest'
import type { Signal } from '../../../src/core/case/signals.ts'
import { ann, ben, given, inWords, looked, minutes, onDutyNow, policy, said, start } from './given.ts'

const complained = said('Nobody came.', start)
const taken: Signal = { type: 'acknowledge', id: 'ack', at: minutes(1), by: ann }
const closedBy: Signal = { type: 'close', id: 'close', at: minutes(5), by: ann, outcome: 'resolved', told: 'Done.' }

type Row = readonly [given: string, signals: readonly Signal[], status: string, leads: readonly string[]]

const rows: readonly Row[] = [
  ['a complaint', [complained], 'paging', ['page ann m0', 'page cat m0', 'tell received']],
  [
    'a question the bot knows',
    [said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false })],
    'with-bot',
    ['tell answer'],
  ],
  [
    'a question inside a complaint',
    [said('Pets?', start, { proposal: 'answer', answers: ['pets'] })],
    'paging',
    ['page ann m0', 'page cat m0', 'tell answer-with-offer'],
  ],
  [
    'an unclear question',
    [said('In?', start, { proposal: 'choices', answers: ['a', 'b'] })],
    'with-bot',
    ['tell choices'],
  ],
  [
    'danger',
    [said('Fire!', start, { proposal: 'emergency', severity: 1 })],
    'paging',
    ['page ann m0', 'page cat m0', 'page ben m0', 'tell safety'],
  ],
  ['a look too early', [complained, looked(minutes(9))], 'paging', []],
  ['silence', [complained, looked(minutes(10))], 'paging', ['chase ann m1', 'chase cat m1']],
  ['silence after the chase', [complained, looked(minutes(10)), looked(minutes(15))], 'paging', ['escalated ben m0']],
  ['an acknowledgement', [complained, taken], 'owned', ['tell acknowledged', 'announce taken', 'inform cat: taken']],
  ['a second one', [complained, taken, { ...taken, id: 'ack-2', by: ben }], 'owned', []],
  ['a look after it', [complained, taken, looked(minutes(30))], 'owned', []],
  ['an owner’s silence', [complained, taken, looked(minutes(110))], 'owned', ['inform ann: owner-chase']],
  [
    'a note by the owner',
    [complained, taken, { type: 'note', id: 'n', at: minutes(2), by: ann, text: 'x' }],
    'owned',
    [],
  ],
  [
    'a note by somebody paged',
    [complained, { type: 'note', id: 'n', at: minutes(2), by: ann, text: 'x' }],
    'paging',
    [],
  ],
  [
    'a reply',
    [complained, taken, { type: 'reply', id: 'r', at: minutes(2), by: ann, text: 'x' }],
    'owned',
    ['tell reply'],
  ],
  ['closing', [complained, taken, closedBy], 'closed', ['tell closed', 'announce closed-staff']],
  ['an acknowledgement after closing', [complained, taken, closedBy, { ...taken, id: 'late' }], 'closed', []],
  ['a look after closing', [complained, taken, closedBy, looked(minutes(900))], 'closed', []],
  [
    'a failed page',
    [complained, { type: 'page-failed', id: 'f', at: minutes(1), epoch: 1, person: 'ann', method: 0, reason: 'off' }],
    'paging',
    ['announce page-failed', 'page ann m1'],
  ],
  [
    'a failed page of an earlier epoch',
    [complained, { type: 'page-failed', id: 'f', at: minutes(1), epoch: 0, person: 'ann', method: 0, reason: 'off' }],
    'paging',
    [],
  ],
  [
    'an addition',
    [complained, said('And rude.', minutes(2))],
    'paging',
    ['announce customer-wrote', 'tell received-again'],
  ],
  [
    'a second addition in the same minute',
    [complained, said('And rude.', minutes(2)), said('Very.', minutes(2.5))],
    'paging',
    ['announce customer-wrote'],
  ],
  [
    'thanks',
    [complained, taken, said('Thanks', minutes(2), { proposal: 'aside' })],
    'owned',
    ['announce customer-wrote', 'inform ann: customer-wrote'],
  ],
  [
    'danger on an owned case',
    [complained, taken, said('Fire!', minutes(2), { proposal: 'emergency', severity: 1 })],
    'paging',
    [
      'announce customer-wrote',
      'inform ann: emergency-again',
      'page ann m0',
      'page cat m0',
      'page ben m0',
      'tell safety',
    ],
  ],
  [
    'a reply that did not arrive',
    [
      complained,
      taken,
      { type: 'not-delivered', id: 'x', at: minutes(3), messageId: 'm', reason: 'off', certain: true },
    ],
    'owned',
    ['announce delivery-failed', 'inform ann: delivery-failed'],
  ],
  [
    'a message after closing',
    [complained, taken, closedBy, said('Again!', minutes(9))],
    'paging',
    ['announce customer-wrote', 'announce reopened-staff', 'page ann m0', 'page cat m0', 'tell reopened'],
  ],
  [
    'an answer that did not arrive',
    [
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }),
      { type: 'not-delivered', id: 'x', at: minutes(3), messageId: 'm', reason: 'off', certain: true },
    ],
    'paging',
    ['announce delivery-failed', 'page ann m0', 'page cat m0'],
  ],
]

describe('given a case, when something reaches it, then', () => {
  it.each(rows)('%s', (_given, signals, status, leads) => {
    const { state, commands } = given(...signals)
    expect(state.status).toBe(status)
    expect(commands.map(inWords)).toEqual(leads)
  })

  it('an automatic message never opens a case', () => {
    const signal = said('Out of office', start)
    if (signal.type !== 'message') throw new Error('not a message')
    expect(given({ ...signal, message: { ...signal.message, automatic: true } }).state.status).toBe('none')
  })

  it('is about what made it graver from then on, so that force begins above the post', () => {
    const hit = said('He hit me', minutes(2), { severity: 2, category: 'use_of_force' })
    expect(given(complained, hit).state).toMatchObject({ severity: 2, category: 'use_of_force', kind: 'complaint' })
    const milder = said('And the noise', minutes(3), { severity: 4, category: 'noise' })
    expect(given(complained, hit, milder).state).toMatchObject({ severity: 2, category: 'use_of_force' })
  })

  it('nothing but a message opens one', () => {
    for (const signal of [taken, closedBy, looked(start)])
      expect(given(signal)).toMatchObject({ events: [], commands: [] })
  })
})

describe('the ladder', () => {
  const whole = [10, 15, 25, 35, 40, 50].map((count) => looked(minutes(count)))

  it('is climbed as often as the policy says, with one alarm at its end', () => {
    const { state, all } = given(complained, ...whole)
    expect(state.status).toBe('exhausted')
    expect(all.filter(({ type }) => type === 'page').map(inWords)).toEqual([
      ...['page ann m0', 'page cat m0', 'chase ann m1', 'chase cat m1', 'escalated ben m0'],
      ...[
        'escalated ann m0',
        'escalated cat m0',
        'chase ann m1',
        'chase cat m1',
        'escalated ben m0',
        'exhausted dan m0',
      ],
    ])
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('alarms the last-resort list by the next method when the first fails, and by none when all have failed', () => {
    const failed = (method: number, at: number): Signal => ({
      ...{ type: 'page-failed', id: `f${method}`, at: minutes(at), epoch: 1, person: 'dan', method, reason: 'off' },
    })
    expect(given(complained, ...whole, failed(0, 51)).commands.map(inWords)).toEqual([
      'announce page-failed',
      'exhausted dan m1',
    ])
    expect(given(complained, ...whole, failed(0, 51), failed(1, 52)).commands.map(inWords)).toEqual([
      'announce unreachable',
    ])
  })

  it('costs no time at an empty level, and at no level at all tells the last-resort list at once', () => {
    const noOfficer = given(complained).in({ onDuty: () => ({ ...onDutyNow, 'level-1': [] }) })
    expect(noOfficer.commands.map(inWords)).toEqual(['announce level-empty', 'page ben m0', 'tell received'])
    const nobody = given(complained).in({ onDuty: () => ({}) })
    expect(nobody.commands.map(inWords)).toContain('exhausted dan m0')
    expect(nobody.state.status).toBe('exhausted')
  })

  it('counts its times from when it really looked, so that an outage makes no burst', () => {
    const { state, commands } = given(complained, looked(minutes(130)))
    expect(commands.map(inWords)).toEqual(['chase ann m1', 'chase cat m1'])
    expect(state).toMatchObject({ dueAt: minutes(135) })
  })

  it('keeps what it says when a page moves to the next method', () => {
    const asked: Signal = { type: 'escalate', id: 'e', at: minutes(2), by: ann, reason: 'A lawyer called' }
    const { commands } = given(complained, asked, {
      type: 'page-failed',
      id: 'f',
      at: minutes(3),
      epoch: 2,
      person: 'ben',
      method: 0,
      reason: 'off',
    })
    expect(commands.at(-1)).toMatchObject({
      occasion: 'escalated-asked',
      method: 1,
      facts: { name: 'Ann', reason: 'A lawyer called' },
    })
  })
})

describe('what the customer was promised', () => {
  it('is not put off by escalating, by a note or by a lapse before its time', () => {
    const asked: Signal = { type: 'escalate', id: 'e', at: minutes(15), by: ben, reason: 'x' }
    expect(given(complained, asked).state).toMatchObject({ promisedBy: minutes(20) })
    const noted: Signal = { type: 'note', id: 'n', at: minutes(60), by: ann, text: 'x' }
    expect(given(complained, taken, noted).state).toMatchObject({ promisedBy: minutes(121), dueAt: minutes(121) })
  })

  it('begins anew with a reply, and after closing', () => {
    const replied: Signal = { type: 'reply', id: 'r', at: minutes(60), by: ann, text: 'x' }
    expect(given(complained, taken, replied).state).toMatchObject({ promisedBy: minutes(180) })
    expect(given(complained, taken, closedBy, said('Again!', minutes(30))).state).toMatchObject({
      promisedBy: minutes(50),
    })
  })

  it('is what they are told: never the time by which we want to be done', () => {
    const { commands, state } = given(complained)
    expect(commands.at(-1)).toMatchObject({
      facts: { by: minutes(policy.ladders[3].acknowledgePromiseSeconds / 60).toISOString() },
    })
    expect(state).toMatchObject({ dueAt: minutes(10), promisedBy: minutes(20) })
  })
})

import { describe, expect, it } from 'vitest'
import {
  arrived,
  nextOf,
  nextRound,
  type Probe,
  type ProbeRecord,
  readMark,
  writeMark,
} from '../../../src/core/watch/probe.ts'
import { createRoundTrip } from '../../../src/core/watch/round-trip.ts'
import { judge } from '../../../src/core/watch/trouble.ts'
import { rememberedHere } from './remembered-here.ts'

const minute = 60_000
const start = new Date('2026-03-04T02:00:00Z')
const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const [desk, player] = [
  { channel: 'sms', id: '+12025550190' },
  { channel: 'sms', id: '+12025550199' },
]
const probe: Probe = {
  ...{ id: 'sms-1', channel: 'sms', site: 'tower', everyMs: 15 * minute, withinMs: 5 * minute },
  ...{ ask: { from: player, to: desk }, answer: { from: desk, to: player } },
}
const open: ProbeRecord = { round: 7, askedAt: start, failures: 0 }

describe('what a look at a probe finds to do', () => {
  it.each<[string, ProbeRecord | undefined, number, string]>([
    ['nothing was ever sent', undefined, 0, 'ask'],
    ['it is under way and nobody saw it come in', open, 4, 'ask-again'],
    ['it came in', { ...open, heardAt: at(1) }, 4, 'wait'],
    ['it came back', { ...open, heardAt: at(1), returnedAt: at(2) }, 3, 'good'],
    ['it came back, and we look much later', { ...open, heardAt: at(1), returnedAt: at(2) }, 600, 'good'],
    ['it came back too late', { ...open, heardAt: at(1), returnedAt: at(6) }, 6, 'bad'],
    ['its time is exactly over', { ...open, heardAt: at(1) }, 5, 'wait'],
    ['its time is over', { ...open, heardAt: at(1) }, 5.1, 'bad'],
    ['nobody looked for twice its time', { ...open, heardAt: at(1) }, 10.1, 'ask'],
    ['it was judged, and the next is not due', { ...open, overAt: at(1) }, 14.9, 'wait'],
    ['it was judged, and the next is due', { ...open, overAt: at(1) }, 15, 'ask'],
    ['it failed for the first time', { ...open, overAt: at(5), failures: 1 }, 5.2, 'ask'],
    ['it failed again', { ...open, overAt: at(5), failures: 2 }, 5.2, 'wait'],
  ])('%s', (_when, record, minutes, next) => expect(nextOf(record, probe, at(minutes))).toBe(next))

  it('a round keeps what is known of those before it, and nothing of their way', () => {
    const before = { ...open, heardAt: start, returnedAt: start, overAt: start, goodAt: start, tookMs: 5, failures: 1 }
    expect(nextRound(before, at(9))).toEqual({
      ...{ round: 8, askedAt: at(9), goodAt: start, tookMs: 5, failures: 1 },
    })
    expect(nextRound(undefined, start)).toEqual({ round: 1, askedAt: start, failures: 0 })
  })

  it('a leg counts once, in its own round, and not after the verdict', () => {
    const heard = arrived(open, 'ask', 7, at(1))
    expect(heard).toEqual({ ...open, heardAt: at(1) })
    expect(arrived(heard, 'ask', 7, at(2))).toBeUndefined()
    expect(arrived(open, 'ask', 6, at(1))).toBeUndefined()
    expect(arrived({ ...open, overAt: at(1) }, 'answer', 7, at(2))).toBeUndefined()
    expect(arrived(open, 'answer', 7, at(2))).toEqual({ ...open, returnedAt: at(2) })
    expect(arrived(undefined, 'ask', 1, at(1))).toBeUndefined()
  })
})

describe('the mark', () => {
  const mark = { probe: 'sms-1', round: 7, leg: 'ask' } as const

  it('is read wherever a provider or a mail program puts it, and fits one SMS', () => {
    const text = writeMark(mark, 'key')
    expect(text.length).toBeLessThanOrEqual(160)
    expect(text).toMatch(/^[\w ,:.-]+$/)
    expect(readMark(`\r\n${text}\r\n--\r\nsent by a machine`, 'key')).toEqual(mark)
  })

  it('of another key, probe, round or leg is none', () => {
    const text = writeMark(mark, 'key')
    expect(readMark(text, 'another')).toBeUndefined()
    for (const [from, to] of [
      ['sms-1', 'sms-2'],
      [' 7 ', ' 8 '],
      [' ask ', ' answer '],
    ] as const)
      expect(readMark(text.replace(from, to), 'key')).toBeUndefined()
    for (const cut of [text.slice(0, -1), `${text}A`, text.slice(3), '']) expect(readMark(cut, 'key')).toBeUndefined()
  })
})

describe('trouble', () => {
  it('is said at the second failure, under one id an hour, and anew after it was over', () => {
    const fail = (before: Parameters<typeof judge>[1], now: Date) => judge('x', before, { ok: false, at: now })
    const first = fail({ failures: 0 }, at(0))
    expect(first).toEqual({ after: { failures: 1 } })
    const second = fail(first.after, at(1))
    expect(second.say?.what).toBe('failing')
    expect(fail(second.after, at(59)).say).toEqual(second.say)
    expect(fail(second.after, at(61)).say?.id).not.toBe(second.say?.id)
    const over = judge('x', second.after, { ok: true, at: at(5) })
    expect(over).toMatchObject({ after: { failures: 0, backAt: at(5) }, say: { what: 'back' } })
    const again = fail(fail(over.after, at(6)).after, at(7))
    expect(again.say?.what).toBe('failing')
    expect(again.say?.id).not.toBe(second.say?.id)
    expect(judge('x', first.after, { ok: true, at: at(2) })).toEqual({ after: { failures: 0 } })
  })
})

describe('the alarm', () => {
  it.each([
    ['was never taken by the provider', {}, 'queued', 'probe-unsent'],
    ['left and did not come in', {}, 'sent', 'probe-unheard'],
    ['came in, and its answer did not arrive', { heardAt: at(1) }, 'sent', 'probe-unanswered'],
  ])('says where it was lost: it %s', async (_where, way, state, occasion) => {
    const watched = rememberedHere()
    await watched.change<ProbeRecord>('sms-1', () => ({ ...open, failures: 1, ...way }))
    const said: object[] = []
    await createRoundTrip({
      ...{ probes: [probe], key: 'key', watched, clock: { now: () => at(6) }, lastResort: [] },
      outbox: {
        add: async () => {},
        byId: async (id) => (id === 'probe:sms-1:7:ask' ? ({ state } as never) : undefined),
      },
      notify: async ({ occasion: told, facts, avoid }) => said.push({ told, facts, avoid }) > 0,
      failsWith: () => ['sms', 'whatsapp'],
      siteName: () => 'The Tower',
      onQueued: () => {},
      forget: async () => {},
    })()
    const facts = { channel: 'sms', site: 'The Tower', minutes: '5', seconds: '0' }
    expect(said).toEqual([{ told: occasion, facts, avoid: ['sms', 'whatsapp'] }])
    expect(await watched.load('sms-1')).toMatchObject({ failures: 2, overAt: at(6) })
  })
})

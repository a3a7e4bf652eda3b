import { describe, expect, it } from 'vitest'
import { type Policy, targetsFor, type World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, dueAtOf } from '../../../src/core/case/state.ts'
import { targetOf } from '../../../src/core/case/targets.ts'
import { ann, ben, given, inWords, looked, minutes, policy, said, start } from './given.ts'
import { cat, does } from './lives.ts'

const hours = (count: number) => count * 3_600
const tenHours: Policy = {
  ...policy,
  ladders: {
    ...policy.ladders,
    3: { ...policy.ladders[3], resolution: { seconds: hours(10), internalSeconds: hours(9) } },
    4: { ...policy.ladders[4], resolution: { seconds: hours(20), internalSeconds: hours(18) } },
  },
}

/** What of a pause lies after the clock was started, as the calendar's clock counts it. */
const standing = (from: Date, startAt: Date, endAt = startAt): number =>
  Math.max(0, endAt.getTime() - Math.max(from.getTime(), startAt.getTime()))

const around: Partial<World> = {
  policy: tenHours,
  targets: (file) => targetsFor(tenHours, file),
  due: (from, seconds, _severity, { pauses = [] } = {}) =>
    new Date(
      pauses.reduce((at, pause) => at + standing(from, pause.startAt, pause.endAt), from.getTime() + seconds * 1_000),
    ),
}

const complained = said('The tap drips.', start)
const taken = does(1, { type: 'acknowledge', by: ann })
/** At minute 30 the customer agrees to wait until minute 1,030, when the plumber comes. */
const agreed = does(30, { type: 'promise', by: ann, until: minutes(1_030), agreed: true })
const plays = (...signals: readonly Signal[]) => given(complained, taken, ...signals).in(around)
const resolution = (state: CaseState) => (state.status === 'none' ? undefined : targetOf(state, 'resolution'))
const pausesOf = (state: CaseState) => (state.status === 'none' ? undefined : state.targets?.pauses)

describe('an agreed date', () => {
  it('stops the clock of the resolution until then, and no other news is owed before', () => {
    const { state, commands } = plays(agreed)
    expect(state).toMatchObject({ agreedUntil: minutes(1_030), promisedBy: minutes(1_030), dueAt: minutes(930) })
    expect(pausesOf(state)).toEqual([{ startAt: minutes(30), endAt: minutes(1_030) }])
    expect(resolution(state)).toMatchObject({
      promisedAt: minutes(1_600),
      internalAt: minutes(1_540),
      nextAt: minutes(1_540),
    })
    expect(commands.map(inWords)).toEqual(['tell agreed', 'announce agreed-desk'])
  })

  it('is not a mere promise of news: with that the clock runs on', () => {
    const { state, commands } = plays(does(30, { type: 'promise', by: ann, until: minutes(1_030), agreed: false }))
    expect(pausesOf(state)).toEqual([])
    expect(resolution(state)).toMatchObject({ promisedAt: minutes(600) })
    expect(state).not.toHaveProperty('agreedUntil')
    expect(commands.map(inWords)).toEqual(['tell promised', 'announce promised-desk'])
  })

  it('never stops the clock of severity 1 and 2: they are promised news, and that is all', () => {
    const serious = given(said('He hit me.', start, { severity: 2 }), taken, agreed).in(around)
    expect(serious.state).not.toHaveProperty('agreedUntil')
    expect(pausesOf(serious.state)).toEqual([])
    expect(serious.commands.map(inWords)).toEqual(['tell promised', 'announce promised-desk'])
  })

  it('comes: the owner is reminded before it, and loses the case if they say nothing', () => {
    expect(plays(agreed, looked(minutes(929))).commands).toEqual([])
    const reminded = plays(agreed, looked(minutes(930)))
    expect(reminded.commands.map(inWords)).toEqual(['inform ann: owner-chase'])
    expect(dueAtOf(reminded.state)).toEqual(minutes(1_030))
    expect(plays(agreed, looked(minutes(930)), looked(minutes(1_030))).state).toMatchObject({ why: 'lapsed' })
  })

  it('is over: what was left of the time then counts on, and is chased in its turn', () => {
    const kept = plays(agreed, looked(minutes(930)), does(1_031, { type: 'reply', by: ann, text: 'He is there.' }))
    expect(kept.state).toMatchObject({ promisedBy: minutes(1_151) })
    expect(resolution(kept.state)).toMatchObject({ promisedAt: minutes(1_600), nextAt: minutes(1_540) })
    const chased = plays(agreed, does(1_500, { type: 'reply', by: ann, text: 'Soon.' }), looked(minutes(1_540)))
    expect(chased.commands.map(inWords)).toEqual(['inform ann: target-chase'])
  })
})

describe('until the agreed date', () => {
  it('an answer or a note of ours moves nothing but our own reminder', () => {
    for (const type of ['reply', 'note'] as const) {
      const { state } = plays(agreed, does(130, { type, by: ann, text: 'He has your number.' }))
      expect(state).toMatchObject({ agreedUntil: minutes(1_030), promisedBy: minutes(1_030), dueAt: minutes(940) })
      expect(pausesOf(state)).toEqual([{ startAt: minutes(30), endAt: minutes(1_030) }])
    }
  })

  it('an answer shortly before it gives the time of one more piece of news', () => {
    const { state } = plays(agreed, does(1_020, { type: 'reply', by: ann, text: 'He is on his way.' }))
    expect(state).toMatchObject({ promisedBy: minutes(1_140), dueAt: minutes(1_128) })
    expect(pausesOf(state)).toEqual([{ startAt: minutes(30), endAt: minutes(1_030) }])
  })

  it('a word of the customer ends it, also outside hours: what was agreed may be so no more', () => {
    const { state } = plays(agreed, said('I cannot be there.', minutes(130)))
    expect(state).not.toHaveProperty('agreedUntil')
    expect(state).toMatchObject({ promisedBy: minutes(250), dueAt: minutes(238) })
    expect(pausesOf(state)).toEqual([{ startAt: minutes(30), endAt: minutes(130) }])
    expect(resolution(state)).toMatchObject({ promisedAt: minutes(700), nextAt: minutes(640) })
  })

  it('thanks of the customer do not', () => {
    const { state, events } = plays(agreed, said('Thanks', minutes(130), { proposal: 'aside' }))
    expect(events.map(({ type }) => type)).toEqual(['message-added'])
    expect(state).toMatchObject({ agreedUntil: minutes(1_030) })
  })

  it('a word after it has come resumes nothing: news is owed already', () => {
    const late = plays(agreed, looked(minutes(930)), said('Well?', minutes(1_030)))
    expect(late.events.map(({ type }) => type)).toEqual(['message-added'])
  })

  it('it holds whoever has the case', () => {
    const assigned = plays(agreed, does(130, { type: 'assign', by: ben, to: cat, note: '' }))
    expect(assigned.state).toMatchObject({ owner: cat, agreedUntil: minutes(1_030), promisedBy: minutes(1_030) })
    const handed = plays(
      agreed,
      does(130, { type: 'offer-hand-over', by: ann, to: cat, note: '' }),
      does(131, { type: 'accept-hand-over', by: cat }),
    )
    expect(handed.state).toMatchObject({ owner: cat, agreedUntil: minutes(1_030), promisedBy: minutes(1_030) })
    expect(pausesOf(handed.state)).toEqual([{ startAt: minutes(30), endAt: minutes(1_030) }])
  })

  it('it ends with a case that nobody has, that is resolved, or that is closed', () => {
    const ends: readonly Signal[] = [
      does(130, { type: 'escalate', by: ann, reason: 'A manager.' }),
      does(130, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Mended.' }),
      does(130, { type: 'close', by: ann, outcome: 'resolved', told: 'Mended.' }),
    ]
    for (const end of ends) {
      const { state } = plays(agreed, end)
      expect(state).not.toHaveProperty('agreedUntil')
      expect(pausesOf(state)).toEqual([{ startAt: minutes(30), endAt: minutes(130) }])
    }
  })

  it('another date takes its place, and a mere promise ends it', () => {
    const later = plays(agreed, does(130, { type: 'promise', by: ann, until: minutes(2_030), agreed: true }))
    expect(pausesOf(later.state)).toEqual([{ startAt: minutes(30), endAt: minutes(2_030) }])
    expect(resolution(later.state)).toMatchObject({ promisedAt: minutes(2_600), nextAt: minutes(2_540) })
    const mere = plays(agreed, does(130, { type: 'promise', by: ann, until: minutes(2_030) }))
    expect(mere.state).not.toHaveProperty('agreedUntil')
    expect(pausesOf(mere.state)).toEqual([{ startAt: minutes(30), endAt: minutes(130) }])
  })

  it('a question may be asked besides: unanswered, the date still stands; answered, both are over', () => {
    const asked = [agreed, does(130, { type: 'ask', by: ann, text: 'Which tap?' })]
    expect(pausesOf(plays(...asked).state)).toEqual([{ startAt: minutes(30) }])
    const silent = plays(...asked, looked(minutes(250)), looked(minutes(370)))
    expect(silent.state).toMatchObject({ agreedUntil: minutes(1_030), dueAt: minutes(964) })
    expect(pausesOf(silent.state)).toEqual([{ startAt: minutes(30), endAt: minutes(1_030) }])
    const answered = plays(...asked, said('The left one.', minutes(140)))
    expect(answered.state).not.toHaveProperty('agreedUntil')
    expect(pausesOf(answered.state)).toEqual([{ startAt: minutes(30), endAt: minutes(140) }])
  })

  it('a graver severity ends it, and the owner must show that they know; a milder one begins anew with what is left', () => {
    const graver = plays(agreed, does(130, { type: 'set-severity', by: ben, severity: 2, reason: 'Flood.' }))
    expect(graver.state).not.toHaveProperty('agreedUntil')
    expect(graver.state).toMatchObject({ chased: true, dueAt: minutes(140), promisedBy: minutes(250) })
    const milder = plays(agreed, does(130, { type: 'set-severity', by: ben, severity: 4, reason: 'Small.' }))
    expect(resolution(milder.state)).toMatchObject({ startedAt: minutes(130), promisedAt: minutes(2_230) })
    expect(milder.state).toMatchObject({ agreedUntil: minutes(1_030) })
  })

  it('the time stands still once, however often it stood still before', () => {
    const twice = plays(
      agreed,
      said('No, earlier.', minutes(130)),
      does(230, { type: 'promise', by: ann, until: minutes(430), agreed: true }),
    )
    expect(pausesOf(twice.state)).toEqual([
      { startAt: minutes(30), endAt: minutes(130) },
      { startAt: minutes(230), endAt: minutes(430) },
    ])
    expect(resolution(twice.state)).toMatchObject({ promisedAt: minutes(900), nextAt: minutes(840) })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ladderOf } from '../../../src/core/case/climb.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, dueAtOf, isOpen } from '../../../src/core/case/state.ts'
import type { Look, Step } from '../../../src/core/desk/command.ts'
import { commandNamed } from '../../../src/core/desk/registry.ts'
import { ann, ben, given, inWords, looked, minutes, policy, said, world } from './given.ts'
import { cat, complained, does, taken } from './lives.ts'
import { type Moment, play } from './random-life.ts'
import { wordyActs } from './wordy-life.ts'

/** Ladders that are slower than a named time: news within ten hours, and pages that wait for the next morning. */
const slow = {
  ...policy,
  ladders: {
    ...policy.ladders,
    3: { ...policy.ladders[3], updatePromiseSeconds: 36_000, ownerSilenceSeconds: 32_400 },
  },
}
const plays = (...signals: readonly Signal[]) => given(complained, taken, ...signals).in({ policy: slow })

/** At minute 10 Ann tells the customer that they hear from us by minute 300. */
const named = does(10, { type: 'promise', by: ann, until: minutes(300) })
const escalated = does(20, { type: 'escalate', by: ann, reason: 'Above me.' })
const takenAgain = does(25, { type: 'acknowledge', by: ben })
const answered = does(100, { type: 'reply', by: ann, text: 'It runs again.' })
const failed = (
  at: number,
  messageId: string,
  occasion: 'reply' | 'ask' | 'promised' | 'resolved',
  writtenAt: number,
) =>
  does(at, { type: 'not-delivered', messageId, reason: 'off', certain: true, occasion, writtenAt: minutes(writtenAt) })

describe('a time that a person named to the customer', () => {
  it('holds for whoever takes the case again after it was handed back to the ladder', () => {
    expect(plays(named, escalated).state).toMatchObject({ status: 'paging', promisedBy: minutes(40) })
    const { state, commands } = plays(named, escalated, takenAgain)
    expect(state).toMatchObject({
      owner: ben,
      promisedBy: minutes(300),
      dueAt: minutes(25 + Math.ceil(0.9 * 275) - 0.5),
    })
    expect(commands[0]).toMatchObject({ occasion: 'acknowledged', facts: { by: minutes(300).toISOString() } })
  })

  it('holds for whoever is given a case that nobody had', () => {
    const { state } = plays(named, escalated, does(30, { type: 'assign', by: ben, to: cat, note: '' }))
    expect(state).toMatchObject({ owner: cat, promisedBy: minutes(300) })
  })

  it('is the latest at which those who are paged hear of it again, however slow their ladder is', () => {
    const night = { policy: slow, due: (at: Date, seconds: number) => minutes(seconds / 60 + 900, at) }
    const { state } = given(complained, taken, named, escalated).in(night)
    expect(dueAtOf(state)).toEqual(minutes(300))
    const { commands } = given(complained, taken, named, escalated, looked(minutes(300))).in(night)
    expect(commands.map(inWords)).toContain('escalated cat m0')
  })

  it('missed, it is owed all the same: whoever takes it then has the time of taking one, and a note moves nothing', () => {
    const lapsed = [named, looked(minutes(271)), looked(minutes(300))]
    expect(plays(...lapsed).state).toMatchObject({ status: 'paging', why: 'lapsed' })
    const late = [...lapsed, does(301, { type: 'acknowledge', by: ben })]
    expect(plays(...late).state).toMatchObject({ promisedBy: minutes(321), dueAt: minutes(319) })
    const noted = [...late, does(310, { type: 'note', by: ben, text: 'Looking.' })]
    expect(plays(...noted).state).toMatchObject({ promisedBy: minutes(321), dueAt: minutes(321) })
    const again = [...noted, looked(minutes(321)), looked(minutes(331)), does(340, { type: 'acknowledge', by: cat })]
    expect(plays(...again).state).toMatchObject({ owner: cat, promisedBy: minutes(360) })
    const told = does(350, { type: 'reply', by: cat, text: 'It runs.' })
    expect(plays(...again, told).state).toMatchObject({ promisedBy: minutes(950) })
    expect(plays(...again, told).state).not.toHaveProperty('givenWord')
  })

  it('a note after it does not give days: without news the case comes back soon', () => {
    const { state } = plays(named, does(301, { type: 'note', by: ann, text: 'Looking.' }))
    expect(state).toMatchObject({ dueAt: minutes(319) })
  })

  it('is kept by an answer, and another one takes its place', () => {
    expect(plays(named, answered).state).toMatchObject({ promisedBy: minutes(700) })
    expect(plays(named, answered).state).not.toHaveProperty('givenWord')
    const later = does(100, { type: 'promise', by: ann, until: minutes(400) })
    expect(plays(named, later).state).toMatchObject({ givenWord: minutes(400), promisedBy: minutes(400) })
  })

  it('ends with the case where its customer is told; unsaid, it is owed when the case opens again', () => {
    const closed = (outcome: 'resolved' | 'no_case', told: string) =>
      does(50, { type: 'close', by: ann, outcome, told })
    const reopened = does(60, { type: 'reopen', by: ben, reason: 'Not spam.' })
    expect(plays(named, closed('resolved', 'Done.'), reopened).state).not.toHaveProperty('givenWord')
    const unsaid = [named, closed('no_case', ''), reopened]
    expect(plays(...unsaid, does(61, { type: 'acknowledge', by: ben })).state).toMatchObject({
      promisedBy: minutes(300),
    })
  })
})

describe('a question to the customer before the named time', () => {
  const asked = [named, does(30, { type: 'ask', by: ann, text: 'Which?' })]

  it('answered before it, the time is owed again', () => {
    const { state } = plays(...asked, said('The left one.', minutes(50)))
    expect(state).toMatchObject({ promisedBy: minutes(300), givenWord: minutes(300) })
  })

  it('answered after it: it was theirs to wait', () => {
    const { state } = plays(...asked, said('The left one.', minutes(400)))
    expect(state).toMatchObject({ promisedBy: minutes(1_000) })
    expect(state).not.toHaveProperty('givenWord')
  })

  it('unanswered for long, it is owed at its time where that lies ahead', () => {
    const long = does(10, { type: 'promise', by: ann, until: minutes(1_500) })
    const silent = [
      long,
      does(30, { type: 'ask', by: ann, text: 'Which?' }),
      looked(minutes(630)),
      looked(minutes(1_230)),
    ]
    expect(plays(...silent).state).toMatchObject({ promisedBy: minutes(1_500), givenWord: minutes(1_500) })
  })

  it('that did not arrive leaves it as it was, also when it has passed', () => {
    const before = plays(...asked, failed(40, 's30:ask', 'ask', 30)).state
    expect(before).toMatchObject({ promisedBy: minutes(300), chased: true, dueAt: minutes(50) })
    const { state } = plays(...asked, failed(400, 's30:ask', 'ask', 30))
    expect(state).toMatchObject({ givenWord: minutes(300), promisedBy: minutes(420) })
    expect(state).not.toHaveProperty('askedAt')
  })
})

describe('words that did not arrive', () => {
  it('keep no named time: an answer', () => {
    const { state } = plays(named, answered, failed(110, 's100:reply', 'reply', 100))
    expect(state).toMatchObject({
      givenWord: minutes(300),
      promisedBy: minutes(300),
      chased: true,
      dueAt: minutes(120),
    })
  })

  it('but a later answer did, and if that is lost as well it is owed', () => {
    const more = does(130, { type: 'reply', by: ann, text: 'Since noon.' })
    const late = [named, answered, more, failed(140, 's100:reply', 'reply', 100)]
    expect(plays(...late).state).not.toHaveProperty('givenWord')
    expect(plays(...late, failed(150, 's130:reply', 'reply', 130)).state).toMatchObject({ givenWord: minutes(300) })
  })

  it('move none: the time that the customer knows is owed', () => {
    const later = does(100, { type: 'promise', by: ann, until: minutes(900) })
    const { state } = plays(named, later, failed(110, 's100:promised', 'promised', 100))
    expect(state).toMatchObject({ givenWord: minutes(300), promisedBy: minutes(300) })
  })

  it('end none: a resolution nobody heard of', () => {
    const done = does(100, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' })
    expect(plays(named, done, failed(110, 's100:resolved', 'resolved', 100)).state).toMatchObject({
      promisedBy: minutes(300),
    })
  })

  it('are settled by the owner’s note of how the customer was reached, and by nobody else’s', () => {
    const lost = [named, answered, failed(110, 's100:reply', 'reply', 100)]
    const note = (by: typeof ann) => does(115, { type: 'note', by, text: 'Rang her.' })
    expect(plays(...lost, note(ben)).state).toMatchObject({ givenWord: minutes(300) })
    expect(plays(...lost, note(ann)).state).not.toHaveProperty('givenWord')
    expect(plays(...lost, note(ann)).state).toMatchObject({ promisedBy: minutes(715) })
  })
})

describe('the case of the same customer that it goes on under', () => {
  const merged = { caseId: 'GH-2026-000002', how: 'took-in' } as const
  const takesIn = does(20, { type: 'link', by: ben, link: merged, givenWord: minutes(300) })

  it('owes it too, also when nobody has that one, or its customer is asked', () => {
    const paged = given(complained, takesIn, does(25, { type: 'acknowledge', by: ben })).in({ policy: slow })
    expect(paged.state).toMatchObject({ promisedBy: minutes(300) })
    const asked = plays(does(10, { type: 'ask', by: ann, text: 'Which?' }), takesIn, said('This.', minutes(40)))
    expect(asked.state).toMatchObject({ promisedBy: minutes(300) })
  })

  it('is told of it also where the merger was cut off after the first case was closed', () => {
    const merge = commandNamed('merge')
    const stepsFor = (state: CaseState) => {
      const other = { ...given(complained).state, caseId: merged.caseId }
      const look = { state, other, files: [] } as unknown as Look
      const when = { id: 's20', at: minutes(20), by: ben, asked: { command: 'merge', desk: 'api', args: {} } }
      return merge?.steps?.({ told: 'One number.' }, when, look) as readonly Step[]
    }
    const before = plays(named)
    const [closing, linking] = stepsFor(before.state)
    expect(linking?.signal).toMatchObject({ givenWord: minutes(300) })
    const [, again] = stepsFor(plays(named, closing?.signal as Signal).state)
    expect(again?.signal).toMatchObject({ givenWord: minutes(300) })
  })

  it('keeps its own where that is sooner', () => {
    const soon = does(10, { type: 'promise', by: ann, until: minutes(200) })
    expect(plays(soon, takesIn).state).toMatchObject({ givenWord: minutes(200), promisedBy: minutes(200) })
  })
})

/** What a life owes to its customer by name, followed beside the case: told by a person, and not yet kept, moved or ended. */
function owedAlong(moments: readonly Moment[]): readonly (Date | undefined)[] {
  let owed: Date | undefined
  return moments.map(({ before, events, after }) => {
    for (const event of events) {
      if (event.type === 'promised') owed = event.promisedBy
      const isAgreed = before.status === 'owned' && before.agreedUntil !== undefined
      if (event.type === 'replied' && !isAgreed) owed = undefined
      if (event.type === 'resolved' || (event.type === 'closed' && event.told !== '')) owed = undefined
    }
    return after.status === 'none' ? undefined : owed
  })
}

const isWaiting = (state: CaseState): boolean =>
  state.status === 'owned' && (state.askedAt !== undefined || state.resolved !== undefined)

describe('whatever happens to a case', () => {
  it('a named time that was not kept, moved or ended is looked at by then, and afterwards owed soon by whoever has it', () => {
    fc.assert(
      fc.property(wordyActs, (acts) => {
        const moments = play(acts, world)
        const owed = owedAlong(moments)
        moments.forEach(({ after, signal, commands }, i) => {
          const word = owed[i]
          if (word === undefined || !isOpen(after) || after.status === 'with-bot' || isWaiting(after)) return
          const due = dueAtOf(after)?.getTime() ?? Number.POSITIVE_INFINITY
          if (word > signal.at) expect(due).toBeLessThanOrEqual(word.getTime())
          if (
            after.status !== 'owned' ||
            !commands.some((one) => one.type === 'tell' && one.occasion === 'acknowledged')
          )
            return
          const soon = signal.at.getTime() + ladderOf(after, world).acknowledgePromiseSeconds * 1_000
          expect(after.promisedBy?.getTime()).toBeLessThanOrEqual(Math.max(word.getTime(), soon))
        })
      }),
      { numRuns: 300, seed: 20261122 },
    )
  })
})

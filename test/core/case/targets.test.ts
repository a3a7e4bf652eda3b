import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/case/decide.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { ladderFrom } from '../../../src/core/case/path.ts'
import { type Policy, targetsFor, type World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, dueAtOf } from '../../../src/core/case/state.ts'
import { type TargetName, targetOf } from '../../../src/core/case/targets.ts'
import { ann, ben, given, inWords, looked, minutes, onDutyNow, policy, said, start, world } from './given.ts'

const hour = 3_600
const promised: Policy = {
  ...policy,
  ladders: {
    ...policy.ladders,
    3: {
      ...policy.ladders[3],
      firstReply: { seconds: hour, internalSeconds: 0.9 * hour },
      resolution: { seconds: 10 * hour, internalSeconds: 9 * hour },
    },
  },
}
const around: Partial<World> = { policy: promised, targets: (file) => targetsFor(promised, file) }

const complained = said('Nobody came.', start)
const taken: Signal = { type: 'acknowledge', id: 'ack', at: minutes(1), by: ann }
const replied = (at: Date, id = 'r'): Signal => ({ type: 'reply', id, at, by: ann, text: 'x' })
const plays = (...signals: readonly Signal[]) => given(...signals).in(around)

const target = (state: CaseState, name: TargetName) => {
  if (state.status === 'none') throw new Error('there is no case')
  return targetOf(state, name)
}

describe('what a customer is promised, and the target that lies before it', () => {
  it('begins when people get the case: a named person, a first answer, an end; each with 90 % of its time inside', () => {
    const { state } = plays(complained)
    expect(target(state, 'acknowledge')).toMatchObject({ promisedAt: minutes(20), internalAt: minutes(18) })
    expect(target(state, 'firstReply')).toMatchObject({ promisedAt: minutes(60), internalAt: minutes(54) })
    expect(target(state, 'resolution')).toMatchObject({ promisedAt: minutes(600), internalAt: minutes(540) })
  })

  it('does not begin while the assistant talks', () => {
    const { state } = plays(said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false }))
    expect(state).toMatchObject({ status: 'with-bot' })
    expect(target(state, 'resolution')).toBeUndefined()
  })

  it('the first answer is chased before its promise, and an owner who gives none loses the case', () => {
    const owned = plays(complained, taken)
    expect(owned.state).toMatchObject({ dueAt: minutes(54), promisedBy: minutes(60) })
    const chased = plays(complained, taken, looked(minutes(54)))
    expect(chased.commands.map(inWords)).toEqual(['inform ann: owner-chase'])
    expect(chased.state).toMatchObject({ status: 'owned', dueAt: minutes(60) })
    expect(plays(complained, taken, looked(minutes(54)), looked(minutes(60))).state).toMatchObject({
      status: 'paging',
      why: 'lapsed',
    })
  })

  it('a first answer that may come later than the next news puts that off for nobody; one that is due now is late already', () => {
    const slow = targetsFor(promised, plays(complained).state as never)
    const later = { ...slow, firstReply: { seconds: 3 * hour, internalSeconds: 2.7 * hour } }
    const owned = given(complained, taken).in({ ...around, targets: () => later })
    expect(owned.state).toMatchObject({ dueAt: minutes(109), promisedBy: minutes(121) })
    const atLast: Signal = { ...taken, at: minutes(54) }
    expect(plays(complained, atLast).state).toMatchObject({ dueAt: minutes(162), promisedBy: minutes(174) })
  })

  it('an answer meets it; the next news is due from then', () => {
    const { state } = plays(complained, taken, replied(minutes(30)))
    expect(target(state, 'firstReply')).toMatchObject({ stage: 'met', metAt: minutes(30) })
    expect(state).toMatchObject({ promisedBy: minutes(150) })
  })

  it('a note, a receipt or an assignment by the machine meets nothing', () => {
    const { state } = plays(complained, taken, { type: 'note', id: 'n', at: minutes(5), by: ann, text: 'x' })
    expect(target(state, 'firstReply')).toMatchObject({ stage: 'open' })
    expect(target(plays(complained).state, 'acknowledge')).toMatchObject({ stage: 'open' })
    expect(target(state, 'acknowledge')).toMatchObject({ stage: 'met', metAt: minutes(1) })
  })
})

/** Answers every hour, so that only the end is missing. */
const busy = Array.from({ length: 12 }, (_, i) => replied(minutes(30 + i * 60), `r${i}`))
const until = (at: Date) => busy.filter((signal) => signal.at < at)

describe('the second ladder: taken, worked on, but not brought to an end', () => {
  it('the owner is chased on the internal target', () => {
    const before = plays(complained, taken, ...until(minutes(540)))
    expect(dueAtOf(before.state)).toEqual(minutes(540))
    const chased = plays(complained, taken, ...until(minutes(540)), looked(minutes(540)))
    expect(chased.commands.map(inWords)).toEqual(['inform ann: target-chase'])
    expect(chased.events[0]).toMatchObject({ type: 'target-chased', target: 'resolution', lateMs: 0 })
  })

  it('and when the promise is broken the level above gets it, once, and the log says how late', () => {
    const late = plays(
      complained,
      taken,
      ...until(minutes(540)),
      looked(minutes(540)),
      ...busy.slice(9, 10),
      looked(minutes(605)),
    )
    expect(late.events[0]).toMatchObject({ type: 'target-missed', target: 'resolution', lateMs: 300_000 })
    expect(late.commands.map(inWords)).toEqual(['escalated-overdue ben m0'])
    expect(late.state).toMatchObject({ status: 'paging', step: 1, why: 'overdue' })
    expect(target(late.state, 'resolution')).toMatchObject({ stage: 'climbed' })
  })

  it('whoever takes it then has the time of one piece of news before it climbs again', () => {
    const climbed = [
      complained,
      taken,
      ...until(minutes(540)),
      looked(minutes(540)),
      ...busy.slice(9, 10),
      looked(minutes(600)),
    ]
    const again: Signal = { type: 'acknowledge', id: 'ack-2', at: minutes(601), by: ben }
    const { state } = plays(...climbed, again)
    expect(target(state, 'resolution')).toMatchObject({ stage: 'chased', nextAt: minutes(721) })
  })

  it('so does whoever is given it', () => {
    const climbed = [complained, taken, replied(minutes(500)), looked(minutes(540)), looked(minutes(600))]
    const given: Signal = { type: 'assign', id: 'as', at: minutes(601), by: ben, to: ann, note: '' }
    expect(target(plays(...climbed).state, 'resolution')).toMatchObject({ stage: 'climbed' })
    expect(target(plays(...climbed, given).state, 'resolution')).toMatchObject({
      stage: 'chased',
      nextAt: minutes(721),
    })
  })

  it('closing or resolving ends it; an objection brings the old promise back', () => {
    const closed = plays(complained, taken, {
      type: 'close',
      id: 'c',
      at: minutes(9),
      by: ann,
      outcome: 'resolved',
      told: 'x',
    })
    expect(target(closed.state, 'resolution')).toMatchObject({ stage: 'met', metAt: minutes(9) })
    const resolved: Signal = { type: 'resolve', id: 'd', at: minutes(9), by: ann, outcome: 'resolved', told: 'Done.' }
    expect(target(plays(complained, taken, resolved).state, 'resolution')).toMatchObject({ stage: 'met' })
    const objected = plays(complained, taken, resolved, said('No, it is not.', minutes(20)))
    expect(target(objected.state, 'resolution')).toMatchObject({
      stage: 'open',
      nextAt: minutes(540),
      promisedAt: minutes(600),
    })
  })

  it('a graver case gets its targets from that moment; what was met stays met', () => {
    const graver: Policy = {
      ...promised,
      ladders: {
        ...promised.ladders,
        2: { ...promised.ladders[3], resolution: { seconds: hour, internalSeconds: 0.9 * hour } },
      },
    }
    const played = given(complained, taken, replied(minutes(2)), said('He hit me.', minutes(5), { severity: 2 })).in({
      policy: graver,
      targets: (file) => targetsFor(graver, file),
    })
    expect(target(played.state, 'resolution')).toMatchObject({ startedAt: minutes(5), promisedAt: minutes(65) })
    expect(target(played.state, 'firstReply')).toMatchObject({ stage: 'met' })
  })
})

describe('pauses', () => {
  const asked: Signal = { type: 'ask', id: 'q', at: minutes(30), by: ann, text: 'Which gate?' }
  const paused: Partial<World> = {
    ...around,
    // A clock that knows pauses, as the calendar's does.
    due: (at, seconds, _severity, { pauses = [] } = {}) =>
      new Date(
        at.getTime() +
          seconds * 1_000 +
          pauses.reduce((sum, { startAt, endAt }) => sum + ((endAt ?? startAt).getTime() - startAt.getTime()), 0),
      ),
  }

  it('only while the customer is asked: nothing is due, and the time is added again', () => {
    const waiting = given(complained, taken, asked).in(paused)
    expect(waiting.state).toMatchObject({ targets: { pauses: [{ startAt: minutes(30) }] } })
    const answered = given(complained, taken, asked, said('Gate B.', minutes(90))).in(paused)
    expect(target(answered.state, 'resolution')).toMatchObject({
      promisedAt: minutes(660),
      internalAt: minutes(600),
      nextAt: minutes(600),
    })
    expect(answered.state).toMatchObject({ targets: { pauses: [{ startAt: minutes(30), endAt: minutes(90) }] } })
  })

  it('what was chased before is not chased again afterwards, but climbs when the promise is over', () => {
    const late: Signal = { ...asked, at: minutes(550) }
    const chased = [complained, taken, replied(minutes(500)), looked(minutes(540)), late]
    const answered = given(...chased, said('Gate B.', minutes(650))).in(paused)
    expect(target(answered.state, 'resolution')).toMatchObject({ stage: 'chased', nextAt: minutes(700) })
  })

  it('never for severity 1 and 2', () => {
    const serious = given(said('He hit me.', start, { severity: 2 }), taken, asked).in(paused)
    expect(serious.state).toMatchObject({ targets: { pauses: [] } })
  })
})

describe('a recorded closure', () => {
  it('moves what is due instead of chasing into a closed office', () => {
    const closed = { ...around, again: () => minutes(200) }
    const { events, state, commands } = given(complained, looked(minutes(10))).in(closed)
    expect(events).toEqual([{ type: 'postponed', at: minutes(10), dueAt: minutes(200) }])
    expect(commands).toEqual([])
    expect(dueAtOf(state)).toEqual(minutes(200))
  })

  /** Offices that closed at once and stay closed all day. */
  const allDay = { ...around, again: () => minutes(1_000) }
  const word = (signal: Partial<Signal> = {}): Signal =>
    ({ type: 'promise', id: 'p', at: minutes(10), by: ann, until: minutes(110), ...signal }) as Signal

  it('takes back no time that a person named to the customer: the owner is reminded, and then others are paged', () => {
    const reminded = given(complained, taken, word(), looked(minutes(100))).in(allDay)
    expect(reminded.commands.map(inWords)).toEqual(['inform ann: owner-chase'])
    const lapsed = given(complained, taken, word(), looked(minutes(100)), looked(minutes(110))).in(allDay)
    expect(lapsed.state).toMatchObject({ status: 'paging', why: 'lapsed' })
    expect(lapsed.commands.map(inWords)).toContain('escalated-lapsed ann m0')
  })

  it('nor one that the customer agreed to, whoever has the case by then', () => {
    const agreed = word({ agreed: true } as Partial<Signal>)
    const toBen: Signal = { type: 'assign', id: 'as', at: minutes(20), by: ben, to: ben, note: '' }
    const { commands } = given(complained, taken, agreed, toBen, looked(minutes(101))).in(allDay)
    expect(commands.map(inWords)).toEqual(['inform ben: owner-chase'])
  })

  it('nor one that is still ahead when others are asked to take the case', () => {
    const sooner = word({ until: minutes(25) } as Partial<Signal>)
    const asked: Signal = { type: 'escalate', id: 'e', at: minutes(11), by: ann, reason: 'x' }
    const { events } = given(complained, taken, sooner, asked, looked(minutes(21))).in(allDay)
    expect(events[0]).toMatchObject({ type: 'postponed', dueAt: new Date(minutes(23.6)) })
  })

  it('moves our own target behind news that we promised, and no further than the promise', () => {
    const owned = [complained, taken, replied(minutes(2)), looked(minutes(110))]
    const { state } = given(...owned).in(allDay)
    expect(state).toMatchObject({ status: 'owned', dueAt: minutes(122), promisedBy: minutes(122) })
    const chased = given(...owned, looked(minutes(122))).in(allDay)
    expect(chased.commands.map(inWords)).toEqual(['inform ann: owner-chase'])
    // Others are not paged into a closed office for it.
    const waits = given(...owned, looked(minutes(122)), looked(minutes(132))).in(allDay)
    expect(waits.events).toEqual([{ type: 'postponed', at: minutes(132), dueAt: minutes(1_000) }])
  })

  it('that ended before counts no second time', () => {
    const ended = { ...around, again: () => minutes(9) }
    expect(
      given(complained, looked(minutes(10)))
        .in(ended)
        .commands.map(inWords),
    ).toEqual(['chase ann m1', 'chase cat m1'])
  })
})

describe('other targets for a kind, a category or a contract', () => {
  const file = given(complained).state as Extract<CaseState, { status: 'paging' }>
  const spec = (hours: number) => ({ seconds: hours * hour, internalSeconds: 0.9 * hours * hour })
  const with_ = (...exceptions: Policy['exceptions'] & object) => targetsFor({ ...promised, exceptions }, file)

  it('the last one that fits counts, and only for what it names', () => {
    expect(with_({ kind: 'complaint', resolution: spec(1) }, { site: 'tower', resolution: spec(2) })).toMatchObject({
      resolution: spec(2),
      firstReply: spec(1),
    })
    expect(with_({ kind: 'enquiry', resolution: spec(1) })).toMatchObject({ resolution: spec(10) })
    expect(with_({ category: 'noise', resolution: spec(1) })).toMatchObject({ resolution: spec(10) })
    expect(with_({ severity: 4, resolution: spec(1) })).toMatchObject({ resolution: spec(10) })
    expect(with_({ severity: 3, category: 'slow_response', firstReply: spec(5) })).toMatchObject({
      firstReply: spec(5),
    })
  })
})

describe('where a ladder begins', () => {
  const step = (...notify: readonly string[]) => ({ ...policy.ladders[3].steps[0], notify })
  const ladder = {
    ...policy.ladders[3],
    steps: [step('level-1', 'control-room'), step('level-2'), step('level-3')] as never,
  }
  const groups = (start: string | undefined) => ladderFrom(ladder, start).steps.map(({ notify }) => notify)

  it('lower levels are left out, lists beside the line stay', () => {
    expect(groups(undefined)).toEqual([['level-1', 'control-room'], ['level-2'], ['level-3']])
    expect(groups('level-2')).toEqual([['control-room'], ['level-2'], ['level-3']])
    expect(groups('level-3')).toEqual([['control-room'], ['level-3']])
  })

  it('a start outside the line is the whole ladder', () => {
    expect(groups('compliance')).toEqual([['compliance']])
    expect(ladderFrom({ ...ladder, steps: [step('level-1')] as never }, 'level-9').steps).toEqual([step('level-9')])
  })
})

describe('the wall', () => {
  const walls: Partial<World> = {
    ...around,
    onDuty: ({ about = [] }) => ({
      'level-1': onDutyNow['level-1'].filter(({ id }) => !about.includes(id)),
      'level-2': onDutyNow['level-2'],
    }),
    startOf: ({ about = [] }) => (about.length > 0 ? 'level-2' : undefined),
  }
  const walled: Signal = { type: 'wall', id: 'w', at: minutes(3), by: ben, about: ['ann'] }

  it('takes the case from whoever it is about, and starts one level higher', () => {
    const { state, commands } = given(complained, taken, walled).in(walls)
    expect(state).toMatchObject({ status: 'paging', start: 'level-2', about: ['ann'], told: ['cat', 'ben'] })
    expect(commands.map(inWords)).toEqual(['page ben m0'])
  })

  it('from then on they can do nothing to it, and are given nothing of it', () => {
    const by = { type: 'acknowledge', id: 'a2', at: minutes(4), by: ann } as const
    expect(given(complained, walled, by).in(walls)).toMatchObject({ events: [], commands: [] })
    const to: Signal = { type: 'assign', id: 'as', at: minutes(4), by: ben, to: ann, note: '' }
    expect(given(complained, walled, to).in(walls)).toMatchObject({ events: [], commands: [] })
  })

  it('an owner whom it does not concern keeps it', () => {
    const byBen: Signal = { type: 'acknowledge', id: 'ack', at: minutes(1), by: ben }
    expect(given(complained, byBen, walled).in(walls)).toMatchObject({
      state: { status: 'owned', about: ['ann'] },
      commands: [],
    })
  })

  it('twice is once', () => {
    expect(given(complained, walled, { ...walled, id: 'w2' }).in(walls).events).toEqual([])
  })

  it('moves the end of a case that somebody has, and is written down once', () => {
    const owned = plays(complained, taken, replied(minutes(500)))
    const later = {
      ...world,
      ...around,
      due: (at: Date, seconds: number) => minutes(30, new Date(at.getTime() + seconds * 1_000)),
    }
    const moved = decide(owned.state, looked(minutes(540)), later)
    expect(moved.events.map(({ type }) => type)).toEqual(['targets-set'])
    expect(moved.commands).toEqual([])
    const state = moved.events.reduce(evolve, owned.state)
    expect(target(state, 'resolution')).toMatchObject({ nextAt: minutes(570), promisedAt: minutes(630) })
    expect(dueAtOf(state)).toEqual(minutes(570))
    expect(decide(state, looked(minutes(541)), later).events).toEqual([])
    expect(decide(state, looked(minutes(570)), later).commands.map(inWords)).toEqual(['inform ann: target-chase'])
  })
})

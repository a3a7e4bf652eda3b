import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/core/case/commands.ts'
import { decide } from '../../../src/core/case/decide.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import type { Ladder, Person, Step, World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, currentPages, dueAtOf, isOpen, noCase } from '../../../src/core/case/state.ts'
import { targetNames } from '../../../src/core/case/targets.ts'
import { ann, given, looked, minutes, policy, said, start, walled, world } from './given.ts'
import { type Act, acts, type Moment, play, untilCleared, worlds } from './random-life.ts'

const runs = { numRuns: 200, seed: 20260305 } as const
const pagesIn = (commands: readonly Command[]) => commands.filter((command) => command.type === 'page')

const always = (holds: (moments: readonly Moment[], around: World) => void) =>
  fc.assert(
    fc.property(acts, worlds, (list, around) => holds(play(list, around), around)),
    runs,
  )

const people = fc.array(fc.constantFrom('p1', 'p2', 'p3'), { maxLength: 3 }).map((ids) => [...new Set(ids)])
const steps = fc.array(
  fc.record({
    people,
    ackWithinSeconds: fc.integer({ min: 1, max: 900 }),
    chases: fc.integer({ min: 0, max: 3 }),
    chaseEverySeconds: fc.integer({ min: 1, max: 600 }),
  }),
  { minLength: 1, maxLength: 5 },
)

/** A ladder of random steps, some of them empty, and who is on duty on each. */
const ladders = fc.record({ steps, cycles: fc.integer({ min: 1, max: 3 }) }).map(({ steps: drawn, cycles }) => {
  const made = drawn.map(({ people: _on, ...step }, i): Step => ({ ...step, notify: [`g${i}`] }))
  const ladder: Ladder = { ...policy.ladders[3], steps: made as never, cycles }
  const person = (id: string): Person => ({ id, name: id, language: 'en', methods: 1 })
  const onDuty = Object.fromEntries(drawn.map((step, i) => [`g${i}`, step.people.map(person)]))
  const own = { ...policy, ladders: { ...policy.ladders, 3: ladder } }
  return { ladder, onDuty, around: { ...world, policy: own, onDuty: () => onDuty } satisfies World }
})

/** Lets a case live alone: looked at whenever it is due, after `lagSeconds`, until nothing more is due or `looks` are over. */
function leftAlone(around: World, lagSeconds: number, looks = 200) {
  let state: CaseState = noCase
  const moments: { readonly at: Date; readonly commands: readonly Command[]; readonly state: CaseState }[] = []
  const step = (signal: Signal) => {
    const { events, commands } = decide(state, signal, around)
    state = events.reduce(evolve, state)
    moments.push({ at: signal.at, commands, state })
  }
  step(said('words', start, {}, 'first'))
  for (let i = 0; i < looks; i++) {
    const due = dueAtOf(state)
    if (due === undefined || state.status === 'exhausted') break
    step(looked(new Date(due.getTime() + lagSeconds * 1_000)))
  }
  return { moments, state: state as CaseState }
}

describe('escalation', () => {
  it('E1: at most one message a key, with two workers that look at the same moment and one that comes back late', () => {
    always((moments, around) => {
      const sent = new Set<string>()
      for (const { before, signal, commands } of moments) {
        const again = decide(before, signal, around).commands
        for (const { id } of [...commands, ...again]) sent.add(id)
        expect(new Set([...commands, ...again].map(({ id }) => id)).size).toBe(
          new Set(commands.map(({ id }) => id)).size,
        )
      }
      const all = moments.flatMap(({ commands }) => commands.map(({ id }) => id))
      expect(sent.size).toBe(new Set(all).size)
    })
  })

  it('E2: silence after an acknowledgement or an end, until the owner lapses or somebody opens it again', () => {
    always((moments) => {
      for (const { after, commands } of moments)
        if (after.status === 'owned' || after.status === 'closed') expect(pagesIn(commands)).toEqual([])
    })
  })

  it('E3: a level is reached no later than the sum of the times before it and one lag for each', () => {
    fc.assert(
      fc.property(ladders, fc.integer({ min: 0, max: 60 }), ({ ladder, onDuty, around }, lag) => {
        const { moments } = leftAlone(around, lag)
        let allowed = 0
        for (const [i, step] of ladder.steps.entries()) {
          const first = moments.find(({ commands }) => pagesIn(commands).some(({ id }) => id.includes(`:c0:s${i}:n0:`)))
          if ((onDuty[`g${i}`] ?? []).length === 0) {
            expect(first).toBeUndefined()
            continue
          }
          expect(first).toBeDefined()
          expect((first?.at.getTime() ?? 0) - start.getTime()).toBeLessThanOrEqual(allowed * 1_000)
          const whole = step.ackWithinSeconds + step.chases * step.chaseEverySeconds
          allowed += whole + lag * (step.chases + 1)
        }
      }),
      runs,
    )
  })

  it('E4: an empty level costs no time and is announced, and somebody is always told at the very start', () => {
    fc.assert(
      fc.property(ladders, ({ ladder, onDuty, around }) => {
        const [first] = leftAlone(around, 0).moments
        const told = pagesIn(first?.commands ?? [])
        expect(told.length).toBeGreaterThan(0)
        const emptyBefore = ladder.steps.findIndex((_, i) => (onDuty[`g${i}`] ?? []).length > 0)
        const announced = (first?.commands ?? []).filter(
          (one) => one.type === 'announce' && one.occasion === 'level-empty',
        )
        expect(announced).toHaveLength(emptyBefore < 0 ? ladder.steps.length : emptyBefore)
      }),
      runs,
    )
  })

  it('E5: no burst after an outage: one look pages one step, whatever was missed meanwhile', () => {
    fc.assert(
      fc.property(ladders, fc.integer({ min: 3_600, max: 200_000 }), ({ around }, outage) => {
        const opened = said('words', start, {}, 'first')
        const after = given(opened, looked(new Date(start.getTime() + outage * 1_000))).in(around)
        const places = new Set(pagesIn(after.commands).map(({ id }) => /:c\d+:s\d+:n\d+:|:exhausted:/.exec(id)?.[0]))
        expect(places.size).toBeLessThanOrEqual(1)
        if (isOpen(after.state)) expect(after.state.dueAt.getTime()).toBeGreaterThan(start.getTime() + outage * 1_000)
      }),
      runs,
    )
  })

  it('E6: whom a case is about is never told anything of it', () => {
    const wall: Act = {
      afterSeconds: 5,
      make: (id, at) => ({ type: 'wall', id, at, by: { id: 'dan', name: 'Dan' }, about: ['ann'] }),
    }
    fc.assert(
      fc.property(acts, acts, worlds, (before, after, around) => {
        const moments = play([...before, wall, ...after], walled(around))
        const from = moments.findIndex(({ signal }) => signal.type === 'wall')
        const kept = untilCleared(moments, from + 1, 'ann')
        for (const { commands } of kept)
          expect(commands.filter((one) => 'person' in one && one.person === 'ann')).toEqual([])
        const last = kept.at(-1)?.after
        if (last?.status === 'owned') expect(last.owner.id).not.toBe('ann')
      }),
      runs,
    )
  })

  it('E7: bounded, with one alarm at the end', () => {
    fc.assert(
      fc.property(ladders, fc.integer({ min: 0, max: 600 }), ({ ladder, around }, lag) => {
        const { moments, state } = leftAlone(around, lag)
        expect(state.status).toBe('exhausted')
        const all = moments.flatMap(({ commands }) => commands)
        expect(all.filter((one) => one.type === 'announce' && one.occasion === 'exhausted')).toHaveLength(1)
        const most = ladder.cycles * ladder.steps.reduce((sum, { chases }) => sum + (chases + 1) * 3, 0)
        expect(pagesIn(all).length).toBeLessThanOrEqual(most + 1)
      }),
      runs,
    )
  })

  it('E8: an acknowledgement without progress opens the case again at the level it had reached', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (chases) => {
        const looks = Array.from({ length: chases }, (_, i) => looked(minutes(10 + 5 * i)))
        const taken: Signal = { type: 'acknowledge', id: 'ack', at: minutes(40), by: ann }
        const owned = given(said('words', start), ...looks, taken)
        const reached = owned.state.status === 'owned' ? owned.state.step : -1
        const later = given(said('words', start), ...looks, taken, looked(minutes(148)), looked(minutes(160)))
        expect(later.state).toMatchObject({ status: 'paging', why: 'lapsed', step: reached })
      }),
      runs,
    )
  })

  it('E9: the policy is the one the case was opened under; an edit does not touch its times or its steps', () => {
    const edited: World = {
      ...world,
      policy: { ...policy, version: 'edited', ladders: { ...policy.ladders, 3: { ...policy.ladders[3], cycles: 1 } } },
    }
    const opened = given(said('words', start))
    const state = opened.state as Extract<CaseState, { status: 'paging' }>
    expect(state.policyVersion).toBe('test')
    // What the engine hands in is the policy of the case's own version; the edited one would have ended here.
    const [own, other] = [world, edited].map((around) => {
      let now: CaseState = state
      for (const at of [10, 15, 25]) now = decide(now, looked(minutes(at)), around).events.reduce(evolve, now)
      return now.status
    })
    expect([own, other]).toEqual(['paging', 'exhausted'])
  })

  it('E10: a crash after the effect and before the commit asks for the same keys again', () => {
    always((moments, around) => {
      for (const { before, signal, commands } of moments)
        expect(decide(before, signal, around).commands.map(({ id }) => id)).toEqual(commands.map(({ id }) => id))
    })
  })

  it('E11: no page is swallowed: everybody whom a step names is asked under a key of its own', () => {
    fc.assert(
      fc.property(ladders, ({ onDuty, around }) => {
        const { moments } = leftAlone(around, 0)
        const keys = new Set<string>()
        let due = 0
        for (const { state, commands } of moments) {
          if (state.status !== 'paging') continue
          const place = `:c${state.cycle}:s${state.step}:n${state.chase}:`
          const asked = pagesIn(commands).filter(({ id }) => id.includes(place))
          expect(asked.map(({ person }) => person).sort()).toEqual(
            (onDuty[`g${state.step}`] ?? []).map(({ id }) => id).sort(),
          )
          due += asked.length
          for (const { id } of asked) keys.add(id)
        }
        expect(keys.size).toBe(due)
      }),
      runs,
    )
  })
})

describe('the product', () => {
  it('X3: acknowledging, resolving, opening again, giving away, looking and editing in any order keep the case legal', () => {
    fc.assert(
      fc.property(acts, fc.array(worlds, { minLength: 40, maxLength: 40 }), (list, changing) => {
        let state: CaseState = noCase
        let at = start
        const all: Act[] = [{ afterSeconds: 0, make: (id, when) => said('words', when, {}, id) }, ...list]
        all.forEach(({ afterSeconds, make }, i) => {
          at = new Date(at.getTime() + afterSeconds * 1_000)
          const { events } = decide(state, make(`s${i}`, at, state), changing[i % changing.length] ?? world)
          state = events.reduce(evolve, state)
          if (!isOpen(state)) return
          expect(dueAtOf(state)).toBeInstanceOf(Date)
          if (state.status === 'paging') expect(currentPages(state)).not.toEqual([])
        })
      }),
      runs,
    )
  })

  it('X4: every open case has somebody it waits for and a next time', () => {
    always((moments) => {
      for (const { after } of moments) {
        if (!isOpen(after)) continue
        expect(dueAtOf(after)).toBeInstanceOf(Date)
        if (after.status === 'owned') expect(after.owner.id).not.toBe('')
        if (after.status === 'paging') expect(currentPages(after).length).toBeGreaterThan(0)
      }
    })
  })

  it('X5: a customer is never told an internal target', () => {
    const slow = { seconds: 7_200, internalSeconds: 6_480 }
    const targets = Object.fromEntries(targetNames.map((name) => [name, slow]))
    fc.assert(
      fc.property(acts, worlds, (list, around) => {
        for (const { after, commands } of play(list, { ...around, targets: () => targets })) {
          if (after.status === 'none') continue
          const hidden = new Set(
            (after.targets?.list ?? [])
              .filter(({ internalAt, promisedAt }) => internalAt < promisedAt)
              .map(({ internalAt }) => internalAt.toISOString()),
          )
          for (const command of commands)
            if (command.type === 'tell')
              for (const fact of Object.values(command.facts))
                expect(hidden.has(fact) && fact !== after.promisedBy?.toISOString()).toBe(false)
        }
      }),
      runs,
    )
  })
})

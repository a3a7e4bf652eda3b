import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/core/case/commands.ts'
import { decide } from '../../../src/core/case/decide.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import type { World } from '../../../src/core/case/policy.ts'
import { type CaseState, dueAtOf, isOpen, noCase } from '../../../src/core/case/state.ts'
import { policy, said, world } from './given.ts'
import { type Act, acts, type Moment, play, worlds } from './random-life.ts'

const runs = { numRuns: 250, seed: 20260304 } as const

const always = (holds: (moments: readonly Moment[], around: World) => void) =>
  fc.assert(
    fc.property(acts, worlds, (list, around) => holds(play(list, around), around)),
    runs,
  )

describe('whatever happens to a case, in whatever order', () => {
  it('an open case has an owner, or people or the bot whom it waits for, and a next time at which something happens', () => {
    always((moments) => {
      for (const { after, signal } of moments) {
        if (!isOpen(after)) continue
        expect(dueAtOf(after)).toBeInstanceOf(Date)
        if (signal.type === 'deadline') expect(after.dueAt.getTime()).toBeGreaterThan(signal.at.getTime())
        if (after.status === 'owned') expect(after.owner.id).toBeTruthy()
        if (after.status === 'paging') expect(after.pages.filter(({ earlier }) => !earlier)).not.toEqual([])
      }
    })
  })

  it('and that next time does lead to something: looking then moves the case, and then is over', () => {
    always((moments, around) => {
      const state = moments.at(-1)?.after ?? noCase
      if (!isOpen(state)) return
      const { events } = decide(state, { type: 'deadline', id: 'look', at: state.dueAt }, around)
      expect(events).not.toEqual([])
      const after = events.reduce(evolve, state as CaseState)
      if (isOpen(after)) expect(after.dueAt.getTime()).toBeGreaterThan(state.dueAt.getTime())
    })
  })

  it('the state is the fold of its events', () => {
    always((moments) => {
      const events = moments.flatMap((moment) => moment.events)
      expect(events.reduce(evolve, noCase)).toEqual(moments.at(-1)?.after)
    })
  })

  it('events that were read back from the database fold to the same state', () => {
    always((moments) => {
      const events = moments.flatMap((moment) => moment.events)
      expect(structuredClone(events).reduce(evolve, noCase)).toEqual(moments.at(-1)?.after)
    })
  })

  it('deciding again asks for the same things under the same ids', () => {
    always((moments, around) => {
      for (const { before, signal, events, commands } of moments)
        expect(decide(before, signal, around)).toEqual({ events, commands })
    })
  })

  it('one key is one message: what shares a key goes to the same person by the same method, and nothing else shares one', () => {
    always((moments) => {
      const byId = new Map<string, Command>()
      for (const command of moments.flatMap(({ commands }) => commands)) {
        const other = byId.get(command.id)
        byId.set(command.id, command)
        if (other === undefined) continue
        if (command.type !== 'page' || other.type !== 'page') throw new Error(`${command.id} is used twice`)
        expect([other.person, other.method]).toEqual([command.person, command.method])
      }
    })
  })

  it('every step that is reached pages everybody on duty there, under keys never used before', () => {
    always((moments) => {
      const used = new Set<string>()
      for (const { events, commands } of moments) {
        const pages = commands.filter((command) => command.type === 'page')
        const reached = events.findLast((event) => event.type === 'paged')
        for (const { person } of reached?.pages ?? []) {
          const fresh = pages.filter((page) => page.person === person && !used.has(page.id))
          expect(fresh).not.toEqual([])
        }
        for (const { id } of pages) used.add(id)
      }
    })
  })

  it('the customer is told promises only, and exactly the one that stands', () => {
    always((moments) => {
      for (const { after, commands } of moments)
        for (const command of commands) {
          if (command.type !== 'tell' || command.facts.by === undefined || after.status === 'none') continue
          expect(command.facts.by).toBe(after.promisedBy?.toISOString())
        }
    })
  })

  it('what was promised is moved only by an answer to the customer, an owner, or its own end', () => {
    always((moments) => {
      for (const { before, after, signal } of moments) {
        if (!isOpen(before) || !isOpen(after) || !before.promisedBy || !after.promisedBy) continue
        if (after.promisedBy <= before.promisedBy || before.promisedBy <= signal.at) continue
        const told = ['acknowledge', 'reply', 'ask', 'promise', 'assign', 'accept-hand-over']
        expect(told).toContain(signal.type)
      }
    })
  })

  it('nobody is paged about a case that somebody has, or that is closed', () => {
    always((moments) => {
      for (const { after, commands } of moments)
        if (after.status === 'owned' || after.status === 'closed')
          expect(commands.filter(({ type }) => type === 'page')).toEqual([])
    })
  })

  it('closing wins over everything that only staff or time do', () => {
    always((moments) => {
      for (const { before, after, signal } of moments)
        if (before.status === 'closed' && !['message', 'reopen'].includes(signal.type))
          expect(after.status).toBe('closed')
    })
  })

  it('severity is lowered by people only, once an emergency is taken for done by its customer’s harmless words too', () => {
    always((moments) => {
      for (const { before, after, signal } of moments) {
        const isOver = isOpen(before) && 'resolved' in before && before.resolved !== undefined && before.severity === 1
        const isHarmless = signal.type === 'message' && signal.assessment.severity > 1
        if (isOpen(before) && isOpen(after) && signal.type !== 'set-severity' && !(isOver && isHarmless))
          expect(after.severity).toBeLessThanOrEqual(before.severity)
      }
    })
  })

  it('danger always reaches people and is always answered with the safety text, or was within the last minute', () => {
    always((moments) => {
      for (const { before, after, signal, commands } of moments) {
        if (signal.type !== 'message' || signal.assessment.proposal !== 'emergency') continue
        const told = before.status === 'none' ? undefined : before.additionToldAt
        const recently =
          told !== undefined && signal.at.getTime() - told.getTime() < policy.additionQuietSeconds * 1_000
        if (!recently || !isOpen(before))
          expect(commands.map((one) => one.type === 'tell' && one.occasion)).toContain('safety')
        expect(['paging', 'exhausted', 'owned']).toContain(after.status)
      }
    })
  })
})

describe('a ladder', () => {
  const forever = fc.record({
    cycles: fc.integer({ min: 1, max: 4 }),
    steps: fc.integer({ min: 1, max: 4 }),
    chases: fc.integer({ min: 0, max: 3 }),
  })

  it('comes to its end in bounded time and pages, with one alarm, when nobody ever answers', () => {
    fc.assert(
      fc.property(forever, worlds, ({ cycles, steps, chases }, around) => {
        const step = { notify: ['level-1', 'level-2'], ackWithinSeconds: 60, chases, chaseEverySeconds: 60 }
        const own = {
          ...policy.ladders[3],
          cycles,
          steps: [step, ...Array.from({ length: steps - 1 }, () => step)] as never,
        }
        const short = { ...around, policy: { ...policy, ladders: { ...policy.ladders, 3: own } } }
        const most = cycles * steps * (chases + 1)
        const looks = Array.from(
          { length: most + 5 },
          (): Act => ({ afterSeconds: 60, make: (id, at) => ({ type: 'deadline', id, at }) }),
        )
        const moments = play(looks, short)
        expect(moments.at(-1)?.after.status).toBe('exhausted')
        const commands = moments.flatMap((moment) => moment.commands)
        expect(commands.filter(({ type, id }) => type === 'announce' && id.endsWith(':exhausted'))).toHaveLength(1)
        expect(commands.filter(({ type }) => type === 'page').length).toBeLessThanOrEqual(most * 3 + 1)
      }),
      { ...runs, numRuns: 100 },
    )
  })

  it('that nobody can be reached on is never climbed faster than its last step allows, even without end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 200 }), (methods) => {
        const failing = methods.flatMap((method): Act[] =>
          ['ann', 'cat', 'ben'].map((person) => ({
            afterSeconds: 0,
            make: (id, at, state) => ({
              type: 'page-failed',
              id,
              at,
              epoch: state.status === 'none' ? 0 : state.epoch,
              person,
              method,
              reason: 'off',
            }),
          })),
        )
        const moments = play(
          [
            { afterSeconds: 1, make: (id, at) => said('Fire!', at, { proposal: 'emergency', severity: 1 }, id) },
            ...failing,
          ],
          world,
        )
        expect(
          moments.flatMap(({ commands }) => commands).filter(({ type }) => type === 'page').length,
        ).toBeLessThanOrEqual(12)
      }),
      { ...runs, numRuns: 50 },
    )
  })
})

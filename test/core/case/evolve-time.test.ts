import { describe, expect, it } from 'vitest'
import type { CaseEvent, Page } from '../../../src/core/case/events.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { ladderFrom } from '../../../src/core/case/path.ts'
import { type CaseState, noCase, type StateOf } from '../../../src/core/case/state.ts'
import { ann, given, minutes, policy, said, start } from './given.ts'

const later = [{ method: 1, at: minutes(1) }]
const page = (person: string, change: Partial<Page> = {}): Page => ({
  ...{ person, name: person, methods: 2, method: 0, failed: [], later, ...change },
})
const paging = given(said('words', start)).state as StateOf<'paging'>
const two: StateOf<'paging'> = { ...paging, pages: [page('ann'), page('cat')], told: ['ann', 'cat', 'ben'] }
const once = (state: CaseState, event: Omit<CaseEvent, 'at'> & { at?: Date }) =>
  evolve(state, { at: minutes(2), ...event } as CaseEvent)

describe('facts about methods', () => {
  it('a method that was tried is over for that person, and for nobody else', () => {
    const tried = once(two, { type: 'methods-tried', tried: [{ person: 'ann', method: 1 }], lateMs: 0 } as never)
    expect(tried).toMatchObject({
      pages: [
        { person: 'ann', method: 1, later: [] },
        { person: 'cat', method: 0, later },
      ],
    })
  })

  it('mean nothing once somebody has the case', () => {
    const owned = once(two, { type: 'acknowledged', by: ann, dueAt: minutes(9), promisedBy: minutes(9) } as never)
    expect(once(owned, { type: 'methods-tried', tried: [{ person: 'ann', method: 1 }], lateMs: 0 } as never)).toEqual(
      owned,
    )
  })
})

describe('facts about a wall', () => {
  const walled = { type: 'walled', by: ann, about: ['ann'], out: ['ann', 'ben'] } as never

  it('whoever is out is neither waited for nor told any more', () => {
    const now = once(two, walled)
    expect(now).toMatchObject({ about: ['ann'], told: ['cat'] })
    expect((now as StateOf<'paging'>).pages.map(({ person }) => person)).toEqual(['cat'])
  })

  it('the same while the last-resort list is told, and no pages where nobody is paged', () => {
    const { chase: _c, why: _w, facts: _f, ...file } = two
    const exhausted = once({ ...file, status: 'exhausted' } as CaseState, walled) as StateOf<'exhausted'>
    expect(exhausted.pages.map(({ person }) => person)).toEqual(['cat'])
    const owned = once(two, { type: 'acknowledged', by: ann, dueAt: minutes(9), promisedBy: minutes(9) } as never)
    expect(once(owned, walled)).not.toHaveProperty('pages')
    expect(once(owned, walled)).toMatchObject({ status: 'owned', about: ['ann'] })
  })

  it('who is named twice stands there once', () => {
    expect(once(once(two, walled), walled)).toMatchObject({ about: ['ann'] })
  })
})

describe('when the next look was set', () => {
  it('is remembered from the event that set it, and kept by those that do not', () => {
    expect(paging.dueSetAt).toEqual(start)
    const noted = once(paging, { type: 'noted', by: ann, text: 'x' } as never)
    expect(noted).toMatchObject({ dueSetAt: start })
    expect(once(noted, { type: 'postponed', dueAt: minutes(99) } as never)).toMatchObject({
      dueAt: minutes(99),
      dueSetAt: minutes(2),
    })
  })

  it('is new with a new status, even for the same instant', () => {
    const owned = once(paging, { type: 'acknowledged', by: ann, dueAt: paging.dueAt, promisedBy: minutes(9) } as never)
    expect(owned).toMatchObject({ status: 'owned', dueSetAt: minutes(2) })
  })

  it('is nothing for a case that is over, or was never opened', () => {
    const closed = once(paging, {
      type: 'closed',
      by: ann,
      outcome: 'resolved',
      told: '',
      reopenUntil: minutes(99),
    } as never)
    expect(closed).not.toHaveProperty('dueSetAt')
    expect(once(closed, { type: 'postponed', dueAt: minutes(99) } as never)).toEqual(closed)
    expect(once(noCase, { type: 'postponed', dueAt: minutes(99) } as never)).toBe(noCase)
  })
})

describe('the names of levels', () => {
  const step = (...notify: readonly string[]) => ({ ...policy.ladders[3].steps[0], notify })
  const begun = (start: string, ...groups: readonly string[]) =>
    ladderFrom({ ...policy.ladders[3], steps: groups.map((group) => step(group)) as never }, start).steps.map(
      ({ notify }) => notify[0],
    )

  it('are numbers, also above nine; what only looks like one is a list beside the line', () => {
    expect(begun('level-10', 'level-9', 'level-10', 'level-11')).toEqual(['level-10', 'level-11'])
    expect(begun('level-2', 'level-1', 'sub-level-1', 'level-1b')).toEqual(['sub-level-1', 'level-1b'])
    expect(begun('my-level-1', 'level-1', 'level-2')).toEqual(['my-level-1'])
    expect(begun('level-1x', 'level-1', 'level-2')).toEqual(['level-1x'])
  })
})

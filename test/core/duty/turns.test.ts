import { describe, expect, it } from 'vitest'
import { comingTurns, turnId, turnNamed } from '../../../src/core/duty/turns.ts'
import { group, hk, rosters, schedule, site, week } from './sample-duty.ts'

const of = { rosters: rosters() }
const at = hk('2026-03-02T10:00')
const shown = (turns: ReturnType<typeof comingTurns>) =>
  turns.map(({ person, startAt, endAt }) => [person, startAt.toISOString(), endAt.toISOString()])

describe('the shifts to come', () => {
  it('begin with what is left of the running one, and follow each other without gap or overlap', () => {
    const turns = comingTurns(of, 'tower', at)
    expect(shown(turns.slice(0, 3))).toEqual([
      ['ann', '2026-03-02T02:00:00.000Z', '2026-03-02T11:00:00.000Z'],
      ['ben', '2026-03-02T11:00:00.000Z', '2026-03-02T23:00:00.000Z'],
      ['cat', '2026-03-02T23:00:00.000Z', '2026-03-03T11:00:00.000Z'],
    ])
    for (const [i, turn] of turns.slice(1).entries()) expect(turn.startAt).toEqual(turns[i]?.endAt)
    // Eight days ahead; the one that runs beyond is not shown with a wrong end.
    expect(turns.at(-1)?.endAt).toEqual(hk('2026-03-10T07:00'))
  })

  it('are named by schedule, person and end, so that a running one keeps its name', () => {
    const [running] = comingTurns(of, 'tower', at)
    const [later] = comingTurns(of, 'tower', hk('2026-03-02T15:30'))
    expect(turnId(running!)).toBe('desk ann 2026-03-02T11:00Z')
    expect(turnId(later!)).toBe(turnId(running!))
    expect(turnNamed(of, turnId(running!), hk('2026-03-02T15:30'))).toEqual({ ...later })
  })

  it('show what was recorded: a cover cuts the turn in two', () => {
    const stretch = { startAt: hk('2026-03-02T15:00'), endAt: hk('2026-03-02T17:00') }
    const cover = {
      kind: 'replace',
      id: 'c',
      schedule: 'desk',
      ...stretch,
      remove: 'ann',
      add: 'cat',
      by: 'boss',
    } as const
    const covered = { rosters: rosters(undefined, { overrides: [cover] }) }
    expect(shown(comingTurns(covered, 'tower', at).slice(0, 3))).toEqual([
      ['ann', at.toISOString(), stretch.startAt.toISOString()],
      ['cat', stretch.startAt.toISOString(), stretch.endAt.toISOString()],
      ['ann', stretch.endAt.toISOString(), '2026-03-02T11:00:00.000Z'],
    ])
  })

  it('hold the relief too, each schedule once, and nothing of other sites', () => {
    const relief = schedule({
      ...{ id: 'relief', rotations: [] },
      weeklyShifts: [{ id: 'w', people: ['dan'], week: week({ daily: ['00:00-24:00'] }) }],
    })
    const groups = [group({ relief: ['relief'] }), group({ group: 'level-2', level: 2 })]
    const sites = new Map([['tower', site(groups)]])
    const turns = comingTurns({ rosters: rosters([schedule(), relief], { sites }) }, 'tower', at)
    expect(
      turns
        .filter(({ startAt }) => startAt.getTime() === at.getTime())
        .map(({ person }) => person)
        .sort(),
    ).toEqual(['ann', 'dan'])
    expect(comingTurns(of, 'garden', at)).toEqual([])
  })
})

describe('a shift that somebody names', () => {
  it('may lie months ahead', () => {
    const endAt = new Date(hk('2026-03-02T19:00').getTime() + 90 * 86_400_000)
    const found = turnNamed(of, `desk ann ${endAt.toISOString()}`, at)
    expect(found).toEqual({ schedule: 'desk', person: 'ann', startAt: new Date(endAt.getTime() - 43_200_000), endAt })
  })

  it('is not found when it is over, ends otherwise, belongs to somebody else, or lies years ahead', () => {
    const names = [
      'desk ann 2026-03-02T02:00Z',
      'desk ann 2026-03-02T11:01Z',
      'desk ben 2026-03-02T11:00Z',
      'post ann 2026-03-02T11:00Z',
      'desk ann 2031-03-02T11:00Z',
      'desk ann soon',
      'desk ann',
      '',
    ]
    expect(names.filter((name) => turnNamed(of, name, at) !== undefined)).toEqual([])
    expect(turnNamed(of, 'desk ann 2026-03-02T11:00Z', hk('2026-03-02T19:00'))).toBeUndefined()
  })
})

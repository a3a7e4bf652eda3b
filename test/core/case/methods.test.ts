import { describe, expect, it } from 'vitest'
import type { Person, World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { dueAtOf } from '../../../src/core/case/state.ts'
import { ann, given, inWords, looked, minutes, onDutyNow, said, start } from './given.ts'

const withDelays = (...delays: readonly (number | undefined)[]): Person => ({
  ...{ id: 'ann', name: 'Ann', language: 'en', methods: delays.length, delays },
})
const alone = (...delays: readonly (number | undefined)[]): Partial<World> => ({
  onDuty: () => ({ 'level-1': [withDelays(...delays)], 'level-2': onDutyNow['level-2'] }),
})
const complained = said('Nobody came.', start)
const failed = (method: number, at: Date): Signal => ({
  ...{ type: 'page-failed', id: `f${method}`, at, epoch: 1, person: 'ann', method, reason: 'off' },
})

describe('a person’s own methods', () => {
  it('come one after the other by their delays, while nobody has the case', () => {
    const around = alone(0, 60, 180)
    const paged = given(complained).in(around)
    expect(paged.commands.map(inWords)).toEqual(['page ann m0', 'tell received'])
    expect(dueAtOf(paged.state)).toEqual(minutes(1))
    const second = given(complained, looked(minutes(1))).in(around)
    expect(second.commands.map(inWords)).toEqual(['page ann m1'])
    expect(second.events).toMatchObject([{ type: 'methods-tried', tried: [{ person: 'ann', method: 1 }], lateMs: 0 }])
    expect(dueAtOf(second.state)).toEqual(minutes(3))
    const third = given(complained, looked(minutes(1)), looked(minutes(3))).in(around)
    expect(third.commands.map(inWords)).toEqual(['page ann m2'])
    expect(dueAtOf(third.state)).toEqual(minutes(10))
  })

  it('without any delay come at once', () => {
    expect(
      given(complained)
        .in(alone(0, 0, 60))
        .commands.map(inWords),
    ).toEqual(['page ann m0', 'page ann m1', 'tell received'])
  })

  it('stop as soon as somebody takes it', () => {
    const taken: Signal = { type: 'acknowledge', id: 'a', at: minutes(0.5), by: ann }
    const { state, commands } = given(complained, taken, looked(minutes(3))).in(alone(0, 60, 180))
    expect(commands).toEqual([])
    expect(state).toMatchObject({ status: 'owned' })
  })

  it('that were missed in an outage are tried together, once, marked late', () => {
    const { events, commands, all } = given(complained, looked(minutes(5)), looked(minutes(5))).in(alone(0, 60, 180))
    expect(all.map(inWords)).toEqual(['page ann m0', 'tell received', 'page ann m1', 'page ann m2'])
    expect([events, commands]).toEqual([[], []])
  })

  it('a failure brings the next one at once, and it does not come a second time', () => {
    const { all, state } = given(complained, failed(0, minutes(0.2)), looked(minutes(1)), looked(minutes(3))).in(
      alone(0, 60, 180),
    )
    expect(all.filter(({ type }) => type === 'page').map(inWords)).toEqual([
      'page ann m0',
      'page ann m1',
      'page ann m2',
    ])
    expect(state).toMatchObject({ pages: [{ failed: [0], later: [] }] })
  })

  it('that are known to fail are not tried', () => {
    const { all } = given(complained, failed(1, minutes(0.2)), looked(minutes(1)), looked(minutes(3))).in(
      alone(0, 60, 180),
    )
    expect(all.filter(({ type }) => type === 'page').map(inWords)).toEqual(['page ann m0', 'page ann m2'])
  })

  it('a chase at the same moment uses the method that is due, not two', () => {
    const { commands, state } = given(complained, looked(minutes(10))).in(alone(0, 600))
    expect(commands.map(inWords)).toEqual(['chase ann m1'])
    expect(state).toMatchObject({ pages: [{ later: [] }] })
  })

  it('go on when the ladder has moved on: whoever was paged first is not given up (oncall#934)', () => {
    const late = given(complained, looked(minutes(10)), looked(minutes(15)), looked(minutes(16))).in(alone(0, 960))
    expect(late.commands).toMatchObject([
      { type: 'page', person: 'ann', method: 1, id: 'GH-2026-000001:e1:c0:s0:n0:ann:m1' },
    ])
  })

  it('of an earlier start of the ladder are over', () => {
    const asked: Signal = { type: 'escalate', id: 'e', at: minutes(0.5), by: { id: 'x', name: 'X' }, reason: 'r' }
    const { all } = given(complained, asked, looked(minutes(1))).in(alone(0, 60))
    expect(all.filter(({ type }) => type === 'page').map(inWords)).toEqual(['page ann m0', 'escalated-asked ben m0'])
  })
})

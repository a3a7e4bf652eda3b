import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import { type Policy, targetsFor, type World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, dueAtOf } from '../../../src/core/case/state.ts'
import { targetOf } from '../../../src/core/case/targets.ts'
import { ann, ben, given, inWords, looked, minutes, policy, said, start } from './given.ts'

const lasting = (count: number) => ({ seconds: count * 60, internalSeconds: count * 54 })
const law = { category: 'cctv_privacy', resolution: lasting(900) } as const
const promised: Policy = {
  ...policy,
  ladders: {
    ...policy.ladders,
    2: { ...policy.ladders[2], resolution: lasting(300) },
    3: { ...policy.ladders[3], resolution: lasting(100) },
  },
  exceptions: [{ severity: 3, complex: true, resolution: lasting(400) }, law],
}
const around: Partial<World> = { policy: promised, targets: (file) => targetsFor(promised, file) }
const plays = (...signals: readonly Signal[]) => given(...signals).in(around)

const complained = said('Nobody came.', start)
const taken: Signal = { type: 'acknowledge', id: 'ack', at: minutes(1), by: ann }
const judged = (at: number, complex: boolean, severity: 1 | 2 | 3 | 4 = 3): Signal => ({
  ...{ type: 'set-severity', id: `s${at}`, at: minutes(at), by: ben, severity, reason: 'Three firms.', complex },
})
const end = (state: CaseState) => (state.status === 'none' ? undefined : targetOf(state, 'resolution'))

describe('a case that a supervisor calls complex', () => {
  it('may take longer, counted from when people got it; the customer hears until when, the owner why', () => {
    const { state, events, commands } = plays(complained, taken, judged(30, true))
    expect(state).toMatchObject({ complex: true, severity: 3, status: 'owned' })
    expect(end(state)).toMatchObject({ startedAt: start, promisedAt: minutes(400), internalAt: minutes(360) })
    expect(events[0]).toMatchObject({
      type: 'classified',
      by: ben,
      reason: 'Three firms.',
      classified: { complex: true },
    })
    expect(commands.map(inWords)).toEqual(['announce reclassified', 'inform ann: reclassified', 'tell complex'])
    expect(commands.at(-1)).toMatchObject({ id: 's30:complex', facts: { by: minutes(400).toISOString() } })
  })

  it('leaves everything else as it was: the ladder, the next news, the owner', () => {
    const before = plays(complained, taken).state
    const { state } = plays(complained, taken, judged(30, true))
    const { dueAt, promisedBy } = before as { dueAt?: Date; promisedBy?: Date }
    expect(state).toMatchObject({ dueAt, promisedBy, owner: ann })
    expect([before, state].map(dueAtOf)).toEqual([minutes(90), minutes(109)])
    const paged = plays(complained, judged(2, true)).state
    expect(paged).toMatchObject({ status: 'paging', epoch: 1, dueAt: minutes(10) })
    expect(end(paged)?.promisedAt).toEqual(minutes(400))
  })

  it('that was overdue already is not any more, and is chased by its new time', () => {
    const acts = [complained, taken, looked(minutes(90)), looked(minutes(100))] as const
    expect(end(plays(...acts).state)?.stage).toBe('climbed')
    expect(end(plays(...acts, judged(101, true)).state)).toMatchObject({ stage: 'open', nextAt: minutes(360) })
  })

  it('said twice is once; taken back it has its old time, and the customer keeps what they were told', () => {
    expect(plays(complained, taken, judged(30, true), judged(31, true)).events).toEqual([])
    expect(plays(complained, taken, judged(30, false)).events).toEqual([])
    const back = plays(complained, taken, judged(30, true), judged(31, false))
    expect(end(back.state)).toMatchObject({ promisedAt: minutes(100), internalAt: minutes(90) })
    expect(back.state).toMatchObject({ complex: false })
    expect(back.commands.map(inWords)).toEqual(['announce reclassified', 'inform ann: reclassified'])
  })

  it('tells nobody of more time where there is none: a stronger rule, another severity, an end that was reached', () => {
    const asked = said('My data, please.', start, { category: 'cctv_privacy' })
    expect(plays(asked, taken, judged(30, true)).commands.map(inWords)).not.toContain('tell complex')
    expect(end(plays(asked, taken, judged(30, true)).state)?.promisedAt).toEqual(minutes(900))
    const done: Signal = { type: 'resolve', id: 'd', at: minutes(5), by: ann, outcome: 'resolved', told: 'Done.' }
    expect(plays(complained, taken, done, judged(30, true)).commands.map(inWords)).not.toContain('tell complex')
    const closed: Signal = { type: 'close', id: 'd', at: minutes(5), by: ann, outcome: 'resolved', told: 'Done.' }
    expect(plays(complained, taken, closed, judged(30, true)).events).toEqual([])
  })

  it('with another severity at once begins anew, and is told the time that holds', () => {
    const grave = said('He pushed me.', start, { severity: 2 })
    const { state, commands } = plays(grave, taken, judged(30, true, 3))
    expect(end(state)?.promisedAt).toEqual(minutes(430))
    expect(commands.at(-1)).toMatchObject({ occasion: 'complex', facts: { by: minutes(430).toISOString() } })
  })

  it('stays complex when the customer writes, hands over and becomes serious; then it has the serious time', () => {
    const graver = said('And he pushed me.', minutes(40), { severity: 2 }, 'c9')
    const { state } = plays(complained, taken, judged(30, true), graver)
    expect(state).toMatchObject({ severity: 2, complex: true })
    expect(end(state)?.promisedAt).toEqual(minutes(340))
  })
})

describe('the shipped policy', () => {
  const shipped = loadConfig({ GATEHOUSE_CONFIG: 'config' }).config?.policy.policy
  const hours = (severity: number, file: object = {}) => {
    if (shipped === undefined) throw new Error('the sample configuration must load')
    const about = { severity, kind: 'complaint', category: 'noise', site: 'jade-garden', ...file }
    return (targetsFor(shipped, about as never).resolution?.seconds ?? 0) / 3_600
  }

  it('gives what is complex twenty working days of eight hours instead of five, and nothing else', () => {
    expect([hours(3), hours(3, { complex: true }), hours(3, { complex: false })]).toEqual([40, 160, 40])
    expect(hours(4, { complex: true })).toBe(hours(4))
    expect(hours(2, { complex: true })).toBe(hours(2))
    expect(hours(3, { complex: true, category: 'cctv_privacy' })).toBe(960)
  })
})

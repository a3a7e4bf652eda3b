import fc from 'fast-check'
import type { Command } from '../../../src/core/case/commands.ts'
import { decide } from '../../../src/core/case/decide.ts'
import type { CaseEvent } from '../../../src/core/case/events.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import type { World } from '../../../src/core/case/policy.ts'
import type { Signal } from '../../../src/core/case/signals.ts'
import { type CaseState, noCase } from '../../../src/core/case/state.ts'
import { ann, ben, onDutyNow, said, start, world } from './given.ts'
import { deskActs } from './random-desk.ts'

/** A signal without its time: what somebody or something does, `afterSeconds` after what came before. */
export type Act = { readonly afterSeconds: number; readonly make: (id: string, at: Date, state: CaseState) => Signal }

const actor = fc.constantFrom(ann, ben)
const seconds = fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 8_000 }), fc.constant(600))
const proposal = fc.constantFrom('emergency', 'answer', 'choices', 'case', 'aside' as const)

const makes: fc.Arbitrary<Act['make']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(proposal, fc.constantFrom(1, 2, 3, 4 as const), fc.boolean(), fc.boolean()).map(
      ([proposes, severity, complaint, handoff]): Act['make'] =>
        (id, at) =>
          said(
            'words',
            at,
            {
              proposal: proposes,
              severity: proposes === 'emergency' ? 1 : severity,
              complaint,
              handoff,
              answers: ['a', 'b'],
            },
            id,
          ),
    ),
  },
  { weight: 5, arbitrary: fc.constant<Act['make']>((id, at) => ({ type: 'deadline', id, at })) },
  actor.map((by): Act['make'] => (id, at) => ({ type: 'acknowledge', id, at, by })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'reply', id, at, by, text: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'note', id, at, by, text: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'escalate', id, at, by, reason: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'close', id, at, by, outcome: 'resolved', told: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'reopen', id, at, by, reason: 'x' })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('ann', 'ben', 'cat', 'dan'), fc.integer({ min: 0, max: 1 }))
      .map(([person, method]): Act['make'] => (id, at, state) => ({
        type: 'page-failed',
        id,
        at,
        epoch: state.status === 'none' ? 0 : state.epoch,
        person,
        method,
        reason: 'off',
      })),
  },
  { weight: 8, arbitrary: fc.oneof(...deskActs) },
  fc.boolean().map((certain): Act['make'] => (id, at) => ({
    type: 'not-delivered',
    id,
    at,
    messageId: 'm',
    reason: 'off',
    certain,
  })),
)

export const acts = fc.array(fc.record({ afterSeconds: seconds, make: makes }), { minLength: 1, maxLength: 40 })
const duties = fc.record({
  'level-1': fc.constantFrom(onDutyNow['level-1'], []),
  'level-2': fc.constantFrom(onDutyNow['level-2'], []),
})
export const worlds: fc.Arbitrary<World> = duties.map((onDuty) => ({ ...world, onDuty: () => onDuty }))

export type Moment = {
  readonly signal: Signal
  readonly before: CaseState
  readonly after: CaseState
  readonly events: readonly CaseEvent[]
  readonly commands: readonly Command[]
}

/** From this moment on as long as nobody has said that the case is not about this person after all. */
export function untilCleared(moments: readonly Moment[], from: number, person: string): readonly Moment[] {
  const isCleared = ({ events }: Moment) =>
    events.some((event) => event.type === 'cleared' && event.person.id === person)
  const cleared = moments.findIndex((moment, i) => i >= from && isCleared(moment))
  return moments.slice(from, cleared < 0 ? undefined : cleared)
}

/** Plays the acts one after the other; the first is always a message, so that there is a case. */
export function play(list: readonly Act[], around: World): readonly Moment[] {
  const moments: Moment[] = []
  let state: CaseState = noCase
  let at = start
  const first: Act = { afterSeconds: 0, make: (id, when) => said('words', when, {}, id) }
  ;[first, ...list].forEach(({ afterSeconds, make }, i) => {
    at = new Date(at.getTime() + afterSeconds * 1_000)
    const signal = make(`s${i}`, at, state)
    const { events, commands } = decide(state, signal, around)
    const after = events.reduce(evolve, state)
    moments.push({ signal, before: state, after, events, commands })
    state = after
  })
  return moments
}

import fc from 'fast-check'
import { ann, ben, said } from './given.ts'
import type { Act } from './random-life.ts'

const actor = fc.constantFrom(ann, ben)
const ahead = fc.integer({ min: 1, max: 900 })
const seconds = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 9_000 }))

const makes: fc.Arbitrary<Act['make']> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Act['make']>((id, at) => ({ type: 'deadline', id, at })) },
  {
    weight: 4,
    arbitrary: fc.tuple(actor, ahead).map(([by, minutes]): Act['make'] => (id, at) => ({
      ...{ type: 'promise', id, at, by, until: new Date(at.getTime() + minutes * 60_000) },
    })),
  },
  {
    weight: 3,
    arbitrary: actor.map((by): Act['make'] => (id, at) => ({ type: 'acknowledge', id, at, by })),
  },
  actor.map((by): Act['make'] => (id, at) => ({ type: 'escalate', id, at, by, reason: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'note', id, at, by, text: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'reply', id, at, by, text: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'ask', id, at, by, text: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'reopen', id, at, by, reason: 'x' })),
  fc.tuple(actor, actor).map(([by, to]): Act['make'] => (id, at) => ({ type: 'assign', id, at, by, to, note: '' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'resolve', id, at, by, outcome: 'resolved', told: 'x' })),
  fc.tuple(actor, fc.constantFrom('', 'x')).map(([by, told]): Act['make'] => (id, at) => ({
    ...{ type: 'close', id, at, by, told, outcome: told === '' ? 'unreachable' : 'resolved' },
  })),
  fc.boolean().map(
    (isWord): Act['make'] =>
      (id, at) =>
        said('x', at, { proposal: isWord ? 'case' : 'aside' }, id),
  ),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'set-severity', id, at, by, severity: 2, reason: 'x' })),
)

/** Lives in which times are named to the customer, and cases are given back, closed and taken again. */
export const wordyActs = fc.array(fc.record({ afterSeconds: seconds, make: makes }), { minLength: 1, maxLength: 40 })

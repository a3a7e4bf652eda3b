import fc from 'fast-check'
import { ann, ben } from './given.ts'
import type { Act } from './random-life.ts'

const actor = fc.constantFrom(ann, ben)
const pair = fc.tuple(actor, actor)
const minutes = fc.integer({ min: -5, max: 3_000 })
const other = fc.constantFrom('GH-2026-000002', 'GH-2026-000003')
const links = fc.constantFrom('related', 'duplicate-of', 'merged-into', 'split-into' as const)
const severity = fc.constantFrom(1, 2, 3, 4 as const)
const methods = fc.integer({ min: 0, max: 2 })

/** What staff do beyond taking, answering, noting, escalating, closing and opening again. */
export const deskActs: readonly fc.Arbitrary<Act['make']>[] = [
  pair.map(([by, to]): Act['make'] => (id, at) => ({ type: 'assign', id, at, by, to, note: '' })),
  pair.map(([by, to]): Act['make'] => (id, at) => ({ type: 'offer-hand-over', id, at, by, to, note: '' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'accept-hand-over', id, at, by })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'decline-hand-over', id, at, by, reason: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'ask', id, at, by, text: 'x' })),
  fc.tuple(actor, minutes).map(([by, ahead]): Act['make'] => (id, at) => ({
    type: 'promise',
    id,
    at,
    by,
    until: new Date(at.getTime() + ahead * 60_000),
  })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'set-kind', id, at, by, kind: 'enquiry' })),
  fc
    .tuple(actor, severity, fc.constantFrom({}, { complex: true }, { complex: false }))
    .map(([by, wanted, judged]): Act['make'] => (id, at) => ({
      type: 'set-severity',
      id,
      at,
      by,
      severity: wanted,
      reason: 'x',
      ...judged,
    })),
  fc.tuple(actor, fc.constantFrom('ann', 'ben', 'eve'), methods).map(([by, person, ways]): Act['make'] => (id, at) => ({
    ...{ type: 'page-person', id, at, by, reason: 'x' },
    person: { id: person, name: person, language: 'en', methods: ways },
  })),
  fc.tuple(actor, other, links).map(([by, caseId, how]): Act['make'] => (id, at) => ({
    type: 'link',
    id,
    at,
    by,
    link: { caseId, how },
  })),
  fc.tuple(actor, other).map(([by, caseId]): Act['make'] => (id, at) => ({
    type: 'unlink',
    id,
    at,
    by,
    other: caseId,
  })),
  pair.map(([by, person]): Act['make'] => (id, at) => ({ type: 'clear', id, at, by, person, reason: 'x' })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'add-party', id, at, by, party: { name: 'x', role: 'y' } })),
  actor.map((by): Act['make'] => (id, at) => ({ type: 'resolve', id, at, by, outcome: 'resolved', told: 'x' })),
  fc.tuple(actor, other).map(([by, caseId]): Act['make'] => (id, at) => ({
    type: 'close-as',
    id,
    at,
    by,
    link: { caseId, how: 'duplicate-of' },
    told: 'x',
  })),
  fc.boolean().map((isGone): Act['make'] => (id, at) => ({
    type: 'message-changed',
    id,
    at,
    messageId: 'm',
    ...(!isGone && { text: 'x' }),
  })),
]

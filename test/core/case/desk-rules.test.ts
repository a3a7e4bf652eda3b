import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/case/decide.ts'
import type { Page } from '../../../src/core/case/events.ts'
import { evolve } from '../../../src/core/case/evolve.ts'
import { linkKinds, mirrored, mostLinks, mostParties } from '../../../src/core/case/links.ts'
import { methodsDue } from '../../../src/core/case/methods.ts'
import { untold } from '../../../src/core/case/signals.ts'
import type { StateOf } from '../../../src/core/case/state.ts'
import { everySignal } from './every-signal.ts'
import { ann, ben, given, inWords, looked, minutes, said, start, world } from './given.ts'
import { cat, complained, does, taken } from './lives.ts'

const asked = { command: 'note', desk: 'teams', args: { text: 'x' } }
const commanded = { type: 'commanded', at: minutes(3), by: ben, ...asked }

describe('the audit of a command', () => {
  it('stands in the log before what it led to', () => {
    const { events, commands } = given(complained, { ...does(3, { type: 'note', by: ben, text: 'x' }), asked })
    expect(events).toEqual([commanded, { type: 'noted', at: minutes(3), by: ben, text: 'x' }])
    expect(commands).toEqual([])
  })

  it('loses nothing of what the command leads to', () => {
    const press = does(3, { type: 'acknowledge', by: ben })
    const plain = given(complained, press)
    const audited = given(complained, { ...press, asked })
    expect(audited.commands).toEqual(plain.commands)
    expect(audited.events).toEqual([commanded, ...plain.events])
  })

  it('is left out where the command changed nothing, unless somebody looked', () => {
    expect(given(complained, { ...does(3, { type: 'reopen', by: ben, reason: 'x' }), asked }).events).toEqual([])
    expect(given(complained, { ...does(3, { type: 'look', by: ben }), asked }).events).toEqual([commanded])
    expect(given(complained, does(3, { type: 'look', by: ben })).events).toEqual([])
  })

  it('comes after the opening of a case that the command opens, and needs somebody who asked', () => {
    const split = { ...everySignal['split-off'], asked } as never
    expect(given(split).events.map(({ type }) => type)).toEqual([
      'opened',
      'commanded',
      'linked',
      'noted',
      'acknowledged',
    ])
    const changed = { ...does(3, { type: 'message-changed', messageId: 'c0' }), asked }
    expect(given(complained, changed).events.map(({ type }) => type)).toEqual(['message-changed'])
  })
})

describe('links and parties', () => {
  const link = (at: number, caseId: string, how: 'related' | 'duplicate-of' = 'related') =>
    does(at, { type: 'link', by: ann, link: { caseId, how } })
  const many = (count: number) => Array.from({ length: count }, (_, i) => link(1 + i / 100, `GH-${i + 2}`))
  const party = (at: number, name: string) => does(at, { type: 'add-party', by: ann, party: { name, role: 'witness' } })
  const crowd = (count: number) => Array.from({ length: count }, (_, i) => party(1 + i / 100, `P${i}`))

  it('a second word about the same case takes the place of the first, and leaves the others', () => {
    const { state } = given(complained, link(1, 'GH-2'), link(2, 'GH-3'), link(3, 'GH-2', 'duplicate-of'))
    expect(state).toMatchObject({
      links: [
        { caseId: 'GH-3', how: 'related' },
        { caseId: 'GH-2', how: 'duplicate-of' },
      ],
    })
  })

  it('the same words about two cases are two links', () => {
    expect(given(complained, link(1, 'GH-2'), link(2, 'GH-3')).state).toMatchObject({
      links: [{ caseId: 'GH-2' }, { caseId: 'GH-3' }],
    })
  })

  it('unlinking takes away that one', () => {
    const { state } = given(
      complained,
      link(1, 'GH-2'),
      link(2, 'GH-3'),
      does(3, { type: 'unlink', by: ann, other: 'GH-2' }),
    )
    expect(state).toMatchObject({ links: [{ caseId: 'GH-3', how: 'related' }] })
    expect(evolve(given(complained).state, { type: 'unlinked', at: start, by: ann, other: 'GH-2' })).toMatchObject({
      links: [],
    })
  })

  it('there is a last one, and none after it', () => {
    const full = given(complained, ...many(mostLinks))
    expect(full.state).toHaveProperty('links.length', mostLinks)
    expect(given(complained, ...many(mostLinks), link(9, 'GH-999')).events).toEqual([])
    const stored = evolve(full.state, {
      type: 'linked',
      at: start,
      by: ann,
      link: { caseId: 'GH-999', how: 'related' },
    })
    expect(stored).toHaveProperty('links.length', mostLinks)
    expect(stored).toHaveProperty(`links.${mostLinks - 1}.caseId`, 'GH-999')
  })

  it('so with parties; who takes the case keeps them', () => {
    const full = given(complained, ...crowd(mostParties), taken)
    expect(full.state).toHaveProperty('parties.length', mostParties)
    expect(given(complained, ...crowd(mostParties), party(9, 'one more')).events).toEqual([])
    const stored = evolve(full.state, { type: 'party-added', at: start, by: ann, party: { name: 'x', role: 'y' } })
    expect(stored).toHaveProperty('parties.length', mostParties)
    expect(stored).toHaveProperty('parties.0.name', 'P0')
  })

  it('each kind has one that is seen from the other side', () => {
    for (const kind of linkKinds) expect(mirrored[mirrored[kind]]).toBe(kind)
    expect(mirrored).toMatchObject({ related: 'related', 'duplicate-of': 'has-duplicate', 'merged-into': 'took-in' })
    expect(mirrored['split-from']).toBe('split-into')
  })

  it('only who cannot be told is told nothing', () => {
    expect(untold).toEqual(['unreachable', 'no_case'])
  })
})

describe('taking a resolution back', () => {
  it('leaves the case with its owner, with news owed again, and tells the desk why', () => {
    const done = does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' })
    const { state, commands } = given(complained, done, does(3, { type: 'reopen', by: ben, reason: 'It is not.' }))
    expect(state).toMatchObject({ status: 'owned', owner: { id: 'ann' }, promisedBy: expect.any(Date) })
    expect(state).not.toHaveProperty('resolved')
    expect(commands.map(inWords)).toEqual(['announce reopened-staff'])
  })
})

describe('another severity', () => {
  const set = (at: number, severity: 1 | 2 | 3 | 4, by = ben) =>
    does(at, { type: 'set-severity', by, severity, reason: 'x' })
  const minor = said('The bin is full.', start, { severity: 4 }, 'c0')

  it('leaves an owner the time they have, unless it became serious and the sign comes too late', () => {
    expect(given(minor, taken, set(2, 3)).events.map(({ type }) => type)).not.toContain('owner-chased')
    expect(given(said('!', start, { severity: 1 }, 'c0'), taken, set(2, 2)).state).toMatchObject({
      dueAt: minutes(109),
    })
    expect(given(complained, taken, set(105, 2)).state).toMatchObject({ chased: false, dueAt: minutes(109) })
    expect(given(complained, taken, set(99, 2)).state).toMatchObject({ chased: false, dueAt: minutes(109) })
    expect(given(complained, taken, set(98, 2)).state).toMatchObject({ chased: true, dueAt: minutes(108) })
    expect(given(complained, taken, set(2, 2, ann)).state).toMatchObject({ chased: false, dueAt: minutes(109) })
  })

  it('wakes the ladder of what the bot has only if it is serious', () => {
    const asks = said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint: false, severity: 4 }, 'c0')
    expect(given(asks, set(1, 3)).state.status).toBe('with-bot')
    expect(given(asks, set(1, 2)).state.status).toBe('paging')
  })

  it('of a case that was resolved: it is not done, and does not close before the customer may object', () => {
    const done = does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'Done.' })
    const { state } = given(complained, taken, done, set(3, 2))
    expect(state).not.toHaveProperty('resolved')
    expect(given(complained, taken, done, set(3, 2), looked(minutes(13))).state.status).not.toBe('closed')
  })
})

describe('a person who is paged beside the ladder', () => {
  const page = (at: number, id: string, methods: number) =>
    does(at, { type: 'page-person', by: ben, person: { id, name: id, language: 'en', methods }, reason: 'x' })

  it('is asked once: paged again, the newer page takes the place of the older', () => {
    const { state } = given(complained, page(1, 'cat', 1))
    expect(state).toMatchObject({ pages: [{ person: 'cat', methods: 1 }, { person: 'ann' }] })
    expect(state).toHaveProperty('pages.length', 2)
  })

  it('joins those of an exhausted ladder too', () => {
    const until = [10, 15, 25, 35, 40, 50].map((at) => looked(minutes(at)))
    const { state } = given(complained, ...until, page(51, 'eve', 1))
    expect(state.status).toBe('exhausted')
    expect((state as StateOf<'exhausted'>).pages.map(({ person }) => person)).toContain('eve')
  })
})

describe('facts about what nobody has', () => {
  const paging = given(complained).state
  const owned = given(complained, taken).state
  const by = { at: minutes(5), dueAt: minutes(9) }

  it('a chase, a reminder or progress of another state changes nothing', () => {
    expect(evolve(owned, { type: 'chased', chase: 1, lateMs: 0, ...by })).toEqual(owned)
    expect(evolve(owned, { type: 'reminded', ...by })).toEqual(owned)
    expect(evolve(paging, { type: 'owner-chased', lateMs: 0, ...by })).toEqual(paging)
    expect(evolve(paging, { type: 'progressed', promisedBy: minutes(9), ...by })).toEqual(paging)
    expect(evolve(paging, { type: 'promised', by: ann, promisedBy: minutes(9), ...by })).toEqual(paging)
    expect(evolve(paging, { type: 'hand-over-declined', at: minutes(5), by: cat, reason: '' })).toEqual(paging)
  })

  it('who asked, and a level without people, change nothing', () => {
    expect(evolve(paging, commanded as never)).toEqual(paging)
    expect(evolve(paging, { type: 'level-empty', at: minutes(5), step: 0, cycle: 0, groups: [] })).toEqual(paging)
  })

  it('what the bot did not understand is counted; a new question or an opened case begins with nothing offered', () => {
    const unclear = said('In?', start, { proposal: 'choices', answers: ['a'], complaint: false }, 'c0')
    const again = said('Hm?', minutes(1), { proposal: 'choices', answers: ['b'], complaint: false }, 'c1')
    expect(given(unclear, again).state).toMatchObject({ misses: 2, offered: ['b'], answered: false })
    const known = said('Pets', minutes(1), { proposal: 'answer', answers: ['pets'], complaint: false }, 'c1')
    expect(given(unclear, known).state).toMatchObject({ misses: 0, offered: [], answered: true })
    const closed = given(complained, does(2, { type: 'close', by: ann, outcome: 'no_case', told: '' })).state
    expect(evolve(closed, { type: 'reopened', at: minutes(3), by: 'customer', reason: '' })).toMatchObject({
      ...{ status: 'with-bot', answered: false, offered: [], dueAt: minutes(3) },
    })
  })
})

describe('people’s own methods', () => {
  const paging = given(complained).state as StateOf<'paging'>
  const page = (person: string, change: Partial<Page>): Page => ({
    ...{ person, name: person, methods: 3, method: 0, failed: [], step: 0, cycle: 0, ...change },
  })
  const [atTwo, atThree] = [minutes(2), minutes(3)]

  it('are late by the one that has waited longest; what is known to fail is not tried', () => {
    const pages = [
      page('ann', {
        later: [
          { method: 1, at: atTwo },
          { method: 2, at: minutes(9) },
        ],
      }),
      page('cat', { later: [{ method: 1, at: atThree }], failed: [1] }),
      page('eve', {}),
    ]
    const state = { ...paging, pages }
    expect(methodsDue(state, minutes(4)).map(({ page: { person }, method }) => [person, method])).toEqual([
      ['ann', 1],
      ['cat', 1],
    ])
    const { events, commands } = decide(state, looked(minutes(4)), world)
    expect(events).toMatchObject([{ type: 'methods-tried', lateMs: 120_000 }])
    expect(commands.map(inWords)).toEqual(['page ann m1'])
  })

  it('of a page that does not say from which step it is go by the step of now', () => {
    const { step: _s, cycle: _c, ...old } = page('ann', { later: [{ method: 1, at: atTwo }] })
    const { commands } = decide({ ...paging, step: 1, cycle: 1, pages: [old] }, looked(minutes(4)), world)
    expect(commands).toMatchObject([{ id: 'GH-2026-000001:e1:c1:s1:n0:ann:m1' }])
  })

  it('what failed is neither tried nor waited for; others of theirs still are', () => {
    const later = [
      { method: 1, at: atTwo },
      { method: 2, at: atThree },
    ]
    const state = { ...paging, pages: [page('ann', { later, methods: 4 })] }
    const failed = { type: 'page-failed', at: minutes(1), person: 'ann', method: 1, reason: 'off' } as const
    expect(evolve(state, failed)).toMatchObject({ pages: [{ failed: [1], method: 0, later: [{ method: 2 }] }] })
    expect(evolve(state, { ...failed, method: 0, nextMethod: 1 })).toMatchObject({
      pages: [{ failed: [0], method: 1, later: [{ method: 2 }] }],
    })
  })
})

describe('a long word', () => {
  it('that was changed is shown as far as a thread shows it, by whole characters', () => {
    const text = '🙂'.repeat(700)
    const { commands } = given(complained, does(3, { type: 'message-changed', messageId: 'c0', text }))
    expect(commands).toMatchObject([{ occasion: 'message-edited', facts: { text: `${'🙂'.repeat(600)}…` } }])
  })
})

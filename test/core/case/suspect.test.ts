import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Assessment, Signal } from '../../../src/core/case/signals.ts'
import { ann, ben, given, inWords, looked, minutes, onDutyNow, said, start, walled, world } from './given.ts'
import { cat, complained, does, fire, taken } from './lives.ts'
import { type Act, acts, play, untilCleared } from './random-life.ts'

const names = (at: number, change: Partial<Assessment> = {}) =>
  said('Ann shouted at me.', minutes(at), { category: 'staff_conduct', named: [ann], ...change }, `c${at}`)
const plays = (...signals: readonly Signal[]) => given(...signals).in(walled(world))

describe('a complaint that names a member of staff', () => {
  it('goes to the others, and the log says why', () => {
    const { state, events, commands } = plays(names(0))
    expect(commands.map(inWords)).toEqual(['page cat m0', 'tell received'])
    expect(events.map(({ type }) => type)).toContain('suspected')
    expect(state).toMatchObject({ suspected: [ann], status: 'paging' })
    expect(JSON.stringify(commands)).not.toContain('Ann')
  })

  it('leaves its owner at once, who does not read the words; the customer is told nothing of it', () => {
    const { state, commands } = plays(complained, taken, names(5))
    expect(commands.map(inWords)).toEqual(['announce customer-wrote', 'tell received-again', 'page cat m0'])
    expect(state).toMatchObject({ status: 'paging', suspected: [ann] })
    expect(plays(complained, taken, names(5), does(6, { type: 'acknowledge', by: ann })).events).toEqual([])
  })

  it('goes on being chased where others are paged for it', () => {
    const { state, commands } = plays(complained, names(5))
    expect(state).toMatchObject({ epoch: 1, pages: [{ person: 'cat' }], dueAt: minutes(10), told: ['cat'] })
    expect(commands.map(inWords)).not.toContain('page cat m0')
  })

  it('starts anew where nobody else was asked', () => {
    const alone = { ...world, onDuty: () => ({ ...onDutyNow, 'level-1': onDutyNow['level-1'].slice(0, 1) }) }
    const { commands } = given(complained, names(5)).in(walled(alone))
    expect(commands.map(inWords)).toEqual([
      'announce customer-wrote',
      'tell received-again',
      'announce level-empty',
      'page ben m0',
    ])
  })

  it('as the one it is written to is kept from them only where it is about what people do to people', () => {
    const toAnn = { named: [{ ...ann, isAddressed: true }] }
    expect(plays(complained, taken, names(5, { ...toAnn, category: 'noise' })).state).toMatchObject({ owner: ann })
    expect(plays(complained, taken, names(5, toAnn)).state).toMatchObject({ suspected: [ann] })
  })

  it('and is no complaint, but praise or a question, goes its way', () => {
    const praise = { kind: 'feedback', complaint: false, category: 'general_info', severity: 4 } as const
    expect(plays(complained, taken, names(5, praise)).state).toMatchObject({ status: 'owned', owner: ann })
    expect(plays(complained, taken, names(5, praise)).state).not.toHaveProperty('suspected')
  })

  it('in danger leaves nobody out on a guess', () => {
    expect(plays(names(0, { ...fire, complaint: true })).commands.map(inWords)).toContain('page ann m0')
    const burning = plays(said('Fire!', start, fire, 'c0'), names(2, { severity: 3 }))
    expect(burning.state).not.toHaveProperty('suspected')
  })

  it('that opens a closed case again is not for whoever closed it', () => {
    const closing = does(2, { type: 'close', by: ann, outcome: 'resolved', told: 'Done.' })
    const { commands } = plays(complained, taken, closing, names(5))
    expect(commands.map(inWords)).toEqual([
      'announce customer-wrote',
      'announce reopened-staff',
      'page cat m0',
      'tell reopened',
    ])
  })

  it('a whole staff list accuses five at most', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, name: 'x' }))
    expect(plays(names(0, { named: many })).state).toMatchObject({ suspected: many.slice(0, 5) })
  })

  it('named twice stands there once, and whoever the case is about for certain is no suspect', () => {
    const about = does(1, { type: 'wall', by: ben, about: ['ann'] })
    expect(plays(complained, about, names(5)).state).not.toHaveProperty('suspected')
    expect(plays(names(0), names(5, { named: [ann, cat] })).state).toMatchObject({ suspected: [ann, cat] })
  })

  it('whatever else happens, whoever was named is told nothing more of it, and does not have it', () => {
    const suspicion: Act = { afterSeconds: 5, make: (id, at) => said('x', at, { named: [ann] }, id) }
    fc.assert(
      fc.property(acts, acts, (before, after) => {
        const moments = play([...before, suspicion, ...after], walled(world))
        const from = moments.findIndex(({ after: now }) => now.status !== 'none' && now.suspected !== undefined)
        if (from < 0) return
        const kept = untilCleared(moments, from, 'ann')
        for (const { commands } of kept)
          expect(commands.filter((one) => 'person' in one && one.person === 'ann')).toEqual([])
        const last = kept.at(-1)?.after
        if (last?.status === 'owned') expect(last.owner.id).not.toBe('ann')
      }),
      { numRuns: 150, seed: 20261122 },
    )
  })

  it('wrongly so, is taken back with a reason: they are paged and may have it again, and new words are a new guess', () => {
    const cleared = does(6, { type: 'clear', by: ben, person: ann, reason: 'She thanks Ann.' })
    const { state, events, commands } = plays(names(0), does(5, { type: 'acknowledge', by: cat }), cleared)
    expect(state).not.toHaveProperty('suspected')
    expect(events).toEqual([{ type: 'cleared', at: minutes(6), by: ben, person: ann, reason: 'She thanks Ann.' }])
    expect(commands.map(inWords)).toEqual(['announce cleared-desk', 'inform cat: cleared'])
    expect(commands[0]).toMatchObject({ facts: { name: 'Ben' } })
    const given = does(7, { type: 'assign', by: ben, to: ann, note: '' })
    expect(plays(names(0), cleared, given).state).toMatchObject({ owner: ann })
    const paged = plays(names(0), cleared, does(7, { type: 'escalate', by: cat, reason: 'x' }), looked(minutes(17)))
    expect(paged.commands.map(inWords)).toContain('escalated ann m0')
    expect(plays(names(0), cleared, names(8)).state).toMatchObject({ suspected: [ann] })
    expect(plays(names(0), cleared, { ...cleared, id: 'again' }).events).toEqual([])
  })

  it('is not taken back by whom it names, and others who were named stay out', () => {
    const cleared = (by: typeof ann) => does(6, { type: 'clear', by, person: ann, reason: 'x' })
    expect(plays(names(0), cleared(ann)).events).toEqual([])
    const two = plays(names(0, { named: [ann, cat] }), cleared(ben))
    expect(two.state).toMatchObject({ suspected: [cat] })
    expect(plays(names(0, { named: [ann, cat] }), cleared(cat)).events).toEqual([])
    const walled = does(3, { type: 'wall', by: ben, about: ['ann'] })
    expect(plays(complained, walled, cleared(ben)).state).not.toHaveProperty('about')
  })

  it('a look afterwards finds the case where it is', () => {
    expect(plays(names(0), looked(minutes(10))).commands.map(inWords)).toEqual(['chase cat m1'])
  })
})

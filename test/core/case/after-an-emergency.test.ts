import { describe, expect, it } from 'vitest'
import type { Policy } from '../../../src/core/case/policy.ts'
import type { Assessment, Signal } from '../../../src/core/case/signals.ts'
import { ann, given, inWords, minutes, policy, said, start } from './given.ts'
import { does, fire } from './lives.ts'

const burning = said('Fire!', start, fire, 'c0')
const taken = does(1, { type: 'acknowledge', by: ann })
const closing = does(30, { type: 'close', by: ann, outcome: 'resolved', told: 'It is out.' })
const resolving = does(30, { type: 'resolve', by: ann, outcome: 'resolved', told: 'It is out.' })

const question = { kind: 'enquiry', category: 'general_info', severity: 4, complaint: false } as const
const asks: Partial<Assessment> = { ...question, proposal: 'choices', answers: ['a'] }
const complains: Partial<Assessment> = { kind: 'complaint', category: 'slow_response', severity: 3 }
const wrote = (at: number, change: Partial<Assessment>) => said('words', minutes(at), change, `c${at}`)
const since = (...signals: readonly Signal[]) => given(burning, taken, ...signals)

describe('an emergency that is over', () => {
  it('is opened again by a question as that question, for the officer on duty', () => {
    const { state, commands } = since(closing, wrote(31, asks))
    expect(state).toMatchObject({ ...{ kind: 'enquiry', category: 'general_info', severity: 4 }, status: 'paging' })
    expect(commands.map(inWords)).toEqual([
      'announce customer-wrote',
      'announce reopened-staff',
      'page ann m0',
      'page cat m0',
      'tell reopened',
    ])
  })

  it('is an emergency still to whatever else is written within the hour: it may tell of the same danger', () => {
    const again = since(closing, wrote(89, complains))
    expect(again.state).toMatchObject({ severity: 1, kind: 'emergency' })
    expect(again.commands.map(inWords)).toContain('page ben m0')
  })

  it('and is what is written once the hour has passed', () => {
    const { state, commands } = since(closing, wrote(90, complains))
    expect(state).toMatchObject({ severity: 3, kind: 'complaint', category: 'slow_response' })
    expect(commands.map(inWords)).not.toContain('page ben m0')
  })

  it('is one again at once where danger is heard, whenever and whatever it is called', () => {
    for (const danger of [fire, { ...asks, severity: 1 }, { ...asks, proposal: 'emergency' }] as const) {
      const { state, commands } = since(closing, wrote(300, danger))
      expect(state).toMatchObject({ severity: 1, status: 'paging' })
      expect(commands.map(inWords)).toContain('page ben m0')
    }
  })

  it('and waits for objections goes on with its owner as what is asked then', () => {
    const { state, commands } = since(resolving, wrote(40, asks))
    expect(state).toMatchObject({ status: 'owned', owner: ann, severity: 4, kind: 'enquiry' })
    expect(state).not.toHaveProperty('resolved')
    expect(commands.map(inWords)).toEqual([
      'announce customer-wrote',
      'inform ann: customer-wrote',
      'tell received-again',
    ])
    expect(since(resolving, wrote(40, complains)).state).toMatchObject({ severity: 1 })
    expect(since(resolving, wrote(40, { proposal: 'aside', severity: 4 })).state).toMatchObject({
      severity: 1,
      resolved: { by: ann },
    })
  })

  it('is never made less while somebody is at it', () => {
    expect(since(wrote(300, asks)).state).toMatchObject({ severity: 1, kind: 'emergency' })
    expect(given(burning, wrote(300, asks)).state).toMatchObject({ severity: 1, kind: 'emergency' })
  })

  it('stays what goes to others than the officer on the post', () => {
    const elsewhere: Policy = { ...policy, categories: { use_of_force: { start: 'level-2' } } }
    const hit = said('He hits me!', start, { ...fire, category: 'use_of_force' }, 'c0')
    const { state } = given(hit, taken, closing, wrote(31, asks)).in({ policy: elsewhere })
    expect(state).toMatchObject({ severity: 4, kind: 'enquiry', category: 'use_of_force' })
  })

  it('any other case keeps what it was', () => {
    const serious = said('He was pushed.', start, { severity: 2, category: 'use_of_force' }, 'c0')
    expect(given(serious, taken, closing, wrote(300, asks)).state).toMatchObject({
      ...{ severity: 2, kind: 'complaint', category: 'use_of_force' },
    })
  })
})

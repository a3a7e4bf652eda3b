import { describe, expect, it } from 'vitest'
import type { Signal } from '../../../src/core/case/signals.ts'
import { ann, given, inWords, looked, minutes, said, start } from './given.ts'
import { complained, does, fire, taken, wrote } from './lives.ts'

type Message = Extract<Signal, { type: 'message' }>
const photo = { id: 'p', name: 'p.jpg', type: 'image/jpeg', bytes: 9 }
const withFiles = (signal: Signal, count: number): Signal =>
  ({
    ...signal,
    message: { ...(signal as Message).message, attachments: Array.from({ length: count }, () => photo) },
  }) as never
const shown = (signal: Signal) => given(complained, signal).commands[0]?.facts.text
const told = (...signals: readonly Signal[]) => given(...signals).commands.filter(({ type }) => type === 'tell')

describe('what a customer is told at first', () => {
  it('says back place and time where they were understood, and asks for one that is missing', () => {
    const facts = { by: minutes(20).toISOString() }
    expect(told(said('!', start, { told: '12/F' }, 'c0'))).toMatchObject([
      { occasion: 'received', facts: { ...facts, told: '12/F' } },
    ])
    expect(told(said('!', start, { ask: 'where' }, 'c0'))).toMatchObject([{ facts: { ...facts, ask: 'where' } }])
    expect(told(complained)[0]?.facts).toEqual(facts)
  })

  it('an answer is named, also beside a complaint', () => {
    const asks = (complaint: boolean) =>
      said('Pets?', start, { proposal: 'answer', answers: ['pets'], complaint }, 'c0')
    expect(told(asks(false))).toMatchObject([{ occasion: 'answer', facts: { answer: 'pets' } }])
    expect(told(asks(true))).toMatchObject([
      { occasion: 'answer-with-offer', facts: { answer: 'pets', by: minutes(20).toISOString() } },
    ])
  })

  it('nothing that needs an action reaches people all the same', () => {
    expect(told(said('Thanks', start, { proposal: 'aside' }, 'c0'))).toMatchObject([{ occasion: 'received' }])
  })
})

describe('what staff read of a customer’s words', () => {
  it('is as much as a thread shows, by whole characters, and says when it is cut', () => {
    expect(shown(wrote(2, 'Short.'))).toBe('Short.')
    expect(shown(wrote(2, 'x'.repeat(600)))).toBe('x'.repeat(600))
    expect(shown(wrote(2, 'x'.repeat(601)))).toBe(`${'x'.repeat(600)}…`)
    expect(shown(wrote(2, '🙂'.repeat(600)))).toBe('🙂'.repeat(600))
    expect(shown(wrote(2, '🙂'.repeat(601)))).toBe(`${'🙂'.repeat(600)}…`)
  })

  it('counts the files, with words and without', () => {
    expect(shown(withFiles(wrote(2, 'Look'), 2))).toBe('Look 📎 × 2')
    expect(shown(withFiles(wrote(2, ''), 1))).toBe('📎 × 1')
  })
})

describe('an addition', () => {
  it('is acknowledged again from exactly a minute on', () => {
    const seconds = (count: number) => wrote(2 + count / 60, 'More.')
    const at = (count: number) => told(complained, wrote(2, 'And rude.'), seconds(count)).map(inWords)
    expect([at(59), at(60)]).toEqual([[], ['tell received-again']])
  })

  it('to somebody who wants a person names the time that was promised, while it can still be kept', () => {
    const person = (at: number) => wrote(at, 'A person!', { handoff: true, complaint: false })
    expect(told(complained, person(19))).toMatchObject([
      { occasion: 'agent', facts: { by: minutes(20).toISOString() } },
    ])
    expect(told(complained, person(20)).map(inWords)).toEqual(['tell received-again'])
    const asked = does(2, { type: 'ask', by: ann, text: 'Which?' })
    const resolved = does(2, { type: 'resolve', by: ann, outcome: 'resolved', told: 'x' })
    expect(told(complained, taken, asked, person(3)).map(inWords)).toEqual(['tell agent'])
    expect(told(complained, taken, resolved, { ...wrote(3, 'x', { proposal: 'aside' }) }).map(inWords)).toEqual([])
  })

  it('that is a little graver stays with whoever has it; a graver kind takes its category along', () => {
    const bin = said('The bin is full.', start, { severity: 4, kind: 'service_request', category: 'facility' }, 'c0')
    const noise = wrote(2, 'And the noise.', { severity: 4, kind: 'feedback', category: 'noise' })
    expect(given(bin, noise).state).toMatchObject({ kind: 'service_request', category: 'facility' })
    const worse = wrote(2, 'For days!', { severity: 3, kind: 'service_request', category: 'noise' })
    const now = given(bin, worse)
    expect(now.state).toMatchObject({ epoch: 1, severity: 3, kind: 'service_request', category: 'noise' })
    expect(now.events.map(({ type }) => type)).toEqual(['message-added', 'classified', 'targets-set'])
    const complaint = wrote(2, 'Nobody comes!', { severity: 4, kind: 'complaint', category: 'slow_response' })
    expect(given(bin, complaint).state).toMatchObject({ severity: 4, kind: 'complaint', category: 'slow_response' })
  })

  it('that is a matter of life is answered with the safety text, whatever it was taken for', () => {
    expect(told(complained, wrote(2, 'I cannot breathe', { severity: 1 })).map(inWords)).toEqual(['tell safety'])
    expect(told(complained, wrote(2, 'He hit me', { severity: 2 })).map(inWords)).toEqual(['tell received-again'])
  })

  it('of danger leaves the owner no more time than they had', () => {
    const danger = (at: number) => wrote(at, 'Smoke!', { ...fire, severity: 3 })
    expect(given(complained, taken, danger(98)).state).toMatchObject({ chased: true, dueAt: minutes(108) })
    expect(given(complained, taken, danger(105)).state).toMatchObject({ chased: true, dueAt: minutes(109) })
    expect(given(complained, taken, looked(minutes(109)), danger(112)).state).toMatchObject({ dueAt: minutes(121) })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { advisedBy, createAdviser } from '../../../src/adviser.ts'
import { redacted, withAdvice } from '../../../src/bot/advice.ts'
import type { BotTurn } from '../../../src/bot/bot.ts'
import { fresh, shippedBot, today } from '../shipped-bot.ts'
import { type LocalModel, startLocalModel } from './local-model.ts'

const bot = shippedBot()
const vague = 'something about the card thing'
const turnOf = (text: string): BotTurn => bot.consider({ text }, fresh, today)
const said = (text: string) => ({ text, site: fresh.site, today })
const answersOf = ({ decision }: BotTurn) => (decision.type === 'choices' ? decision.answers : [])

let model: LocalModel
beforeEach(async () => {
  model = await startLocalModel()
})
afterEach(() => model.close())

const adviser = (more: Parameters<typeof createAdviser>[1] = {}) =>
  createAdviser({ url: model.url, model: 'small', key: 'an-invented-key' }, { timeoutMs: 300, ...more })
const advised = (text: string, more: Parameters<typeof createAdviser>[1] = {}) =>
  advisedBy(adviser(more), bot)(turnOf(text), said(text))

describe('a language model, where the operator wants one', () => {
  it('may put our own candidates in another order, and no more', async () => {
    const before = answersOf(turnOf(vague))
    expect(before.length).toBeGreaterThan(1)
    const wanted = [...before].reverse()
    model.behaves({
      content: `\`\`\`json\n{"order": ["invented", ${wanted.map((id) => `"${id}"`).join(', ')}], "complaint": false}\n\`\`\``,
    })
    const turn = await advised(vague)
    expect(answersOf(turn)).toEqual(wanted)
    expect(turn.understanding.because.join('\n')).toContain('a language model put first')
    expect(model.asked[0]?.headers.authorization).toBe('Bearer an-invented-key')
    expect(model.asked[0]?.body).toMatchObject({ model: 'small', messages: [{ role: 'system' }, { role: 'user' }] })
  })

  it('may flag a complaint, and never takes a flag away', async () => {
    model.behaves({ content: '{"order": [], "complaint": true}' })
    expect((await advised(vague)).understanding.complaint).toBe(true)
    const flagged = turnOf(vague)
    const turn = { ...flagged, understanding: { ...flagged.understanding, complaint: true } }
    expect(withAdvice(turn, { order: [], complaint: false }).understanding.complaint).toBe(true)
  })

  it.each([
    'there is smoke in the corridor',
    'how long do you keep CCTV recordings',
    'your guard was rude to my mother',
    'AGENT',
    'STOP',
  ])('is not asked about "%s"', async (text) => {
    model.behaves({ content: '{"order": [], "complaint": false}' })
    const before = turnOf(text)
    expect(await advised(text)).toEqual(before)
    expect(model.asked).toEqual([])
  })

  it.each([
    ['an error', { status: 500 }],
    ['too many requests', { status: 429 }],
    ['no JSON', { content: 'I think it is the first one.' }],
    ['something else than asked for', { content: '{"order": "all", "reply": "Call me"}' }],
    ['no completion', { raw: '{}' }],
    ['far too much', { raw: 'x'.repeat(20_000) }],
    ['nothing at all', { silent: true }],
  ] as const)('changes nothing when it answers with %s', async (_what, how) => {
    model.behaves(how)
    const from = performance.now()
    expect(await advised(vague)).toEqual(turnOf(vague))
    expect(performance.now() - from).toBeLessThan(1_000)
  })

  it('is left alone for a while after three failures in a row', async () => {
    let now = 0
    const ask = adviser({ now: () => now })
    for (let i = 0; i < 6; i++) expect(await ask({ words: 'a', candidates: [] })).toBeUndefined()
    expect(model.asked).toHaveLength(3)
    now = 60_001
    model.behaves({ content: '{"order": [], "complaint": false}' })
    expect(await ask({ words: 'a', candidates: [] })).toEqual({ order: [], complaint: false })
  })
})

describe('what leaves the house', () => {
  it.each([
    ['call me on +1 202 555 0123 or 9123 4567', /\d/],
    ['my HKID is A123456(7), plate AB 1234', /\d/],
    ['unit 12A, 18/F, tower 3', /\d/],
    ['write to mei.chan@example.test', /mei|@/],
    ['my name is Mei Chan and Mr Wong was there', /Mei|Wong/],
    ['我叫陳大文，黃先生嗰日喺度，電話91234567', /陳大文|黃先生|\d/],
    ['see https://example.test/a?token=secret', /secret|example/],
  ])('"%s" without what tells who it is', (text, personal) => {
    expect(redacted(text)).not.toMatch(personal)
  })

  it('is short, and made in no time whatever it is given', () => {
    const from = performance.now()
    for (const text of [
      '1'.repeat(50_000),
      'a'.repeat(50_000),
      '@'.repeat(50_000),
      '1 '.repeat(25_000),
      '陳'.repeat(9_000),
    ])
      expect(redacted(text).length).toBeLessThanOrEqual(500)
    expect(performance.now() - from).toBeLessThan(250)
  })
})

import { describe, expect, it } from 'vitest'
import { lintContent } from '../../src/bot/content/lint-content.ts'
import { readContent } from '../../src/bot/content/read-content.ts'
import { today } from './shipped-bot.ts'
import { shippedContent } from './shipped-content.ts'

describe('the shipped answers', () => {
  const { content, faults } = shippedContent()
  it('can be read without a fault and pass the lint', () => {
    expect(faults).toEqual([])
    expect(lintContent(content, today)).toEqual([])
  })
  it('are at least sixty', () => expect(content.answers.length).toBeGreaterThanOrEqual(60))
  it('never share an utterance', () => {
    const said = content.answers.flatMap((a) => [...a.utterances.en, ...a.utterances.zh].map((u) => u.toLowerCase()))
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([])
  })
})

const good = {
  id: 'pool-hours',
  category: 'facility',
  title: { en: 'Pool', 'zh-HK': '泳池' },
  utterances: {
    en: Array.from({ length: 15 }, (_, i) => `pool ${i}`),
    zh: Array.from({ length: 15 }, (_, i) => `泳池${i}`),
  },
  answer: {
    en: { how: 'Open 7 to 9.', why: 'Lifeguards.', options: ['come', 'book'] },
    'zh-HK': { how: '七時至九時。', why: '有救生員。', options: ['親臨', '預訂'] },
  },
  source: 'Rules 1',
  reviewBy: '2027-06-30',
}
const findings = (answer: unknown) => {
  const { content, faults } = readContent(new Map([['a.yaml', { answers: [answer] }]]))
  return [...faults, ...lintContent(content, today)].map(({ key, message }) => `${key}: ${message}`)
}
const english = (change: object) => ({ ...good, answer: { ...good.answer, en: { ...good.answer.en, ...change } } })

describe('the content lint', () => {
  it('passes a good answer', () => expect(findings(good)).toEqual([]))
  it.each([
    [
      'too few utterances',
      { ...good, utterances: { ...good.utterances, zh: ['泳池'] } },
      /utterances\.zh.*at least 15/,
    ],
    ['no why', english({ why: '' }), /answer\.en\.why/],
    ['one option without a reason', english({ options: ['come'] }), /onlyOption/],
    ['jargon', english({ how: 'See the SOP.' }), /SOP/],
    [
      'Simplified characters',
      { ...good, answer: { ...good.answer, 'zh-HK': { ...good.answer['zh-HK'], how: '请于七时到达' } } },
      /Simplified/,
    ],
    ['an expired review date', { ...good, reviewBy: '2026-01-01' }, /passed on 2026-01-01/],
    ['a wrong category', { ...good, category: 'swimming' }, /category/],
    ['an impossible date', { ...good, reviewBy: '2027-13-40' }, /reviewBy/],
    ['an unknown key', { ...good, colour: 'red' }, /colour/],
  ])('finds %s', (_, answer, expected) => expect(findings(answer).join('\n')).toMatch(expected))

  it('accepts one option with a reason', () =>
    expect(findings({ ...english({ options: ['come'] }), onlyOption: 'only one door' })).toEqual([]))

  it('lists all faults of all files at once', () => {
    const { faults } = readContent(
      new Map<string, unknown>([
        ['a.yaml', { answers: [{ ...good, id: 'Bad Id' }, good] }],
        ['b.yaml', { answers: [good] }],
        ['c.yaml', { lessons: [{ kind: 'rant', category: 'noise' }] }],
        ['d.yaml', 'nothing'],
      ]),
    )
    expect(faults.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['a.yaml', 'c.yaml', 'd.yaml', 'a.yaml, b.yaml, c.yaml, d.yaml']),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { lintReply } from '../../src/bot/lint-reply.ts'

const rules = (text: string, more = {}) =>
  lintReply({ text, language: 'en', isComplaint: true, ...more }).map(({ rule }) => rule)

describe('the lint on staff drafts', () => {
  it('passes a good answer', () => {
    const text =
      'I am sorry that you waited at the gate. The reader failed because its cable was cut. We will replace it by 18:00; you can use the main door or call us to let you in.'
    expect(rules(text, { promisedBy: '18:00' })).toEqual([])
  })

  it.each([
    ['You must read the rules. Calm down.', 'blame'],
    ['We will look at it by noon.', 'no-reason'],
    ['Sorry, the reader failed because of rain.', 'no-next-step'],
    ['The IO will follow the SOP.', 'jargon'],
    ['PLEASE READ THE NOTICE FIRST!!', 'shouting'],
  ])('%s → %s', (text, rule) => expect(rules(text)).toContain(rule))

  it('wants the customer’s language and script', () => {
    expect(rules('We will call you.', { language: 'zh-HK' })).toContain('language')
    expect(rules('我们会于明天回复，因为要调查。', { language: 'zh-HK' })).toContain('script')
    expect(rules('你冇睇清楚告示', { language: 'zh-HK' })).toContain('blame')
  })

  it('stops the same empathy line twice in a thread, and a time other than promised', () => {
    const line = 'We are sorry that your evening was spoilt.'
    expect(rules(`${line} More tomorrow.`, { sentBefore: [`${line} We will look.`] })).toContain('same-empathy')
    expect(rules('We will reply by 17:00 because we check.', { promisedBy: '15:00' })).toContain('promise')
  })
})

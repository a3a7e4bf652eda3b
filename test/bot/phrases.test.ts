import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPhrases, say } from '../../src/bot/phrases.ts'
import { countSegments } from '../../src/channels/twilio/segments.ts'

const shipped = () => readPhrases('phrases.yaml', parse(readFileSync('config/phrases.yaml', 'utf8')))

describe('the shipped phrases', () => {
  it('have no fault', () => expect(shipped().faults).toEqual([]))

  it('open an emergency with the number to call, in every language', () => {
    const { phrases } = shipped()
    expect(say(phrases, 'safety', 'en', { caseId: 'GH-2026-000001' })).toMatch(/^Call 999 now/)
    expect(say(phrases, 'safety', 'zh-HK', { caseId: 'GH-2026-000001' })).toMatch(/^請立即致電 999/)
    expect(say(phrases, 'safety', 'zh-CN', { caseId: 'GH-2026-000001' })).toMatch(/^请立即致电 999/)
  })

  it('state case number, next step, time, who, a person and 999 on first receipt', () => {
    const facts = {
      caseId: 'GH-2026-000007',
      site: 'Jade Garden',
      what: 'your complaint',
      nextStep: 'read it',
      by: '15:10',
      team: 'the duty team',
    }
    for (const language of ['en', 'zh-HK', 'zh-CN'] as const) {
      const text = say(shipped().phrases, 'received', language, facts)
      for (const fact of [...Object.values(facts), '999']) expect(text).toContain(fact)
      expect(text).toMatch(/AGENT|真人/)
    }
  })

  it('cost no more than they must: one dash of print would turn an English text to Unicode, at twice the price', () => {
    for (const [occasion, { en }] of shipped().phrases) expect(countSegments(en).encoding, occasion).toBe('GSM-7')
  })

  it('never blame, never tell anybody to calm down', () => {
    for (const [occasion, { en, 'zh-HK': zh }] of shipped().phrases) {
      expect(en, occasion).not.toMatch(/calm down|you must|you should have|as I said/i)
      expect(zh, occasion).not.toMatch(/冷靜|你必須|你應該|早已說/)
    }
  })
})

describe('a broken phrase file', () => {
  it('has all its faults listed: a missing language, differing placeholders, Simplified characters, a missing text', () => {
    const { faults } = readPhrases('phrases.yaml', {
      customer: {
        help: { en: 'Hello' },
        agent: { en: 'By {by}', 'zh-HK': '稍後' },
        stopped: { en: 'Stopped', 'zh-HK': '我们已停止' },
      },
    })
    const keys = faults.map((fault) => fault.key)
    expect(keys).toEqual(
      expect.arrayContaining(['customer.help', 'customer.agent', 'customer.stopped', 'received', 'page']),
    )
  })

  it('a fact nobody gave shows as a dash instead of stopping the message', () => {
    expect(say(shipped().phrases, 'acknowledged', 'en', { caseId: 'GH-1' })).toContain('–')
  })
})

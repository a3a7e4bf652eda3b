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

describe('a placeholder', () => {
  const shippedText = readFileSync('config/phrases.yaml', 'utf8')
  const faultsOf = (text: string) =>
    readPhrases('phrases.yaml', parse(text)).faults.map(({ file, key, message }) => `${file} · ${key}: ${message}`)

  it('that nothing fills is refused by name, with those that are filled, and so is the loss of the right one', () => {
    const faults = faultsOf(
      shippedText
        .replaceAll('now looks after your case {caseId}', 'now looks after your case {case}')
        .replace('你的個案 {caseId} 現由', '你的個案 {case} 現由'),
    )
    expect(faults).toHaveLength(2)
    expect(faults[0]).toMatch(
      /^phrases\.yaml · customer\.acknowledged: nothing fills \{case\}: allowed are \{caseId\} .*\{name\}/,
    )
    expect(faults[1]).toBe('phrases.yaml · customer.acknowledged: must carry {caseId}')
  })

  it.each([
    [
      'texts',
      'text-photo',
      'Send it, {customer}',
      /nothing fills \{customer\}: allowed are \{caseId\} \{name\} \{site\} \{team\}$/,
    ],
    ['words', 'what-enquiry', 'a question of {name}', /nothing fills \{name\}: it takes none$/],
    ['customer', 'reply', 'About {caseId}', /must carry \{text\}$/],
    ['customer', 'closed', 'Case {caseId} is closed. {constructor}', /nothing fills \{constructor\}/],
    ['staff', 'contact-code', 'Your code is here', /must carry \{code\}$/],
    ['staff', 'page', 'Somebody wrote at {site}', /must carry \{caseId\}$/],
  ])('is judged for each text by itself: %s.%s', (section, occasion, words, fault) => {
    const whole = parse(shippedText)
    whole[section][occasion] = { en: words, 'zh-HK': words }
    const faults = readPhrases('phrases.yaml', whole).faults
    expect(faults.map(({ key }) => key)).toContain(`${section}.${occasion}`)
    expect(faults.map(({ message }) => message)).toContainEqual(expect.stringMatching(fault))
  })

  it('is known for every text that ships: none goes unchecked', () => {
    const whole = parse(shippedText)
    for (const section of ['customer', 'staff', 'texts', 'words'])
      for (const occasion of Object.keys(whole[section])) {
        const spoilt = { [section]: { [occasion]: { en: '{nobody}', 'zh-HK': '{nobody}' } } }
        const messages = readPhrases('phrases.yaml', spoilt).faults.map(({ message }) => message)
        expect(messages, occasion).toContainEqual(expect.stringMatching(/^nothing fills \{nobody\}/))
      }
  })
})

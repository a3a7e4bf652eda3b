import { describe, expect, it } from 'vitest'
import { heardIn } from '../../src/bot/heard.ts'

const heard = (
  text: string,
  kind: 'complaint' | 'incident_report' | 'enquiry',
  category: 'water_leak' | 'staff_conduct',
) => heardIn(text, { kind, category, language: /[㐀-鿿]/.test(text) ? 'zh-HK' : 'en' })

describe('what was heard', () => {
  it.each([
    ['There is a leak on 12/F of tower 2 since 3pm', 'tower 2, 12/F, 3pm'],
    ['二座十二樓漏水', '二座、十二樓'],
    ['water is dripping', ''],
  ])('is said back in short: %s', (text, told) => expect(heard(text, 'incident_report', 'water_leak').told).toBe(told))

  it.each([
    ['water is dripping', 'incident_report', 'water_leak', 'where'],
    ['漏水呀', 'incident_report', 'water_leak', 'where'],
    ['water is dripping in the corridor', 'incident_report', 'water_leak', undefined],
    ['flat 12B: water is dripping', 'incident_report', 'water_leak', undefined],
    ['the guard shouted at me', 'complaint', 'staff_conduct', 'when'],
    ['個保安鬧我', 'complaint', 'staff_conduct', 'when'],
    ['the guard shouted at me last night', 'complaint', 'staff_conduct', undefined],
    ['琴晚個保安鬧我', 'complaint', 'staff_conduct', undefined],
    ['whom do I tell about water dripping?', 'enquiry', 'water_leak', undefined],
  ] as const)('and only what is missing is asked: %s', (text, kind, category, ask) =>
    expect(heard(text, kind, category).ask).toBe(ask),
  )
})

import { describe, expect, it } from 'vitest'
import { saysNothingNew } from '../../../src/core/desk/nothing-new.ts'

type Row = readonly [now: string, last: string]

const repeats: readonly Row[] = [
  ['We are looking into your case.', 'We are looking into your case.'],
  ['We are still looking into your case, thank you.', 'We are looking into your case, thank you!'],
  [
    'We are following up your complaint and will write to you again. Position as at 5 September.',
    'We are following up your complaint and will write to you again. Position as at 5 August.',
  ],
  ['Your case! We are looking into it.', 'We are looking into your case. It is with us.'],
  ['我們正在跟進你的個案，多謝耐心等候。', '我們正跟進你的個案，多謝耐心等候。'],
]
const news: readonly Row[] = [
  ['The pump was mended at 15:40 and the floor is dry.', 'We are looking into your case.'],
  ['The contractor comes on Tuesday at 10.', 'We have asked the contractor for a date.'],
  ['水泵已於下午三時修好。', '我們正在跟進你的個案，多謝耐心等候。'],
  ['Thank you.', 'Thank you.'],
  ['', ''],
]

describe('an update', () => {
  it.each(repeats)('says nothing new: %s', (now, last) => {
    expect(saysNothingNew(now, last)).toBe(true)
  })

  it.each(news)('says something: %s', (now, last) => {
    expect(saysNothingNew(now, last)).toBe(false)
  })

  it('is compared in time that grows with its length alone', () => {
    const long = 'Ünïcode 個案 word 12:30 '.repeat(2_000)
    const began = performance.now()
    saysNothingNew(long, `${long}x`)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

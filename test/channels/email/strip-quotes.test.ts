import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stripQuotes } from '../../../src/channels/email/strip-quotes.ts'

const answer = '大堂嘅燈仲未修理好。\n請跟進。'

/** How mail programs quote, in the languages of Hong Kong. */
const styles: readonly (readonly [program: string, history: string])[] = [
  [
    'Gmail, English',
    'On Wed, 18 Nov 2026 at 09:30, Security desk <cases@example.test> wrote:\n> We are looking into it.\n> Regards',
  ],
  [
    'Gmail, English, over two lines',
    'On Wed, 18 Nov 2026 at 09:30, Security desk of the tower <\ncases+cabc@example.test> wrote:\n\n> We are looking into it.',
  ],
  [
    'Gmail, traditional Chinese',
    'Security desk <cases@example.test> 於 2026年11月18日 週三 上午9:30寫道：\n\n> 我們正在跟進。\n>',
  ],
  [
    'Gmail, simplified Chinese',
    'Security desk <cases@example.test> 于2026年11月18日周三 09:30写道：\n\n> 我们正在跟进。',
  ],
  [
    'Apple Mail, traditional Chinese',
    '> Security desk <cases@example.test> 於 2026年11月18日 上午9:30 寫道：\n> \n> 我們正在跟進。',
  ],
  [
    'Apple Mail, simplified Chinese',
    '> 在 2026年11月18日，上午9:30，Security desk <cases@example.test> 写道：\n> \n> 我们正在跟进。',
  ],
  [
    'iPhone, traditional Chinese',
    '從我的 iPhone 傳送\n\n> Security desk <cases@example.test> 於 2026年11月18日 09:30 寫道：\n> \n> 我們正在跟進。',
  ],
  [
    'iPhone, simplified Chinese',
    '发自我的iPhone\n\n> 在 2026年11月18日，09:30，Security desk <cases@example.test> 写道：\n> 我们正在跟进。',
  ],
  ['NetEase', '在 2026-11-18 09:30:12，"Security desk" <cases@example.test> 写道：\n\n我们正在跟进。'],
  [
    'QQ',
    '------------------ 原始邮件 ------------------\n发件人: "Security desk" <cases@example.test>;\n发送时间: 2026年11月18日(星期三) 上午9:30\n收件人: "Mei Lam"<mei@tenant.example.test>;\n主题: Re: Lobby light\n\n我们正在跟进。',
  ],
  [
    'Outlook, English',
    '________________________________\nFrom: Security desk <cases@example.test>\nSent: Wednesday, November 18, 2026 9:30 AM\nTo: Mei Lam <mei@tenant.example.test>\nSubject: Re: Lobby light\n\nWe are looking into it.',
  ],
  [
    'Outlook, traditional Chinese',
    '________________________________\n寄件者: Security desk <cases@example.test>\n寄件日期: 2026年11月18日 上午 09:30\n收件者: Mei Lam <mei@tenant.example.test>\n主旨: Re: Lobby light\n\n我們正在跟進。',
  ],
  [
    'Outlook, Hong Kong',
    '發件人: Security desk <cases@example.test>\n傳送時間: 2026年11月18日 上午 09:30\n收件人: Mei Lam <mei@tenant.example.test>\n主題: Re: Lobby light\n\n我們正在跟進。',
  ],
  [
    'Outlook, simplified Chinese',
    '发件人: Security desk <cases@example.test>\n发送时间: 2026年11月18日 9:30\n收件人: Mei Lam <mei@tenant.example.test>\n主题: Re: Lobby light\n\n我们正在跟进。',
  ],
  [
    'Outlook, with Cc before the subject',
    '寄件者： Security desk <cases@example.test>\n日期： 2026年11月18日\n收件者： Mei\n副本： Ann\n主旨： Re: Lobby light\n\n我們正在跟進。',
  ],
  [
    'Yahoo, Hong Kong',
    'Security desk <cases@example.test> 在 2026年11月18日 星期三 上午09:30 寫道：\n\n我們正在跟進。',
  ],
  ['Thunderbird', 'On 18/11/2026 09:30, Security desk wrote:\n> We are looking into it.'],
  ['Outlook of old', '-----Original Message-----\nFrom: cases@example.test\nWe are looking into it.'],
  ['Outlook of old, Chinese', '-----原始郵件-----\n寄件者: cases@example.test\n我們正在跟進。'],
  ['a signature', '-- \nMei Lam\nFlat 12A'],
  [
    'Outlook for iOS',
    'Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Security desk <cases@example.test>\nSent: Wednesday\nTo: Mei\nSubject: x\n\nWe are looking into it.',
  ],
]

describe('what a person wrote', () => {
  it.each(styles)('is told from the history that %s adds below', (_program, history) => {
    expect(stripQuotes(`${answer}\n\n${history}`)).toBe(answer)
  })

  it('is kept where it stands below the quotation, or between quoted lines', () => {
    expect(stripQuotes('On 18/11/2026 09:30, Desk wrote:\n> Which floor?\nThe third.')).toBe('The third.')
    expect(stripQuotes('> Which floor?\nThe third.\n> Since when?\nYesterday.')).toBe('The third.\nYesterday.')
  })

  it.each([
    'On the third floor the light is broken.\nOn average twice a week.',
    'From: the car park to the lobby it is dark.',
    'The guard wrote: please call back',
    'I was sent from my office to you, and I would like an answer.',
    '於是我寫信給你們。',
    '在三樓走廊，燈壞了。',
  ])('is not cut in "%s"', (text) => {
    expect(stripQuotes(text)).toBe(text)
  })

  it('is everything when nothing else would be left', () => {
    expect(stripQuotes('> only a quotation')).toBe('> only a quotation')
    expect(stripQuotes('')).toBe('')
  })

  it('never invents a line, and never leaves nothing of something', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('> quoted', 'On 1/1/2026 Ann wrote:', '-- ', '', '寄件者: a@example.test'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        const kept = stripQuotes(text)
        if (text.trim() !== '') expect(kept.trim()).not.toBe('')
        expect(kept.length).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it.each([
    ['20,000 newlines', '\n'.repeat(20_000)],
    ['80,000 spaces', ' '.repeat(80_000)],
    ['one line of 100,000 letters', 'a'.repeat(100_000)],
    ['"On a a a …"', `On ${'a '.repeat(50_000)}`],
    ['10,000 lines that nearly begin a quotation', 'On 1/1/2026 <\n'.repeat(10_000)],
    ['10,000 header names', 'From: x\n'.repeat(10_000)],
    ['nested quotation marks', `${'>'.repeat(900)}\n`.repeat(70)],
    ['brackets and dates', `2026 <${'<@'.repeat(400)}\n`.repeat(60)],
  ])('is found within half a second in %s', (_what, text) => {
    const started = performance.now()
    stripQuotes(`Hello\n${text}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

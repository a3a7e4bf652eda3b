import { describe, expect, it } from 'vitest'
import { openHouse, withEmpty, withStore } from './house.ts'
import { phoneOf } from './people.ts'
import { scriptedBot } from './scripted-bot.ts'

withStore()

const caseId = 'GH-2026-000001'

/** Reads away what staff are told; this story is about customers. */
async function firstReplyTo(text: string, channel: 'sms' | 'whatsapp' = 'sms') {
  const house = await openHouse({ bot: (config) => scriptedBot(config.content, lines) })
  const tenant = phoneOf(house, '+12025550123', channel)
  await tenant.texts(text)
  const reply = tenant.reads().message
  tenant.hasNothingNew()
  for (const { message } of [...house.slack.unexpected()]) house.slack.take(message.to)
  const state = await house.state(caseId)
  return { reply: reply.text, options: reply.options ?? [], state, house }
}

const plain = { kind: 'enquiry', category: 'general_info', severity: 4, complaint: false } as const
const lines = [
  { when: 'AGENT', understood: { ...plain, handoff: true } },
  { when: 'dog', understood: { ...plain, intent: 'pets-rules', confidence: 1 } },
  { when: '狗', understood: { ...plain, intent: 'pets-rules', confidence: 1 } },
  { when: 'entrance', understood: plain, decision: { type: 'choices', answers: ['visitor-after-hours'] } },
  { when: '入口', understood: plain, decision: { type: 'choices', answers: ['visitor-after-hours'] } },
  {
    when: 'parcel',
    understood: {
      ...plain,
      kind: 'complaint',
      complaint: true,
      severity: 3,
    },
    decision: { type: 'answer', answer: 'food-courier-delivery', alsoOffer: true },
  },
  {
    when: '外賣',
    understood: {
      ...plain,
      kind: 'complaint',
      complaint: true,
      severity: 3,
    },
    decision: { type: 'answer', answer: 'food-courier-delivery', alsoOffer: true },
  },
] as const

/** What happens, who does it, by when; and how to reach a person. */
const handedOver: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a complaint',
    'Nobody came when I rang.',
    ['Harbour View security desk will read it and tell you who looks after it', 'by Wed 4 Mar, 11:00', 'AGENT'],
  ],
  ['投訴', '我按鐘兩次都冇人嚟。', ['海景中心保安服務台會於3月4日（三）11:00前閱讀並告訴你由誰跟進', '真人']],
  [
    'a complaint with an answer',
    'My parcel was sent away.',
    ['Harbour View security desk will read it and tell you who looks after it by Wed 4 Mar, 11:00', 'AGENT'],
  ],
  ['有答案的投訴', '外賣又俾人趕走', ['海景中心保安服務台會於3月4日（三）11:00前閱讀並告訴你由誰跟進', '真人']],
]

describe('every first reply', () => {
  it.each(handedOver)(
    'says what happens next, who, by when, and how to reach a person: %s',
    async (_name, text, words) => {
      const { reply, state } = await firstReplyTo(text)
      for (const word of [caseId, ...words]) expect(reply).toContain(word)
      expect(state.promisedBy).toEqual(new Date('2026-03-04T03:00:00Z'))
      if (state.status === 'paging') expect(state.dueAt).toEqual(new Date('2026-03-04T02:20:00Z'))
      expect(reply).not.toContain('10:20')
    },
  )

  it.each([
    ['an answer', 'Can I bring my dog?', ['automated assistant', 'AGENT']],
    ['答案', '可唔可以帶狗？', ['自動助理', '真人']],
    ['choices', 'Which entrance?', ['automated assistant', 'AGENT']],
    ['選項', '邊個入口？', ['自動助理', '真人']],
  ])('of the assistant says that it is one, the number, and how to reach a person: %s', async (_name, text, words) => {
    const { reply } = await firstReplyTo(text)
    for (const word of [caseId, ...words]) expect(reply).toContain(word)
  })

  it.each([
    ['English', 'There is a fire in the lobby!', /Call 999 now.*not the police.*control room.*duty officers/s],
    ['Chinese', '大堂起火呀！', /請立即致電 999.*不是警方.*控制室.*當值/s],
    ['Simplified Chinese', '大堂着火了，快来人！', /请立即致电 999/],
  ])('to danger is the safety text, in %s', async (_language, text, words) => {
    const { reply } = await firstReplyTo(text)
    expect(reply).toMatch(words)
    expect(reply).toContain(caseId)
  })

  it.each([
    'Nobody came when I rang.',
    '我按鐘兩次都冇人嚟。',
    'Can I bring my dog?',
    'Which entrance?',
    'There is a fire in the lobby!',
  ])('leaves no blank and no identifier in the text: %s', async (text) => {
    const { reply, options } = await firstReplyTo(text)
    const all = [reply, ...options.map(({ label }) => label)].join('\n')
    expect(all).not.toMatch(/[{}]| – |–\.|undefined|\w_\w|pets-rules|visitor-after-hours|level-\d/)
  })

  it.each([
    ['AGENT', 'A person from Harbour View security desk will reply here by Wed 4 Mar, 10:30'],
    ['真人', '海景中心保安服務台的同事會於3月4日（三）10:30前在此回覆你'],
  ])('to a wish for a person says who replies, by when: %s', async (text, words) => {
    const { reply, state } = await firstReplyTo(text)
    for (const word of [caseId, words, '999']) expect(reply).toContain(word)
    expect(state.promisedBy).toEqual(new Date('2026-03-04T02:30:00Z'))
  })

  it('at night promises the next working time, and pages at once all the same', async () => {
    const house = await openHouse({ at: new Date('2026-03-04T15:00:00Z'), configured: (config) => withEmpty(config) })
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('Nobody came when I rang.')
    tenant.reads('by Thu 5 Mar, 10:00')
    expect(house.slack.take({ channel: 'slack', id: 'U0000000003' })?.message.text).toContain(caseId)
  })
})

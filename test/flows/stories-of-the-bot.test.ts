import { describe, expect, it } from 'vitest'
import { shippedBot } from '../bot/shipped-bot.ts'
import { openHouse, withStore } from './house.ts'
import { phoneOf } from './people.ts'

withStore()

const learned = shippedBot()
const caseId = 'GH-2026-000001'

/** A conversation with what the bot really learned; what staff are told is read away, these stories are about customers. */
async function talk(channel: 'sms' | 'whatsapp', ...said: readonly string[]) {
  const house = await openHouse({ bot: () => learned })
  const tenant = phoneOf(house, '+12025550123', channel)
  const replies: string[] = []
  for (const text of said) {
    await tenant.texts(text)
    replies.push(tenant.reads().message.text)
    for (const { message } of [...house.slack.unexpected()]) house.slack.take(message.to)
  }
  for (const { message } of [...house.phones.unexpected()]) house.phones.take(message.to)
  return { replies, state: await house.state(caseId) }
}

describe.each(['sms', 'whatsapp'] as const)('what the bot learned, by %s', (channel) => {
  it('asks back with choices; none of these brings a person', async () => {
    const { replies, state } = await talk(channel, 'something about the card thing', 'none of these')
    expect(replies[0]).toContain('Which of these did you mean?')
    expect(replies[1]).toContain('Harbour View security desk')
    expect(state.status).toBe('paging')
  })

  it('hears a complaint in Cantonese, asks when it was, in Chinese', async () => {
    const { replies, state } = await talk(channel, '你哋個保安態度好差，鬧我阿媽')
    expect(replies[0]).toContain('個案編號')
    expect(replies[0]).toContain('事發的日期和時間')
    expect(state).toMatchObject({ kind: 'complaint', language: 'zh-HK' })
  })

  it('finds the emergency inside a long polite letter', async () => {
    const polite = 'I hope that this finds you well and that the season is kind to you all. '.repeat(12)
    const { replies, state } = await talk(
      channel,
      `Dear team, ${polite}There is smoke coming out of the meter room on 5/F.`,
    )
    expect(replies[0]).toMatch(/^Call 999 now/)
    expect(state).toMatchObject({ kind: 'emergency', severity: 1 })
  })

  it('answers the question beside a complaint, and people get the complaint', async () => {
    const text = 'Nobody has cleaned the lobby for a week. Also, how long do you keep CCTV recordings?'
    const { replies, state } = await talk(channel, text)
    expect(replies[0]).toContain('recorded as case')
    expect(state).toMatchObject({ kind: 'complaint', status: 'paging' })
  })

  it('follows the customer from English to Chinese', async () => {
    const { replies } = await talk(
      channel,
      'how long do you keep CCTV recordings',
      '唔係呀，我想要片，你哋保安成日都唔理人',
    )
    expect(replies[0]).toContain('I am an automated assistant')
    expect(replies[1]).toContain('個案')
  })

  it('meets an insult with a case and a person, and says nothing back in kind', async () => {
    const { replies, state } = await talk(channel, 'you useless idiots, your stupid guard left me outside AGAIN!!!')
    expect(replies[0]).not.toMatch(/calm down|idiot|stupid|!!/i)
    expect(replies[0]).toContain('AGENT')
    expect(state.status).toBe('paging')
  })

  it('takes a compliment for one', async () => {
    const { replies, state } = await talk(channel, 'big thank you to the guard who carried my bags')
    expect(replies[0]).toContain(caseId)
    expect(state).toMatchObject({ kind: 'feedback', severity: 4 })
  })
})

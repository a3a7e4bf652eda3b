import { describe, expect, it } from 'vitest'
import { shippedBot } from '../bot/shipped-bot.ts'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'
import { readAll } from './taken-case.ts'

withStore()

const learned = shippedBot()
const caseId = 'GH-2026-000001'
const chinese = '你哋個保安尋日下晝五點喺大堂鬧我阿媽，態度好差'

/** A tenant who has written this, with what the bot really learned. */
async function aTenantWhoWrote(text: string, channel: 'sms' | 'whatsapp' = 'sms') {
  const house = await openHouse({ bot: () => learned })
  const tenant = phoneOf(house, '+12025550123', channel)
  await tenant.texts(text)
  readAll(house)
  const hears = async (words: string): Promise<string> => {
    await tenant.texts(words)
    const { text: told } = tenant.reads().message
    readAll(house)
    return told
  }
  return { house, tenant, hears, wong: officer(house, 'wong-siu-ming'), lam: officer(house, 'lam-mei-ling') }
}

describe('STATUS', () => {
  it('is in one language, that of the conversation, also for the English word', async () => {
    const { hears } = await aTenantWhoWrote(chinese)
    for (const words of [`STATUS ${caseId}`, 'status'])
      expect(await hears(words)).toMatch(/^個案 .*3月4日（三）11:00前/)
    const { hears: inEnglish } = await aTenantWhoWrote('The guard at the lobby was rude to my mother yesterday at 5pm.')
    expect(await inEnglish('STATUS')).toMatch(/^Case .* by Wed 4 Mar, 11:00\.$/)
    expect(await inEnglish('查詢')).toMatch(/^個案 .*3月4日（三）11:00前/)
  })

  it('does not tell a time that has passed as if it were to come', async () => {
    const { house, hears, wong } = await aTenantWhoWrote('The guard was rude to my mother yesterday at 5pm.')
    await house.passes('90m')
    expect(await hears('STATUS')).toMatch(/You were to hear from us by Wed 4 Mar, 11:00; we are late/)
    expect(await hears('查詢')).toContain('現已逾時')
    await wong.presses('acknowledge', caseId)
    readAll(house)
    house.isOffFor('4d')
    expect(await hears('STATUS')).toMatch(/Wong Siu Ming .* hear from us by Sat 7 Mar, 10:00; we are late/)
  })

  it('does not say that it was answered while the assistant waits for a choice', async () => {
    const { hears } = await aTenantWhoWrote('something about the card thing')
    expect(await hears('STATUS')).toContain('asked which of its answers you meant')
  })

  it('without a number tells about every open case, and about no closed one beside them', async () => {
    const { house, hears, wong } = await aTenantWhoWrote('The guard was rude, and the pump in the yard is loud.')
    await wong.presses('acknowledge', caseId)
    for (const text of ['The pump.', 'The lamp.']) await wong.presses('split', caseId, { text })
    await wong.presses('close', 'GH-2026-000003', { outcome: 'resolved', told: 'Done.' })
    readAll(house)
    const told = await hears('STATUS')
    expect(told.match(/GH-\d+-\d+/g)).toEqual(['GH-2026-000002', caseId])
  })
})

describe('AGENT', () => {
  it('with a case number is that wish on that case, not an addition that advises to write AGENT', async () => {
    const { house, hears, wong } = await aTenantWhoWrote('The guard was rude, and the pump in the yard is loud.')
    await wong.presses('acknowledge', caseId)
    await wong.presses('split', caseId, { text: 'The pump.' })
    readAll(house)
    expect(await hears(`AGENT ${caseId}`)).toMatch(new RegExp(`^A person from .* will reply here by .* ${caseId}`))
  })
})

describe('a case that went into another', () => {
  const again = 'The guard was rude to my mother and you did nothing about it.'

  /** The same person by SMS and then by WhatsApp; the first case is merged into the second. */
  async function merged() {
    const { house, tenant, hears, wong, lam } = await aTenantWhoWrote('The guard was rude to my mother on Monday.')
    await phoneOf(house, '+12025550123', 'whatsapp').texts(again)
    for (const one of [caseId, 'GH-2026-000002']) await wong.presses('acknowledge', one)
    readAll(house)
    await lam.presses('merge', caseId, { case: 'GH-2026-000002', told: 'Both are the same matter.' })
    return { house, tenant, hears, wong }
  }

  it('tells its customer the number under which it goes on, and STATUS tells of that one', async () => {
    const { house, tenant, hears } = await merged()
    tenant.reads(/goes on under the number GH-2026-000002/, 'Both are the same matter.')
    readAll(house)
    for (const words of ['STATUS', `STATUS ${caseId}`, 'STATUS GH-2026-000002'])
      expect(await hears(words)).toMatch(/^Case GH-2026-000002: Wong Siu Ming looks after it\. Next update by/)
  })

  it('an objection after the other was closed opens the other again, not the empty one', async () => {
    const { house, tenant, wong } = await merged()
    await wong.presses('close', 'GH-2026-000002', { outcome: 'resolved', told: 'Done.' })
    readAll(house)
    await tenant.texts('No, that is not right, he was rude to her again.')
    expect((await house.state(caseId)).status).toBe('closed')
    expect((await house.state('GH-2026-000002')).status).toBe('paging')
    readAll(house)
  })
})

describe('a customer who answers with 👍', () => {
  it.each(['👍', 'ok', '收到，唔該晒', 'ok thank you'])(
    '%s is no objection, opens nothing again, and changes no language',
    async (sign) => {
      const { house, tenant, wong } = await aTenantWhoWrote(chinese, 'whatsapp')
      await wong.presses('acknowledge', caseId)
      await wong.presses('resolve', caseId, { outcome: 'resolved', told: '我們已與該職員面談。' })
      readAll(house)
      await tenant.texts(sign)
      tenant.hasNothingNew()
      expect(await house.state(caseId)).toMatchObject({ status: 'owned', resolved: {}, language: 'zh-HK' })
      await house.passes('25h')
      expect((await house.state(caseId)).status).toBe('closed')
      await tenant.texts(sign)
      tenant.hasNothingNew()
      expect((await house.state(caseId)).status).toBe('closed')
      readAll(house)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { createBot } from '../../src/bot/create-bot.ts'
import type { Config } from '../../src/config.ts'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

async function aFire(text: string, bot?: (config: Config) => ReturnType<typeof createBot>) {
  const house = await openHouse(bot ? { bot } : {})
  const tenant = phoneOf(house, '+12025550123')
  await tenant.texts(text)
  const caseId = await house.theCase()
  const [wong, ho, lam] = [
    officer(house, 'wong-siu-ming'),
    officer(house, 'ho-chi-keung'),
    officer(house, 'lam-mei-ling'),
  ]
  return { house, tenant, caseId, wong, ho, lam, desk: towerDesk(house) }
}

const fireInChinese = '救命！12樓走廊着火，好大煙，有人暈低咗！'

describe('an emergency', () => {
  it('in Chinese: safety text in Chinese, levels 1 and 2 and the control room at once, all in the same moment', async () => {
    const { house, tenant, caseId, wong, ho, lam, desk } = await aFire(fireInChinese)
    const safety = tenant.reads('請立即致電 999', '我們不是警方', '控制室', caseId)
    const pages = [wong.reads('緊急', caseId), ho.reads('EMERGENCY', caseId), lam.reads('緊急', caseId)]
    for (const { at } of [safety, ...pages]) expect(at.getTime() - house.now().getTime()).toBeLessThanOrEqual(0)
    expect(Math.max(...pages.map(({ at }) => at.getTime())) - pages[0]!.at.getTime()).toBeLessThan(100)
    expect(desk.card(caseId)).toMatchObject({ colour: 'red', quote: fireInChinese })
    expect(await house.state(caseId)).toMatchObject({ kind: 'emergency', severity: 1, language: 'zh-HK' })
  })

  it('nobody answers: all three are chased by text, then the operations manager is paged, without end', async () => {
    const { house, tenant, caseId, wong, ho, lam, desk } = await aFire(fireInChinese)
    tenant.reads('999')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    await house.passes('1m')
    for (const one of [wong, ho, lam]) one.phone.reads(caseId)
    await house.passes('30s')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    // Three people are tried side by side, so what failed is told in no particular order.
    const failed = Array.from({ length: 5 }, () => desk.reads('could not be reached this way').message.text)
    expect(failed.filter((text) => text.includes('reply window'))).toHaveLength(2)
    expect(failed.filter((text) => text.includes('email'))).toHaveLength(3)
    await house.passes('30s')
    desk.reads('Yip Suk Fan could not be reached this way (the channel teams is switched off)')
    officer(house, 'yip-suk-fan').phone.reads('comes to you')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', step: 1 })
  })

  it('a second cry from the same phone is answered with the safety text, and rouses whoever has the case', async () => {
    const { house, tenant, caseId, wong, ho, lam, desk } = await aFire('There is a fire in the corridor!')
    tenant.reads('Call 999 now')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    await wong.presses('acknowledge', caseId)
    tenant.reads('now looks after')
    desk.reads('has it')
    for (const one of [ho, lam]) one.reads('Wong Siu Ming')
    await house.passes('5m')
    await tenant.texts('Help, the smoke is coming in, we cannot breathe!')
    tenant.reads('Call 999 now')
    desk.reads('cannot breathe')
    wong.reads('緊急', 'cannot breathe', 'cannot breathe')
    await house.passes('1m')
    desk.reads('no progress from Wong Siu Ming', 'others are paged again')
    for (const one of [wong, ho, lam]) one.reads(caseId)
  })

  it('an owner who answers at once keeps it', async () => {
    const { house, tenant, caseId, wong, ho, lam, desk } = await aFire('There is a fire in the corridor!')
    tenant.reads('Call 999 now')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    await wong.presses('acknowledge', caseId)
    tenant.reads('now looks after')
    desk.reads('has it')
    for (const one of [ho, lam]) one.reads('Wong Siu Ming')
    await house.passes('5m')
    await tenant.texts('Help, the smoke is coming in, we cannot breathe!')
    tenant.reads('Call 999 now')
    desk.reads('cannot breathe')
    wong.reads('cannot breathe')
    await wong.presses('note', caseId, { text: 'Fire services are on site.' })
    await house.passes('10m')
    expect(await house.state(caseId)).toMatchObject({ status: 'owned', owner: { id: 'wong-siu-ming' } })
  })

  it('on a case of another matter: the safety text, and everybody from level 1 on', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const [wong, ho, lam] = [
      officer(house, 'wong-siu-ming'),
      officer(house, 'ho-chi-keung'),
      officer(house, 'lam-mei-ling'),
    ]
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads('your complaint')
    wong.reads(caseId)
    await tenant.texts('There is a fire in the lobby!')
    tenant.reads('Call 999 now')
    towerDesk(house).reads('fire in the lobby')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    expect(await house.state(caseId)).toMatchObject({ severity: 1, kind: 'emergency', epoch: 2 })
  })

  it('that is over: a question afterwards is one for the officer on duty; danger on the same case is for everybody', async () => {
    const { house, tenant, caseId, wong, ho, lam } = await aFire('There is a fire in the corridor!')
    const readAll = () => {
      for (const channel of [house.slack, house.phones])
        for (let next = channel.unexpected()[0]; next; next = channel.unexpected()[0]) channel.take(next.message.to)
    }
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'The fire is out.' })
    readAll()
    await tenant.texts('And which entrance can I use now?')
    tenant.reads(caseId)
    expect(wong.reads(caseId).message.text).not.toContain('緊急')
    for (const one of [ho, lam]) one.hasNothingNew()
    expect(await house.state(caseId)).toMatchObject({ kind: 'enquiry', severity: 4, status: 'paging' })
    readAll()
    await tenant.texts('There is a fire in the corridor again!')
    tenant.reads('Call 999 now')
    for (const one of [wong, ho, lam]) one.reads(caseId)
    expect(await house.state(caseId)).toMatchObject({ kind: 'emergency', severity: 1 })
    readAll()
  })

  it('works with a bot that has learned nothing', async () => {
    const untaught = (config: Config) => createBot({ ...config.content, answers: [], lessons: [] })
    const { tenant, caseId, wong, ho, lam } = await aFire(fireInChinese, untaught)
    tenant.reads('請立即致電 999')
    for (const one of [wong, ho, lam]) one.reads(caseId)
  })
})

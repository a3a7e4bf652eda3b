import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

async function aTakenCase(channel: 'sms' | 'whatsapp') {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123', channel)
  const wong = officer(house, 'wong-siu-ming')
  const desk = towerDesk(house)
  await tenant.texts('Nobody came when I rang the guard post twice.')
  const caseId = await house.theCase()
  tenant.reads(caseId)
  wong.reads(caseId)
  await wong.presses('acknowledge', caseId)
  tenant.reads('now looks after')
  desk.reads('has it')
  return { house, tenant, wong, desk, caseId }
}

describe('STOP', () => {
  it('by SMS: the carrier answers, not we; a reply cannot go out, and the officer is told', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase('sms')
    await tenant.texts('Stop.')
    tenant.hasNothingNew()
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    desk.reads('could not be delivered (the customer has sent STOP)', 'another way')
    wong.reads('the customer has sent STOP')
    expect(desk.card(caseId).colour).toBe('red')
    expect(await house.stores.inbox.ledger()).toMatchObject({ sms: { received: 2, onCase: 1, suppressed: 1 } })
  })

  it.each(['停止', '退訂'])('by SMS in Chinese, %s: no carrier knows the word, so we confirm it', async (word) => {
    const { tenant, wong, desk, caseId } = await aTakenCase('sms')
    await tenant.texts(word)
    tenant.reads('我們不會再在此向你發送訊息', '999')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
    await tenant.texts('開始')
    tenant.reads('已恢復')
  })

  it('by WhatsApp: we confirm once, and do not go round it by SMS', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase('whatsapp')
    await tenant.texts('停止')
    tenant.reads('我們不會再在此向你發送訊息', '999')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    phoneOf(house, '+12025550123', 'sms').hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
  })

  it('START begins again', async () => {
    const { tenant, wong, caseId } = await aTakenCase('whatsapp')
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await tenant.texts('start')
    tenant.reads('again')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.reads('All is well.')
  })

  it('a keyword that only the provider knows counts as it says', async () => {
    const { tenant, wong, desk, caseId } = await aTakenCase('sms')
    await tenant.texts('ARRET', { consent: 'stop' })
    tenant.hasNothingNew()
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
  })

  it('"please stop the noise" is a request, not a STOP', async () => {
    const { tenant, wong, desk } = await aTakenCase('sms')
    await tenant.texts('please stop the noise')
    tenant.reads('added this to case')
    desk.reads('please stop the noise')
    wong.reads('please stop the noise')
  })

  it('one sender is stopped, another is not', async () => {
    const { house, tenant } = await aTakenCase('sms')
    await tenant.texts('STOP')
    const { consents } = house.stores
    const other = { channel: 'sms', id: '+12025550191' }
    expect(await consents.isStopped({ channel: 'sms', id: '+12025550190' }, tenant.address)).toBe(true)
    expect(await consents.isStopped(other, tenant.address)).toBe(false)
  })
})

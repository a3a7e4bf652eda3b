import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, reported } from './people.ts'
import { aTakenCase, readAll } from './taken-case.ts'

withStore()

describe('STOP', () => {
  it('by SMS: the carrier answers, not we; a reply cannot go out, and the officer is told', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
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
    const { tenant, wong, desk, caseId } = await aTakenCase()
    await tenant.texts(word)
    tenant.reads('我們不會再在此向你發送訊息', '999')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
    await tenant.texts('開始')
    tenant.reads('已恢復')
    desk.reads('may write to them again', 'All is well.')
    wong.reads('以下內容客戶一直未收到', 'All is well.')
  })

  it('by WhatsApp: we confirm once, and do not go round it by SMS', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('停止')
    tenant.reads('我們不會再在此向你發送訊息', '999')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    phoneOf(house, '+12025550123', 'sms').hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
  })

  it('what was refused meanwhile is told to whoever has the case at START, once, and never sent by itself', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    for (const text of ['The lift works.', 'It will be painted.']) await wong.presses('reply', caseId, { text })
    const lee = officer(house, 'lee-ka-yan')
    await officer(house, 'lam-mei-ling').presses('assign', caseId, { person: 'lee-ka-yan' })
    readAll(house)
    await tenant.texts('START')
    tenant.reads('again')
    for (const who of [desk, lee]) who.reads('This never reached them: ', 'The lift works.', 'It will be painted.')
    wong.hasNothingNew()
    tenant.hasNothingNew()
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await tenant.texts('START')
    tenant.reads('again')
    lee.hasNothingNew()
  })

  it('a closing that was refused is told to whoever closed it', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'The lamp was changed.' })
    readAll(house)
    await tenant.texts('START')
    tenant.reads('again')
    for (const who of [desk, wong]) who.reads('The lamp was changed.')
  })

  it('START begins again', async () => {
    const { tenant, wong, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await tenant.texts('start')
    tenant.reads('again')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.reads('All is well.')
  })

  it('YES begins again by SMS, as it does at the carrier, but only for whoever had sent STOP', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await tenant.texts('YES')
    desk.reads('YES')
    wong.reads('YES')
    tenant.reads('added this to case')
    await tenant.texts('STOP')
    await tenant.texts('Yes please')
    desk.reads('Yes please')
    wong.reads('Yes please')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
    await tenant.texts(' yes ')
    for (const who of [desk, wong]) who.reads('All is well.')
    await wong.presses('reply', caseId, { text: 'All is well now.' })
    tenant.reads('All is well now.')
    expect(await house.stores.inbox.ledger()).toMatchObject({ sms: { received: 5, onCase: 3, suppressed: 2 } })
  })

  it('YES by WhatsApp is an answer: no carrier takes it for START there', async () => {
    const { tenant, wong, desk, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await tenant.texts('YES')
    for (const who of [desk, wong]) who.reads('YES')
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
  })

  it('a keyword that only the provider knows counts as it says', async () => {
    const { tenant, wong, desk, caseId } = await aTakenCase()
    await tenant.texts('ARRET', { consent: 'stop' })
    tenant.hasNothingNew()
    await wong.presses('reply', caseId, { text: 'All is well.' })
    tenant.hasNothingNew()
    desk.reads('the customer has sent STOP')
    wong.reads('the customer has sent STOP')
  })

  it('"please stop the noise" is a request, not a STOP', async () => {
    const { tenant, wong, desk } = await aTakenCase()
    await tenant.texts('please stop the noise')
    tenant.reads('added this to case')
    desk.reads('please stop the noise')
    wong.reads('please stop the noise')
  })

  it('one sender is stopped, another is not', async () => {
    const { house, tenant } = await aTakenCase()
    await tenant.texts('STOP')
    const { consents } = house.stores
    const other = { channel: 'sms', id: '+12025550191' }
    expect(await consents.isStopped({ channel: 'sms', id: '+12025550190' }, tenant.address)).toBe(true)
    expect(await consents.isStopped(other, tenant.address)).toBe(false)
  })
})

const ours = { channel: 'sms', id: '+12025550190' }

describe('STOP that only the carrier knows', () => {
  it('is learned from its refusal: told once with what to do, nothing more is tried, and START lifts it', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.next('stopped')
    await wong.presses('reply', caseId, { text: 'The lift works.' })
    for (const who of [desk, wong]) who.reads('the customer has sent STOP', /until they send START|START 前/)
    expect(await house.stores.consents.stoppedBy(ours, tenant.address)).toBe('carrier')
    const tried = house.phones.attempts.length
    await wong.presses('reply', caseId, { text: 'It is painted.' })
    desk.reads('could not be delivered (the customer has sent STOP). Please')
    wong.reads('the customer has sent STOP')
    await tenant.texts('Nobody answers me.')
    for (const who of [desk, wong]) who.reads('Nobody answers me.')
    expect(house.phones.attempts).toHaveLength(tried)
    await tenant.texts('START')
    for (const who of [desk, wong]) who.reads('The lift works.', 'It is painted.')
    await wong.presses('reply', caseId, { text: 'All is well now.' })
    tenant.reads('All is well now.')
  })

  it('is learned from a late report too, and the other way is not gone', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase({ channel: 'whatsapp' })
    await wong.presses('reply', caseId, { text: 'The lift works.' })
    await reported(house, tenant.reads('The lift works.'), 'failed', 'blocked', { stopped: true })
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
    phoneOf(house, '+12025550123', 'sms').hasNothingNew()
    await tenant.texts('START')
    tenant.reads('again')
    for (const who of [desk, wong]) who.reads('The lift works.')
  })

  it('is older than a START that came since: the message is sent after all, and a late report stops nothing', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.next('stopped')
    const at = new Date(house.now().getTime() + 100)
    await house.stores.consents.set(ours, tenant.address, { stopped: false, at })
    await wong.presses('reply', caseId, { text: 'The lift works.' })
    await house.passes('2s')
    const sent = tenant.reads('The lift works.')
    await house.passes('1s')
    await tenant.texts('START')
    await reported(house, sent, 'failed', 'blocked', { stopped: true })
    for (const who of [desk, wong]) who.reads('blocked')
    expect(await house.stores.consents.isStopped(ours, tenant.address)).toBe(false)
  })

  it('learned just before the process was killed: the message is not tried again, and is told as any other', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    house.phones.next('lost')
    await wong.presses('reply', caseId, { text: 'The lift works.' })
    const tried = house.phones.attempts.length
    const at = house.now()
    await house.stores.consents.refused(ours, tenant.address, { triedAt: at, at })
    await house.passes('20s')
    expect(house.phones.attempts).toHaveLength(tried)
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
    await tenant.texts('START')
    for (const who of [desk, wong]) who.reads('The lift works.')
  })

  it('where nothing of ours was held back, START says so', async () => {
    const { house, tenant, wong, desk } = await aTakenCase()
    house.phones.next('stopped')
    await tenant.texts('Is anybody there?')
    for (const who of [desk, wong]) who.reads('Is anybody there?')
    for (const who of [desk, wong]) who.reads('the customer has sent STOP')
    await tenant.texts('START')
    desk.reads('No answer of ours was held back')
    wong.reads('沒有未送達的回覆')
    expect(await house.state('GH-2026-000001')).not.toHaveProperty('unheard')
  })
})

describe('danger after STOP', () => {
  const fire = 'There is a fire in the corridor!'

  it('is answered where no carrier blocks it: it is they who write', async () => {
    const { house, tenant } = await aTakenCase({ channel: 'whatsapp' })
    await tenant.texts('STOP')
    tenant.reads('no more messages')
    await tenant.texts(fire)
    tenant.reads('Call 999 now')
    readAll(house)
  })

  it('where a carrier does, the officers call, and START brings the words while it lasts', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts('STOP')
    await tenant.texts(fire)
    tenant.hasNothingNew()
    const told = house.slack.unexpected().filter(({ message }) => message.text.includes('the customer has sent STOP'))
    const places = ['C0HARBOUR1', 'U0000000002', 'U0000000007', 'U0000000008']
    expect(told.map(({ message }) => message.to.id).sort()).toEqual(places)
    readAll(house)
    await tenant.texts('START')
    tenant.reads('Call 999 now')
    readAll(house)
    await tenant.texts('STOP')
    await tenant.texts('START')
    tenant.hasNothingNew()
  })

  it('once it is over they come too late', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('STOP')
    await tenant.texts(fire)
    const caseId = await house.theCase()
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'It is out.' })
    readAll(house)
    await tenant.texts('START')
    tenant.hasNothingNew()
    wong.reads('It is out.')
    readAll(house)
  })
})

import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, reported, towerDesk } from './people.ts'
import { aTakenCase } from './taken-case.ts'

withStore()

const lastMessage = (card: { fields: readonly { label: string; value: string }[] }) =>
  card.fields.find(({ label }) => label === 'Our last message')?.value

describe('a reply from Slack', () => {
  it('reaches the phone that wrote, signed, and the card says how far it came', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    const answer = await wong.presses('reply', caseId, { text: 'I am at the post now. Please come by.' })
    expect(answer).toContain(`Your reply on ${caseId} is on its way`)
    const reply = tenant.reads('I am at the post now.', '- Wong Siu Ming, Harbour View security desk', caseId)
    expect(reply.message).toMatchObject({ to: tenant.address, from: { channel: 'sms', id: '+12025550190' } })
    expect(lastMessage(desk.card(caseId))).toBe('accepted by the provider')
    await reported(house, reply, 'delivered')
    expect(lastMessage(desk.card(caseId))).toBe('delivered')
    await reported(house, reply, 'sent')
    expect(lastMessage(desk.card(caseId))).toBe('delivered')
  })

  it('and every other command is explained by help, from any desk', async () => {
    const house = await openHouse()
    const answer = await officer(house, 'wong-siu-ming').presses('help', '')
    for (const word of ['acknowledge', 'reply', 'note', 'escalate', 'close', 'reopen'])
      expect(answer).toContain(`${word} GH-…`)
  })

  it('on a case that nobody has taken takes it', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    await wong.presses('reply', caseId, { text: 'On my way.' })
    tenant.reads('Wong Siu Ming now looks after your case')
    tenant.reads('On my way.')
    towerDesk(house).reads('Wong Siu Ming has it')
    expect((await house.state(caseId)).status).toBe('owned')
  })

  it('text under the card and notes stay inside the house', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.writesUnderCard(caseId, 'He always complains, ignore him')
    await wong.presses('note', caseId, { text: 'Spoke to the guard.' })
    tenant.hasNothingNew()
    expect(desk.card(caseId).quote).toBe('Nobody came when I rang the guard post twice.')
    const log = await house.stores.cases.log(caseId)
    expect(log.filter(({ event }) => event.type === 'noted')).toHaveLength(2)
  })

  it('an empty or endless reply is refused with words, and nothing is sent', async () => {
    const { tenant, wong, caseId } = await aTakenCase()
    expect(await wong.presses('reply', caseId, { text: '   ' })).toContain('must not be empty')
    expect(await wong.presses('reply', caseId, { text: 'x'.repeat(1501) })).toContain('at most 1500')
    expect(await wong.presses('explode', caseId)).toContain('There is no command "explode"')
    tenant.hasNothingNew()
  })

  it('that fails on its way is shown to the officer, in red, with the reason', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.presses('reply', caseId, { text: 'Done.' })
    const reply = tenant.reads('Done.')
    await reported(house, reply, 'failed', 'the phone is switched off')
    desk.reads('our message to SMS •••• 0123 could not be delivered (the phone is switched off)')
    wong.reads('SMS •••• 0123', 'the phone is switched off')
    expect(desk.card(caseId).colour).toBe('red')
    expect(lastMessage(desk.card(caseId))).toBe('NOT delivered (the phone is switched off)')
    await wong.presses('reply', caseId, { text: 'Once more.' })
    tenant.reads('Once more.')
    expect(desk.card(caseId).colour).toBe('green')
  })

  it('a failure that is reported after the delivery changes nothing', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.presses('reply', caseId, { text: 'Done.' })
    const reply = tenant.reads('Done.')
    await reported(house, reply, 'delivered')
    await reported(house, reply, 'failed', 'late')
    expect(desk.card(caseId).colour).toBe('green')
  })
})

describe('closed and opened again', () => {
  it('the customer is told the outcome and until when they may object; their answer opens it again, for people', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'The post is manned from now on.' })
    const closing = tenant.reads('Outcome: resolved.', 'The post is manned from now on.', 'by Wed 18 Mar, 10:00')
    expect(closing.message.text).not.toContain('We understood')
    desk.reads('closed by Wong Siu Ming', 'Outcome: resolved.')
    expect(desk.card(caseId)).toMatchObject({ colour: 'grey' })

    await house.passes('1h')
    await tenant.texts('Nobody is there again!')
    expect(await house.theCase()).toBe(caseId)
    tenant.reads('opened case', caseId, 'Harbour View security desk', 'by Wed 4 Mar, 12:00')
    desk.reads('the customer wrote: Nobody is there again!')
    desk.reads(/opened again\. Reply ACK/)
    wong.reads(caseId, '投訴')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', epoch: 2, step: 0 })
  })

  it('thanks leave it closed', async () => {
    const { tenant, wong, desk, house, caseId } = await aTakenCase()
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'The post is manned.' })
    tenant.reads('closed')
    desk.reads('closed by')
    await tenant.texts('thank you')
    desk.reads('the customer wrote: thank you')
    expect((await house.state(caseId)).status).toBe('closed')
  })

  it('after the time to object, and for a new question, it is a new case', async () => {
    const { tenant, wong, desk, house, caseId } = await aTakenCase()
    await wong.presses('close', caseId, { outcome: 'resolved', told: 'The post is manned.' })
    tenant.reads('closed')
    desk.reads('closed by')
    await tenant.texts('Can I bring my dog?')
    tenant.reads('automated assistant', 'GH-2026-000002')
    await house.passes('1d')
    desk.reads('GH-2026-000002')
    await house.passes('15d')
    await tenant.texts('Nobody is there again!')
    tenant.reads('GH-2026-000003')
    house.directory.onDuty('harbour-view-tower', house.now())['level-1']?.forEach(({ id }) => {
      officer(house, id).reads('GH-2026-000003')
    })
    expect((await house.state(caseId)).status).toBe('closed')
  })

  it('without words only where nobody can be told', async () => {
    const { wong, desk, caseId, tenant } = await aTakenCase()
    const refused = await wong.presses('close', caseId, { outcome: 'not_for_us' })
    expect(refused).toContain('told: must not be empty')
    await wong.presses('close', caseId, { outcome: 'no_case', told: 'This must not be sent.' })
    desk.reads('closed by Wong Siu Ming')
    tenant.hasNothingNew()
  })

  it('an outcome is required', async () => {
    const { wong, caseId, house } = await aTakenCase()
    expect(await wong.presses('close', caseId, { told: 'Bye.' })).toContain('outcome must be one of')
    expect((await house.state(caseId)).status).toBe('owned')
  })

  it('staff reopen with a reason, which the desk reads', async () => {
    const { wong, tenant, desk, caseId } = await aTakenCase()
    await wong.presses('close', caseId, { outcome: 'not_for_us', told: 'Please ask the shop.' })
    tenant.reads('Please ask the shop.')
    desk.reads('closed by Wong Siu Ming', 'Outcome: not a matter we can deal with.')
    await wong.presses('reopen', caseId, { reason: 'It is our gate after all.' })
    desk.reads('opened again. It is our gate after all. Reply ACK')
    wong.reads(caseId)
    tenant.hasNothingNew()
  })
})

describe('who may know', () => {
  it('STATUS by a stranger reveals nothing, by the customer it tells promises only', async () => {
    const { house, tenant, caseId } = await aTakenCase()
    const stranger = phoneOf(house, '+12025550124')
    await stranger.texts(`STATUS ${caseId}`)
    const known = stranger.reads('cannot show a case under that number').message.text
    await stranger.texts('STATUS GH-2026-999999')
    expect(stranger.reads().message.text).toBe(known)
    await tenant.texts(`status ${caseId.toLowerCase()}`)
    tenant.reads(caseId, 'Wong Siu Ming looks after it', 'Next update by Sat 7 Mar, 10:00')
  })
})

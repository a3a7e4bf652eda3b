import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, reported, towerDesk } from './people.ts'
import { aTakenCase } from './taken-case.ts'

withStore()

const withTemplate = (config: Config): Config => ({
  ...config,
  places: {
    ...config.places,
    file: { ...config.places.file, templates: { 'case-update': { en: `HX${'0'.repeat(32)}` } } },
  },
})

async function onWhatsApp(configured: (config: Config) => Config = (same) => same) {
  const taken = await aTakenCase({ channel: 'whatsapp', configured })
  return { ...taken, sms: phoneOf(taken.house, '+12025550123', 'sms') }
}

describe('the WhatsApp window of 24 hours', () => {
  it('is open: free text goes', async () => {
    const { house, tenant, wong, caseId } = await onWhatsApp()
    await house.passes('23h')
    await wong.presses('reply', caseId, { text: 'Still at it.' })
    expect(tenant.reads('Still at it.').message.template).toBeUndefined()
  })

  it('is closed: the approved template carries the case number and the words', async () => {
    const { house, tenant, wong, caseId } = await onWhatsApp(withTemplate)
    await house.passes('24h')
    await wong.presses('reply', caseId, { text: 'It is done.' })
    const { template } = tenant.reads('It is done.').message
    expect(template).toMatchObject({ name: 'case-update', language: 'en' })
    expect(template?.variables).toEqual([caseId, expect.stringContaining('It is done.')])
  })

  it('counts from the time the provider gives, not from when we read the message', async () => {
    const { house, tenant, sms, desk, caseId, wong } = await onWhatsApp()
    await house.passes('30h')
    await tenant.texts('Any news?', { sentAt: new Date(house.now().getTime() - 25 * 3_600_000) })
    desk.reads('Any news?')
    wong.reads('Any news?')
    sms.reads('added this to case', caseId)
    tenant.hasNothingNew()
  })

  it('is closed and there is no template: the same words go by SMS, from the number of the site', async () => {
    const { house, tenant, sms, wong, caseId } = await onWhatsApp()
    await house.passes('24h')
    await wong.presses('reply', caseId, { text: 'It is done.' })
    tenant.hasNothingNew()
    expect(sms.reads('It is done.').message.from).toEqual({ channel: 'sms', id: '+12025550190' })
  })

  it('a failure report falls back to SMS too, once; when that fails as well, a person is told', async () => {
    const { house, tenant, sms, wong, desk, caseId } = await onWhatsApp()
    await wong.presses('reply', caseId, { text: 'It is done.' })
    const reply = tenant.reads('It is done.')
    await reported(house, reply, 'failed', 'no WhatsApp at this number')
    const fallback = sms.reads('It is done.')
    await reported(house, fallback, 'failed', 'the phone is switched off')
    sms.hasNothingNew()
    desk.reads('could not be delivered (the phone is switched off)')
    wong.reads('the phone is switched off')
  })

  it('a WhatsApp user without a phone number cannot be reached by SMS: a person is told', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, 'US.13491208655302741918', 'whatsapp')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    await wong.presses('acknowledge', caseId)
    tenant.reads('now looks after')
    towerDesk(house).reads('has it')
    await house.passes('25h')
    await wong.presses('reply', caseId, { text: 'It is done.' })
    tenant.hasNothingNew()
    towerDesk(house).reads('could not be delivered (the reply window is over and no template is set)')
    wong.reads('reply window is over')
  })
})

import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { openHouse, step, withEmpty, withLadder, withStore } from './house.ts'
import { officer, phoneOf, reported, towerDesk } from './people.ts'

withStore()

/** The officer for ten minutes and one chase, then the duty manager likewise; once. */
const twoSteps = (config: Config) =>
  withLadder(config, 3, { steps: [step('level-1', 10, 1), step('level-2', 10, 1)], cycles: 1 })

async function aComplaint(configured: (config: Config) => Config = twoSteps) {
  const house = await openHouse({ configured })
  const tenant = phoneOf(house, '+12025550123')
  await tenant.texts('Nobody came when I rang the guard post twice.')
  const caseId = await house.theCase()
  tenant.reads(caseId)
  const staff = {
    wong: officer(house, 'wong-siu-ming'),
    ho: officer(house, 'ho-chi-keung'),
    yip: officer(house, 'yip-suk-fan'),
    kwok: officer(house, 'kwok-wing-sze'),
    mak: officer(house, 'mak-lai-fong'),
  }
  return { house, tenant, caseId, desk: towerDesk(house), ...staff }
}

describe('nobody acknowledges', () => {
  it('the ladder climbs: every page, every chase by the next method, one alarm; it stays red until somebody takes it', async () => {
    const { house, tenant, caseId, desk, wong, ho, kwok, mak } = await aComplaint()
    wong.reads(caseId, '收到')
    await house.passes('10m')
    wong.phone.reads('仍待處理', '3月4日（三）10:20')
    await house.passes('10m')
    ho.reads('nobody has taken it in time, so it comes to you')
    expect(desk.card(caseId)).toMatchObject({ colour: 'red', headline: expect.stringContaining('Step 2 of 2') })
    await house.passes('10m')
    ho.phone.reads('Still waiting', 'by Wed 4 Mar, 10:40')

    await house.passes('10m')
    desk.reads('RED', 'went through every level')
    mak.reads('RED', `ACK ${caseId}`)
    desk.reads('Kwok Wing Sze could not be reached this way')
    kwok.phone.reads('RED', `ACK ${caseId}`)
    expect(desk.card(caseId)).toMatchObject({ colour: 'red' })

    await house.passes('3h')
    for (const _hour of [1, 2, 3]) desk.reads('RED', 'still waiting')
    expect((await house.state(caseId)).status).toBe('exhausted')

    await kwok.phone.texts(`ACK`)
    kwok.phone.reads(`${caseId} is yours`)
    tenant.reads('Kwok Wing Sze now looks after your case')
    desk.reads('Kwok Wing Sze has it')
    for (const told of [wong, ho, mak]) told.reads('Kwok Wing Sze')
    expect((await house.state(caseId)).status).toBe('owned')
  })

  it('an officer of an earlier step answers late, and still takes it', async () => {
    const { house, tenant, caseId, desk, wong, ho } = await aComplaint()
    wong.reads(caseId)
    await house.passes('20m')
    wong.phone.reads('仍待處理')
    ho.reads('comes to you')
    await wong.phone.texts('收到')
    wong.phone.reads(`${caseId} is yours`)
    tenant.reads('Wong Siu Ming now looks after your case')
    desk.reads('Wong Siu Ming has it')
    ho.reads('Wong Siu Ming has it')
  })

  it('the machine is off for two hours: one page when it is back, no burst', async () => {
    const { house, caseId, wong } = await aComplaint()
    wong.reads(caseId)
    house.isOffFor('2h')
    await house.settle()
    wong.phone.reads('仍待處理', '12:10')
    expect((await house.state(caseId)).status).toBe('paging')
  })

  it('every page is sent once, however often and by however many workers the clock is looked at', async () => {
    const { house, caseId, wong } = await aComplaint()
    wong.reads(caseId)
    house.isOffFor('10m')
    await Promise.all(Array.from({ length: 6 }, () => Promise.all(house.jobs.map(({ look }) => look()))))
    await house.settle()
    wong.phone.reads('仍待處理')
  })

  it('an empty level costs no time and is announced', async () => {
    const { house, caseId, desk, ho } = await aComplaint((config) => withEmpty(twoSteps(config), 'level-1'))
    ho.reads(caseId)
    await house.passes('1s')
    desk.reads('nobody is on duty in level-1', 'check the roster')
    expect((await house.state(caseId)).step).toBe(1)
  })

  it('every level is empty: the last-resort list is told at once, so that somebody always knows', async () => {
    const { house, caseId, desk, kwok, mak } = await aComplaint((config) =>
      withEmpty(twoSteps(config), 'level-1', 'level-2'),
    )
    await house.passes('1s')
    desk.reads('nobody is on duty in level-1')
    desk.reads('nobody is on duty in level-2')
    desk.reads('RED')
    mak.reads(caseId)
    desk.reads('Kwok Wing Sze could not be reached this way')
    kwok.phone.reads(caseId)
    expect((await house.state(caseId)).status).toBe('exhausted')
  })
})

describe('somebody cannot be reached', () => {
  it('the next method is tried at once, and the next level when there is none', async () => {
    const house = await openHouse({ configured: twoSteps })
    const tenant = phoneOf(house, '+12025550123')
    const [wong, ho] = [officer(house, 'wong-siu-ming'), officer(house, 'ho-chi-keung')]
    house.slack.next('refused', 'U0000000002')
    house.phones.next('refused', wong.phone.address.id)
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    const desk = towerDesk(house)
    desk.reads('Wong Siu Ming could not be reached this way', 'Trying the next')
    desk.reads('Wong Siu Ming could not be reached this way')
    desk.reads('Wong Siu Ming could not be reached in any way')
    ho.reads('nobody before you could be reached', caseId)
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', step: 1 })
  })

  it('a provider that refuses everything does not drive an endless ladder at the speed of the machine', async () => {
    const house = await openHouse({
      configured: (config) =>
        withLadder(config, 3, { steps: [step('level-1', 10), step('level-2', 10)], cycles: Infinity }),
    })
    house.slack.fromNowOn('refused')
    house.phones.fromNowOn('refused')
    await phoneOf(house, '+12025550123').texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    await house.passes('25m')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', cycle: 2 })
  })

  it('a phone that reports failure later moves the page on', async () => {
    const { house, caseId, wong } = await aComplaint()
    const page = wong.reads(caseId)
    await house.passes('10m')
    const chase = wong.phone.reads('仍待處理')
    expect(page.providerId).not.toBe(chase.providerId)
    await reported(house, chase, 'failed', 'the phone is switched off')
    towerDesk(house).reads('Wong Siu Ming could not be reached this way (the phone is switched off)')
    towerDesk(house).reads('Wong Siu Ming could not be reached this way (the channel email is switched off)')
    wong.reads(caseId)
  })
})

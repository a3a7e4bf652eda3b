import { describe, expect, it } from 'vitest'
import { moveDueCases } from '../../src/core/deadlines.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf } from './people.ts'

// Each story is named after the report of the engine that had the fault. The others stand where they belong:
// docs/escalation.md lists them all.

withStore()

async function aCase(text: string) {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123')
  await tenant.texts(text)
  const caseId = await house.theCase()
  tenant.reads(/GH-|999/)
  return { house, tenant, caseId }
}

const fire = 'There is a fire in the corridor!'
const rude = 'Nobody came when I rang the guard post twice.'

function clear(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    while (channel.unexpected()[0]) channel.take(channel.unexpected()[0]!.message.to)
}

const eventsOf = async (house: TestHouse, caseId: string) =>
  (await house.stores.cases.log(caseId)).map(({ event }) => event)

describe('faults other engines have had', () => {
  it('oncall#1503: one recipient’s failed message does not stop the others’', async () => {
    const house = await openHouse()
    house.slack.next('refused', 'U0000000002')
    await phoneOf(house, '+12025550123').texts(fire)
    officer(house, 'ho-chi-keung').reads('EMERGENCY')
    officer(house, 'lam-mei-ling').reads('緊急')
    officer(house, 'wong-siu-ming').phone.reads('緊急')
    clear(house)
  })

  it('oncall#3161: an acknowledgement that arrives while the case is being closed does not open it again', async () => {
    const { house, caseId } = await aCase(rude)
    const [wong, ho] = [officer(house, 'wong-siu-ming'), officer(house, 'ho-chi-keung')]
    await Promise.all([
      wong.presses('close', caseId, { outcome: 'resolved', told: 'Seen to.' }),
      ho.presses('acknowledge', caseId),
    ])
    const { status } = await house.state(caseId)
    // Whichever came first: once closed it stays closed.
    if (status !== 'closed') await wong.presses('close', caseId, { outcome: 'resolved', told: 'Seen to.' })
    await ho.presses('acknowledge', caseId)
    expect((await house.state(caseId)).status).toBe('closed')
    clear(house)
  })

  it('oncall#4654, #4760: nobody is paged after somebody took it, not by their own later methods either', async () => {
    const house = await openHouse({ delays: true })
    await phoneOf(house, '+12025550123').texts(rude)
    const caseId = await house.theCase()
    await officer(house, 'wong-siu-ming').presses('acknowledge', caseId)
    clear(house)
    await house.passes('30m')
    expect([...house.slack.unexpected(), ...house.phones.unexpected()]).toEqual([])
  })

  it('goalert#912: two people on a step make one entry in the log, not two', async () => {
    const { house, caseId } = await aCase(fire)
    await house.passes('1m')
    const events = await eventsOf(house, caseId)
    expect(events.filter(({ type }) => type === 'paged')).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'chased')).toHaveLength(1)
    clear(house)
  })

  it('oncall#1206: a case closed over night goes on in the morning, after a restart too', async () => {
    const house = await openHouse({ at: new Date('2026-03-04T09:50:00Z') })
    await phoneOf(house, '+12025550123').texts(rude)
    const caseId = await house.theCase()
    clear(house)
    expect((await house.state(caseId)).status).toBe('paging')
    await house.passes('14h')
    expect(await eventsOf(house, caseId)).not.toContainEqual(expect.objectContaining({ type: 'chased' }))
    house.isOffFor('61m')
    await house.passes('20m')
    expect(await eventsOf(house, caseId)).toContainEqual(expect.objectContaining({ type: 'chased' }))
    clear(house)
  })

  it('keep#5257: what is held back is held back until a time, and then goes out', async () => {
    const { house, caseId } = await aCase(rude)
    await house.shifts.raiseClosure({ id: 'x', reason: 'other', startAt: house.now(), by: 'ho-chi-keung' })
    clear(house)
    await house.passes('1h')
    expect(house.phones.unexpected()).toEqual([])
    await house.shifts.lowerClosure({ id: 'x', endAt: house.now(), by: 'ho-chi-keung' })
    await house.passes('40m')
    officer(house, 'wong-siu-ming').phone.reads(caseId)
    clear(house)
  })

  it('GitLab, per rule and alert: several workers that look at the same moment page once', async () => {
    const { house } = await aCase(rude)
    clear(house)
    house.isOffFor('20m')
    const deps = {
      engine: house.engine,
      clock: { now: house.now },
      onFault: (error: unknown) => void house.faults.push(error),
    }
    await Promise.all(Array.from({ length: 5 }, () => moveDueCases(deps)))
    await house.settle()
    expect(house.phones.arrived.filter(({ message }) => message.audience === 'staff')).toHaveLength(1)
    clear(house)
  })
})

import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

const minuteOf = (at: Date | undefined): string | undefined => at?.toISOString().slice(0, 16)

/** A serious complaint that the duty manager's superior has taken, after the first step was silent. */
async function takenAtTheSecondStep() {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123')
  const [ho, yip] = [officer(house, 'ho-chi-keung'), officer(house, 'yip-suk-fan')]
  const desk = towerDesk(house)
  await tenant.texts('The guard searched my bag without asking.')
  const caseId = await house.theCase()
  tenant.reads(caseId, 'by Wed 4 Mar, 10:15')
  ho.reads(caseId)
  await house.passes('8m')
  ho.phone.reads('Still waiting')
  desk.reads('Yip Suk Fan could not be reached this way')
  yip.phone.reads('comes to you')
  await yip.phone.texts('ACK')
  yip.phone.reads('is yours')
  tenant.reads('Yip Suk Fan now looks after', 'Next update by Wed 4 Mar, 14:00')
  desk.reads('has it')
  ho.reads('Yip Suk Fan has it')
  return { house, tenant, ho, yip, desk, caseId }
}

describe('an owner who stays silent', () => {
  it('is reminded before the promise is broken, then the case climbs again from the level it had reached', async () => {
    const { house, yip, desk, caseId } = await takenAtTheSecondStep()
    await house.passes('208m')
    yip.phone.reads('the customer was promised news by Wed 4 Mar, 14:00', 'by Wed 4 Mar, 14:00, or others')
    expect(desk.card(caseId)).toMatchObject({ colour: 'amber', headline: expect.stringContaining('chased') })
    await house.passes('24m')
    desk.reads('no progress from Yip Suk Fan in time')
    desk.reads('Yip Suk Fan could not be reached this way')
    yip.phone.reads('Yip Suk Fan had it and showed no progress')
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', step: 1, epoch: 2 })
  })

  it('a note shows that the owner is at it, but does not move what the customer was promised', async () => {
    const { house, yip, caseId } = await takenAtTheSecondStep()
    const before = await house.state(caseId)
    await house.passes('208m')
    yip.phone.reads('promised news')
    await yip.presses('note', caseId, { text: 'Watching the recording.' })
    await house.passes('23m')
    const now = await house.state(caseId)
    expect(now).toMatchObject({ status: 'owned', promisedBy: before.promisedBy })
    await house.passes('1m')
    yip.phone.reads('promised news by Wed 4 Mar, 14:00')
  })

  it('a reply keeps the promise, and the next one begins', async () => {
    const { house, tenant, yip, caseId } = await takenAtTheSecondStep()
    await house.passes('1h')
    await yip.presses('reply', caseId, { text: 'I have spoken to the guard and will look at the recording.' })
    tenant.reads('spoken to the guard')
    expect(minuteOf((await house.state(caseId)).promisedBy)).toBe('2026-03-05T03:08')
    await house.passes('2h')
    expect((await house.state(caseId)).status).toBe('owned')
  })

  it('hears at once when the customer writes, however they can be reached', async () => {
    const { tenant, yip, desk } = await takenAtTheSecondStep()
    await tenant.texts('And he was rude, too.')
    tenant.reads('added this to case')
    desk.reads('he was rude, too')
    yip.phone.reads('he was rude, too')
  })

  it('asks for the next level, which reads who asks and why; from the top only the last-resort list is left', async () => {
    const { house, yip, desk, caseId } = await takenAtTheSecondStep()
    const tang = officer(house, 'tang-kwok-leung')
    expect(await yip.presses('escalate', caseId, { reason: 'A lawyer has called.' })).toContain('next level is paged')
    desk.reads('Tang Kwok Leung could not be reached this way')
    tang.phone.reads('Yip Suk Fan asks you to take it: A lawyer has called.')
    expect(minuteOf((await house.state(caseId)).promisedBy)).toBe('2026-03-04T02:23')
    const kwok = officer(house, 'kwok-wing-sze')
    await tang.presses('escalate', caseId, { reason: 'The press is here.' })
    desk.reads('Kwok Wing Sze could not be reached this way')
    kwok.phone.reads('Tang Kwok Leung asks you to take it: The press is here.')
    const answer = await kwok.presses('escalate', caseId, { reason: 'Somebody else, please.' })
    expect(answer).toContain('there is no level left')
    desk.reads('RED')
    officer(house, 'mak-lai-fong').reads('RED')
    desk.reads('Kwok Wing Sze could not be reached this way')
    kwok.phone.reads('RED')
  })
})

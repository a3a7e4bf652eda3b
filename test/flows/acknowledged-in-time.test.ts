import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

const complaint = 'Nobody came when I rang the guard post twice.'

describe('acknowledged in time', () => {
  it('a tenant complains, the officer on duty takes it, and nobody else is ever told', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    const desk = towerDesk(house)

    await tenant.texts(complaint)
    const caseId = await house.theCase()
    tenant.reads(
      caseId,
      'your complaint at Harbour View Tower',
      'Harbour View security desk',
      'Wed 4 Mar, 11:00',
      'AGENT',
    )
    wong.reads(caseId, '海景中心', '投訴', '回應緩慢。', `收到 ${caseId}`)
    expect(desk.card(caseId)).toMatchObject({ colour: 'amber', quote: complaint })

    await house.passes('5m')
    expect(await wong.presses('acknowledge', caseId)).toBe(`${caseId} is yours. The customer is being told.`)
    desk.reads('Wong Siu Ming has it')
    tenant.reads('Wong Siu Ming now looks after your case', caseId)
    expect(desk.card(caseId)).toMatchObject({ colour: 'green' })

    await house.passes('2h')
    expect((await house.state(caseId)).status).toBe('owned')
  })

  it('two officers press at once: one has it, the other is told who', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const [wong, ho] = [officer(house, 'wong-siu-ming'), officer(house, 'ho-chi-keung')]
    await tenant.texts(complaint)
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)

    const answers = await Promise.all([wong.presses('acknowledge', caseId), ho.presses('acknowledge', caseId)])
    const said = answers.join('\n')
    const { owner } = await ownedBy(house, caseId)
    expect(said).toContain(`${caseId} is yours.`)
    expect(said).toContain(`${owner.name} has ${caseId} already.`)
    tenant.reads(`${owner.name} now looks after your case`)
    towerDesk(house).reads(`${owner.name} has it`)
    if (owner.id === 'ho-chi-keung') wong.reads('Ho Chi Keung')
  })

  it('one press delivered twice acknowledges once, and tells the customer once', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const wong = officer(house, 'wong-siu-ming')
    await tenant.texts(complaint)
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    await wong.presses('acknowledge', caseId, {}, 'press-once')
    await wong.presses('acknowledge', caseId, {}, 'press-once')
    tenant.reads('now looks after')
    towerDesk(house).reads('has it')
  })

  it('somebody who is not staff presses, and so does an officer of another site: nothing changes', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    await tenant.texts(complaint)
    const caseId = await house.theCase()
    tenant.reads(caseId)
    officer(house, 'wong-siu-ming').reads(caseId)
    expect(await officer(house, 'cheung-wai-kit').presses('acknowledge', caseId)).toBe(
      `There is no case ${caseId} that you can see.`,
    )
    expect((await house.state(caseId)).status).toBe('paging')
  })
})

async function ownedBy(house: Awaited<ReturnType<typeof openHouse>>, caseId: string) {
  const state = await house.state(caseId)
  if (state.status !== 'owned') throw new Error(`${caseId} is ${state.status}`)
  return state
}

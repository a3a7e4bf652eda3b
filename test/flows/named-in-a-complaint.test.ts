import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

describe('a complaint that names an officer', () => {
  it('leaves that officer, who is not told why, sees it nowhere and cannot take it; the next one reads why', async () => {
    const house = await openHouse()
    const tenant = phoneOf(house, '+12025550123')
    const [wong, ng] = [officer(house, 'wong-siu-ming'), officer(house, 'ng-pui-yee')]
    const desk = towerDesk(house)
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = await house.theCase()
    tenant.reads(caseId)
    wong.reads(caseId)
    await wong.presses('acknowledge', caseId)
    tenant.reads('Wong Siu Ming now looks after')
    desk.reads('has it')
    await tenant.texts('又冇人嚟。黃小明態度好差。')
    tenant.reads('已加入個案')
    tenant.hasNothingNew()
    wong.hasNothingNew()
    expect(desk.card(caseId)).toMatchObject({ title: `${caseId} · restricted`, fields: [], buttons: [] })
    expect(desk.card(caseId)).not.toHaveProperty('quote')
    ng.reads(caseId)
    expect(await house.state(caseId)).toMatchObject({
      status: 'paging',
      suspected: [{ id: 'wong-siu-ming', name: 'Wong Siu Ming' }],
    })
    for (const command of ['show', 'acknowledge', 'note'])
      expect(await wong.presses(command, caseId, { text: 'x' })).toContain('There is no case')
    expect(await wong.presses('my-cases', '')).not.toContain(caseId)
    expect(await wong.presses('search', '', { q: caseId })).not.toContain(caseId)
    const whole = await house.desk.cardFor(caseId, await house.state(caseId))
    expect(whole?.fields).toContainEqual({
      label: 'Kept from',
      value: "Wong Siu Ming: named in the customer's words, so it may be about them",
    })
    await ng.presses('acknowledge', caseId)
    expect(tenant.reads('Ng Pui Yee').message.text).not.toContain('Wong')
  })
})

import { describe, expect, it } from 'vitest'
import { withStore } from './house.ts'
import { officer } from './people.ts'
import { aTakenCase } from './taken-case.ts'

withStore()

describe('a complaint that names an officer', () => {
  it('leaves that officer, who is not told why, sees it nowhere and cannot take it; the next one reads why', async () => {
    const { house, tenant, wong, desk, caseId } = await aTakenCase()
    const ng = officer(house, 'ng-pui-yee')
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

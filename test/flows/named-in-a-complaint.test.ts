import { describe, expect, it } from 'vitest'
import { withStore } from './house.ts'
import { officer } from './people.ts'
import { aTakenCase, readAll } from './taken-case.ts'

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

/** Wong's case, in which the customer has named him. */
async function namedIn() {
  const taken = await aTakenCase()
  await taken.tenant.texts('又冇人嚟。黃小明態度好差。')
  readAll(taken.house)
  const lam = officer(taken.house, 'lam-mei-ling')
  return { ...taken, lam, args: { person: 'wong-siu-ming', reason: 'She thanks him in fact.' } }
}

describe('a suspicion that was wrong', () => {
  it('is taken back by a supervisor, with a reason: the officer may have the case, and sees all of it', async () => {
    const { house, tenant, wong, desk, lam, caseId, args } = await namedIn()
    expect(await lam.presses('not-about', caseId, { person: 'wong-siu-ming' })).toContain('reason must not be empty')
    expect(await lam.presses('not-about', caseId, args)).toContain('done')
    expect(desk.reads('Lam Mei Ling opened it to the site again').message.text).not.toMatch(/Wong|thanks/)
    wong.hasNothingNew()
    tenant.hasNothingNew()
    expect(desk.card(caseId).title).not.toContain('restricted')
    expect(await wong.presses('show', caseId)).toContain('not about Wong Siu Ming by Lam Mei Ling: She thanks him')
    await lam.presses('assign', caseId, { person: 'wong-siu-ming' })
    expect(await house.state(caseId)).toMatchObject({ status: 'owned', owner: { id: 'wong-siu-ming' } })
    const log = await house.stores.cases.log(caseId)
    const events = log.map(({ event }) => event)
    expect(events).toContainEqual(expect.objectContaining({ type: 'cleared', reason: args.reason }))
    expect(events).toContainEqual(expect.objectContaining({ type: 'commanded', command: 'not-about', args }))
    readAll(house)
  })

  it('not by the officer, another officer, or a stranger to the site; and a case that is kept from nobody says so', async () => {
    const { house, wong, lam, caseId, args } = await namedIn()
    expect(await wong.presses('not-about', caseId, args)).toContain('There is no case')
    expect(await officer(house, 'lee-ka-yan').presses('not-about', caseId, args)).toContain('needs one of these roles')
    expect(await officer(house, 'tsang-ho-fai').presses('not-about', caseId, args)).toContain('There is no case')
    expect(await house.state(caseId)).toMatchObject({ suspected: [{ id: 'wong-siu-ming' }] })
    await lam.presses('not-about', caseId, args)
    expect(await lam.presses('not-about', caseId, args)).toContain('is not kept from')
    readAll(house)
  })

  it('of a supervisor: neither by themselves nor by whoever works under them', async () => {
    const { house, tenant, lam, caseId } = await aTakenCase().then((taken) => ({
      ...taken,
      lam: officer(taken.house, 'lam-mei-ling'),
    }))
    await tenant.texts('林美玲態度好差。')
    expect(await house.state(caseId)).toMatchObject({ suspected: [{ id: 'lam-mei-ling' }] })
    const args = { person: 'lam-mei-ling', reason: 'It was somebody else.' }
    expect(await lam.presses('not-about', caseId, args)).toContain('There is no case')
    expect(await officer(house, 'wong-siu-ming').presses('not-about', caseId, args)).toContain(
      'needs one of these roles',
    )
    await officer(house, 'ho-chi-keung').presses('not-about', caseId, args)
    expect(await house.state(caseId)).not.toHaveProperty('suspected')
    readAll(house)
  })

  it('what a supervisor said with about-staff, only a manager takes back', async () => {
    const { house, wong, desk, caseId } = await aTakenCase()
    const ho = officer(house, 'ho-chi-keung')
    await ho.presses('about-staff', caseId, { person: 'wong-siu-ming' })
    const args = { person: 'wong-siu-ming', reason: 'I meant another case.' }
    expect(await ho.presses('not-about', caseId, args)).toContain('only a manager or administrator')
    expect(await wong.presses('show', caseId)).toContain('There is no case')
    await officer(house, 'mak-lai-fong').presses('not-about', caseId, args)
    expect(await house.state(caseId)).not.toHaveProperty('about')
    expect(await wong.presses('show', caseId)).toContain(caseId)
    expect(desk.card(caseId).title).not.toContain('restricted')
    readAll(house)
  })
})

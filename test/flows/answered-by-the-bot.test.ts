import { describe, expect, it } from 'vitest'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

async function aTenantAsks(text: string) {
  const house = await openHouse()
  const tenant = phoneOf(house, '+12025550123')
  await tenant.texts(text)
  const caseId = await house.theCase()
  return { house, tenant, caseId, wong: officer(house, 'wong-siu-ming'), desk: towerDesk(house) }
}

describe('answered by the bot', () => {
  it('a tenant asks, is answered with the why and the options, does not object, and the case is closed in silence', async () => {
    const { house, tenant, caseId, desk } = await aTenantAsks('Can I bring my dog?')
    tenant.reads('Why:', 'You can:', 'I am an automated assistant', 'AGENT', `Ref ${caseId}`)
    expect(desk.card(caseId)).toMatchObject({ colour: 'green', headline: expect.stringContaining('Closes Thu 5 Mar') })

    await house.passes('24h')
    desk.reads('closed by Gatehouse', 'Outcome: resolved.')
    expect(await house.state(caseId)).toMatchObject({ status: 'closed', outcome: 'resolved' })
  })

  it('thanks are no objection', async () => {
    const { house, tenant, caseId, desk } = await aTenantAsks('Can I bring my dog?')
    tenant.reads('automated assistant')
    await tenant.texts('thank you!')
    desk.reads('the customer wrote: thank you!')
    await house.passes('24h')
    desk.reads('closed by Gatehouse')
    expect((await house.state(caseId)).status).toBe('closed')
  })

  it('an objection brings a person, by the time that is told', async () => {
    const { house, tenant, caseId, wong, desk } = await aTenantAsks('Can I bring my dog?')
    tenant.reads('automated assistant')
    await house.passes('1h')
    await tenant.texts('That is not what I asked')
    desk.reads('the customer wrote')
    tenant.reads(caseId, 'Harbour View security desk', 'by Wed 4 Mar, 12:00', 'AGENT')
    wong.reads(caseId)
    expect(await house.state(caseId)).toMatchObject({ status: 'paging', kind: 'complaint', severity: 3 })
  })

  it('a question inside a complaint is answered, and people get the complaint all the same', async () => {
    const { tenant, caseId, wong } = await aTenantAsks('Why was my delivery sent away again?')
    tenant.reads('recorded as case', caseId, 'Harbour View security desk will read it', 'by Wed 4 Mar, 11:00')
    wong.reads(caseId)
  })

  it('choices are offered; a number chooses', async () => {
    const { house, tenant, caseId, desk } = await aTenantAsks('which entrance?')
    const { message } = tenant.reads('Which of these did you mean?', 'AGENT', caseId)
    expect(message.options?.map(({ id }) => id)).toEqual(['visitor-after-hours', 'tenant-after-hours', 'none'])
    await tenant.texts('2')
    desk.reads('the customer wrote: 2')
    tenant.reads('automated assistant', caseId)
    expect(await house.state(caseId)).toMatchObject({ status: 'with-bot', answered: true })
  })

  it('nothing is chosen within ten minutes: a person takes over', async () => {
    const { house, tenant, caseId, wong } = await aTenantAsks('which entrance?')
    tenant.reads('Which of these did you mean?')
    await house.passes('10m')
    tenant.reads('your question', caseId, 'by Wed 4 Mar, 10:40')
    wong.reads(caseId)
  })

  it('none of these: a person takes over at once', async () => {
    const { tenant, caseId, wong, desk } = await aTenantAsks('which entrance?')
    tenant.reads('Which of these did you mean?')
    await tenant.texts('3')
    desk.reads('the customer wrote: 3')
    tenant.reads('your question', caseId)
    wong.reads(caseId)
  })

  it('AGENT is answered with who, by when, and keeps its promise apart from the internal target', async () => {
    const { house, tenant, caseId, wong } = await aTenantAsks('AGENT')
    tenant.reads('A person from Harbour View security desk will reply here by Wed 4 Mar, 10:30', caseId)
    wong.reads(caseId)
    await house.passes('2m')
    await tenant.texts('AGENT')
    towerDesk(house).reads('AGENT')
    tenant.reads('A person from Harbour View security desk will reply here by Wed 4 Mar, 10:30')
  })
})

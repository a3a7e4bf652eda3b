import { describe, expect, it } from 'vitest'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

async function casesFrom(...numbers: readonly string[]) {
  const house = await openHouse()
  const wong = officer(house, 'wong-siu-ming')
  const tenants = numbers.map((number) => phoneOf(house, number))
  for (const tenant of tenants) {
    await tenant.texts('Nobody came when I rang the guard post twice.')
    tenant.reads('GH-2026')
    wong.reads('GH-2026')
  }
  return { house, wong, tenants, desk: towerDesk(house) }
}

const first = 'GH-2026-000001'
const second = 'GH-2026-000002'
const ownerOf = async (house: TestHouse, caseId: string) => {
  const state = await house.state(caseId)
  return state.status === 'owned' ? state.owner.id : state.status
}

describe('an officer who is paged texts back', () => {
  it.each(['ACK', 'ack.', 'a', '收到', '接手', '“ACK”', `ACK ${first}`, '收到 1', '1收', '1a', `收到 ${first}`])(
    '"%s" takes the case',
    async (words) => {
      const { house, wong, tenants, desk } = await casesFrom('+12025550123')
      await wong.phone.texts(words)
      wong.phone.reads(`${first} is yours`)
      tenants[0]!.reads('Wong Siu Ming now looks after your case')
      desk.reads('has it')
      expect(await ownerOf(house, first)).toBe('wong-siu-ming')
    },
  )

  it('plain words do not take it: they are filed, internally, and the officer is told how', async () => {
    const { house, wong, tenants } = await casesFrom('+12025550123')
    await wong.phone.texts('ok, on my way')
    wong.phone.reads(`Noted on ${first}`, 'reply ACK to take it')
    tenants[0]!.hasNothingNew()
    expect(await ownerOf(house, first)).toBe('paging')
    expect(await house.theCase()).toBe(first)
    const log = await house.stores.cases.log(first)
    expect(log.at(-1)?.event).toMatchObject({ type: 'noted', text: 'ok, on my way', by: { id: 'wong-siu-ming' } })
  })

  it.each(['ok', 'ACK', '收到'])('a bare "%s" with two open pages asks which', async (words) => {
    const { house, wong } = await casesFrom('+12025550123', '+12025550124')
    await wong.phone.texts(words)
    wong.phone.reads('Which one?', first, second)
    expect([await ownerOf(house, first), await ownerOf(house, second)]).toEqual(['paging', 'paging'])
    await wong.phone.texts('ACK 2')
    wong.phone.reads(`${second} is yours`)
    expect([await ownerOf(house, first), await ownerOf(house, second)]).toEqual(['paging', 'wong-siu-ming'])
    phoneOf(house, '+12025550124').reads('now looks after')
    towerDesk(house).reads('has it')
  })

  it('too late: they are told who has it', async () => {
    const { wong, tenants, desk, house } = await casesFrom('+12025550123')
    const ho = officer(house, 'ho-chi-keung')
    await ho.presses('acknowledge', first)
    tenants[0]!.reads('Ho Chi Keung')
    desk.reads('Ho Chi Keung')
    wong.reads('Ho Chi Keung')
    await wong.phone.texts(`ACK ${first}`)
    wong.phone.reads(`Ho Chi Keung has ${first} already.`)
  })

  it('for a case they may not see, or none at all, nothing is revealed', async () => {
    const { house } = await casesFrom('+12025550123')
    const cheung = officer(house, 'cheung-wai-kit')
    await cheung.phone.texts(`ACK ${first}`)
    cheung.phone.reads(`There is no case ${first} that you can see.`)
    await cheung.phone.texts('ACK')
    cheung.phone.reads('No case is waiting for you.')
    expect(await house.stores.inbox.ledger()).toMatchObject({ sms: { received: 3, onCase: 1, suppressed: 2 } })
  })

  it('danger is heard as danger, whoever writes', async () => {
    const { house, wong } = await casesFrom('+12025550123')
    await wong.phone.texts('There is a fire in the lobby!')
    wong.phone.reads('Call 999 now', second)
    for (const id of ['wong-siu-ming', 'ho-chi-keung', 'lam-mei-ling']) officer(house, id).reads(second)
  })

  it('an officer without an open page is heard like any customer', async () => {
    const { house, wong } = await casesFrom()
    await wong.phone.texts('Nobody relieved me at 7.')
    wong.phone.reads(first, 'your complaint')
    wong.reads(first)
    expect(await ownerOf(house, first)).toBe('paging')
  })
})

import type { Config } from '../../src/config.ts'
import { openHouse, type TestHouse } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

type How = { readonly channel?: 'sms' | 'whatsapp'; readonly configured?: (config: Config) => Config }

/** A tenant's complaint that Wong has taken; everything said so far has been read. */
export async function aTakenCase({ channel = 'sms', configured }: How = {}) {
  const house = await openHouse({ ...(configured && { configured }) })
  const tenant = phoneOf(house, '+12025550123', channel)
  const wong = officer(house, 'wong-siu-ming')
  const desk = towerDesk(house)
  await tenant.texts('Nobody came when I rang the guard post twice.')
  const caseId = await house.theCase()
  tenant.reads(caseId)
  wong.reads(caseId)
  await wong.presses('acknowledge', caseId)
  tenant.reads('Wong Siu Ming now looks after')
  desk.reads('has it')
  return { house, tenant, wong, desk, caseId }
}

/** Reads whatever is still waiting, in Slack and on phones. */
export function readAll(house: TestHouse): void {
  for (const channel of [house.slack, house.phones])
    for (let next = channel.unexpected()[0]; next; next = channel.unexpected()[0]) channel.take(next.message.to)
}

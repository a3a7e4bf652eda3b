import { describe, expect, it } from 'vitest'
import { perform } from '../../src/core/desk/perform.ts'
import { openHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

describe('a reply that says what the last one said', () => {
  it('is flagged to its writer in the preview; what is new is not; and both can be sent', async () => {
    const house = await openHouse()
    const wong = officer(house, 'wong-siu-ming')
    const tenant = phoneOf(house, '+12025554001')
    await tenant.texts('Nobody came when I rang the guard post twice.')
    const caseId = /GH-\d+-\d+/.exec(tenant.reads('GH-').message.text)?.[0] ?? ''
    wong.reads(caseId)
    await wong.presses('acknowledge', caseId)
    tenant.reads('now looks after')
    towerDesk(house).reads('has it')
    const member = house.directory.byId('wong-siu-ming')!
    const user = member.methods[0]!.address
    const warningOf = async (text: string) => {
      const shown = await house.reads.preview({ user, command: 'reply', caseId, args: { text } })
      if (!shown.ok) throw new Error(shown.why)
      return shown.route?.warning
    }
    const first = 'We are looking into what happened at the guard post.'
    expect(await warningOf(first)).toBeUndefined()
    await wong.presses('reply', caseId, { text: first })
    tenant.reads(first)
    // A note is not an update: the customer never read it.
    await wong.presses('note', caseId, { text: 'The officer was on patrol from 09:10 to 09:40.' })
    expect(await warningOf('We are still looking into what happened at the guard post.')).toContain('nothing')
    expect(await warningOf('The officer was on patrol from 09:10 to 09:40.')).toBeUndefined()
    const again = { text: 'We are still looking into what happened at the guard post.' }
    const request = { id: 'again', at: house.now(), by: member, command: 'reply', caseId, args: again, desk: 'api' }
    expect(await perform(request, house.desk)).toMatchObject({ outcome: 'done' })
    await house.settle()
    tenant.reads('still looking')
  })
})

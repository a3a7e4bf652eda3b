import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { perform } from '../../../src/core/desk/perform.ts'
import { holds } from '../../../src/core/duty/directory.ts'
import { withStore } from '../../flows/house.ts'
import { type MailHouse, openMailHouse } from './mail-house.ts'
import { mail } from './mails.ts'

withStore()

let at: MailHouse
beforeEach(async () => {
  at = await openMailHouse()
})
afterEach(() => at.close())

const rows = () => at.house.database.models.inbox.collection.find({}).toArray()

async function say(command: string, args: Readonly<Record<string, string>> = {}) {
  const by = [...at.house.config.duty.staff.values()].find((member) => holds(member, '*', ['administrator', 'manager']))
  if (by === undefined) throw new Error('nobody answers for all sites')
  return perform(
    { id: `c-${Math.random()}`, at: at.house.now(), by, command, caseId: '', args, desk: 'slack' },
    at.house.desk,
  )
}

describe('mail that was taken for a machine’s', () => {
  it('is listed with its reason, and released once: then it is a customer’s, on a case', async () => {
    at.provider.inbox.add(
      mail({ Precedence: 'bulk' }, 'Please look at the gate: it will not close. I want to complain.'),
    )
    const row = await at.eventually('the mail', async () => (await rows()).find(({ state }) => state === 'suppressed'))
    const id = String(row._id)
    const listed = await say('quarantine')
    expect(listed.answer).toContain(`${id}: suppressed: mail in bulk`)
    expect(listed.answer).not.toContain('gate')

    expect(await say('release', { message: id })).toMatchObject({ outcome: 'answered' })
    await at.eventually('a case', async () => (await rows()).some(({ state }) => state === 'case'))
    expect((await at.house.state(await at.house.theCase())).customer).toEqual({
      channel: 'email',
      id: 'mei@tenant.example.test',
    })
    expect((await say('quarantine')).answer).not.toContain(id)
    expect(await say('release', { message: id })).toMatchObject({ outcome: 'refused' })
    const counts = (await at.house.stores.inbox.ledger()).email
    expect(counts).toMatchObject({ received: 1, onCase: 1, suppressed: 0, quarantined: 0, pending: 0 })
  }, 60_000)

  it('makes nobody staff by being released', async () => {
    const officer = [...at.house.config.duty.staff.values()]
      .flatMap(({ methods }) => methods)
      .find(({ address }) => address.channel === 'email')
    at.provider.inbox.add(mail({ From: officer?.address.id, 'Auto-Submitted': 'auto-replied' }, 'ACK'))
    const row = await at.eventually('the mail', async () => (await rows()).find(({ state }) => state === 'suppressed'))
    await say('release', { message: String(row._id) })
    const ended = await at.eventually('its end', async () => (await rows()).find(({ state }) => state === 'case'))
    expect(ended.by).toBeUndefined()
    expect((await at.house.state(await at.house.theCase())).status).not.toBe('owned')
  }, 60_000)
})

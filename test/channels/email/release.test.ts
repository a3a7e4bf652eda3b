import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from '../../../src/channels/email/email.ts'
import { perform } from '../../../src/core/desk/perform.ts'
import { holds } from '../../../src/core/duty/directory.ts'
import { openHouse, type TestHouse, withStore } from '../../flows/house.ts'
import { mail } from './mails.ts'
import { memoryInMemory, noCases, type Provider, startProvider } from './provider.ts'

withStore()

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-release-'))
let provider: Provider
let channel: EmailChannel
let house: TestHouse
beforeEach(async () => {
  provider = await startProvider()
  const archive = createMailArchive(directory)
  channel = createEmailChannel(provider.settings(), { memory: memoryInMemory(), archive, cases: noCases })
  house = await openHouse({ at: new Date(), channels: () => [channel] })
  await channel.start(house.inbox)
})
afterEach(async () => {
  await channel.stop()
  await provider.close()
  rmSync(directory, { recursive: true, force: true })
})

const rows = () => house.database.models.inbox.collection.find({}).toArray()

async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 30_000
  for (;;) {
    await house.passes('1s')
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function say(command: string, args: Readonly<Record<string, string>> = {}) {
  const by = [...house.config.duty.staff.values()].find((member) => holds(member, '*', ['administrator', 'manager']))
  if (by === undefined) throw new Error('nobody answers for all sites')
  return perform(
    { id: `c-${Math.random()}`, at: house.now(), by, command, caseId: '', args, desk: 'slack' },
    house.desk,
  )
}

describe('mail that was taken for a machine’s', () => {
  it('is listed with its reason, and released once: then it is a customer’s, on a case', async () => {
    provider.inbox.add(mail({ Precedence: 'bulk' }, 'Please look at the gate: it will not close. I want to complain.'))
    const row = await eventually('the mail', async () => (await rows()).find(({ state }) => state === 'suppressed'))
    const id = String(row._id)
    const listed = await say('quarantine')
    expect(listed.answer).toContain(`${id}: suppressed: mail in bulk`)
    expect(listed.answer).not.toContain('gate')

    expect(await say('release', { message: id })).toMatchObject({ outcome: 'answered' })
    await eventually('a case', async () => (await rows()).some(({ state }) => state === 'case'))
    expect((await house.state(await house.theCase())).customer).toEqual({
      channel: 'email',
      id: 'mei@tenant.example.test',
    })
    expect((await say('quarantine')).answer).not.toContain(id)
    expect(await say('release', { message: id })).toMatchObject({ outcome: 'refused' })
    const counts = (await house.stores.inbox.ledger()).email
    expect(counts).toMatchObject({ received: 1, onCase: 1, suppressed: 0, quarantined: 0, pending: 0 })
  }, 60_000)

  it('makes nobody staff by being released', async () => {
    const officer = [...house.config.duty.staff.values()]
      .flatMap(({ methods }) => methods)
      .find(({ address }) => address.channel === 'email')
    provider.inbox.add(mail({ From: officer?.address.id, 'Auto-Submitted': 'auto-replied' }, 'ACK'))
    const row = await eventually('the mail', async () => (await rows()).find(({ state }) => state === 'suppressed'))
    await say('release', { message: String(row._id) })
    const ended = await eventually('its end', async () => (await rows()).find(({ state }) => state === 'case'))
    expect(ended.by).toBeUndefined()
    expect((await house.state(await house.theCase())).status).not.toBe('owned')
  }, 60_000)
})

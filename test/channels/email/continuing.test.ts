import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from '../../../src/channels/email/email.ts'
import { perform } from '../../../src/core/desk/perform.ts'
import { holds } from '../../../src/core/duty/directory.ts'
import { applySignal } from '../../../src/core/engine.ts'
import { casesOn } from '../../../src/email-desk.ts'
import { openHouse, type TestHouse, withStore } from '../../flows/house.ts'
import { mail } from './mails.ts'
import { memoryInMemory, type Provider, startProvider } from './provider.ts'

withStore()

const jade = 'jade-garden@desk.example.test'
const tenant = 'mei@tenant.example.test'
const directory = mkdtempSync(join(tmpdir(), 'gatehouse-continuing-'))
let provider: Provider
let channel: EmailChannel
let house: TestHouse
beforeEach(async () => {
  provider = await startProvider()
  const settings = { ...provider.settings({ EMAIL_AUTHSERV_ID: 'mx.example.test' }), siteAddresses: [jade] }
  const asking = () => casesOn(house.database.models)
  const cases = {
    partyOf: (caseId: string) => asking().partyOf(caseId),
    latestOf: (conversation: string) => asking().latestOf(conversation),
    concerning: (id: string) => asking().concerning(id),
  }
  channel = createEmailChannel(settings, { memory: memoryInMemory(), archive: createMailArchive(directory), cases })
  house = await openHouse({ at: new Date(), channels: () => [channel] })
  await channel.start(house.inbox)
})
afterEach(async () => {
  await channel.stop()
  await provider.close()
  rmSync(directory, { recursive: true, force: true })
})

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

const rowOf = async (messageId: string) => {
  const rows = await house.database.models.inbox.collection.find({ state: { $ne: 'pending' } }).toArray()
  return rows.find(({ payload }) => (payload as { letter: { messageId: string } }).letter.messageId === messageId)
}
/** Lets a mail arrive and says on which case it came. */
async function arrives(headers: Readonly<Record<string, string | undefined>>, text: string): Promise<string> {
  provider.inbox.add(mail(headers, text))
  const id = String(headers['Message-ID']).slice(1, -1)
  const row = await eventually(`${id} on a case`, async () => {
    const found = await rowOf(id)
    return found !== undefined && found.state === 'case' && found
  })
  return String(row.caseId)
}

async function answerToTenant() {
  const raw = await eventually('our answer', async () => {
    const at = provider.envelopes.findLastIndex(({ to }) => to.includes(tenant))
    return provider.sent.mails[at]?.raw
  })
  return simpleParser(raw)
}

const leader = () => {
  const by = [...house.config.duty.staff.values()].find((member) => holds(member, '*', ['administrator', 'manager']))
  if (by === undefined) throw new Error('nobody answers for all sites')
  return by
}
const ask = (command: string, caseId: string) =>
  perform({ id: `c-${command}`, at: house.now(), by: leader(), command, caseId, args: {}, desk: 'api' }, house.desk)

async function closed(caseId: string): Promise<void> {
  const by = { id: leader().id, name: leader().name }
  const told = 'The gate is mended.'
  const signal = { type: 'close', id: 'close', at: house.now(), by, outcome: 'resolved', told } as const
  await applySignal(caseId, signal, house.desk.engine)
  expect((await house.state(caseId)).status).toBe('closed')
}

const complaint = 'Your guard at the gate was rude to me. I want to complain.'

describe('an answer to the reply address of a case that is closed', () => {
  async function first() {
    const caseId = await arrives({ To: jade, 'Message-ID': '<one@tenant.example.test>' }, complaint)
    expect((await house.state(caseId)).site).toBe('jade-garden')
    const ours = await answerToTenant()
    await closed(caseId)
    return { caseId, reply: ours.replyTo?.value[0]?.address, answered: ours.messageId }
  }

  it('opens it again while it may be', async () => {
    const { caseId, reply, answered } = await first()
    const id = '<two@tenant.example.test>'
    const again = { To: reply, 'Message-ID': id, 'In-Reply-To': answered, Subject: 'Re: Lobby light' }
    expect(await arrives(again, 'He was rude to me again, I complain again.')).toBe(caseId)
    expect((await house.state(caseId)).status).not.toBe('closed')
  }, 60_000)

  it('later opens another at the same site, and each names the other', async () => {
    const { caseId, reply } = await first()
    house.isOffFor('15d')
    const later = await arrives({ To: reply, 'Message-ID': '<three@tenant.example.test>' }, complaint)
    expect(later).not.toBe(caseId)
    expect(await house.state(later)).toMatchObject({ site: 'jade-garden', links: [{ caseId, how: 'related' }] })
    expect(await house.state(caseId)).toMatchObject({ links: [{ caseId: later, how: 'related' }] })
  }, 60_000)

  it('of somebody else opens a case of their own, linked on its side alone', async () => {
    const { caseId, reply } = await first()
    const stranger = { From: 'eve@other.example.test', To: reply, 'Message-ID': '<four@other.example.test>' }
    const theirs = await arrives(stranger, complaint)
    expect(await house.state(theirs)).toMatchObject({ links: [{ caseId, how: 'related' }] })
    expect((await house.state(caseId)) as object).not.toHaveProperty('links')
    const told = provider.envelopes.flatMap(({ to }, i) =>
      to.includes('eve@other.example.test') ? [provider.sent.mails[i]?.raw.toString() ?? ''] : [],
    )
    expect(told.join()).not.toContain(caseId)
  }, 60_000)
})

describe('who vouches for the sender', () => {
  const from = (results: string | undefined, id: string) => ({
    ...(results !== undefined && { 'Authentication-Results': `mx.example.test; ${results}` }),
    'Message-ID': `<${id}@tenant.example.test>`,
  })
  it('says nothing of an address that the author only names for answers', async () => {
    const proven = from('dmarc=pass header.from=evil.example.test', 'named')
    const caseId = await arrives({ ...proven, From: 'no-reply@evil.example.test', 'Reply-To': tenant }, complaint)
    expect((await shownOn(caseId)).field).toBe('not verified')
  }, 60_000)

  const shownOn = async (caseId: string) => {
    const { state, version } = await house.desk.engine.cases.load(caseId)
    const card = await house.desk.cardFor(caseId, state, version)
    const shown = await ask('show', caseId)
    return { field: card?.fields.find(({ label }) => label === 'Sender')?.value, details: shown.answer }
  }

  it.each([
    [
      'dmarc=pass header.from=tenant.example.test; spf=pass; dkim=pass header.d=tenant.example.test',
      'verified',
      /Sender: Verified: the mail system of the sender's own domain vouches.*\(SPF pass, DKIM pass, DMARC pass\)/,
    ],
    [
      'dmarc=fail header.from=tenant.example.test; spf=softfail',
      'FAILED: the address is probably forged',
      /Sender: FAILED: .*disowns this mail \(SPF softfail, DKIM none, DMARC fail\)/,
    ],
    [undefined, 'not verified', /Sender: Not verified: .*\(no result of SPF, DKIM or DMARC\)/],
  ])(
    'stands on the card in a word and in the details in plain words: %s',
    async (results, word, words) => {
      const caseId = await arrives(from(results, 'proof'), complaint)
      const { field, details } = await shownOn(caseId)
      expect(field).toBe(word)
      expect(details).toMatch(words)
      const { thread } = await house.desk.cases.record(caseId)
      expect(thread[0]).toMatchObject({ authenticity: { verdict: expect.stringMatching(/pass|fail|unknown/) } })
    },
    60_000,
  )
})

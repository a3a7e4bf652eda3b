import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { perform } from '../../../src/core/desk/perform.ts'
import { holds } from '../../../src/core/duty/directory.ts'
import { applySignal } from '../../../src/core/engine.ts'
import { withStore } from '../../flows/house.ts'
import { type MailHouse, openMailHouse } from './mail-house.ts'
import { mail } from './mails.ts'

withStore()

const jade = 'jade-garden@desk.example.test'
const tenant = 'mei@tenant.example.test'
let at: MailHouse
beforeEach(async () => {
  at = await openMailHouse({ EMAIL_AUTHSERV_ID: 'mx.example.test' }, { siteAddresses: [jade] })
})
afterEach(() => at.close())

const rowOf = async (messageId: string) => {
  const rows = await at.house.database.models.inbox.collection.find({ state: { $ne: 'pending' } }).toArray()
  return rows.find(({ payload }) => (payload as { letter: { messageId: string } }).letter.messageId === messageId)
}
/** Lets a mail arrive and says on which case it came. */
async function arrives(headers: Readonly<Record<string, string | undefined>>, text: string): Promise<string> {
  at.provider.inbox.add(mail(headers, text))
  const id = String(headers['Message-ID']).slice(1, -1)
  const row = await at.eventually(`${id} on a case`, async () => {
    const found = await rowOf(id)
    return found !== undefined && found.state === 'case' && found
  })
  return String(row.caseId)
}

async function answerToTenant() {
  const raw = await at.eventually('our answer', async () => {
    const last = at.provider.envelopes.findLastIndex(({ to }) => to.includes(tenant))
    return at.provider.sent.mails[last]?.raw
  })
  return simpleParser(raw)
}

const leader = () => {
  const by = [...at.house.config.duty.staff.values()].find((member) => holds(member, '*', ['administrator', 'manager']))
  if (by === undefined) throw new Error('nobody answers for all sites')
  return by
}
const ask = (command: string, caseId: string) =>
  perform(
    { id: `c-${command}`, at: at.house.now(), by: leader(), command, caseId, args: {}, desk: 'api' },
    at.house.desk,
  )

async function closed(caseId: string): Promise<void> {
  const by = { id: leader().id, name: leader().name }
  const told = 'The gate is mended.'
  const signal = { type: 'close', id: 'close', at: at.house.now(), by, outcome: 'resolved', told } as const
  await applySignal(caseId, signal, at.house.desk.engine)
  expect((await at.house.state(caseId)).status).toBe('closed')
}

const complaint = 'Your guard at the gate was rude to me. I want to complain.'

describe('an answer to the reply address of a case that is closed', () => {
  async function first() {
    const caseId = await arrives({ To: jade, 'Message-ID': '<one@tenant.example.test>' }, complaint)
    expect((await at.house.state(caseId)).site).toBe('jade-garden')
    const ours = await answerToTenant()
    await closed(caseId)
    return { caseId, reply: ours.replyTo?.value[0]?.address, answered: ours.messageId }
  }

  it('opens it again while it may be', async () => {
    const { caseId, reply, answered } = await first()
    const id = '<two@tenant.example.test>'
    const again = { To: reply, 'Message-ID': id, 'In-Reply-To': answered, Subject: 'Re: Lobby light' }
    expect(await arrives(again, 'He was rude to me again, I complain again.')).toBe(caseId)
    expect((await at.house.state(caseId)).status).not.toBe('closed')
  }, 60_000)

  it('later opens another at the same site, and each names the other', async () => {
    const { caseId, reply } = await first()
    at.house.isOffFor('15d')
    const later = await arrives({ To: reply, 'Message-ID': '<three@tenant.example.test>' }, complaint)
    expect(later).not.toBe(caseId)
    expect(await at.house.state(later)).toMatchObject({ site: 'jade-garden', links: [{ caseId, how: 'related' }] })
    expect(await at.house.state(caseId)).toMatchObject({ links: [{ caseId: later, how: 'related' }] })
  }, 60_000)

  it('of somebody else opens a case of their own, linked on its side alone', async () => {
    const { caseId, reply } = await first()
    const stranger = { From: 'eve@other.example.test', To: reply, 'Message-ID': '<four@other.example.test>' }
    const theirs = await arrives(stranger, complaint)
    expect(await at.house.state(theirs)).toMatchObject({ links: [{ caseId, how: 'related' }] })
    expect((await at.house.state(caseId)) as object).not.toHaveProperty('links')
    const told = at.provider.envelopes.flatMap(({ to }, i) =>
      to.includes('eve@other.example.test') ? [at.provider.sent.mails[i]?.raw.toString() ?? ''] : [],
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
    const { state, version } = await at.house.desk.engine.cases.load(caseId)
    const card = await at.house.desk.cardFor(caseId, state, version)
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
      const { thread } = await at.house.desk.cases.record(caseId)
      expect(thread[0]).toMatchObject({ authenticity: { verdict: expect.stringMatching(/pass|fail|unknown/) } })
    },
    60_000,
  )
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from '../../../src/channels/email/email.ts'
import { readMailCommand } from '../../../src/channels/email/staff-command.ts'
import { outcomes } from '../../../src/core/case/signals.ts'
import { casesOn } from '../../../src/email-desk.ts'
import { openHouse, type TestHouse, withStore } from '../../flows/house.ts'
import { mail } from './mails.ts'
import { memoryInMemory, type Provider, startProvider } from './provider.ts'

describe('an order to close', () => {
  it.each([
    ['CLOSE RESOLVED\n\nThe gate is mended.', { outcome: 'resolved', told: 'The gate is mended.' }],
    ['Close: resolved', undefined],
    ['close not-for-us.\nPlease ask\n\nthe landlord.', { outcome: 'not_for_us', told: 'Please ask\n\nthe landlord.' }],
    ['CLOSE no case', { outcome: 'no_case' }],
    ['Close the gate', undefined],
    ['close', undefined],
    ['Please close resolved', undefined],
    ['ACK', undefined],
  ])('is exactly a known outcome after CLOSE: %j', (text, args) => {
    const found = readMailCommand({ subject: 'Re: [GH-2026-000012] Gate', text })
    expect(found).toEqual(args && { command: 'close', caseId: 'GH-2026-000012', args })
  })

  it.each(outcomes)('knows every end a case can have: %s', (outcome) => {
    expect(readMailCommand({ text: `CLOSE ${outcome}\nDone.` })?.args.outcome).toBe(outcome)
  })

  it('is about the case of the answered page before the subject’s, and about none where that page was about several', () => {
    const order = { subject: '[GH-2026-000012]', text: 'close resolved\nDone.' }
    expect(readMailCommand({ ...order, concerns: ['GH-2026-000056'] })?.caseId).toBe('GH-2026-000056')
    expect(readMailCommand({ ...order, concerns: ['GH-2026-000056', 'GH-2026-000057'] })?.caseId).toBe('')
  })

  it('names its case beside it before the subject’s, and no case where neither does', () => {
    const text = 'close GH-2026-000034 resolved\nDone.'
    expect(readMailCommand({ subject: '[GH-2026-000012]', text })?.caseId).toBe('GH-2026-000034')
    expect(readMailCommand({ text: 'close resolved\nDone.' })?.caseId).toBe('')
  })
})

describe('closing by mail', () => {
  withStore()
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-close-'))
  let provider: Provider
  let channel: EmailChannel
  let house: TestHouse
  beforeEach(async () => {
    provider = await startProvider()
    const settings = provider.settings({ EMAIL_AUTHSERV_ID: 'mx.example.test' })
    const archive = createMailArchive(directory)
    const asking = () => casesOn(house.database.models)
    const cases = {
      partyOf: (caseId: string) => asking().partyOf(caseId),
      latestOf: (conversation: string) => asking().latestOf(conversation),
      concerning: (id: string) => asking().concerning(id),
    }
    channel = createEmailChannel(settings, { memory: memoryInMemory(), archive, cases })
    house = await openHouse({ at: new Date(), channels: () => [channel] })
    await channel.start(house.inbox)
  })
  afterEach(async () => {
    await channel.stop()
    await provider.close()
    rmSync(directory, { recursive: true, force: true })
  })

  async function eventually<T>(
    what: string,
    look: () => Promise<T | undefined | false> | T | undefined | false,
  ): Promise<T> {
    const end = Date.now() + 30_000
    for (;;) {
      await house.passes('1s')
      const found = await look()
      if (found) return found
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  const sentTo = (pattern: RegExp) => {
    const at = provider.envelopes.findLastIndex(({ to }) => pattern.test(to[0] ?? ''))
    const raw = provider.sent.mails[at]?.raw
    return raw === undefined ? undefined : { to: provider.envelopes[at]?.to[0] ?? '', raw }
  }

  async function paged() {
    provider.inbox.add(mail({ Subject: 'Gate' }, 'Your guard was rude to me. I want to complain.'))
    const page = await eventually('a page', () => {
      const found = sentTo(/^(?!mei@)/)
      return found !== undefined && /ACK/.test(found.raw.toString()) && found
    })
    return { officer: page.to, mail: await simpleParser(page.raw), caseId: await house.theCase() }
  }

  type Page = Awaited<ReturnType<typeof paged>>
  type Answer = { readonly text?: string; readonly subject?: string }
  const closing = 'CLOSE RESOLVED\n\nWe have spoken to him and are sorry.'
  const answer = (id: string, to: Page, results: string, { text = closing, subject }: Answer = {}) =>
    mail(
      {
        'Authentication-Results': `mx.example.test; ${results}`,
        ...{ From: to.officer, To: to.mail.replyTo?.value[0]?.address, Subject: subject ?? `Re: ${to.mail.subject}` },
        ...{ 'Message-ID': `<${id}@example.test>`, 'In-Reply-To': to.mail.messageId },
      },
      text,
    )
  const ending = (id: string) => async () => {
    const rows = await house.database.models.inbox.collection.find({}).toArray()
    return rows.find(
      ({ payload, state }) =>
        state !== 'pending' && (payload as { letter: { messageId: string } }).letter.messageId.includes(id),
    )
  }

  it('closes the case of the page for the officer whom DMARC proves, tells the customer and answers the officer', async () => {
    const page = await paged()
    expect(page.mail.text).toContain('CLOSE RESOLVED')
    provider.inbox.add(answer('close-1', page, 'dmarc=pass header.from=example.test'))
    const row = await eventually('the order', ending('close-1'))
    expect(row).toMatchObject({ state: 'case', caseId: page.caseId, by: 'staff' })
    expect(await house.state(page.caseId)).toMatchObject({ status: 'closed' })
    const log = await house.stores.cases.log(page.caseId)
    expect(log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'closed', outcome: 'resolved' }),
    )
    await eventually('words for the customer', () => sentTo(/^mei@/)?.raw.toString().includes('are sorry'))
    await eventually('an answer', () =>
      sentTo(/^(?!mei@)/)
        ?.raw.toString()
        .includes(`Close: done on ${page.caseId}`),
    )
  }, 60_000)

  it('takes or closes the case of the answered page, whatever else waits and whatever the subject says', async () => {
    const page = await paged()
    provider.inbox.add(
      mail(
        { From: 'Ann <ann@other.example.test>', 'Message-ID': '<second@other.example.test>' },
        'I want to complain: your guard at the car park was very rude to me.',
      ),
    )
    const other = await eventually('a second case', async () => {
      const all = await house.database.models.cases.collection.find({}, { projection: { _id: 1 } }).toArray()
      return all.map(({ _id }) => String(_id)).find((id) => id !== page.caseId)
    })
    await eventually('a second page', async () => (await house.state(other)).status === 'paging')
    const subject = `Re: [${other}] Gate`
    const proven = 'dmarc=pass header.from=example.test'
    provider.inbox.add(answer('ack-1', page, proven, { text: 'ACK', subject }))
    await eventually('the taking', ending('ack-1'))
    expect(await house.state(page.caseId)).toMatchObject({ status: 'owned' })
    expect(await house.state(other)).toMatchObject({ status: 'paging' })
  }, 60_000)

  it.each([
    ['an aligned signature alone', 'dkim=pass header.d=example.test', /DMARC does not prove/],
    ['a failed DMARC', 'dmarc=fail header.from=example.test', /not proven/],
  ])(
    'is refused and shown with %s',
    async (_what, results, reason) => {
      const page = await paged()
      provider.inbox.add(answer('close-2', page, results))
      const row = await eventually('the order', ending('close-2'))
      expect(row).toMatchObject({ state: 'suppressed', reason: expect.stringMatching(reason) })
      expect((await house.state(page.caseId)).status).not.toBe('closed')
    },
    60_000,
  )
})

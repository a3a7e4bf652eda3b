import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMailCommand } from '../../../src/channels/email/staff-command.ts'
import { outcomes } from '../../../src/core/case/signals.ts'
import { withStore } from '../../flows/house.ts'
import { type MailHouse, openMailHouse } from './mail-house.ts'
import { mail } from './mails.ts'

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
  let at: MailHouse
  beforeEach(async () => {
    at = await openMailHouse({ EMAIL_AUTHSERV_ID: 'mx.example.test' })
  })
  afterEach(() => at.close())

  const sentTo = (pattern: RegExp) => {
    const last = at.provider.envelopes.findLastIndex(({ to }) => pattern.test(to[0] ?? ''))
    const raw = at.provider.sent.mails[last]?.raw
    return raw === undefined ? undefined : { to: at.provider.envelopes[last]?.to[0] ?? '', raw }
  }

  async function paged() {
    at.provider.inbox.add(mail({ Subject: 'Gate' }, 'Your guard was rude to me. I want to complain.'))
    const page = await at.eventually('a page', () => {
      const found = sentTo(/^(?!mei@)/)
      return found !== undefined && /ACK/.test(found.raw.toString()) && found
    })
    return { officer: page.to, mail: await simpleParser(page.raw), caseId: await at.house.theCase() }
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
    const rows = await at.house.database.models.inbox.collection.find({}).toArray()
    return rows.find(
      ({ payload, state }) =>
        state !== 'pending' && (payload as { letter: { messageId: string } }).letter.messageId.includes(id),
    )
  }

  it('closes the case of the page for the officer whom DMARC proves, tells the customer and answers the officer', async () => {
    const page = await paged()
    expect(page.mail.text).toContain('CLOSE RESOLVED')
    at.provider.inbox.add(answer('close-1', page, 'dmarc=pass header.from=example.test'))
    const row = await at.eventually('the order', ending('close-1'))
    expect(row).toMatchObject({ state: 'case', caseId: page.caseId, by: 'staff' })
    expect(await at.house.state(page.caseId)).toMatchObject({ status: 'closed' })
    const log = await at.house.stores.cases.log(page.caseId)
    expect(log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'closed', outcome: 'resolved' }),
    )
    await at.eventually('words for the customer', () => sentTo(/^mei@/)?.raw.toString().includes('are sorry'))
    await at.eventually('an answer', () =>
      sentTo(/^(?!mei@)/)
        ?.raw.toString()
        .includes(`Close: done on ${page.caseId}`),
    )
  }, 60_000)

  it('takes or closes the case of the answered page, whatever else waits and whatever the subject says', async () => {
    const page = await paged()
    at.provider.inbox.add(
      mail(
        { From: 'Ann <ann@other.example.test>', 'Message-ID': '<second@other.example.test>' },
        'I want to complain: your guard at the car park was very rude to me.',
      ),
    )
    const other = await at.eventually('a second case', async () => {
      const all = await at.house.database.models.cases.collection.find({}, { projection: { _id: 1 } }).toArray()
      return all.map(({ _id }) => String(_id)).find((id) => id !== page.caseId)
    })
    await at.eventually('a second page', async () => (await at.house.state(other)).status === 'paging')
    const subject = `Re: [${other}] Gate`
    const proven = 'dmarc=pass header.from=example.test'
    at.provider.inbox.add(answer('ack-1', page, proven, { text: 'ACK', subject }))
    await at.eventually('the taking', ending('ack-1'))
    expect(await at.house.state(page.caseId)).toMatchObject({ status: 'owned' })
    expect(await at.house.state(other)).toMatchObject({ status: 'paging' })
  }, 60_000)

  it.each([
    ['an aligned signature alone', 'dkim=pass header.d=example.test', /DMARC does not prove/],
    ['a failed DMARC', 'dmarc=fail header.from=example.test', /not proven/],
  ])(
    'is refused and shown with %s',
    async (_what, results, reason) => {
      const page = await paged()
      at.provider.inbox.add(answer('close-2', page, results))
      const row = await at.eventually('the order', ending('close-2'))
      expect(row).toMatchObject({ state: 'suppressed', reason: expect.stringMatching(reason) })
      expect((await at.house.state(page.caseId)).status).not.toBe('closed')
    },
    60_000,
  )
})

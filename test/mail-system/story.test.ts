import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Desk, openDesk, until } from './desk.ts'
import { type MailSystem, startMailSystem, whyNot } from './mail-system.ts'
import { type Person, person } from './person.ts'

// Real servers on a machine that does other things too.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const missing = whyNot('postfix')
if (missing) console.log(`skipped: the story by e-mail ${missing}`)

describe.skipIf(missing !== undefined)('a tenant writes to the desk, over real Postfix and Dovecot', () => {
  let system: MailSystem
  let desk: Desk
  let mei: Person
  let ann: Person

  beforeAll(async () => {
    system = await startMailSystem({ postfix: true })
    desk = await openDesk(system)
    mei = person('mei', system)
    ann = person('ann', system)
  }, 120_000)
  afterAll(async () => {
    await desk?.close()
    await system?.close()
  })

  const onCases = (count: number) =>
    until(`${count} mails on cases`, async () => {
      const events = (await desk.events()).filter(({ kind, state }) => kind === 'message' && state === 'case')
      return events.length >= count ? events : undefined
    })

  it('and her mail opens a case, which she is told by a proper answer', async () => {
    await mei.send({
      subject: 'Lobby light broken',
      text: 'The lobby light of Harbour View Tower has been broken for days.',
    })
    const [event] = await onCases(1)
    const answer = await mei.mail(1)
    expect(answer.subject).toBe(`Re: [${event?.caseId}] Lobby light broken`)
    expect(answer.inReplyTo).toBeTruthy()
    expect(answer.from?.value[0]?.address).toBe('cases@example.test')
    expect(answer.html).toContain('<p>')
    expect(answer.headers.get('return-path')).toMatchObject({
      value: [{ address: expect.stringMatching(/^cases\+b/) }],
    })
  })

  it('and her answer, quoting ours, goes to the same case without the quotation', async () => {
    await mei.answer(await mei.mail(1), 'It is still dark.')
    const events = await onCases(2)
    expect(new Set(events.map(({ caseId }) => caseId)).size).toBe(1)
    expect((await desk.stores.inbox.thread(events[0]?.caseId ?? '', 5)).map(({ text }) => text)).toContain(
      'It is still dark.',
    )
  })

  it('and by the reply address alone, or by the case number alone, she finds her case too', async () => {
    const answer = await mei.mail(1)
    const reply = answer.replyTo?.value[0]?.address
    await mei.send({ to: reply, subject: 'Another subject', text: 'By address.' })
    await onCases(3)
    const caseId = answer.subject?.match(/GH-\d{4}-\d{6}/)?.[0]
    await mei.send({ subject: `About ${caseId}`, text: 'By number.' })
    const events = await onCases(4)
    expect(new Set(events.map((event) => event.caseId)).size).toBe(1)
  })

  it('and a stranger who has all of this opens a case of her own and learns nothing', async () => {
    const answer = await mei.mail(1)
    const caseId = answer.subject?.match(/GH-\d{4}-\d{6}/)?.[0]
    await ann.answer(answer, 'What is the state of this?')
    const events = await onCases(5)
    const hers = events.at(-1)
    expect(hers?.caseId).not.toBe(caseId)
    expect(hers?.payload).toMatchObject({ place: { mentions: caseId } })
    const told = await ann.mail(1)
    expect(told.subject).not.toContain(String(caseId))
    expect(told.text).not.toContain('The lobby light of')
  })

  it('and a second matter of hers is a second case', async () => {
    await mei.send({ subject: 'Car park gate', text: 'The gate of the car park does not close any more.' })
    const events = await onCases(6)
    expect(new Set(events.map(({ caseId }) => caseId)).size).toBe(3)
  })

  it('and the ledger balances', async () => {
    await desk.house.idle()
    expect(await desk.counts()).toMatchObject({ received: 6, onCase: 6, pending: 0, quarantined: 0 })
    expect(desk.faults).toEqual([])
  })
})

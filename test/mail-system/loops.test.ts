import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OutboundMessage } from '../../src/core/message.ts'
import { mail } from '../channels/email/mails.ts'
import { expectBalance } from './balance.ts'
import { type Desk, openDesk, until } from './desk.ts'
import { type MailSystem, startMailSystem, whyNot } from './mail-system.ts'
import { type Person, person } from './person.ts'

// Real servers on a machine that does other things too.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const missing = whyNot('postfix')
if (missing) console.log(`skipped: loops and bounces ${missing}`)

const message = (id: string, to: string, change: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...{
    id,
    audience: 'customer',
    to: { channel: 'email', id: to },
    conversation: `test:${id}`,
    text: 'We look into it.',
  },
  ...change,
})

describe.skipIf(missing !== undefined)('machines that answer, over real Postfix, Dovecot and Sieve', () => {
  let system: MailSystem
  let desk: Desk
  let away: Person

  beforeAll(async () => {
    system = await startMailSystem({ postfix: true })
    desk = await openDesk(system, { variables: { EMAIL_AUTHSERV_ID: 'mx.example.test', EMAIL_AUTOMATIC_PER_DAY: '2' } })
    away = person('vacation', system)
  }, 120_000)
  afterAll(async () => {
    await desk?.close()
    await system?.close()
  })

  /** Sends past the outbox, then waits for what comes back about it. */
  async function sendAndHear(one: OutboundMessage) {
    const result = await desk.channel.send(one)
    if (result.outcome !== 'sent') throw new Error(JSON.stringify(result))
    const event = await until(
      `news of ${one.id}`,
      async () =>
        (await desk.events()).find(
          ({ payload }) => (payload as { place: { about?: string } }).place.about === result.providerId,
        ),
      60_000,
    )
    const reading = desk.channel.read(event)
    return { result, reading }
  }

  it('are answered once when a person wrote to us, and end there', async () => {
    await away.send({
      subject: 'Noise',
      text: 'There is loud noise from the plant room of Harbour View Tower every night.',
    })
    await away.mail(1)
    // Our acknowledgement says that no person wrote it, so the responder stays silent.
    await pause(3_000)
    expect(await desk.counts()).toMatchObject({ received: 1 })
    expect(await away.mails()).toHaveLength(1)
  })

  it('are suppressed by name when they answer what our staff wrote', async () => {
    const sent = await desk.channel.send(message('staff-reply', away.address))
    expect(sent.outcome).toBe('sent')
    const event = await until('the answer of the responder', async () =>
      (await desk.events()).find(({ state }) => state === 'suppressed'),
    )
    expect(event.reason).toMatch(/automatic reply/)
    await pause(2_000)
    expect(await away.mails()).toHaveLength(2)
  })

  it('that say an address does not exist turn the delivery into failed, in words', async () => {
    const { result, reading } = await sendAndHear(message('nobody-there', 'nobody@example.test'))
    expect(reading).toMatchObject({
      type: 'report',
      report: {
        providerId: (result as { providerId: string }).providerId,
        state: 'failed',
        permanent: true,
        reason: expect.stringMatching(/no such mailbox \(5\.1\.1\)/),
      },
    })
    expect(JSON.stringify(reading)).not.toContain('nobody@')
  })

  it('that gave up after trying for long say failed, although their status is temporary', async () => {
    const { reading } = await sendAndHear(message('expires', 'somebody@remote.test'))
    expect(reading).toMatchObject({
      type: 'report',
      report: { state: 'failed', reason: expect.stringMatching(/came back/) },
    })
  }, 120_000)

  it('bring a failed page to the case that paged, and nothing more is sent about it', async () => {
    const queued = message('page-1', 'gone@example.test', { audience: 'staff' })
    const { reading } = await sendAndHear(queued)
    expect(reading).toMatchObject({ type: 'report', report: { state: 'failed' } })
    const before = (await desk.counts()).received
    await pause(2_000)
    expect((await desk.counts()).received).toBe(before)
  })

  it('without a single honest header are answered no more than so often a day', async () => {
    const results = []
    for (const id of ['a', 'b', 'b', 'c'])
      results.push(await desk.channel.send(message(`auto-${id}`, 'ann@example.test', { automatic: true })))
    expect(results.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent', 'refused'])
    expect(results[3]).toMatchObject({ permanent: true, reason: expect.stringMatching(/answering each other/) })
  })

  it('or people who forge a staff member’s address act for nobody; the proven one acts once', async () => {
    const page = message('page-2', 'officer@example.test', { audience: 'staff', text: 'Fire alarm at block 2.' })
    expect((await desk.channel.send(page)).outcome).toBe('sent')
    const officer = person('officer', system)
    const received = await officer.mail(1)
    const answer = (id: string, results: string | undefined) =>
      mail(
        {
          ...(results !== undefined && { 'Authentication-Results': results }),
          From: 'officer@example.test',
          To: received.replyTo?.value[0]?.address,
          'Message-ID': `<${id}@example.test>`,
          'In-Reply-To': received.messageId,
        },
        'ACK',
      )
    const genuine = 'mx.example.test; dmarc=pass header.from=example.test; spf=pass smtp.mailfrom=officer@example.test'
    await system.deliver(answer('forged', 'mx.evil.test; dmarc=pass header.from=example.test'), 'cases@example.test')
    await system.deliver(answer('failed', 'mx.example.test; dmarc=fail header.from=example.test'), 'cases@example.test')
    await system.deliver(answer('true', genuine), 'cases@example.test')
    await system.deliver(answer('again', genuine), 'cases@example.test')
    const proofs = await until('all four', async () => {
      const staff = (await desk.events()).flatMap(
        ({ payload }) => (payload as { place: { staff?: string } }).place.staff ?? [],
      )
      return staff.length === 4 && staff
    })
    expect(proofs).toEqual(['unproven', 'unproven', 'proven', 'used'])
  })

  it('leave a ledger that balances', async () => {
    await expectBalance(desk)
  })
})

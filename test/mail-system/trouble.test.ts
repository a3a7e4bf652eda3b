import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mail } from '../channels/email/mails.ts'
import { expectBalance } from './balance.ts'
import { type Desk, openDesk, until } from './desk.ts'
import { type MailSystem, password, startMailSystem, whyNot } from './mail-system.ts'

// Real servers on a machine that does other things too.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const missing = whyNot('dovecot')
if (missing) console.log(`skipped: mail while the IMAP server is in trouble ${missing}`)

const numbered = (n: number) =>
  mail(
    { 'Message-ID': `<m${n}@example.test>`, From: `Tenant ${n} <t${n}@example.test>`, Subject: `Report ${n}` },
    `Please look at the gate of block ${n}.`,
  )

describe.skipIf(missing !== undefined)('a mailbox in trouble, at a real Dovecot', () => {
  let system: MailSystem
  let desk: Desk
  beforeEach(async () => {
    system = await startMailSystem()
    desk = await openDesk(system)
  }, 120_000)
  afterEach(async () => {
    if (desk !== undefined) await expectBalance(desk)
    await desk?.close()
    await system?.close()
  })

  const deliver = (n: number) => system.deliver(numbered(n), 'cases@example.test', `t${n}@example.test`)
  const subjects = async () =>
    (await desk.events()).map(({ payload }) => (payload as { letter: { subject: string } }).letter.subject)
  const received = (count: number, patienceMs = 20_000) =>
    until(`${count} mails received`, async () => (await desk.counts()).received >= count, patienceMs)

  it('that is told of a mail has it at once', async () => {
    await until('listening', async () => desk.channel.mailboxState().detail.includes('listening'))
    const started = Date.now()
    await deliver(1)
    await received(1)
    console.log(`from delivery to the desk: ${Date.now() - started} ms`)
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it('takes mail that people have read already, flags what it took, and leaves their read marks alone', async () => {
    await desk.channel.stop()
    await deliver(1)
    await inMailbox(system, (client) => client.messageFlagsAdd('1:*', ['\\Seen']))
    await desk.channel.start(desk.house.inbox)
    await received(1)
    await deliver(2)
    await received(2)
    const flags = await until('both flagged', () =>
      inMailbox(system, async (client) => {
        const all = await client.fetchAll('1:*', { flags: true })
        return all.every(({ flags: set }) => set?.has('$CaseStored')) && all.map(({ flags: set }) => set?.has('\\Seen'))
      }),
    )
    expect(flags).toEqual([true, false])
  })

  it('loses and doubles nothing of 100 mails while the server is killed, frozen and restarted', async () => {
    const troubles = [
      () => system.signalImap('SIGKILL'),
      async () => {
        system.signalImap('SIGSTOP')
        await pause(300)
        system.signalImap('SIGCONT')
      },
      async () => {
        await system.stopDovecot()
        await system.startDovecot()
      },
    ]
    for (let n = 1; n <= 100; n++) {
      if (n % 12 === 0) await troubles[(n / 12) % troubles.length]?.()
      await deliver(n)
    }
    await received(100, 40_000)
    await pause(500)
    const taken = await subjects()
    expect(taken).toHaveLength(100)
    expect(new Set(taken).size).toBe(100)
    // A killed Dovecot may give a mail a new number; the order of the mailbox is the order of its numbers.
    const uids = (await desk.events()).map(({ payload }) => (payload as { uid: number }).uid)
    expect(uids).toEqual([...uids].sort((a, b) => a - b))
    await until('everything on cases', async () => (await desk.counts()).onCase === 100, 40_000)
    const cases = new Set((await desk.events()).map(({ caseId }) => caseId))
    expect(cases.size).toBe(100)
    expect(desk.faults).toEqual([])
  }, 120_000)

  it('notices a server that is frozen for good, and goes on with the next', async () => {
    await deliver(1)
    await received(1)
    await until('listening', async () => desk.channel.mailboxState().detail.includes('listening'))
    system.signalImap('SIGSTOP')
    const frozenAt = Date.now()
    await until('noticing', async () => desk.troubles.length > 0, 15_000)
    console.log(
      `a half-open connection was noticed after ${Date.now() - frozenAt} ms (limits of this test: 1,500 + 2,000)`,
    )
    await deliver(2)
    await received(2)
    system.signalImap('SIGKILL')
  })

  it('that was made anew is read again, and nothing of it twice', async () => {
    await deliver(1)
    await deliver(2)
    await received(2)
    const copies = await inMailbox(system, async (client) =>
      (await client.fetchAll('1:*', { source: true })).map(({ source }) => source),
    )
    await desk.channel.stop()
    await system.stopDovecot()
    const { rmSync } = await import('node:fs')
    rmSync(`${system.directory}/mail/cases@example.test`, { recursive: true })
    await pause(1_100)
    await system.startDovecot()
    await inMailbox(system, async (client) => {
      for (const copy of copies.reverse()) if (copy) await client.append('INBOX', copy)
    })
    await deliver(3)
    await desk.channel.start(desk.house.inbox)
    await received(3)
    expect(await subjects()).toEqual(['Report 1', 'Report 2', 'Report 3'])
  })

  it('is caught up in order after a long time away', async () => {
    await desk.channel.stop()
    for (let n = 1; n <= 60; n++) await deliver(n)
    await desk.channel.start(desk.house.inbox)
    await received(60)
    expect(await subjects()).toEqual(Array.from({ length: 60 }, (_, i) => `Report ${i + 1}`))
  })

  it('is read by one process at a time, and by the other when the first is gone', async () => {
    await until('listening', async () => desk.channel.mailboxState().detail.includes('listening'))
    const second = await openDesk(system, { directory: desk.directory })
    try {
      await until('standing by', async () => second.channel.mailboxState().status === 'elsewhere')
      await desk.channel.stop()
      await until('taking over', async () => second.channel.mailboxState().status === 'reading', 15_000)
      await deliver(1)
      await received(1)
    } finally {
      await second.close()
    }
  })

  it('that refuses our password stops the reading, once, and says how to mend it', async () => {
    const wrong = await openDesk(system, {
      variables: { IMAP_URL: `imap://cases%40example.test:wrong@127.0.0.1:${system.imapPort}/INBOX` },
    })
    try {
      await until('stopping', async () => wrong.channel.mailboxState().status === 'refused')
      expect(wrong.troubles).toEqual([expect.stringMatching(/refuses our user name or password.*stopped/)])
      expect(await wrong.channel.check()).toMatchObject({ ok: false, mend: expect.stringMatching(/IMAP_URL/) })
    } finally {
      await wrong.close()
    }
  })

  it('is explained by the doctor: wrong password, wrong folder, blocked port', async () => {
    const url = (text: string) => ({ IMAP_URL: `imap://cases%40example.test:${text}` })
    const answers = []
    for (const text of [
      `wrong@127.0.0.1:${system.imapPort}/INBOX`,
      `${password}@127.0.0.1:${system.imapPort}/Desk`,
      `${password}@127.0.0.1:1/INBOX`,
    ]) {
      const one = await openDesk(system, { variables: url(text), email: { receives: false, mailboxTiming: {} } })
      answers.push(await one.channel.check())
      await one.close()
    }
    expect(answers).toMatchObject(
      [
        { ok: false, detail: /refuses/, mend: /user and password in IMAP_URL/ },
        { ok: false, detail: /no such folder/, mend: /Create the folder "Desk"/ },
        { ok: false, detail: /ECONNREFUSED/, mend: /firewall/ },
      ].map(({ detail, mend, ok }) => ({
        ok,
        detail: expect.stringMatching(detail),
        mend: expect.stringMatching(mend),
      })),
    )
  })
})

async function inMailbox<T>(system: MailSystem, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: system.imapPort, secure: false, doSTARTTLS: false, logger: false },
    auth: { user: 'cases@example.test', pass: password },
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.mailboxOpen('INBOX')
    return await work(client)
  } finally {
    await client.logout()
  }
}

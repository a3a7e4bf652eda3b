// `tsx scripts/nightly-mail-kill.ts [mails] [kills]`: the built product reads a real Dovecot's mailbox and is ended by
// `kill -9` while it reads, again and again, and the IMAP server's processes with it. Afterwards every mail is on a case
// of its own exactly once. Needs Dovecot and root. A successor waits for the dead process's lease: a minute or more each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../src/core/store/connect.ts'
import { startLocalSmtp } from '../src/simulator/email/local-smtp.ts'
import { mail } from '../test/channels/email/mails.ts'
import { type MailSystem, password, startMailSystem, whyNot } from '../test/mail-system/mail-system.ts'
import { ownDatabase } from '../test/own-database.ts'
import { apiToken, type Gatehouse, startGatehouse } from '../test/process/gatehouse.ts'

const mails = Number(process.argv[2] ?? 1_000)
const kills = Number(process.argv[3] ?? 10)
const part = Math.ceil(mails / (kills + 1))

type Counts = { readonly received: number; readonly onCase: number; readonly pending: number }
type Outgoing = { readonly to: string; readonly id: string }

async function countsAt({ url }: Gatehouse): Promise<Counts> {
  const headers = { authorization: `Bearer ${apiToken}` }
  const found = (await (await fetch(`${url}/api/v1/ledger`, { headers })).json()) as Record<string, Counts>
  return found.email ?? { received: 0, onCase: 0, pending: 0 }
}

async function until(gatehouse: Gatehouse, is: (counts: Counts) => boolean): Promise<void> {
  const end = Date.now() + 300_000
  for (;;) {
    const counts = await countsAt(gatehouse)
    if (is(counts)) return
    if (Date.now() > end) throw new Error(`waited in vain: ${JSON.stringify(counts)}\n${gatehouse.output()}`)
    await pause(5)
  }
}

async function deliver(system: MailSystem, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const tenant = `t${n}@example.test`
    const headers = { 'Message-ID': `<m${n}@example.test>`, From: tenant, Subject: `Report ${n}` }
    await system.deliver(mail(headers, `Please look at the gate of block ${n}.`), 'cases@example.test', tenant)
  }
}

/** What the store says after the last process has ended. */
async function report(dataDir: string, sent: readonly Outgoing[]): Promise<void> {
  const database = await connect({ dataDir, ...ownDatabase(dataDir) })
  const rows = await database.models.inbox.collection.find({ channel: 'email', kind: 'message' }).toArray()
  const outbox = await database.models.outbox.collection.find({}).toArray()
  await database.close()
  const answers = outbox.filter(({ message }) => (message as { audience: string }).audience === 'customer')
  const states: Record<string, number> = {}
  for (const { state } of answers) states[String(state)] = (states[String(state)] ?? 0) + 1
  const subjects = new Set(rows.map(({ payload }) => (payload as { letter: { subject: string } }).letter.subject))
  const cases = new Set(rows.map(({ caseId }) => caseId))
  const toTenants = sent.filter(({ to }) => /^t\d+@/.test(to))
  const figures = {
    ...{ stored: rows.length, different: subjects.size, cases: cases.size },
    answers: states,
    answered: new Set(toTenants.map(({ to }) => to)).size,
    answersTwice: toTenants.length - new Set(toTenants.map(({ id }) => id)).size,
  }
  console.log(figures)
  const isWhole = rows.length === mails && subjects.size === mails && cases.size === mails
  console.log(isWhole ? 'each mail is on a case exactly once' : 'BROKEN: mail was lost or doubled')
  if (!isWhole) process.exitCode = 1
}

type Options = Parameters<typeof startGatehouse>[0]

/** Mail arrives before and while it reads; the end comes at a random moment of the reading. */
async function killOnce(system: MailSystem, options: Options, kill: number): Promise<void> {
  const first = kill * part
  await deliver(system, first, Math.ceil(first + part / 2))
  const gatehouse = await startGatehouse(options)
  const before = (await countsAt(gatehouse)).received
  await until(gatehouse, ({ received }) => received > before)
  const delivering = deliver(system, Math.ceil(first + part / 2), Math.min(mails, first + part))
  await pause(Math.random() * 600)
  if (Math.random() < 0.5) system.signalImap('SIGKILL')
  const { received, onCase } = await countsAt(gatehouse)
  await gatehouse.kill()
  await delivering
  console.log(
    `kill ${kill + 1} of ${kills}: ${received - before} of ${part} new mails stored, ${onCase} on cases in all`,
  )
}

async function main(): Promise<void> {
  const missing = whyNot('dovecot')
  if (missing) return console.log(`cannot run: ${missing}`)
  const system = await startMailSystem()
  const sent: Outgoing[] = []
  const smtp = await startLocalSmtp({
    isUser: () => true,
    isOurs: () => true,
    take: ({ to, raw }) => {
      const id = /^message-id: (.*)$/im.exec(raw.toString('latin1'))?.[1] ?? ''
      sent.push(...to.map((one) => ({ to: one, id })))
    },
  })
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-mail-kill-'))
  const variables = {
    IMAP_URL: `imap://cases%40example.test:${password}@127.0.0.1:${system.imapPort}/INBOX`,
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    EMAIL_FROM: 'Security desk <cases@example.test>',
  }
  try {
    for (let kill = 0; kill < kills; kill++) await killOnce(system, { dataDir, variables }, kill)
    await deliver(system, kills * part, mails)
    const last = await startGatehouse({ dataDir, variables })
    await until(last, ({ received, pending }) => received >= mails && pending === 0)
    await pause(20_000)
    await last.stop()
    await report(dataDir, sent)
  } finally {
    await system.close()
    await smtp.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
process.exit()

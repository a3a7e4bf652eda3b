// `tsx scripts/nightly-mail-kill.ts [mails] [kills]`: mail arrives at a real Dovecot whose IMAP side is killed, frozen
// and restarted at random, while the built product that reads it is ended by `kill -9` again and again, and the server
// that takes its answers sometimes takes one, or none, and hangs up without a word. Afterwards every mail is on a case
// exactly once, the ledger balances, no answer arrived twice and none is still on its way. Needs Dovecot and root.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type Database } from '../src/core/store/connect.ts'
import { mail } from '../test/channels/email/mails.ts'
import { type MailSystem, password, startMailSystem, whyNot } from '../test/mail-system/mail-system.ts'
import { ownDatabase } from '../test/own-database.ts'
import { apiToken, type Gatehouse, startGatehouse } from '../test/process/gatehouse.ts'
import { makeTrouble } from './mail-trouble.ts'
import { startMoodySmtp } from './moody-smtp.ts'

const mails = Number(process.argv[2] ?? 1_000)
const kills = Number(process.argv[3] ?? 10)
const part = Math.ceil(mails / (kills + 1))

type Counts = { readonly received: number; readonly onCase: number; readonly pending: number }
type Ledger = Counts & { readonly suppressed: number; readonly quarantined: number }
type Options = Parameters<typeof startGatehouse>[0]

async function countsAt({ url }: Gatehouse): Promise<Ledger> {
  const headers = { authorization: `Bearer ${apiToken}` }
  const found = (await (await fetch(`${url}/api/v1/ledger`, { headers })).json()) as Record<string, Ledger>
  return found.email ?? { received: 0, onCase: 0, suppressed: 0, quarantined: 0, pending: 0 }
}

async function until(gatehouse: Gatehouse, is: (counts: Counts) => boolean): Promise<number> {
  const started = Date.now()
  for (;;) {
    const counts = await countsAt(gatehouse)
    if (is(counts)) return Date.now() - started
    if (Date.now() > started + 300_000)
      throw new Error(`waited in vain: ${JSON.stringify(counts)}\n${gatehouse.output()}`)
    await pause(20)
  }
}

/** As a mail exchanger does: what a server that is being restarted did not take is offered again. */
async function deliver(system: MailSystem, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const tenant = `t${n}@example.test`
    const headers = { 'Message-ID': `<m${n}@example.test>`, From: tenant, Subject: `Report ${n}` }
    const raw = mail(headers, `Please look at the gate of block ${n}.`)
    for (let attempt = 1; ; attempt++) {
      const failed = await system.deliver(raw, 'cases@example.test', tenant).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (failed === undefined) break
      if (attempt > 100) throw failed
      await pause(200)
    }
  }
}

/** Mail arrives before and while it reads; the end comes at a random moment of reading, filing and answering. */
async function killOnce(system: MailSystem, options: Options, kill: number): Promise<number> {
  const first = kill * part
  await deliver(system, first, Math.ceil(first + part / 2))
  const gatehouse = await startGatehouse(options)
  const before = (await countsAt(gatehouse)).received
  const beganAfter = await until(gatehouse, ({ received }) => received > before)
  const delivering = deliver(system, Math.ceil(first + part / 2), Math.min(mails, first + part))
  await pause(Math.random() * 4_000)
  const { received, onCase, pending } = await countsAt(gatehouse)
  await gatehouse.kill()
  await delivering
  const stood = `${received} stored, ${onCase} on cases, ${pending} unread`
  console.log(`kill ${kill + 1} of ${kills}: reading began ${beganAfter} ms after the start; in all ${stood}`)
  return beganAfter
}

const onTheWay = { 'message.audience': 'customer', state: { $in: ['queued', 'sending'] } }

/** How long the last answers take to come to an end; those without one after ten minutes are a fault. */
async function untilAnswered({ models }: Database): Promise<{ readonly ms: number; readonly left: number }> {
  const started = Date.now()
  for (;;) {
    const left = await models.outbox.collection.countDocuments(onTheWay)
    const ms = Date.now() - started
    if (left === 0 || ms > 600_000) return { ms, left }
    await pause(1_000)
  }
}

type Arrived = ReadonlyMap<string, readonly string[]>

/** What the store says of every mail and every answer, held against what arrived at the other end. */
async function report({ models }: Database, ledger: Ledger, arrived: Arrived): Promise<boolean> {
  const rows = await models.inbox.collection.find({ channel: 'email', kind: 'message' }).toArray()
  const outbox = await models.outbox.collection.find({ 'message.audience': 'customer' }).toArray()
  const subjects = new Set(rows.map(({ payload }) => (payload as { letter: { subject: string } }).letter.subject))
  const states: Record<string, number> = {}
  for (const { state } of outbox) states[String(state)] = (states[String(state)] ?? 0) + 1
  const addressOf = (row: object) => (row as { message: { to: { id: string } } }).message.to.id
  const timesOf = (row: object) => arrived.get(addressOf(row))?.length ?? 0
  // Staff are paged over the same server, and more than once.
  const answers = [...arrived].filter(([address]) => /^t\d+@/.test(address))
  const sent = outbox.filter(({ state }) => state === 'sent')
  const figures = {
    ...{ stored: rows.length, different: subjects.size, cases: new Set(rows.map(({ caseId }) => caseId)).size },
    ...{ answers: states, saidSentButNeverArrived: sent.filter((row) => timesOf(row) === 0).length },
    unknownThatArrived: outbox.filter((row) => row.state === 'unknown' && timesOf(row) > 0).length,
    answersTwice: answers.filter(([, copies]) => copies.length > 1).length,
  }
  console.log(figures)
  // What a double was, for whoever has to find out why.
  for (const [address, copies] of answers)
    if (copies.length > 1) console.log(copies, JSON.stringify(outbox.filter((row) => addressOf(row) === address)))
  const { received, onCase, suppressed, quarantined, pending } = ledger
  const balances = received === onCase + suppressed + quarantined + pending && pending === 0
  const isWhole = [figures.stored, figures.different, figures.cases, outbox.length].every((count) => count === mails)
  return balances && isWhole && figures.saidSentButNeverArrived === 0 && figures.answersTwice === 0
}

async function toTheEnd(system: MailSystem, options: Options, arrived: Arrived): Promise<void> {
  await deliver(system, kills * part, mails)
  const last = await startGatehouse(options)
  await until(last, ({ received, pending }) => received >= mails && pending === 0)
  const { dataDir } = options
  const database = await connect({ dataDir, ...ownDatabase(dataDir) })
  const { ms, left } = await untilAnswered(database)
  console.log(`${left} answers without an end ${Math.round(ms / 1_000)} s after the last mail was on its case`)
  const ledger = await countsAt(last)
  console.log(ledger)
  const isGood = await report(database, ledger, arrived)
  await database.close()
  await last.stop()
  console.log(isGood && left === 0 ? 'each mail is on a case exactly once' : 'BROKEN: lost, doubled or without an end')
  if (!isGood || left > 0) process.exitCode = 1
}

async function main(): Promise<void> {
  const missing = whyNot('dovecot')
  if (missing) return console.log(`cannot run: ${missing}`)
  const system = await startMailSystem()
  const smtp = await startMoodySmtp(0.02)
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-mail-kill-'))
  const variables = {
    IMAP_URL: `imap://cases%40example.test:${password}@127.0.0.1:${system.imapPort}/INBOX`,
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    EMAIL_FROM: 'Security desk <cases@example.test>',
  }
  const trouble = makeTrouble(system)
  try {
    const began: number[] = []
    for (let kill = 0; kill < kills; kill++) began.push(await killOnce(system, { dataDir, variables }, kill))
    console.log(`reading began at most ${Math.max(...began)} ms after a start`)
    const told = await trouble.end()
    await toTheEnd(system, { dataDir, variables }, smtp.arrived)
    console.log({ ...told, ...smtp.moods() })
  } finally {
    await trouble.end()
    await system.close()
    await smtp.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

await main()
process.exit()

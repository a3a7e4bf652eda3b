// Mails per second from LMTP delivery to a stored, threaded and read case, beside the floor of fetching the same mails
// with imapflow alone. With --trouble the IMAP server is killed, frozen and restarted meanwhile. Needs Dovecot and root.
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { mail } from '../test/channels/email/mails.ts'
import { openDesk, until } from '../test/mail-system/desk.ts'
import { type MailSystem, password, startMailSystem, whyNot } from '../test/mail-system/mail-system.ts'

const count = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1_000)
const withTrouble = process.argv.includes('--trouble')

const numbered = (n: number) =>
  mail(
    { 'Message-ID': `<m${n}@example.test>`, From: `t${n}@example.test`, Subject: `Report ${n}` },
    `Please look at the gate of block ${n}.\n\n${'It has been so for some days now. '.repeat(40)}`,
  )

async function deliverAll(system: MailSystem): Promise<number> {
  const started = performance.now()
  const troubles = [
    () => system.signalImap('SIGKILL'),
    async () => {
      system.signalImap('SIGSTOP')
      await pause(500)
      system.signalImap('SIGCONT')
    },
    async () => {
      await system.stopDovecot()
      await system.startDovecot()
    },
  ]
  for (let n = 1; n <= count; n++) {
    if (withTrouble && n % 40 === 0) await troubles[Math.floor(Math.random() * troubles.length)]?.()
    await system.deliver(numbered(n), 'cases@example.test', `t${n}@example.test`)
  }
  return performance.now() - started
}

async function fetchAlone(system: MailSystem): Promise<number> {
  const auth = { user: 'cases@example.test', pass: password }
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: system.imapPort,
    secure: false,
    doSTARTTLS: false,
    logger: false,
    auth,
  })
  await client.connect()
  await client.mailboxOpen('INBOX')
  const started = performance.now()
  for (let from = 1; from <= count; from += 50)
    await client.fetchAll(`${from}:${from + 49}`, { uid: true, source: true }, { uid: true })
  const took = performance.now() - started
  await client.logout()
  return took
}

async function main(): Promise<void> {
  const missing = whyNot('dovecot')
  if (missing) return console.log(`cannot run: ${missing}`)
  const system = await startMailSystem()
  const perSecond = (ms: number) => `${Math.round((count * 1_000) / ms)} a second`
  if (withTrouble) return balance(system)
  console.log(`delivering ${count} mails by LMTP: ${perSecond(await deliverAll(system))}`)
  console.log(`floor, fetching them with imapflow alone: ${perSecond(await fetchAlone(system))}`)
  const desk = await openDesk(system, { email: { mailboxTiming: {} } })
  const started = performance.now()
  await until('all stored', async () => (await desk.counts()).received === count, 600_000)
  console.log(`archived, parsed, placed and written down: ${perSecond(performance.now() - started)}`)
  await until('all on cases', async () => (await desk.counts()).onCase === count, 600_000)
  console.log(`read by the bot and on cases: ${perSecond(performance.now() - started)}`)
  console.log(await desk.counts())
  await desk.close()
  await system.close()
}

/** Every mail on a case exactly once, however often the server was killed meanwhile. */
async function balance(system: MailSystem): Promise<void> {
  const desk = await openDesk(system)
  console.log(`delivered ${count} mails under trouble in ${Math.round(await deliverAll(system))} ms`)
  await until('all on cases', async () => (await desk.counts()).onCase >= count, 600_000)
  const cases = new Set((await desk.events()).map(({ caseId }) => caseId))
  console.log({
    ...(await desk.counts()),
    cases: cases.size,
    faults: desk.faults.length,
    troublesTold: desk.troubles.length,
  })
  await desk.close()
  await system.close()
}

await main()

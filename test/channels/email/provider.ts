import { SMTPServer } from 'smtp-server'
import type { EmailOptions } from '../../../src/channels/email/email.ts'
import { findMarks } from '../../../src/channels/email/marks.ts'
import type { MailMemory, ThreadEnd } from '../../../src/channels/email/ports.ts'
import { type EmailSettings, parseEmailSettings } from '../../../src/channels/email/settings.ts'
import { type LocalImap, startLocalImap } from '../../../src/simulator/email/local-imap.ts'
import { createMailbox, type LocalMailbox } from '../../../src/simulator/email/mailboxes.ts'
import type { ProviderTrouble } from '../../contract/channel-harness.ts'

/** A mail provider on this machine: submission by SMTP, reading by IMAP, and a folder in which it files what we sent. */
export type Provider = {
  readonly inbox: LocalMailbox
  readonly sent: LocalMailbox
  readonly imap: LocalImap
  /** Who was named in the envelope of each mail that was taken. */
  readonly envelopes: { readonly from: string; readonly to: readonly string[] }[]
  settings(change?: Readonly<Record<string, string>>): EmailSettings
  trouble(kind: ProviderTrouble): Promise<void>
  close(): Promise<void>
}

export const password = 'provider-password'
const user = 'cases@example.test'

export async function startProvider(): Promise<Provider> {
  const [inbox, sent] = [createMailbox(), createMailbox()]
  const boxes: Readonly<Record<string, LocalMailbox>> = { INBOX: inbox, Sent: sent }
  const imap = await startLocalImap({
    isUser: (name, given) => name === user && given === password,
    folders: () => Object.keys(boxes),
    open: (folder) => boxes[folder],
  })
  const envelopes: Provider['envelopes'] = []
  let kind: ProviderTrouble = 'none'
  let smtp: SMTPServer | undefined
  let port = 0
  const open = async () => {
    if (smtp !== undefined) return
    smtp = submission({ trouble: () => kind, sent, envelopes })
    const listening = smtp.listen(port, '127.0.0.1')
    await new Promise((resolve) => listening.once('listening', resolve))
    port = (listening.address() as { port: number }).port
  }
  const shut = async () => {
    const closing = smtp
    smtp = undefined
    if (closing === undefined) return
    for (const connection of closing.connections as Set<{ close(): void }>) connection.close()
    await new Promise<void>((resolve) => closing.close(() => resolve()))
  }
  await open()
  return {
    ...{ inbox, sent, imap, envelopes },
    settings: (change = {}) => settingsFor({ imap: imap.port, smtp: port }, change),
    trouble: async (next) => {
      kind = next
      if (next === 'down') await Promise.all([shut(), imap.shut()])
      else await Promise.all([open(), imap.open()])
    },
    close: async () => void (await Promise.all([shut(), imap.shut()])),
  }
}

function settingsFor(ports: { imap: number; smtp: number }, change: Readonly<Record<string, string>>): EmailSettings {
  const setup = parseEmailSettings({
    IMAP_URL: `imap://cases%40example.test:${password}@127.0.0.1:${ports.imap}/INBOX`,
    SMTP_URL: `smtp://cases%40example.test:${password}@127.0.0.1:${ports.smtp}`,
    EMAIL_FROM: 'Security desk <cases@example.test>',
    EMAIL_SENT_FILED_BY: 'server',
    ...change,
  })
  if (setup.state !== 'on') throw new Error(JSON.stringify(setup))
  return setup.settings
}

type Submission = {
  readonly trouble: () => ProviderTrouble
  readonly sent: LocalMailbox
  readonly envelopes: Provider['envelopes']
}

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

function submission({ trouble, sent, envelopes }: Submission): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password ? done(null, { user }) : done(refusal(535, '5.7.8 wrong')),
    onMailFrom: (_address, _session, done) =>
      done(trouble() === 'throttled' ? refusal(451, '4.7.1 later, cases@example.test') : undefined),
    onRcptTo: ({ address }, _session, done) =>
      done(trouble() === 'refusing' ? refusal(550, `5.1.1 <${address}> unknown`) : undefined),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        if (trouble() === 'failing') return
        envelopes.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) })
        sent.add(Buffer.concat(chunks))
        if (trouble() !== 'silent') done()
      })
    },
  })
}

/** What the provider took, oldest first, as the contract asks for it. */
export const takenBy = ({ sent }: Provider) =>
  sent.mails.map(({ raw }) => {
    const mail = raw.toString('utf8')
    return { mail, providerId: findMarks(/^message-id: .*$/im.exec(mail)?.[0] ?? '', 1)[0]?.id ?? '' }
  })

/** Remembers in memory what the database would. */
export function memoryInMemory(): MailMemory {
  const cursors = new Map<string, Awaited<ReturnType<MailMemory['cursor']['load']>>>()
  const ends = new Map<string, ThreadEnd>()
  const spent = new Map<string, string>()
  const answers = new Map<string, Set<string>>()
  return {
    cursor: { load: async (name) => cursors.get(name), save: async (name, cursor) => void cursors.set(name, cursor) },
    lease: { take: async () => true, release: async () => {} },
    ends: { load: async (name) => ends.get(name), save: async (name, one) => void ends.set(name, one) },
    spent: {
      spend: async (mark, key) => {
        if (!spent.has(mark)) spent.set(mark, key)
        return spent.get(mark) === key
      },
    },
    automatic: {
      mayAnswer: async (address, { day, messageId, most }) => {
        const ids = answers.get(`${day}${address}`) ?? new Set()
        answers.set(`${day}${address}`, ids)
        if (!ids.has(messageId) && ids.size >= most) return false
        ids.add(messageId)
        return true
      },
    },
    key: { load: async () => Buffer.alloc(32, 7) },
  }
}

export const noCases: EmailOptions['cases'] = {
  partyOf: async () => undefined,
  latestOf: async () => undefined,
  concerning: async () => [],
}

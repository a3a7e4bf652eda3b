import { ImapFlow } from 'imapflow'
import { type ParsedMail, simpleParser } from 'mailparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import { until } from './desk.ts'
import { type MailSystem, password } from './mail-system.ts'

/** Somebody with a mail program: sends through Postfix, reads over IMAP. */
export type Person = {
  readonly address: string
  send(letter: Record<string, unknown>): Promise<void>
  /** Answers a mail as a mail program does: In-Reply-To, References, Reply-To, the history quoted below. */
  answer(mail: ParsedMail, text: string, change?: Record<string, unknown>): Promise<void>
  /** Everything in the inbox, oldest first. */
  mails(): Promise<readonly ParsedMail[]>
  /** The n-th mail, once it is there. */
  mail(n: number, patienceMs?: number): Promise<ParsedMail>
}

export function person(name: string, system: MailSystem): Person {
  const address = `${name}@example.test`
  const send = async (letter: Record<string, unknown>) => {
    const whole = { from: { name, address }, to: 'cases@example.test', ...letter }
    const raw = await new MailComposer(whole).compile().build()
    await system.submit(raw, String(letter.to ?? 'cases@example.test'), address)
  }
  const mails = () => read(system, address)
  return {
    ...{ address, send, mails },
    answer: (mail, text, change = {}) =>
      send({
        to: mail.replyTo?.value[0]?.address ?? mail.from?.value[0]?.address,
        subject: `Re: ${mail.subject?.replace(/^Re: /, '')}`,
        inReplyTo: mail.messageId,
        references: [mail.references ?? [], mail.messageId ?? []].flat(),
        text: `${text}\n\nOn Wed, 18 Nov 2026 at 09:30, Security desk <cases@example.test> wrote:\n${(mail.text ?? '').replace(/^/gm, '> ')}`,
        ...change,
      }),
    mail: (n, patienceMs) => until(`mail ${n} for ${name}`, async () => (await mails())[n - 1], patienceMs),
  }
}

async function read(system: MailSystem, user: string): Promise<readonly ParsedMail[]> {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: system.imapPort, secure: false, doSTARTTLS: false, logger: false },
    auth: { user, pass: password },
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.mailboxOpen('INBOX', { readOnly: true })
    const found = await client.fetchAll('1:*', { uid: true, source: true }, { uid: true })
    return await Promise.all(
      found.map(({ source }) => simpleParser(source ?? Buffer.alloc(0), { keepDeliveryStatus: true })),
    )
  } finally {
    await client.logout()
  }
}

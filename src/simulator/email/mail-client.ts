import { randomUUID } from 'node:crypto'

/** One mail as the tenant's program shows it. */
export type ShownMail = {
  readonly id: string
  /** The id of the first mail of its thread. */
  readonly thread: string
  /** The tenant, whichever side wrote. */
  readonly tenant: string
  readonly isOurs: boolean
  readonly desk: string
  readonly subject: string
  readonly text: string
  readonly at: string
}

export type Tenant = { readonly address: string; readonly name: string }

/** What a tenant writes; `answers` is a mail their program shows. */
export type Written = {
  readonly from: Tenant
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly answers?: string
}

type Kept = ShownMail & { readonly replyTo: string; readonly references: readonly string[] }

const mostShown = 300
const mostText = 20_000

export type MailClient = {
  /** Shown at once as the tenant's own, and handed to the mail server; rejects when that takes no mail. */
  write(written: Written): Promise<ShownMail>
  /** A mail that came for a tenant. */
  receive(tenant: string, raw: Buffer): Promise<void>
  shown(): readonly ShownMail[]
  has(id: string): boolean
}

/** The mail programs of all tenants: real mails in and out, shown as threads. Libraries are loaded with the first mail. */
export function createMailClient(smtpPort: () => number, changed: () => void): MailClient {
  const kept: Kept[] = []
  const known = (id: string | undefined) => kept.find((one) => one.id === id)
  const keep = (mail: Kept) => {
    kept.push(mail)
    kept.splice(0, kept.length - mostShown)
    changed()
    return mail
  }
  return {
    write: async (written) => {
      const mail = mailOf(written, known(written.answers))
      await submit(mail.outgoing, smtpPort())
      return keep(mail.kept)
    },
    receive: async (tenant, raw) => {
      const { simpleParser } = await import('mailparser')
      const mail = await simpleParser(raw, { skipImageLinks: true })
      const references = [mail.references ?? [], mail.inReplyTo ?? []].flat()
      const before = references.map(known).find((one) => one !== undefined)
      const id = mail.messageId ?? randomUUID()
      keep({
        ...{ id, tenant, isOurs: false, thread: before?.thread ?? id, references: [...references, id] },
        desk: mail.from?.value[0]?.address ?? '',
        replyTo: mail.replyTo?.value[0]?.address ?? mail.from?.value[0]?.address ?? '',
        subject: mail.subject ?? '',
        text: (mail.text ?? '').slice(0, mostText),
        at: new Date().toISOString(),
      })
    },
    shown: () => kept.map(({ replyTo: _to, references: _references, ...mail }) => mail),
    has: (id) => known(id) !== undefined,
  }
}

/** As mail programs do: an answer goes to Reply-To, names what it answers, and quotes it below. */
function mailOf({ from, to, subject, text, answers: _ = undefined }: Written, answered: Kept | undefined) {
  const id = `<${randomUUID()}@${from.address.split('@')[1]}>`
  const about = answered === undefined ? subject : `Re: ${answered.subject.replace(/^(?:re:\s*)+/i, '')}`
  const desk = answered?.isOurs === false ? answered.replyTo : (answered?.desk ?? to)
  const references = answered?.references ?? []
  const at = new Date().toISOString()
  const outgoing = {
    ...{ from, to: { name: '', address: desk }, subject: about, messageId: id },
    text: answered === undefined ? text : `${text}\n\n${quoted(answered)}`,
    ...(answered !== undefined && { inReplyTo: answered.id, references: [...references] }),
  }
  const kept: Kept = {
    ...{ id, thread: answered?.thread ?? id, tenant: from.address, isOurs: true, desk: answered?.desk ?? to },
    ...{ subject: about, text, at, replyTo: desk, references: [...references, id] },
  }
  return { outgoing, kept }
}

const quoted = ({ at, isOurs, tenant, desk, text }: ShownMail): string =>
  [`On ${at.slice(0, 10)}, ${isOurs ? tenant : desk} wrote:`, ...text.split('\n').map((line) => `> ${line}`)].join('\n')

async function submit(mail: ReturnType<typeof mailOf>['outgoing'], port: number): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    ...{ host: '127.0.0.1', port, secure: false, ignoreTLS: true, connectionTimeout: 5_000, socketTimeout: 10_000 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  try {
    await transport.sendMail(mail)
  } finally {
    transport.close()
  }
}

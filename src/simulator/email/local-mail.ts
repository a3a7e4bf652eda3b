import { addressedTo, domainOf } from '../../channels/email/addresses.ts'
import { startLocalImap } from './local-imap.ts'
import { type SmtpHost, startLocalSmtp, type TakenMail } from './local-smtp.ts'
import { createMailClient, type ShownMail, type Written } from './mail-client.ts'
import { createMailbox, type LocalMailbox } from './mailboxes.ts'

export type LocalMail = {
  /** The environment that connects the real e-mail channel to these servers. */
  readonly variables: Readonly<Record<string, string>>
  /** Resolves with the first mail for the desk: reading a mailbox costs memory that an empty one is not worth. */
  readonly firstMail: Promise<void>
  /** A tenant writes: through SMTP, as from outside. Rejects when it is not taken. */
  write(written: Written): Promise<ShownMail>
  shown(): readonly ShownMail[]
  has(id: string): boolean
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

export type LocalMailOptions = {
  readonly operator: string
  /** The desk's own address first, then those of its sites. */
  readonly addresses: readonly string[]
  readonly password: string
}

/** A mail provider on this machine for the desk's mailbox and for all tenants: nothing leaves it. */
export async function startLocalMail({ operator, addresses, password }: LocalMailOptions): Promise<LocalMail> {
  const [desk = ''] = addresses
  const boxes: Readonly<Record<string, LocalMailbox>> = { INBOX: createMailbox(), Sent: createMailbox() }
  const listeners = new Set<() => void>()
  const isUser = (user: string, given: string) => user === desk && given === password
  let tell = () => {}
  const firstMail = new Promise<void>((resolve) => {
    tell = resolve
  })
  const client = createMailClient(
    () => smtp.port,
    () => {
      for (const listener of listeners) listener()
    },
  )
  const take = (mail: TakenMail) => {
    if (mail.isSubmitted) boxes.Sent?.add(mail.raw)
    for (const to of mail.to) {
      // What no program can show is lost to a tenant as it would be in life; the mail server has taken it.
      if (addressedTo([to], addresses) === undefined) void client.receive(to, mail.raw).catch(() => {})
      else {
        boxes.INBOX?.add(withTrace(mail, to, desk))
        tell()
      }
    }
  }
  const host: SmtpHost = {
    isUser,
    take,
    isOurs: (address) => addressedTo([address.toLowerCase()], addresses) !== undefined,
  }
  const smtp = await startLocalSmtp(host)
  const imap = await startLocalImap({ isUser, folders: () => Object.keys(boxes), open: (folder) => boxes[folder] })
  const login = `${encodeURIComponent(desk)}:${encodeURIComponent(password)}@127.0.0.1`
  return {
    variables: {
      IMAP_URL: `imap://${login}:${imap.port}/INBOX`,
      SMTP_URL: `smtp://${login}:${smtp.port}`,
      EMAIL_FROM: `${operator.replace(/["<>]/g, '')} <${desk}>`,
      EMAIL_SENT_FILED_BY: 'server',
      EMAIL_AUTHSERV_ID: exchangerOf(desk),
    },
    ...{ firstMail, write: client.write, shown: client.shown, has: client.has },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => void (await Promise.all([smtp.close(), imap.shut()])),
  }
}

const exchangerOf = (desk: string): string => `mx.${domainOf(desk)}`

/** What a mail exchanger writes above a mail that it takes from outside (RFC 5321 section 4.4, RFC 8601). */
function withTrace({ from, raw, isSubmitted }: TakenMail, to: string, desk: string): Buffer {
  const domain = domainOf(from)
  const results = `Authentication-Results: ${exchangerOf(desk)}; spf=pass smtp.mailfrom=${domain}; dmarc=pass header.from=${domain}`
  const lines = [`Return-Path: <${from}>`, `Delivered-To: ${to}`, ...(isSubmitted ? [] : [results])]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`), raw])
}

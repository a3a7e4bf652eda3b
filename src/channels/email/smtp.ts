import type { Readable } from 'node:stream'
import type MailMessage from 'nodemailer/lib/mailer/mail-message'
import type { SendResult } from '../../core/channel.ts'
import type { LoginSource } from './credentials.ts'
import { signed } from './dkim.ts'
import { classifyFailure, refusedLogin } from './errors.ts'
import type { OutgoingMail } from './render.ts'
import type { EmailSettings } from './settings.ts'

export type Submission = {
  readonly result: Exclude<SendResult, { outcome: 'sent' }> | { readonly outcome: 'sent' }
  /** The mail byte for byte as it was sent, for the folder of sent mail. */
  readonly raw: Buffer
}

export type Smtp = {
  submit(mail: OutgoingMail): Promise<Submission>
  /** Connects and logs in; rejects when it cannot. */
  verify(): Promise<void>
  close(): Promise<void>
}

export type SmtpTiming = { readonly connectMs: number; readonly silenceMs: number }

export const smtpTiming: SmtpTiming = { connectMs: 10_000, silenceMs: 30_000 }

/** Nothing is handed over again by the pool itself: a connection that closes without an answer may have taken the mail. */
const most = { maxConnections: 3, maxMessages: 100, maxRequeues: 0 }

/** Submission over a few connections that are kept. A login by token is renewed by opening new ones. */
export async function openSmtp(settings: EmailSettings, login: LoginSource, timing: SmtpTiming): Promise<Smtp> {
  const { createTransport } = await import('nodemailer')
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  let open: { readonly key: string; readonly transport: ReturnType<typeof make> } | undefined

  function make(auth: object | undefined) {
    const { smtp } = settings
    const transport = createTransport({
      ...{ pool: true, ...most, host: smtp.host, port: smtp.port, secure: smtp.secure },
      ...(smtp.isLocal ? { ignoreTLS: !smtp.secure && smtp.credentials === undefined } : { requireTLS: !smtp.secure }),
      ...(auth && { auth }),
      ...{ connectionTimeout: timing.connectMs, greetingTimeout: timing.connectMs, dnsTimeout: timing.connectMs },
      socketTimeout: timing.silenceMs,
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    transport.use('stream', watchStreams)
    return transport
  }

  async function current() {
    const found = await login.login()
    const key = JSON.stringify(found ?? null)
    if (open?.key === key) return open.transport
    open?.transport.close()
    open = { key, transport: make(authOf(found)) }
    return open.transport
  }

  return {
    submit: async (mail) => {
      const { envelope, ...content } = mail
      const composed = await new MailComposer({ ...content, disableFileAccess: true, disableUrlAccess: true })
        .compile()
        .build()
      const raw = await signed(composed, settings.dkim)
      return { raw, result: await hand(current, { envelope, raw }, login) }
    },
    verify: async () => void (await (await current()).verify()),
    close: async () => open?.transport.close(),
  }
}

const authOf = (found: Awaited<ReturnType<LoginSource['login']>>): object | undefined => {
  if (found === undefined) return undefined
  if ('pass' in found) return { user: found.user, pass: found.pass }
  return { type: 'OAuth2', user: found.user, accessToken: found.accessToken }
}

type Handed = { readonly envelope: OutgoingMail['envelope']; readonly raw: Buffer }
type Watched = { readonly watch: (stream: Readable) => void }
type Transport = { sendMail(mail: object): Promise<{ readonly rejected?: readonly unknown[] }> }

async function hand(
  current: () => Promise<Transport>,
  handed: Handed,
  login: LoginSource,
  again = true,
): Promise<Submission['result']> {
  const streams: Readable[] = []
  const watched: Handed & Watched = { ...handed, watch: (stream) => streams.push(stream) }
  try {
    const { rejected = [] } = await (await current()).sendMail(watched)
    if (rejected.length === 0) return { outcome: 'sent' }
    return { outcome: 'refused', permanent: true, reason: 'the mail server takes no mail for this recipient' }
  } catch (error) {
    // The mail is read only once the server has asked for it; before that it cannot have gone anywhere.
    const written = streams.some((stream) => stream.readableDidRead)
    // Servers drop connections that wait; what they were never given goes over the next one.
    if (again && !written && isDropped(error)) return hand(current, handed, login, false)
    const failure = classifyFailure(error, written)
    if (failure.reason === refusedLogin) login.refused()
    return failure
  }
}

const isDropped = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ECONNECTION'

/** Shows every attempt's stream to whoever waits for its outcome. */
function watchStreams(mail: MailMessage, done: () => void): void {
  const { message } = mail
  const make = message.createReadStream.bind(message)
  message.createReadStream = () => {
    const stream = make()
    const { watch } = mail.data as Partial<Watched>
    watch?.(stream)
    return stream
  }
  done()
}

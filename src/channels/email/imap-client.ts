import type { ImapFlow, ImapFlowOptions } from 'imapflow'
import type { Login } from './credentials.ts'
import type { MailServer } from './settings.ts'

export type ImapTiming = {
  readonly connectMs: number
  /** Silence after which a connection with something under way is dead. */
  readonly silenceMs: number
  /** How often an idle connection is asked whether it lives; a half-open one is noticed after this and `silenceMs`. */
  readonly idleMs: number
}

export const imapTiming: ImapTiming = { connectMs: 20_000, silenceMs: 45_000, idleMs: 60_000 }

/** A client for one connection: imapflow's are used once. Its log is off, since it would show addresses and subjects. */
export async function openClient(server: MailServer, login: Login | undefined, timing: ImapTiming): Promise<ImapFlow> {
  const { ImapFlow: Client } = await import('imapflow')
  const options: ImapFlowOptions = {
    ...{ host: server.host, port: server.port, secure: server.secure, logger: false },
    ...(server.isLocal && !server.secure && { doSTARTTLS: false }),
    ...(login && { auth: login }),
    ...{ disableAutoIdle: true, maxIdleTime: timing.idleMs, socketTimeout: timing.silenceMs },
    ...{ connectionTimeout: timing.connectMs, greetingTimeout: timing.connectMs },
    clientInfo: { name: 'Gatehouse' },
  }
  const client = new Client(options)
  // Without a listener an error on the socket would end the process; every command in flight rejects with it anyway.
  client.on('error', () => {})
  return client
}

/** Ends a connection politely, and at once where politeness gets no answer. */
export async function closeClient(client: ImapFlow, patienceMs = 1_000): Promise<void> {
  if (!client.usable) return client.close()
  await Promise.race([
    client.logout().catch(() => {}),
    new Promise((resolve) => setTimeout(resolve, patienceMs).unref()),
  ])
  client.close()
}

export type ImapFault = { readonly kind: 'refused' | 'missing' | 'unreachable' | 'failing'; readonly words: string }

/** What went wrong, in words that hold nothing the server said about us. */
export function explainImapFault(error: unknown): ImapFault {
  const of = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  if (of('name') === 'OAuthRefused') return { kind: 'refused', words: 'the token address refuses our client' }
  const response = String(of('serverResponseCode') ?? '')
  if (of('authenticationFailed') === true && !/UNAVAILABLE|INUSE|LIMIT/i.test(response))
    return { kind: 'refused', words: 'the mail server refuses our user name or password' }
  if (of('mailboxMissing') === true || response === 'NONEXISTENT')
    return { kind: 'missing', words: 'the mailbox has no such folder' }
  const code = of('code')
  if (typeof code === 'string' && /^[A-Z_]{0,20}TIMEOUT$/.test(code))
    return { kind: 'unreachable', words: `the mail server does not answer (${code})` }
  if (typeof code === 'string' && /^(E[A-Z_]{3,30}|[A-Z_]*CERT[A-Z_]*|ERR_TLS[A-Z_]*)$/.test(code))
    return { kind: 'unreachable', words: `the mail server cannot be reached (${code})` }
  return { kind: 'failing', words: 'reading the mailbox broke off' }
}

import type { CheckResult } from '../../core/channel.ts'
import type { LoginSource } from './credentials.ts'
import { classifyFailure, refusedLogin } from './errors.ts'
import { closeClient, explainImapFault, type ImapFault, type ImapTiming, openClient } from './imap-client.ts'
import type { EmailSettings, MailServer } from './settings.ts'
import type { Smtp } from './smtp.ts'

type Checking = {
  readonly settings: EmailSettings
  readonly login: LoginSource
  readonly timing: ImapTiming
  readonly smtp: () => Promise<Smtp>
}

/** Logs in to both servers, opens the folder, and says how to mend what fails. */
export async function checkEmail({ settings, login, timing, smtp }: Checking): Promise<CheckResult> {
  const imap = await openFolder({ settings, login, timing })
  if (imap !== undefined) return imapMend(imap, settings)
  try {
    await (await smtp()).verify()
  } catch (error) {
    const { reason } = classifyFailure(error, false)
    return {
      ok: false,
      detail: `sending: ${reason}`,
      mend: reason === refusedLogin ? wrongLogin('SMTP_URL') : reach(settings.smtp, 'SMTP_URL'),
    }
  }
  const proof =
    settings.authservId === undefined && settings.verify === undefined
      ? '; set EMAIL_AUTHSERV_ID (or EMAIL_VERIFY=dns) to see who vouches for senders'
      : ''
  return { ok: true, detail: `the mailbox ${settings.mailbox} can be read and mail can be sent${proof}` }
}

async function openFolder({ settings, login, timing }: Omit<Checking, 'smtp'>): Promise<ImapFault | undefined> {
  try {
    const client = await openClient(settings.imap, await login.login(), timing)
    try {
      await client.connect()
      await client.mailboxOpen(settings.mailbox, { readOnly: true })
    } finally {
      await closeClient(client)
    }
    return undefined
  } catch (error) {
    return explainImapFault(error)
  }
}

function imapMend({ kind, words }: ImapFault, { imap, mailbox }: EmailSettings): CheckResult {
  const detail = `receiving: ${words}`
  switch (kind) {
    case 'refused':
      return { ok: false, detail, mend: wrongLogin('IMAP_URL') }
    case 'missing':
      return { ok: false, detail, mend: `Create the folder "${mailbox}", or put the right one at the end of IMAP_URL.` }
    case 'unreachable':
    case 'failing':
      return { ok: false, detail, mend: reach(imap, 'IMAP_URL') }
  }
}

const wrongLogin = (name: string): string =>
  `Check the user and password in ${name} (Google and Microsoft want an app password or EMAIL_OAUTH_*, see docs/email.md).`

const reach = ({ port }: MailServer, name: string): string =>
  `Check the host in ${name}, and that a firewall lets this machine reach port ${port} there.`

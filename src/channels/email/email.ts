import type { Channel, CheckResult, FindResult, Opened, SendResult } from '../../core/channel.ts'
import type { OutboundMessage } from '../../core/message.ts'
import { checkEmail } from './check.ts'
import { createLoginSource } from './credentials.ts'
import { explainImapFault, imapTiming } from './imap-client.ts'
import { createIntake } from './intake.ts'
import { type Mailbox, type MailboxState, type MailboxTiming, readMailbox } from './mailbox.ts'
import { createSigner, type Signer } from './marks.ts'
import type { MailParser, ParserLimits } from './parser.ts'
import type { CaseLookup, MailArchive, MailMemory } from './ports.ts'
import { readEvent } from './read-event.ts'
import { LIMITS, renderMail } from './render.ts'
import { createSentFolder } from './sent-folder.ts'
import type { EmailSettings } from './settings.ts'
import { openSmtp, type SmtpTiming, smtpTiming } from './smtp.ts'
import { createVerifier, type VerifierOptions } from './verify-dns.ts'

export type EmailChannel = Channel & {
  /** How reading goes, for pages and tests. */
  mailboxState(): MailboxState
}

export type EmailOptions = {
  readonly memory: MailMemory
  readonly archive: MailArchive
  readonly cases: CaseLookup
  /** False where this process only sends and shows: another one reads the mailbox. */
  readonly receives?: boolean
  readonly clock?: () => Date
  readonly random?: () => number
  readonly mailboxTiming?: Partial<MailboxTiming>
  readonly smtpTiming?: Partial<SmtpTiming>
  readonly parserLimits?: ParserLimits
  readonly verifier?: VerifierOptions
  /** Something a person should know; never with an address or a secret in it. */
  readonly onTrouble?: (words: string) => void
}

/** A lease is short, so that a successor of a dead process begins soon; two readers at once would only do work twice. */
const timing: MailboxTiming = {
  ...imapTiming,
  ...{ pollMs: 180_000, leaseMs: 10_000, firstRetryMs: 1_000, longestRetryMs: 60_000 },
}
const parserLimits: ParserLimits = { timeoutMs: 15_000, memoryMb: 512 }
const unstarted: MailboxState = { status: 'stopped', detail: 'not started' }

/** E-mail: reads one mailbox over IMAP and answers over SMTP. Nothing of it is loaded before it is used. */
export function createEmailChannel(settings: EmailSettings, options: EmailOptions): EmailChannel {
  const { archive } = options
  const parts = partsOf(settings, options)
  let mailbox: Mailbox | undefined
  let parser: MailParser | undefined
  return {
    name: 'email',
    limits: LIMITS,
    routes: [],
    async start(inbox) {
      if (options.receives === false) return
      const signer = await parts.signer()
      parser ??= (await import('./parser.ts')).createMailParser(options.parserLimits ?? parserLimits)
      const { memory, cases } = options
      const verify = createVerifier(options.verifier)
      const intake = createIntake({ settings, signer, cases, archive, parser, verify, ...memory, clock: parts.clock })
      const { cursor, lease } = memory
      const { login, onTrouble, clock } = parts
      const take: Parameters<typeof readMailbox>[0]['take'] = (mails) => intake(mails, inbox)
      const random = options.random ?? Math.random
      mailbox ??= readMailbox({
        ...{ settings, login, cursor, lease, take, onTrouble, clock, random },
        timing: parts.timing,
      })
    },
    read: (event) => readEvent(event, settings),
    send: (message) => send(message, parts),
    find: (message) => find(message, parts),
    check: () => check(mailbox?.state(), parts),
    open: (ref) => open(ref, archive),
    mailboxState: () => mailbox?.state() ?? unstarted,
    async stop() {
      await mailbox?.stop()
      await parser?.close()
      mailbox = undefined
      parser = undefined
      await parts.close()
    },
  }
}

type Parts = ReturnType<typeof partsOf>

function partsOf(settings: EmailSettings, options: EmailOptions) {
  const { memory, onTrouble = () => {}, clock = () => new Date() } = options
  const times: MailboxTiming = { ...timing, ...options.mailboxTiming }
  const login = createLoginSource(settings.imap)
  const smtpLogin = createLoginSource(settings.smtp)
  const signer = once(async (): Promise<Signer> => createSigner(await memory.key.load()))
  const smtp = once(() => openSmtp(settings, smtpLogin, { ...smtpTiming, ...options.smtpTiming }))
  const sent = createSentFolder({ settings, login, timing: times, onTrouble })
  const close = async () => {
    await sent.settled()
    if (smtp.isMade()) await (await smtp()).close()
    smtp.forget()
  }
  return { ...{ settings, memory, onTrouble, clock, timing: times, login, signer, smtp, sent, close } }
}

async function send(message: OutboundMessage, parts: Parts): Promise<SendResult> {
  const prepared = await prepare(message, parts)
  if ('outcome' in prepared) return prepared
  const { raw, result } = await (await parts.smtp()).submit(prepared.mail)
  if (result.outcome !== 'sent') return result
  if (parts.settings.sent.filedBy === 'us') parts.sent.file(raw)
  return { outcome: 'sent', providerId: prepared.providerId }
}

async function prepare(message: OutboundMessage, { settings, memory, signer, clock }: Parts) {
  try {
    const end = await memory.ends.load(message.conversation)
    const rendered = renderMail(message, { settings, signer: await signer(), end })
    if (!rendered.ok) return { outcome: 'refused', permanent: true, reason: rendered.reason } as const
    if (message.automatic !== true || message.audience === 'staff') return rendered
    const day = clock().toISOString().slice(0, 10)
    const answer = { day, messageId: rendered.providerId, most: settings.automaticRepliesPerDay }
    if (await memory.automatic.mayAnswer(rendered.mail.envelope.to, answer)) return rendered
    const reason = `already ${settings.automaticRepliesPerDay} automatic answers to this sender today (two machines may be answering each other)`
    return { outcome: 'refused', permanent: true, reason } as const
  } catch {
    const reason = 'what the mail needs could not be read from the database'
    return { outcome: 'refused', permanent: false, reason, retryAfterSeconds: 5 } as const
  }
}

/** Only a server that files what it sent can say that it sent nothing. */
async function find(message: OutboundMessage, { settings, signer, sent }: Parts): Promise<FindResult> {
  try {
    const rendered = renderMail(message, { settings, signer: await signer(), end: undefined })
    if (!rendered.ok) return { outcome: 'absent' }
    if (await sent.has(rendered.mail.messageId)) return { outcome: 'found', providerId: rendered.providerId }
    if (settings.sent.filedBy === 'server') return { outcome: 'absent' }
    return { outcome: 'unknown', reason: 'the mail server keeps no list of what it sent' }
  } catch (error) {
    return { outcome: 'unknown', reason: explainImapFault(error).words }
  }
}

async function check(state: MailboxState | undefined, { settings, login, timing, smtp }: Parts): Promise<CheckResult> {
  if (state?.status !== 'refused') return checkEmail({ settings, login, timing, smtp })
  const mend = 'Mend IMAP_URL or EMAIL_OAUTH_*, then restart Gatehouse: it does not try a refused password again.'
  return { ok: false, detail: `receiving has stopped: ${state.detail}`, mend }
}

const largestFile = 10 * 1_048_576

/** A part of an archived mail, or the whole mail where it could not be read. */
async function open(ref: string, archive: MailArchive): Promise<Opened> {
  const [name = '', part] = ref.split('#')
  const raw = await archive.open(name)
  if (raw === undefined) return { ok: false, permanent: true, reason: 'the archive does not have the mail' }
  const opened =
    part === undefined
      ? { contentType: 'message/rfc822', content: raw }
      : await (await import('./parse.ts')).openAttachment(raw, part)
  if (opened === undefined) return { ok: false, permanent: true, reason: 'the mail has no such part' }
  if (opened.content.length > largestFile)
    return { ok: false, permanent: true, reason: 'the file is larger than 10 MB; it is whole in the mailbox' }
  return { ok: true, contentType: opened.contentType, bytes: opened.content }
}

/** Remembers the first success; a failure is tried again at the next call. */
function once<Value>(make: () => Promise<Value>) {
  let made: Promise<Value> | undefined
  const get = (): Promise<Value> => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
  const forget = () => {
    made = undefined
  }
  return Object.assign(get, { isMade: () => made !== undefined, forget })
}

import { z } from 'zod'
import { isAddress } from './addresses.ts'
import { type DkimKey, isPrivateKey } from './dkim.ts'

/** How we prove who we are to the mail servers. */
export type EmailCredentials =
  | { readonly type: 'password'; readonly password: string }
  | { readonly type: 'token'; readonly accessToken: string }
  | {
      readonly type: 'oauth'
      readonly tokenUrl: string
      readonly clientId: string
      readonly clientSecret: string
      /** Absent: the client-credentials grant, as Microsoft 365 wants it for a mailbox nobody signs in to. */
      readonly refreshToken?: string
      readonly scope?: string
    }

export type MailServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS, or nothing at all on this machine. */
  readonly secure: boolean
  readonly isLocal: boolean
  readonly user: string
  readonly credentials?: EmailCredentials
}

export type EmailSettings = {
  readonly imap: MailServer
  readonly smtp: MailServer
  /** The desk's own address, lower case, and the name shown before it. */
  readonly desk: { readonly name: string; readonly address: string }
  readonly mailbox: string
  /** Addresses of sites whose mail arrives in the same mailbox, lower case; the desk's own may be among them. */
  readonly siteAddresses: readonly string[]
  /** Where copies of what we sent are kept (absent: the folder the server marks for it), and who puts them there. */
  readonly sent: { readonly folder?: string; readonly filedBy: 'server' | 'us' }
  /** The name our own mail exchanger writes in `Authentication-Results` (RFC 8601). */
  readonly authservId?: string
  /** Without such an exchanger: whether we check signatures and policies ourselves. */
  readonly verify?: 'dns'
  readonly dkim?: DkimKey
  /** Domains whose people may answer for one another. */
  readonly colleagueDomains: readonly string[]
  /** Whether mail to desk+anything@ reaches the desk (RFC 5233). */
  readonly plusAddresses: boolean
  readonly automaticRepliesPerDay: number
  /** On the very first start, mail older than this is left alone. */
  readonly firstDays: number
}

export type SettingsFault = { readonly key: string; readonly message: string }

export type EmailSetup =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly settings: EmailSettings }
  | { readonly state: 'faulty'; readonly faults: readonly SettingsFault[] }

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])
const defaultPorts: Readonly<Record<string, number>> = { 'imap:': 143, 'imaps:': 993, 'smtp:': 587, 'smtps:': 465 }

function serverUrl(plain: 'imap' | 'smtp') {
  const example = plain === 'imap' ? 'imaps://user:password@host:993/INBOX' : 'smtps://user:password@host:465'
  return z.string({ error: `is missing: ${example}` }).transform((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url === undefined || url.hostname === '' || ![`${plain}:`, `${plain}s:`].includes(url.protocol)) {
      context.addIssue(`must be like ${example}`)
      return z.NEVER
    }
    // A submission server on 587 upgrades by STARTTLS, which we then require; plain IMAP has no such habit.
    if (url.protocol === 'imap:' && !loopback.has(url.hostname)) {
      context.addIssue('must be imaps:// (imap:// sends the password in the clear and is for this machine only)')
      return z.NEVER
    }
    return url
  })
}

const count = (message: string) => z.coerce.number({ error: message }).int(message).min(1, message)
const domains = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().toLowerCase().replace(/^@/, '')))
  .refine((list) => list.every((one) => /^[a-z0-9.-]+\.[a-z]+$/.test(one)), 'must be domains, separated by commas')

const hostName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/

const environment = z.object({
  IMAP_URL: serverUrl('imap'),
  SMTP_URL: serverUrl('smtp'),
  EMAIL_FROM: z.string({ error: 'is missing: the address answers come from' }),
  EMAIL_OAUTH_ACCESS_TOKEN: z.string().optional(),
  EMAIL_OAUTH_TOKEN_URL: z.url({ error: 'must be the https address that hands out tokens' }).optional(),
  EMAIL_OAUTH_CLIENT_ID: z.string().optional(),
  EMAIL_OAUTH_CLIENT_SECRET: z.string().optional(),
  EMAIL_OAUTH_REFRESH_TOKEN: z.string().optional(),
  EMAIL_OAUTH_SCOPE: z.string().optional(),
  EMAIL_AUTHSERV_ID: z.string().toLowerCase().optional(),
  EMAIL_VERIFY: z.enum(['dns', 'off'], 'must be "dns" or "off"').default('off'),
  EMAIL_DKIM_DOMAIN: z.string().toLowerCase().regex(hostName, 'must be a domain').optional(),
  EMAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[\w.-]{1,63}$/, 'must be letters and digits')
    .optional(),
  EMAIL_DKIM_KEY: z
    .string()
    .refine(isPrivateKey, 'must be an RSA private key in PEM (EMAIL_DKIM_KEY_FILE names its file)')
    .optional(),
  EMAIL_COLLEAGUE_DOMAINS: domains.default([]),
  EMAIL_PLUS_ADDRESSES: z.enum(['on', 'off'], 'must be "on" or "off"').default('on'),
  EMAIL_SENT_FOLDER: z.string().optional(),
  EMAIL_SENT_FILED_BY: z.enum(['server', 'us'], 'must be "server" or "us"').default('us'),
  EMAIL_AUTOMATIC_PER_DAY: count('must be a whole number of at least 1').default(10),
  EMAIL_FIRST_DAYS: count('must be a number of days').default(7),
})

type Environment = z.infer<typeof environment>
type SiteMailbox = { readonly address: string }
type Variables = Readonly<Record<string, string | undefined>>

/** Reads the e-mail part of the environment: off when nothing is set, faulty with every fault named, or on. */
export function parseEmailSettings(part: Variables, mailboxes: readonly SiteMailbox[] = []): EmailSetup {
  // A variable set to nothing is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== ''))
  if (!Object.keys(environment.shape).some((name) => given[name] !== undefined)) return { state: 'off' }
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(toFault)
  const desk = deskOf(given.EMAIL_FROM)
  if (given.EMAIL_FROM !== undefined && desk === undefined)
    faults.push({ key: 'EMAIL_FROM', message: 'must be an address, or "Name <address>"' })
  faults.push(...oauthFaults(given), ...dkimFaults(given))
  if (!parsed.success || desk === undefined || faults.length > 0) return { state: 'faulty', faults }
  const login = passwordFaults(parsed.data)
  return login.length > 0
    ? { state: 'faulty', faults: login }
    : {
        state: 'on',
        settings: { ...settingsOf(parsed.data, desk), siteAddresses: mailboxes.map(({ address }) => address) },
      }
}

const oauthNames = ['EMAIL_OAUTH_TOKEN_URL', 'EMAIL_OAUTH_CLIENT_ID', 'EMAIL_OAUTH_CLIENT_SECRET'] as const
const anyOauth = /^EMAIL_OAUTH_(?!ACCESS_TOKEN)/

function oauthFaults(given: Variables): SettingsFault[] {
  if (!Object.keys(given).some((name) => anyOauth.test(name))) return []
  return oauthNames
    .filter((key) => given[key] === undefined)
    .map((key) => ({ key, message: 'is missing: OAuth2 needs the token address, the client id and its secret' }))
}

const dkimNames = ['EMAIL_DKIM_DOMAIN', 'EMAIL_DKIM_SELECTOR', 'EMAIL_DKIM_KEY'] as const

function dkimFaults(given: Variables): SettingsFault[] {
  if (dkimNames.every((key) => given[key] === undefined)) return []
  return dkimNames
    .filter((key) => given[key] === undefined)
    .map((key) => ({ key, message: 'is missing: a signature needs the domain, the selector and the key' }))
}

function passwordFaults(read: Environment): SettingsFault[] {
  const { IMAP_URL: imap } = read
  if (imap.username === '') return [{ key: 'IMAP_URL', message: 'must name the user: imaps://user:password@host' }]
  if (oauthOf(read) !== undefined || imap.password !== '') return []
  return [{ key: 'IMAP_URL', message: 'has no password, and no EMAIL_OAUTH_* is set' }]
}

function settingsOf(read: Environment, desk: EmailSettings['desk']): Omit<EmailSettings, 'siteAddresses'> {
  const folder = decodeURIComponent(read.IMAP_URL.pathname.slice(1))
  return {
    imap: serverOf(read.IMAP_URL, oauthOf(read)),
    smtp: smtpOf(read),
    desk,
    mailbox: folder === '' ? 'INBOX' : folder,
    sent: {
      filedBy: read.EMAIL_SENT_FILED_BY,
      ...(read.EMAIL_SENT_FOLDER !== undefined && { folder: read.EMAIL_SENT_FOLDER }),
    },
    colleagueDomains: read.EMAIL_COLLEAGUE_DOMAINS,
    plusAddresses: read.EMAIL_PLUS_ADDRESSES === 'on',
    automaticRepliesPerDay: read.EMAIL_AUTOMATIC_PER_DAY,
    firstDays: read.EMAIL_FIRST_DAYS,
    ...(read.EMAIL_VERIFY === 'dns' && { verify: 'dns' as const }),
    ...dkimOf(read),
    ...(read.EMAIL_AUTHSERV_ID !== undefined && { authservId: read.EMAIL_AUTHSERV_ID }),
  }
}

function dkimOf({ EMAIL_DKIM_DOMAIN: domain, EMAIL_DKIM_SELECTOR: selector, EMAIL_DKIM_KEY: key }: Environment) {
  if (domain === undefined || selector === undefined || key === undefined) return {}
  return { dkim: { domain, selector, key } }
}

/** With OAuth2 the mailbox's user also sends, unless SMTP_URL names its own user and password. */
function smtpOf(read: Environment): MailServer {
  const server = serverOf(read.SMTP_URL, oauthOf(read))
  const user = decodeURIComponent(read.IMAP_URL.username)
  return server.user === '' && server.credentials !== undefined ? { ...server, user } : server
}

function serverOf(url: URL, oauth: EmailCredentials | undefined): MailServer {
  const password = decodeURIComponent(url.password)
  const credentials = password === '' ? oauth : ({ type: 'password', password } as const)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port),
    secure: url.protocol.endsWith('s:'),
    isLocal: loopback.has(url.hostname),
    user: decodeURIComponent(url.username),
    ...(credentials && { credentials }),
  }
}

function oauthOf(read: Environment): EmailCredentials | undefined {
  if (read.EMAIL_OAUTH_ACCESS_TOKEN !== undefined) return { type: 'token', accessToken: read.EMAIL_OAUTH_ACCESS_TOKEN }
  const {
    EMAIL_OAUTH_TOKEN_URL: tokenUrl,
    EMAIL_OAUTH_CLIENT_ID: clientId,
    EMAIL_OAUTH_CLIENT_SECRET: clientSecret,
  } = read
  if (tokenUrl === undefined || clientId === undefined || clientSecret === undefined) return undefined
  const { EMAIL_OAUTH_REFRESH_TOKEN: refreshToken, EMAIL_OAUTH_SCOPE: scope } = read
  const optional = { ...(refreshToken && { refreshToken }), ...(scope && { scope }) }
  return { type: 'oauth', tokenUrl, clientId, clientSecret, ...optional }
}

function deskOf(from: string | undefined): EmailSettings['desk'] | undefined {
  const [, name = '', inBrackets] = /^\s*"?([^"<>]*?)"?\s*<([^<>\s]+)>\s*$/.exec(from ?? '') ?? []
  const address = (inBrackets ?? from ?? '').trim().toLowerCase()
  return isAddress(address) ? { name, address } : undefined
}

function toFault(issue: z.core.$ZodIssue): SettingsFault {
  return { key: issue.path.join('.'), message: issue.message }
}

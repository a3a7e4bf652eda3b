import { z } from 'zod'

/** What the Teams desk needs to run: one app registration, and the tenants it works for. */
export type TeamsSettings = {
  readonly appId: string
  readonly appPassword: string
  /** The app's own tenant: the one that gives out its tokens. */
  readonly tenantId: string
  /** Tenants whose people are heard; the own one is always among them. */
  readonly tenants: readonly string[]
  /** Describes the keys with which Teams signs what it sends. */
  readonly openIdUrl: string
  /** Where tokens are asked for, without a slash at the end. */
  readonly loginUrl: string
  /** Where a conversation is opened before Teams has told us a nearer address. Ends with a slash. */
  readonly serviceUrl: string
}

export type SettingsFault = { readonly key: string; readonly message: string }

export type TeamsSetup =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly settings: TeamsSettings }
  | { readonly state: 'faulty'; readonly faults: readonly SettingsFault[] }

export const botFrameworkOpenIdUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
export const microsoftLoginUrl = 'https://login.microsoftonline.com'
/** Microsoft's address for conversations that a bot begins; each tenant's own is nearer and comes with its first message. */
export const teamsServiceUrl = 'https://smba.trafficmanager.net/teams/'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const address = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
  if (url === undefined || !isSafe) {
    context.addIssue('must be an https URL (http only for this machine)')
    return z.NEVER
  }
  return url.href
})

// An empty app id would switch the framework's own check of callers off, so it never counts as one.
const environment = z.object({
  TEAMS_APP_ID: z
    .string('is missing: the Application (client) ID of the app registration')
    .regex(guid, 'must be the Application (client) ID, like 00000000-0000-0000-0000-000000000000'),
  TEAMS_APP_PASSWORD: z
    .string('is missing: the value of a client secret of the app registration')
    .refine((value) => !guid.test(value), 'looks like the id of a client secret: set its value'),
  TEAMS_TENANT_ID: z
    .string('is missing: the Directory (tenant) ID; more tenants may follow after commas')
    .transform((value) => value.split(',').map((one) => one.trim().toLowerCase()))
    .refine((tenants) => tenants.every((one) => guid.test(one)), 'must be the Directory (tenant) ID, a GUID'),
  TEAMS_OPENID_URL: address.default(botFrameworkOpenIdUrl),
  TEAMS_LOGIN_URL: address.default(microsoftLoginUrl),
  TEAMS_SERVICE_URL: address.default(teamsServiceUrl),
})

/** Reads the `TEAMS_*` part of the environment: off when nothing is set, faulty with every fault named, or on. */
export function parseTeamsSettings(part: Readonly<Record<string, string | undefined>>): TeamsSetup {
  // A variable set to nothing is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== ''))
  if (!Object.keys(environment.shape).some((name) => given[name] !== undefined)) return { state: 'off' }
  const read = environment.safeParse(given)
  return read.success
    ? { state: 'on', settings: settingsOf(read.data) }
    : { state: 'faulty', faults: read.error.issues.map(toFault) }
}

function settingsOf(read: z.infer<typeof environment>): TeamsSettings {
  const [tenantId = ''] = read.TEAMS_TENANT_ID
  return {
    appId: read.TEAMS_APP_ID.toLowerCase(),
    appPassword: read.TEAMS_APP_PASSWORD,
    tenantId,
    tenants: read.TEAMS_TENANT_ID,
    openIdUrl: read.TEAMS_OPENID_URL,
    loginUrl: read.TEAMS_LOGIN_URL.replace(/\/+$/, ''),
    serviceUrl: read.TEAMS_SERVICE_URL.endsWith('/') ? read.TEAMS_SERVICE_URL : `${read.TEAMS_SERVICE_URL}/`,
  }
}

function toFault(issue: z.core.$ZodIssue): SettingsFault {
  return { key: issue.path.join('.'), message: issue.message }
}

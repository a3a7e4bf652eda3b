import { z } from 'zod'
import { TokenRefusal } from './errors.ts'
import type { TeamsSettings } from './settings.ts'

/** The bearer token with which we call Teams: asked for once an hour, or at once when `fresh` is. */
export type Tokens = { current(): Promise<string>; fresh(): Promise<string> }

export const botFrameworkAudience = 'https://api.botframework.com'

const marginMs = 5 * 60_000

/** Client credentials of the app registration. Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function createTokens(settings: TeamsSettings, timeoutMs: number): Tokens {
  let held: { readonly token: string; readonly until: number } | undefined
  let asking: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    const { token, seconds } = await askForToken(settings, timeoutMs)
    held = { token, until: Date.now() + seconds * 1_000 - marginMs }
    return token
  }
  const fresh = (): Promise<string> => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
  return {
    fresh,
    current: () => (held !== undefined && held.until > Date.now() ? Promise.resolve(held.token) : fresh()),
  }
}

const given = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

async function askForToken(settings: TeamsSettings, timeoutMs: number) {
  const { loginUrl, tenantId, appId, appPassword } = settings
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: appPassword,
    scope: `${botFrameworkAudience}/.default`,
  })
  const request = { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const
  const response = await fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, request).catch(unreachable)
  const answer: unknown = await response.json().catch(() => ({}))
  const read = given.safeParse(answer).data
  if (response.ok && read !== undefined) return { token: read.access_token, seconds: read.expires_in }
  throw refusalOf(response.status, answer)
}

function unreachable(): never {
  throw new TokenRefusal({
    reason: 'no connection to Microsoft’s sign-in service',
    isPermanent: false,
    mend: 'make sure that login.microsoftonline.com can be reached from here',
  })
}

type Words = { readonly reason: string; readonly mend: string }

/** Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const byCode: Readonly<Record<string, Words>> = {
  AADSTS700016: {
    reason: 'this tenant knows no app with TEAMS_APP_ID',
    mend: 'set TEAMS_APP_ID to the Application (client) ID, and TEAMS_TENANT_ID to the tenant in which it is registered',
  },
  AADSTS7000215: {
    reason: 'TEAMS_APP_PASSWORD is not accepted',
    mend: 'set TEAMS_APP_PASSWORD to the value (not the id) of a client secret of this app',
  },
  AADSTS7000222: {
    reason: 'TEAMS_APP_PASSWORD has expired',
    mend: 'make a new client secret under Certificates & secrets and set TEAMS_APP_PASSWORD to its value',
  },
  AADSTS90002: {
    reason: 'there is no tenant TEAMS_TENANT_ID',
    mend: 'set TEAMS_TENANT_ID to the Directory (tenant) ID of the app registration',
  },
}
const sameAs: Readonly<Record<string, string>> = { AADSTS900023: 'AADSTS90002', AADSTS70001: 'AADSTS700016' }

const otherwise: Words = {
  reason: 'Microsoft gave out no token for this app',
  mend: 'check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID against the app registration',
}

function refusalOf(status: number, answer: unknown): TokenRefusal {
  const told = z.object({ error_description: z.string() }).safeParse(answer).data?.error_description ?? ''
  const code = /^AADSTS\d{4,8}/.exec(told)?.[0] ?? ''
  const isPassing = status >= 500 || status === 429 || status === 408
  const { reason, mend } = byCode[sameAs[code] ?? code] ?? otherwise
  return new TokenRefusal({ reason: `${reason} (${code || `HTTP ${status}`})`, isPermanent: !isPassing, mend })
}

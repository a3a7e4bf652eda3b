import { z } from 'zod'
import type { EmailCredentials } from './settings.ts'

export type TokenSource = {
  /** A token that is good for a minute at least. Rejects with an `OAuthRefused` when the provider will not give one. */
  token(): Promise<string>
  /** The server refused the last token: the next one must be new. */
  forget(): void
}

/** The provider answered and said no; asking again changes nothing until a person acts. */
export class OAuthRefused extends Error {
  override readonly name = 'OAuthRefused'
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().default(3_600) })
const marginMs = 60_000

/** Access tokens by refresh token or client credentials (RFC 6749 sections 4.4 and 6), kept until shortly before they end. */
export function createTokenSource(
  credentials: Extract<EmailCredentials, { type: 'oauth' }>,
  now: () => number = Date.now,
): TokenSource {
  let kept: { readonly token: string; readonly until: number } | undefined
  return {
    token: async () => {
      if (kept !== undefined && now() < kept.until) return kept.token
      const { access_token, expires_in } = await request(credentials)
      kept = { token: access_token, until: now() + Math.max(0, expires_in * 1_000 - marginMs) }
      return access_token
    },
    forget: () => {
      kept = undefined
    },
  }
}

async function request(credentials: Extract<EmailCredentials, { type: 'oauth' }>): Promise<z.infer<typeof answer>> {
  const { tokenUrl, clientId, clientSecret, refreshToken, scope } = credentials
  const grant =
    refreshToken === undefined
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refreshToken }
  const body = new URLSearchParams({
    ...grant,
    client_id: clientId,
    client_secret: clientSecret,
    ...(scope && { scope }),
  })
  // A redirect would carry the client's secret to somewhere else.
  const options = { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(15_000) } as const
  const response = await fetch(tokenUrl, options)
  if (response.status >= 400 && response.status < 500) throw new OAuthRefused('the token address refuses our client')
  if (!response.ok) throw new Error(`the token address answers ${response.status}`)
  return answer.parse(await response.json())
}

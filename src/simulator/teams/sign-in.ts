import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

const issuer = 'https://api.botframework.com'
const tokenLifeMs = 3_600_000

export type SignInOptions = {
  readonly appId: string
  readonly appPassword: string
  readonly tenantId: string
  /** Where this double listens, without a slash. */
  readonly base: () => string
}

/** How an activity is to be signed, for tests of what must be refused. */
export type Signing = {
  readonly key?: 'own' | 'foreign'
  readonly audience?: string
  readonly issuer?: string
  readonly serviceUrl?: string
  /** Relative to now, e.g. `-1h`. */
  readonly expires?: string
}

export type SignIn = Awaited<ReturnType<typeof createSignIn>>

/** Both sign-ins: the keys with which Teams signs what it sends, and the tokens that the app asks Microsoft for. */
export async function createSignIn(options: SignInOptions) {
  const own = await generateKeyPair('RS256')
  let foreign: Promise<typeof own> | undefined
  const kid = randomBytes(8).toString('hex')
  const jwk: JWK = { ...(await exportJWK(own.publicKey)), kid, use: 'sig', alg: 'RS256' }
  const given = new Map<string, number>()
  let held: { readonly token: string; readonly until: number } | undefined

  const keyOf = async ({ key }: Signing) => {
    if (key !== 'foreign') return own.privateKey
    foreign ??= generateKeyPair('RS256')
    return (await foreign).privateKey
  }
  const sign = async (how: Signing): Promise<string> =>
    new SignJWT({ serviceurl: how.serviceUrl ?? `${options.base()}/` })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(how.issuer ?? issuer)
      .setAudience(how.audience ?? options.appId)
      .setIssuedAt()
      .setNotBefore('-2h')
      .setExpirationTime(how.expires ?? '1h')
      .sign(await keyOf(how))

  return {
    /** Never the same twice: the SDK remembers keys by address, and a port may come back with other keys. */
    openIdPath: `/openid/${kid}`,
    openId: () => ({ issuer, jwks_uri: `${options.base()}/keys`, id_token_signing_alg_values_supported: ['RS256'] }),
    keys: () => ({ keys: [{ ...jwk, endorsements: ['msteams'] }] }),
    /** What Teams would write into the `Authorization` header of an activity. Signed once an hour, as Teams does it. */
    async authorization(how: Signing = {}): Promise<string> {
      if (Object.keys(how).length > 0) return `Bearer ${await sign(how)}`
      if (held === undefined || held.until < Date.now())
        held = { token: await sign({}), until: Date.now() + tokenLifeMs / 2 }
      return `Bearer ${held.token}`
    },
    /** Microsoft's answer to a request for a token, with its error codes. */
    token(tenant: string, form: URLSearchParams): { readonly status: number; readonly body: object } {
      if (tenant !== options.tenantId) return refused(400, 'invalid_request', 'AADSTS90002: Tenant not found.')
      if (form.get('client_id') !== options.appId)
        return refused(400, 'unauthorized_client', 'AADSTS700016: Application not found in the directory.')
      if (form.get('client_secret') !== options.appPassword)
        return refused(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
      const token = `local-${randomBytes(16).toString('hex')}`
      given.set(token, Date.now() + tokenLifeMs)
      return { status: 200, body: { token_type: 'Bearer', expires_in: tokenLifeMs / 1_000, access_token: token } }
    },
    accepts: (authorization: string | undefined): boolean =>
      (given.get(authorization?.replace(/^Bearer /, '') ?? '') ?? 0) > Date.now(),
  }
}

const refused = (status: number, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
})

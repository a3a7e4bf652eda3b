import { createTokenSource } from './access-token.ts'
import type { MailServer } from './settings.ts'

/** Proof for one login: a password, or a token that is fresh now. */
export type Login = { readonly user: string } & ({ readonly pass: string } | { readonly accessToken: string })

export type LoginSource = {
  /** Undefined where the server wants none. */
  login(): Promise<Login | undefined>
  /** The server refused: the next login must bring a new token. True when a new one can be had. */
  refused(): boolean
}

export function createLoginSource({ user, credentials }: MailServer): LoginSource {
  if (credentials === undefined) return { login: async () => undefined, refused: () => false }
  switch (credentials.type) {
    case 'password':
      return { login: async () => ({ user, pass: credentials.password }), refused: () => false }
    case 'token':
      return { login: async () => ({ user, accessToken: credentials.accessToken }), refused: () => false }
    case 'oauth': {
      const source = createTokenSource(credentials)
      return {
        login: async () => ({ user, accessToken: await source.token() }),
        refused: () => {
          source.forget()
          return true
        },
      }
    }
  }
}

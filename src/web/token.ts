import { createHash, timingSafeEqual } from 'node:crypto'

type Headers = Readonly<Record<string, string | string[] | undefined>>

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Checks `Authorization: Bearer …` in constant time. Without a configured token nobody is let in. */
export function tokenCheck(token: string | undefined): (request: { readonly headers: Headers }) => boolean {
  const wanted = token === undefined ? undefined : digest(token)
  return ({ headers }) => {
    const given = /^Bearer (.+)$/.exec(String(headers.authorization ?? ''))?.[1]
    return wanted !== undefined && given !== undefined && timingSafeEqual(digest(given), wanted)
  }
}

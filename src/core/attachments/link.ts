import { createHmac, timingSafeEqual } from 'node:crypto'

/** Staff and customers open a file when they have time. */
export const opensForMs = 7 * 24 * 3_600_000

const sign = (key: string, id: string, until: number): string =>
  createHmac('sha256', key).update(`${id} ${until}`).digest('base64url')

/** A path that opens one file for seven days, or as long as is said: whoever presses it cannot send a token. */
export function fileLink(id: string, key: string, now: Date, validMs = opensForMs): string {
  const until = now.getTime() + validMs
  return `/files/${encodeURIComponent(id)}?until=${until}&signature=${sign(key, id, until)}`
}

/** Whether a link was made by us for this file and is still valid. */
export function isValidLink(id: string, query: URLSearchParams, key: string, now: Date): boolean {
  const until = Number(query.get('until'))
  const given = Buffer.from(query.get('signature') ?? '')
  const wanted = Buffer.from(sign(key, id, until))
  return until > now.getTime() && given.length === wanted.length && timingSafeEqual(given, wanted)
}

import { createHmac, timingSafeEqual } from 'node:crypto'

/** Long enough to open and print, too short to be passed round. */
const validMs = 15 * 60_000

const sign = (key: string, caseId: string, until: number): string =>
  createHmac('sha256', key).update(`print ${caseId} ${until}`).digest('base64url')

/** A path under which one whole case can be read for a quarter of an hour. */
export function printLink(caseId: string, key: string, now: Date): string {
  const until = now.getTime() + validMs
  return `/print/${encodeURIComponent(caseId)}?until=${until}&signature=${sign(key, caseId, until)}`
}

/** Whether we made this link for this case, and it is still good. */
export function isPrintLink(caseId: string, query: URLSearchParams, key: string, now: Date): boolean {
  const until = Number(query.get('until'))
  const given = Buffer.from(query.get('signature') ?? '')
  const wanted = Buffer.from(sign(key, caseId, until))
  return until > now.getTime() && given.length === wanted.length && timingSafeEqual(given, wanted)
}

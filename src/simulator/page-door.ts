import { isIP } from 'node:net'
import type { HttpRequest } from '../core/channel.ts'

/** What the page's own script sends; a page elsewhere cannot, because nothing here answers a preflight. */
export const pageHeader = 'x-gatehouse-simulator'

/**
 * Whether a request names this machine as a browser would that was really asked for it: by address, as localhost, or
 * by the public name. A foreign name that resolves here (DNS rebinding) is none of these.
 */
export function isOurHost({ headers }: Pick<HttpRequest, 'headers'>, publicUrl: string): boolean {
  const name = hostnameOf(`http://${one(headers.host)}`)
  if (name === undefined) return false
  const bare = name.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || isIP(bare) !== 0 || name === hostnameOf(publicUrl)
}

/** Whether a request that changes something comes from the simulator's own page, or from a person's own tool. */
export function isOwnPage({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  const site = one(headers['sec-fetch-site'])
  const origin = one(headers.origin)
  if (site !== '' && site !== 'same-origin') return false
  if (origin !== '' && hostOf(origin) !== one(headers.host)) return false
  return site !== '' || origin !== '' || one(headers[pageHeader]) === '1'
}

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? '' : (value ?? ''))
const hostnameOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).hostname : undefined)
const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined)

import type { Opened } from '../../core/channel.ts'
import { notOpened, openedUpTo } from '../../core/opened.ts'
import { mapHost } from './hosts.ts'
import type { TwilioSettings } from './settings.ts'

export type MediaLimits = { readonly maxBytes: number; readonly timeoutMs: number }

const API_HOST = 'api.twilio.com'
/** Where Twilio's media resource redirects to: the first with "Enforce HTTP Auth on Media URLs", the second without. */
const STORES: readonly { readonly host: string; readonly path: string }[] = [
  { host: 'mms.twiliocdn.com', path: '/' },
  { host: 's3-external-1.amazonaws.com', path: '/media.twiliocdn.com/' },
]
const MAX_REDIRECTS = 3

/**
 * Fetches a file that a customer sent, from Twilio's hosts only, at most `maxBytes` of it. Our credentials go to
 * the API alone: a redirect leads to a store that must not see them
 * (https://www.twilio.com/docs/messaging/api/media-resource).
 */
export async function fetchMedia(ref: string, settings: TwilioSettings, limits: MediaLimits): Promise<Opened> {
  try {
    const signal = AbortSignal.timeout(limits.timeoutMs)
    const response = await follow(apiAddress(ref, settings), settings, signal)
    if (response === undefined) return notOpened(true, 'the file is not kept at Twilio, so it was not fetched')
    if (!response.ok) return failedAnswer(response.status)
    return await openedUpTo(response, limits.maxBytes)
  } catch {
    return notOpened(false, 'Twilio did not hand over the file in time')
  }
}

/** Follows redirects by hand, so that each target is checked; undefined when one is not allowed. */
async function follow(
  start: URL | undefined,
  settings: TwilioSettings,
  signal: AbortSignal,
): Promise<Response | undefined> {
  let target = start
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    if (target === undefined) return undefined
    const headers = isApi(target, settings) ? { authorization: basicAuth(settings) } : {}
    const response = await fetch(target, { redirect: 'manual', signal, headers })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    target = allowedTarget(new URL(location, target), settings)
  }
  return undefined
}

/** A reference is an address on Twilio's API; with an override in place it is looked up there. */
function apiAddress(ref: string, settings: TwilioSettings): URL | undefined {
  if (!URL.canParse(ref)) return undefined
  const url = new URL(ref)
  if (url.host !== API_HOST || url.protocol !== 'https:' || url.username !== '') return undefined
  return mapHost(url.href, settings)
}

function allowedTarget(url: URL, settings: TwilioSettings): URL | undefined {
  if (isApi(url, settings)) return url
  if (settings.apiUrl !== undefined) return url.hostname === new URL(settings.apiUrl).hostname ? url : undefined
  const isStore = STORES.some(({ host, path }) => url.host === host && url.pathname.startsWith(path))
  return isStore && url.protocol === 'https:' ? url : undefined
}

function isApi(url: URL, settings: TwilioSettings): boolean {
  return url.origin === new URL(settings.apiUrl ?? `https://${API_HOST}`).origin
}

function basicAuth(settings: TwilioSettings): string {
  return `Basic ${Buffer.from(`${settings.accountSid}:${settings.authTokens[0]}`).toString('base64')}`
}

function failedAnswer(status: number): Opened {
  if (status === 404 || status === 410) return notOpened(true, 'Twilio no longer keeps the file')
  return notOpened(false, `Twilio answered ${status} when asked for the file`)
}

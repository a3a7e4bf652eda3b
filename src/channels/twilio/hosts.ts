import type { TwilioSettings } from './settings.ts'

export type HostOverrides = Pick<TwilioSettings, 'apiUrl' | 'contentUrl'>

const API_HOST = 'api.twilio.com'
const CONTENT_HOST = 'content.twilio.com'

/** The address to call instead of Twilio's own, keeping path and query; unchanged where nothing is overridden. */
export function mapHost(address: string, overrides: HostOverrides): URL {
  const url = new URL(address)
  if (overrides.apiUrl === undefined && overrides.contentUrl === undefined) return url
  const target = { [API_HOST]: overrides.apiUrl, [CONTENT_HOST]: overrides.contentUrl }[url.host]
  if (target === undefined) throw unmappedHost(url.host)
  const base = new URL(target)
  return new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${url.pathname}${url.search}`)
}

/** With a local double in place nothing may leak to the internet, so an unknown host is an error, not a detour. */
function unmappedHost(host: string): Error {
  const name = host === CONTENT_HOST ? 'TWILIO_CONTENT_URL' : 'TWILIO_API_URL'
  return Object.assign(new Error(`Twilio is overridden, but ${host} is not: set ${name}`), {
    code: 'GATEHOUSE_UNMAPPED_HOST',
  })
}

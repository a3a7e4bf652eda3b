import type { Opened } from '../../core/channel.ts'
import { type SlackSettings, slackApiUrl } from './settings.ts'

export type FileLimits = { readonly maxBytes: number; readonly timeoutMs: number }

/** Fetches a file that somebody put into Slack, with our token, which goes to Slack's own file host and nowhere else. */
export async function openFile(ref: string, settings: SlackSettings, limits: FileLimits): Promise<Opened> {
  if (!isSlackFile(ref, settings)) return failed(true, 'the file is not kept at Slack, so it was not fetched')
  try {
    const headers = { authorization: `Bearer ${settings.botToken}` }
    const signal = AbortSignal.timeout(limits.timeoutMs)
    // A redirect would lead to a page to sign in at, or to where the token must not go.
    const response = await fetch(ref, { headers, redirect: 'manual', signal })
    const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
    if (!response.ok) {
      await response.body?.cancel()
      if (response.status >= 300 && response.status < 400) return failed(true, noScope)
      const isGone = response.status < 500 && response.status !== 429
      return failed(isGone, `Slack answered HTTP ${response.status} for the file`)
    }
    const bytes = await readUpTo(response, limits.maxBytes)
    if (bytes === undefined) return failed(true, `the file is larger than ${limits.maxBytes} bytes`)
    // Without the permission Slack answers with its sign-in page, and with success.
    if (contentType.startsWith('text/html')) return failed(true, noScope)
    return { ok: true, contentType, bytes }
  } catch {
    return failed(false, 'Slack did not hand over the file in time')
  }
}

const noScope = 'Slack did not let us read the file: the app needs the scope files:read'

function isSlackFile(ref: string, { apiUrl }: SlackSettings): boolean {
  if (!URL.canParse(ref)) return false
  const url = new URL(ref)
  if (url.username !== '' || url.password !== '') return false
  return apiUrl === slackApiUrl ? url.origin === 'https://files.slack.com' : url.origin === new URL(apiUrl).origin
}

/** Counts what arrives rather than trusting `Content-Length`; undefined above the limit. */
async function readUpTo(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const failed = (permanent: boolean, reason: string): Opened => ({ ok: false, permanent, reason })

import type { Opened } from '../../core/channel.ts'
import { notOpened, openedUpTo } from '../../core/opened.ts'
import { isSlackAddress, type SlackSettings } from './settings.ts'

export type FileLimits = { readonly maxBytes: number; readonly timeoutMs: number }

/** Fetches a file that somebody put into Slack, with our token, which goes to Slack's own file host and nowhere else. */
export async function openFile(ref: string, settings: SlackSettings, limits: FileLimits): Promise<Opened> {
  if (!isSlackAddress('files', ref, settings))
    return notOpened(true, 'the file is not kept at Slack, so it was not fetched')
  try {
    const headers = { authorization: `Bearer ${settings.botToken}` }
    const signal = AbortSignal.timeout(limits.timeoutMs)
    // A redirect would lead to a page to sign in at, or to where the token must not go.
    const response = await fetch(ref, { headers, redirect: 'manual', signal })
    if (!response.ok) {
      await response.body?.cancel()
      if (response.status >= 300 && response.status < 400) return notOpened(true, noScope)
      const isGone = response.status < 500 && response.status !== 429
      return notOpened(isGone, `Slack answered HTTP ${response.status} for the file`)
    }
    const opened = await openedUpTo(response, limits.maxBytes)
    // Without the permission Slack answers with its sign-in page, and with success.
    return opened.ok && opened.contentType.startsWith('text/html') ? notOpened(true, noScope) : opened
  } catch {
    return notOpened(false, 'Slack did not hand over the file in time')
  }
}

const noScope = 'Slack did not let us read the file: the app needs the scope files:read'

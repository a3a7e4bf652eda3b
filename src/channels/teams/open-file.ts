import type { Opened } from '../../core/channel.ts'
import { notOpened, openedUpTo } from '../../core/opened.ts'
import type { TeamsSettings } from './settings.ts'
import type { Tokens } from './token.ts'
import { isTrustedService } from './verify.ts'

export type FileLimits = { readonly maxBytes: number; readonly timeoutMs: number }

/** Files that people share are kept in the tenant's own OneDrive or SharePoint; the address carries its own permission. */
const stores = /^[a-z0-9-]+\.sharepoint\.com$/

/** Fetches a file that somebody sent: from the tenant's store without our token, or a picture from the connector with it. */
export async function openFile(
  ref: string,
  settings: TeamsSettings,
  { tokens, maxBytes, timeoutMs }: FileLimits & { readonly tokens: Tokens },
): Promise<Opened> {
  if (!isKept(ref, settings)) return notOpened(true, 'the file is not kept at Microsoft, so it was not fetched')
  try {
    const isOurs = isTrustedService(ref, settings)
    const headers = isOurs ? { authorization: `Bearer ${await tokens.current()}` } : {}
    // No redirect is followed: it would lead somewhere that was not checked.
    const response = await fetch(ref, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) {
      await response.body?.cancel()
      const isGone = response.status < 500 && response.status !== 429
      return notOpened(isGone, `Microsoft answered HTTP ${response.status} for the file`)
    }
    return await openedUpTo(response, maxBytes)
  } catch {
    return notOpened(false, 'Microsoft did not hand over the file in time')
  }
}

function isKept(ref: string, settings: TeamsSettings): boolean {
  if (!URL.canParse(ref)) return false
  const url = new URL(ref)
  if (url.username !== '' || url.password !== '') return false
  return isTrustedService(ref, settings) || (url.protocol === 'https:' && stores.test(url.hostname))
}

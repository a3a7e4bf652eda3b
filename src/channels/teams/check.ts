import type { CheckResult } from '../../core/channel.ts'
import { TokenRefusal } from './errors.ts'
import type { TeamsSettings } from './settings.ts'
import type { Tokens } from './token.ts'

/** Whether Microsoft gives out a token for our app, and whether the keys that callers are checked with can be had. */
export async function checkTeams(settings: TeamsSettings, tokens: Tokens, timeoutMs: number): Promise<CheckResult> {
  try {
    await tokens.fresh()
  } catch (error) {
    const { message, mend } = error instanceof TokenRefusal ? error : unexpected
    return { ok: false, detail: message, mend }
  }
  const keys = await fetch(settings.openIdUrl, { signal: AbortSignal.timeout(timeoutMs) }).then(
    async (response) => response.ok && 'jwks_uri' in Object(await response.json()),
    () => false,
  )
  if (keys) return { ok: true, detail: 'Microsoft accepts our app, and its keys can be read' }
  return {
    ok: false,
    detail: 'the keys with which Teams signs cannot be read, so everything from Teams would be refused',
    mend: `make sure that ${new URL(settings.openIdUrl).host} can be reached from here`,
  }
}

const unexpected = {
  message: 'no token could be had',
  mend: 'check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID',
}

import type { CheckResult } from '../../core/channel.ts'
import { failureOf } from './errors.ts'
import type { WebClient } from './web-client.ts'

/** What the desk uses, and why. `manifests/slack.yaml` asks for exactly these. */
export const requiredScopes = [
  'chat:write',
  'commands',
  'app_mentions:read',
  'channels:history',
  'groups:history',
  'im:history',
  'im:write',
  'files:read',
  'files:write',
] as const

/** The events that `read-event.ts` understands; the manifest subscribes to exactly these. */
export const usedEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
] as const

/** Whether Slack accepts our token and granted all we need. Slack names the granted scopes in a header. */
export async function checkSlack(
  client: WebClient,
  entranceFault: () => Promise<string | undefined>,
): Promise<CheckResult> {
  try {
    const answer = await client.auth.test()
    const granted = answer.response_metadata?.scopes
    const missing = granted === undefined ? [] : requiredScopes.filter((scope) => !granted.includes(scope))
    if (missing.length > 0) {
      const mend = `add ${missing.join(', ')} under OAuth & Permissions, then install the app again`
      return { ok: false, detail: `Slack did not grant: ${missing.join(', ')}`, mend }
    }
    const socketFault = await entranceFault()
    if (socketFault !== undefined) {
      const mend = 'check that Socket Mode is on and that SLACK_APP_TOKEN has the scope connections:write'
      return { ok: false, detail: `Socket Mode: ${socketFault}`, mend }
    }
    return { ok: true, detail: `connected to the workspace ${answer.team ?? ''}`.trim() }
  } catch (error) {
    const { reason } = failureOf(error)
    return { ok: false, detail: reason, mend: 'make sure that Slack can be reached and SLACK_BOT_TOKEN is right' }
  }
}

import type { SendResult } from '../../core/channel.ts'

export type Failure = Exclude<SendResult, { outcome: 'sent' }>

/** Slack's refusals that no repetition mends, and what an operator does about each. */
const permanent: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack knows no such channel, or the app is not in it: check the channel id and invite the app',
  not_in_channel: 'the app is not in this channel: invite it there with /invite @Gatehouse',
  is_archived: 'the channel is archived: unarchive it or name another one for this site',
  user_not_found: 'Slack knows no such person: check the Slack id of the staff member',
  users_not_found: 'Slack knows no such person: check the Slack id of the staff member',
  user_disabled: 'this Slack account is deactivated: update the staff list',
  cannot_dm_bot: 'this Slack id belongs to a bot: name a person',
  user_not_visible: 'the app may not see this person: check guest restrictions',
  restricted_action: 'a workspace rule forbids the app to post here: ask a Slack administrator',
  ekm_access_denied: 'the workspace suspended message sending (enterprise key management): ask a Slack administrator',
  account_inactive: 'the bot was deactivated or the app uninstalled: install it again and set SLACK_BOT_TOKEN',
  token_revoked: 'SLACK_BOT_TOKEN was revoked: install the app again and set the new one',
  token_expired: 'SLACK_BOT_TOKEN has expired: install the app again and set the new one',
  invalid_auth: 'Slack does not accept SLACK_BOT_TOKEN: copy it again from OAuth & Permissions',
  not_authed: 'Slack saw no token: set SLACK_BOT_TOKEN',
  not_allowed_token_type: 'SLACK_BOT_TOKEN is the wrong kind of token: use the one that starts with xoxb-',
  missing_scope: 'the app lacks a permission: add the scopes of manifests/slack.yaml and install it again',
  no_permission: 'the app lacks a permission: add the scopes of manifests/slack.yaml and install it again',
  org_login_required: 'the workspace is being moved to an organisation: ask a Slack administrator',
  team_access_not_granted: 'the app has no access to this workspace: install it there',
  msg_too_long: 'the text is longer than Slack allows',
  no_text: 'the message is empty',
  invalid_blocks: 'Slack refused the layout of this message: this is a fault in Gatehouse, please report it',
  invalid_blocks_format: 'Slack refused the layout of this message: this is a fault in Gatehouse, please report it',
}

/** Refusals that pass by themselves. Source: the error tables of chat.postMessage and conversations.open. */
const temporary: Readonly<Record<string, string>> = {
  ratelimited: 'Slack asks to slow down',
  rate_limited: 'Slack asks to slow down',
  message_limit_exceeded: 'the workspace reached its message limit for now',
  service_unavailable: 'Slack is not available for now',
  request_timeout: 'Slack did not receive the whole request',
  team_added_to_org: 'the workspace is being moved to an organisation',
  accesslimited: 'Slack limits access for now',
}

/** Slack documents that these may be answered after part of the work was done. */
const uncertain = new Set(['internal_error', 'fatal_error', 'failed_sending', 'failed_for_some'])

/** The connection was never made, so nothing can have been sent. Codes of Node, its resolver, TLS and undici. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/

/** Turns whatever Slack's client threw into what the outbox must know: gone for good, try later, or nobody knows. */
export function failureOf(error: unknown): Failure {
  const known = shapeOf(error)
  switch (known.code) {
    case 'slack_webapi_platform_error':
      return platformFailure(known.platformError, known.retryAfterSeconds)
    case 'slack_webapi_rate_limited_error':
      return refused(false, 'Slack asks to slow down', known.retryAfterSeconds)
    case 'slack_webapi_http_error':
      return httpFailure(known.status)
    case 'slack_webapi_request_error':
      return requestFailure(known.causes)
    default:
      // Bolt's client reports a 429 without Retry-After as a plain error; Slack sent nothing then.
      if (known.message.startsWith('Retry header')) return refused(false, 'Slack asks to slow down', 30)
      return { outcome: 'unknown', reason: 'the request to Slack ended in an unexpected way' }
  }
}

/** The short error name Slack answered with, such as `message_not_found`, or undefined for any other failure. */
export function platformErrorOf(error: unknown): string | undefined {
  const known = shapeOf(error)
  return known.code === 'slack_webapi_platform_error' ? known.platformError : undefined
}

function platformFailure(name: string | undefined, retryAfterSeconds: number | undefined): Failure {
  // Anything that is not a short name is a page from some proxy: it says nothing about the message, and may carry a body.
  if (name === undefined) return { outcome: 'unknown', reason: 'Slack answered something unreadable' }
  if (uncertain.has(name))
    return { outcome: 'unknown', reason: `Slack reported ${name}; the message may have been sent` }
  const passing = temporary[name]
  if (passing !== undefined) return refused(false, `${passing} (${name})`, retryAfterSeconds)
  const mend = permanent[name]
  return refused(true, mend === undefined ? `Slack refused the message (${name})` : `${mend} (${name})`)
}

function httpFailure(status: number | undefined): Failure {
  if (status !== undefined && status < 500) return refused(false, `Slack answered HTTP ${status}: check SLACK_API_URL`)
  return { outcome: 'unknown', reason: `Slack answered HTTP ${status ?? 'error'}; the message may have been sent` }
}

function requestFailure(causes: readonly string[]): Failure {
  const cause = causes.find((code) => neverConnected.test(code))
  if (cause !== undefined) return refused(false, `no connection to Slack (${cause})`)
  const isLate = causes.includes('TimeoutError')
  return { outcome: 'unknown', reason: isLate ? 'Slack did not answer in time' : 'the connection to Slack broke' }
}

function refused(isPermanent: boolean, reason: string, retryAfterSeconds?: number): Failure {
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
  return { outcome: 'refused', permanent: isPermanent, reason, ...later }
}

type ErrorShape = {
  readonly code: string
  readonly message: string
  readonly platformError: string | undefined
  readonly status: number | undefined
  readonly retryAfterSeconds: number | undefined
  readonly causes: readonly string[]
}

/** Reads errors by shape, not by class, so that classifying one does not load Slack's client. */
function shapeOf(error: unknown): ErrorShape {
  const top = recordOf(error)
  const data = recordOf(top.data)
  const name = data.error
  return {
    code: String(top.code ?? ''),
    message: String(top.message ?? ''),
    platformError: typeof name === 'string' && /^[a-z][a-z0-9_]{1,63}$/.test(name) ? name : undefined,
    status: numberOf(top.statusCode),
    retryAfterSeconds: numberOf(top.retryAfter) ?? numberOf(recordOf(data.response_metadata).retryAfter),
    causes: causesOf(top),
  }
}

/** Names and codes of an error and of everything that caused it; fetch hides the useful one two levels down. */
function causesOf(top: Record<string, unknown>): readonly string[] {
  const found: string[] = []
  let current = top
  for (let depth = 0; depth < 5 && Object.keys(current).length + (current instanceof Error ? 1 : 0) > 0; depth++) {
    found.push(String(current.code ?? ''), String(current.name ?? ''))
    const inside = Array.isArray(current.errors) ? current.errors[0] : undefined
    current = recordOf(current.original ?? current.cause ?? inside)
  }
  return found.filter((code) => code !== '')
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

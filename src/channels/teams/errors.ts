import type { SendResult } from '../../core/channel.ts'

export type Failure = Exclude<SendResult, { outcome: 'sent' }>

/**
 * Refusals after which this conversation takes nothing more from us, until somebody mends it.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability (status codes).
 */
const closed: Readonly<Record<string, string>> = {
  ConversationBlockedByUser: 'this person has blocked the Gatehouse app in Teams',
  BotNotInConversationRoster: 'the Gatehouse app is not installed there: add it to the team, the chat or the person',
  BotDisabledByAdmin: 'the tenant’s administrator has blocked the Gatehouse app',
  NotEnoughPermissions: 'the Gatehouse app may not write there: check the tenant’s app policies',
  MessageWritesBlocked: 'this person has blocked or uninstalled the Gatehouse app in Teams',
  InvalidBotApiHost: 'the Gatehouse app belongs to another cloud of Microsoft’s',
}

const permanent: Readonly<Record<string, string>> = {
  BotNotRegistered: 'Teams knows no bot with TEAMS_APP_ID: check the Azure Bot resource and its Teams channel',
  ConversationNotFound: 'Teams knows no such conversation: check the channel id',
  MessageSizeTooBig: 'the message is larger than Teams allows',
  BadSyntax: 'Teams could not read the message: this is a fault in Gatehouse, please report it',
  BadArgument: 'Teams refused the address or the layout: check the Teams ids in config/',
}

/** Nothing was done, so the call may be made again. */
const temporary: Readonly<Record<number, string>> = {
  408: 'Teams did not receive the whole request',
  412: 'Teams was busy with this conversation',
  429: 'Teams asks to slow down',
}

const defaultPauseSeconds = 5

/** The connection was never made, so nothing can have been sent. Codes of Node, its resolver and TLS. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/

/** No token could be had: nothing was asked of Teams yet. `mend` says what an operator does about it. */
export class TokenRefusal extends Error {
  readonly isPermanent: boolean
  readonly mend: string

  constructor(words: { readonly reason: string; readonly isPermanent: boolean; readonly mend: string }) {
    super(words.reason)
    this.isPermanent = words.isPermanent
    this.mend = words.mend
  }
}

/** Turns whatever the connector threw into what the outbox must know: gone for good, try later, or nobody knows. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TokenRefusal) return refused(error.isPermanent, error.message)
  const { status, name, retryAfterSeconds, causes } = shapeOf(error)
  if (status !== undefined) return answered(status, name, retryAfterSeconds)
  const cause = causes.find((code) => neverConnected.test(code))
  if (cause !== undefined) return refused(false, `no connection to Teams (${cause})`)
  const isLate = causes.some((code) => code === 'AbortError' || code === 'TimeoutError')
  return { outcome: 'unknown', reason: isLate ? 'Teams did not answer in time' : 'the connection to Teams broke' }
}

/** In words, when this error means that the conversation takes nothing more; undefined for any other error. */
export function closedBecause(error: unknown): string | undefined {
  const { status, name } = shapeOf(error)
  return status === 403 ? closedWords(name) : undefined
}

/** Whether the provider says that what was addressed is not there (any more). */
export const isGone = (error: unknown): boolean => shapeOf(error).status === 404

function answered(status: number, name: string | undefined, retryAfterSeconds: number | undefined): Failure {
  const shown = name === undefined ? `HTTP ${status}` : name
  const passing = temporary[status]
  if (passing !== undefined) return refused(false, `${passing} (${shown})`, retryAfterSeconds ?? defaultPauseSeconds)
  if (status >= 500)
    return { outcome: 'unknown', reason: `Teams answered HTTP ${status}; the message may have been sent` }
  if (status === 403) return refused(true, `${closedWords(name)} (${shown})`)
  if (status === 413) return refused(true, `${permanent.MessageSizeTooBig} (${shown})`)
  const mend = permanent[name ?? ''] ?? byStatus(status)
  return refused(true, `${mend} (${shown})`)
}

const closedWords = (name: string | undefined): string =>
  closed[name ?? ''] ?? 'Teams does not let the Gatehouse app write there: check that it is installed'

function byStatus(status: number): string {
  if (status === 401)
    return 'Teams does not accept our token: check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID'
  if (status === 404) return permanent.ConversationNotFound ?? ''
  return 'Teams refused the message'
}

function refused(isPermanent: boolean, reason: string, retryAfterSeconds?: number): Failure {
  const later = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
  return { outcome: 'refused', permanent: isPermanent, reason, ...later }
}

type ErrorShape = {
  readonly status: number | undefined
  /** The connector's short name of the error, such as `BotNotInConversationRoster`. */
  readonly name: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly causes: readonly string[]
}

/** Reads errors by shape, not by class, so that classifying one does not load the framework. */
function shapeOf(error: unknown): ErrorShape {
  const top = recordOf(error)
  const told = recordOf(recordOf(top.details).error)
  const inner = recordOf(told.innerHttpError)
  const names = [told.code, recordOf(inner.body).code, top.code].filter(isName)
  return {
    status: typeof top.statusCode === 'number' ? top.statusCode : undefined,
    name: names[0],
    retryAfterSeconds: retryAfterIn(recordOf(top.response).headers),
    causes: causesOf(top),
  }
}

/** Anything that is not a short name is a page from some proxy, and may carry a body. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z]\w{1,63}$/.test(value)

function retryAfterIn(headers: unknown): number | undefined {
  const get = (headers as { get?: (name: string) => string | undefined } | undefined)?.get
  const seconds = Number(get?.call(headers, 'retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}

/** Names and codes of an error and of everything that caused it. */
function causesOf(top: Record<string, unknown>): readonly string[] {
  const found: string[] = []
  let current = top
  for (let depth = 0; depth < 5 && (Object.keys(current).length > 0 || current instanceof Error); depth++) {
    found.push(String(current.code ?? ''), String(current.name ?? ''))
    current = recordOf(current.cause ?? current.original)
  }
  return found.filter((code) => code !== '')
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

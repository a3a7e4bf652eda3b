import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRecord, type Json, listOf, parsed, textOf } from '../slack/json.ts'
import type { Troubles } from '../slack/trouble.ts'
import { cardFaults } from './cards.ts'
import type { SignIn } from './sign-in.ts'
import { chatOf, type Message, personIn, type Tenant } from './tenant.ts'
import type { ConnectorTrouble } from './trouble.ts'

export type ConnectorOptions = {
  readonly tenant: Tenant
  readonly signIn: SignIn
  readonly appId: string
  readonly troubles: Troubles<ConnectorTrouble>
}

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

/** A refusal in the connector's own words. */
class ConnectorRefusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Teams refuses what is larger, counted as UTF-16. */
const mostBytes = 100 * 1024

/** The Bot Connector's REST API as far as an app of Teams calls it: `/v3/conversations/…`. Undefined: the answer never comes. */
export async function connectorAnswer(
  options: ConnectorOptions,
  request: IncomingMessage,
  text: string,
): Promise<Answer | undefined> {
  const trouble = options.troubles.take('connector')
  if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.milliseconds))
  const instead = insteadOf(trouble)
  if (instead !== undefined) return instead
  const answer = answered(options, request, text)
  if (trouble?.kind === 'silent') return undefined
  return trouble?.kind === 'failing-after' ? refusal(503, 'ServiceUnavailable', 'Try again later.') : answer
}

function insteadOf(trouble: ConnectorTrouble | undefined): Answer | undefined {
  if (trouble?.kind === 'failing') return refusal(500, 'ServiceError', 'Something failed.')
  if (trouble?.kind === 'refusing') return refusal(trouble.status, trouble.code, 'Refused.')
  if (trouble?.kind !== 'throttled') return undefined
  const { retryAfterSeconds: seconds } = trouble
  const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) }
  return { ...refusal(429, 'Throttled', 'Too many requests.'), headers }
}

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
})

function answered(options: ConnectorOptions, request: IncomingMessage, text: string): Answer {
  if (!options.signIn.accepts(request.headers.authorization)) return refusal(401, 'Unauthorized', 'No valid token.')
  const [, , , conversation, area, id] = (request.url ?? '').split('?')[0]?.split('/').map(decodeURIComponent) ?? []
  const body = parsed(text)
  try {
    return act(options, { method: request.method ?? '', conversation, area, id, body: isRecord(body) ? body : {} })
  } catch (error) {
    if (!(error instanceof ConnectorRefusal)) throw error
    return refusal(error.status, error.code, error.message)
  }
}

type Call = {
  readonly method: string
  readonly conversation: string | undefined
  readonly area: string | undefined
  readonly id: string | undefined
  readonly body: Json
}

function act({ tenant, appId }: ConnectorOptions, { method, conversation, area, id, body }: Call): Answer {
  if (conversation === undefined && method === 'POST') return create(tenant, appId, body)
  if (conversation === undefined) throw new ConnectorRefusal(404, 'NotFound', 'No such address.')
  if (area === 'members' || area === 'pagedmembers') return members(tenant, area)
  if (area !== 'activities') throw new ConnectorRefusal(404, 'NotFound', 'No such address.')
  const place = placeOf(tenant, conversation)
  if (method === 'POST') {
    const threadOf = id ?? /;messageid=(\d+)$/.exec(conversation)?.[1]
    return { status: 201, body: { id: post(tenant, appId, { place, threadOf, body }).id } }
  }
  const message = tenant.find(id ?? '')
  if (message === undefined || message.isDeleted || message.place !== place)
    throw new ConnectorRefusal(404, 'ActivityNotFoundInConversation', 'No such activity.')
  if (method === 'PUT') return change(tenant, message, body)
  message.isDeleted = true
  tenant.changed()
  return { status: 200, body: {} }
}

/** Opens the chat with one person, whether they are named by Entra's id or by Teams' own. */
function create(tenant: Tenant, appId: string, body: Json): Answer {
  const member = listOf(body, 'members').map((each) => textOf(each, 'id'))[0]
  if (textOf(body.bot, 'id') !== `28:${appId}`) throw new ConnectorRefusal(400, 'BadArgument', 'Not this bot.')
  if (textOf(body, 'tenantId') !== tenant.id) throw new ConnectorRefusal(400, 'BadArgument', 'Unknown tenant.')
  if (member === undefined || !tenant.people.has(member))
    throw new ConnectorRefusal(400, 'BadArgument', 'Failed to decrypt the pairwise id.')
  const place = chatOf(member)
  allow(tenant, place)
  return { status: 201, body: { id: place } }
}

function placeOf(tenant: Tenant, conversation: string): string {
  const place = conversation.replace(/;messageid=\d+$/, '')
  const person = personIn(place)
  const isKnown = person === undefined ? tenant.channels.has(place) : tenant.people.has(person)
  if (!isKnown) throw new ConnectorRefusal(404, 'ConversationNotFound', 'No such conversation.')
  allow(tenant, place)
  return place
}

function allow(tenant: Tenant, place: string): void {
  const person = personIn(place) ?? ''
  if (tenant.blockedBy.has(person))
    throw new ConnectorRefusal(403, 'ConversationBlockedByUser', 'User blocked the bot.')
  if (tenant.without.has(person))
    throw new ConnectorRefusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}

type Posted = { readonly place: string; readonly threadOf: string | undefined; readonly body: Json }

function post(tenant: Tenant, appId: string, { place, threadOf, body }: Posted): Message {
  const shown = contentOf(body)
  const isThread = place.startsWith('19:') && threadOf !== undefined
  if (isThread && tenant.find(threadOf)?.place !== place)
    throw new ConnectorRefusal(404, 'ConversationNotFound', 'No such thread.')
  return tenant.add({ place, author: appId, ...shown, ...(isThread && { threadOf }) })
}

function change(tenant: Tenant, message: Message, body: Json): Answer {
  Object.assign(message, contentOf(body), { isEdited: true })
  tenant.changed()
  return { status: 200, body: { id: message.id } }
}

type Content = { readonly text: string; readonly cards: readonly Json[]; readonly files?: readonly string[] }

function contentOf(body: Json): Content {
  if (2 * JSON.stringify(body).length > mostBytes)
    throw new ConnectorRefusal(413, 'MessageSizeTooBig', 'Message size too large.')
  if (body.type !== 'message') throw new ConnectorRefusal(400, 'BadSyntax', 'Only messages are taken here.')
  const text = textOf(body, 'text') ?? ''
  const cards = listOf(body, 'attachments').flatMap((each) => {
    const content = isRecord(each) ? each.content : undefined
    if (textOf(each, 'contentType') !== 'application/vnd.microsoft.card.adaptive' || !isRecord(content)) return []
    const faults = cardFaults(content)
    if (faults.length > 0) throw new ConnectorRefusal(400, 'BadArgument', faults.join('; '))
    return [content]
  })
  const files = listOf(body, 'attachments').flatMap((each) => {
    if (textOf(each, 'contentType')?.startsWith('image/') !== true) return []
    if (!URL.canParse(textOf(each, 'contentUrl') ?? ''))
      throw new ConnectorRefusal(400, 'BadArgument', 'A picture needs an address.')
    return [textOf(each, 'contentUrl') ?? '']
  })
  if (text === '' && cards.length === 0) throw new ConnectorRefusal(400, 'BadSyntax', 'Activity must have content.')
  return { text, cards, ...(files.length > 0 && { files }) }
}

function members({ people }: Tenant, area: 'members' | 'pagedmembers'): Answer {
  const all = [...people.values()].map(({ id, name }) => ({ id: `29:${id}`, name, aadObjectId: id }))
  return { status: 200, body: area === 'members' ? all : { members: all } }
}

export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

import { type Accepted, acceptMessage } from './accept.ts'
import type { LocalMessage, MessageBook } from './message-book.ts'
import {
  accountJson,
  contentJson,
  errorJson,
  type Json,
  type LocalTemplate,
  listJson,
  mediaJson,
  messageJson,
} from './wire.ts'

export type ApiRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly authorization: string | undefined
}

export type ApiAnswer = { readonly status: number; readonly json?: Json; readonly location?: string }

export type ApiContext = {
  readonly accountSid: string
  readonly authToken: string
  readonly book: MessageBook
  readonly templates: readonly LocalTemplate[]
  readonly numbers: readonly { readonly channel: 'sms' | 'whatsapp'; readonly number: string }[]
  readonly now: () => Date
  /** Takes an accepted message into the book and lets it go on its way. */
  readonly take: (accepted: Accepted) => LocalMessage
  readonly mediaUrl: (mediaSid: string) => string
}

type Handler = (request: ApiRequest, context: ApiContext, ids: readonly string[]) => ApiAnswer

const ACCOUNT = String.raw`/2010-04-01/Accounts/(AC\w+)`

const ROUTES: readonly { readonly method: string; readonly path: RegExp; readonly handle: Handler }[] = [
  { method: 'GET', path: new RegExp(`^${ACCOUNT}\\.json$`), handle: fetchAccount },
  { method: 'POST', path: new RegExp(`^${ACCOUNT}/Messages\\.json$`), handle: createMessage },
  { method: 'GET', path: new RegExp(`^${ACCOUNT}/Messages\\.json$`), handle: listMessages },
  { method: 'GET', path: new RegExp(`^${ACCOUNT}/Messages/(\\w+)\\.json$`), handle: fetchMessage },
  { method: 'POST', path: new RegExp(`^${ACCOUNT}/Messages/(\\w+)\\.json$`), handle: redactMessage },
  { method: 'DELETE', path: new RegExp(`^${ACCOUNT}/Messages/(\\w+)\\.json$`), handle: removeMessage },
  { method: 'GET', path: new RegExp(`^${ACCOUNT}/Messages/(\\w+)/Media\\.json$`), handle: listMedia },
  { method: 'GET', path: new RegExp(`^${ACCOUNT}/Messages/(\\w+)/Media/(\\w+)$`), handle: fetchMedia },
  { method: 'GET', path: /^\/v1\/Content$/, handle: listContent },
  { method: 'GET', path: /^\/v1\/Content\/(\w+)$/, handle: fetchContent },
]

/** Answers a REST request as Twilio would: credentials first, then the account, then the resource. */
export function answerRest(request: ApiRequest, context: ApiContext): ApiAnswer {
  if (!isAuthorised(request, context)) return failure(401, 20003, 'Authenticate')
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.path.exec(request.path) : null
    if (match === null) continue
    const ids = match.slice(1)
    if (ids[0]?.startsWith('AC') && ids[0] !== context.accountSid) return notFound(request.path)
    return route.handle(request, context, ids)
  }
  return notFound(request.path)
}

function isAuthorised({ authorization }: ApiRequest, { accountSid, authToken }: ApiContext): boolean {
  return authorization === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
}

function fetchAccount(_request: ApiRequest, { accountSid, now }: ApiContext): ApiAnswer {
  return { status: 200, json: accountJson(accountSid, now()) }
}

function createMessage({ form }: ApiRequest, context: ApiContext): ApiAnswer {
  const accepted = acceptMessage(form, context)
  if (!accepted.ok) return failure(400, accepted.code, accepted.message)
  return { status: 201, json: messageJson(context.accountSid, context.take(accepted)) }
}

function listMessages({ path, query }: ApiRequest, { accountSid, book }: ApiContext): ApiAnswer {
  const items = book
    .all()
    .map((message) => ({ message, json: messageJson(accountSid, message) }))
    .filter(({ json }) =>
      ['To', 'From'].every((name) => !query.has(name) || query.get(name) === json[name.toLowerCase()]),
    )
    .filter(({ message }) => isSentWithin(message, query))
    .map(({ json }) => json)
  return { status: 200, json: listJson('messages', items, { path, query }) }
}

/** `DateSent>` and `DateSent<` include their own moment; a message that waits counts from when it was made. */
function isSentWithin(message: LocalMessage, query: URLSearchParams): boolean {
  const at = Math.floor((message.sentAt ?? message.createdAt).getTime() / 1000) * 1000
  const after = query.get('DateSent>')
  const before = query.get('DateSent<')
  return (after === null || at >= Date.parse(after)) && (before === null || at <= Date.parse(before))
}

function fetchMessage(
  { path }: ApiRequest,
  { accountSid, book }: ApiContext,
  [, sid = '']: readonly string[],
): ApiAnswer {
  const message = book.find(sid)
  return message ? { status: 200, json: messageJson(accountSid, message) } : notFound(path)
}

/** An empty `Body` redacts a message; nothing else about it can be changed. */
function redactMessage(
  request: ApiRequest,
  { accountSid, book, now }: ApiContext,
  [, sid = '']: readonly string[],
): ApiAnswer {
  if (request.form.get('Body') !== '') return failure(400, 20001, 'Only an empty Body can be set')
  const message = book.change(sid, { body: '', updatedAt: now() })
  return message ? { status: 200, json: messageJson(accountSid, message) } : notFound(request.path)
}

function removeMessage({ path }: ApiRequest, { book }: ApiContext, [, sid = '']: readonly string[]): ApiAnswer {
  return book.remove(sid) ? { status: 204 } : notFound(path)
}

function listMedia(
  { path, query }: ApiRequest,
  { accountSid, book }: ApiContext,
  [, sid = '']: readonly string[],
): ApiAnswer {
  const message = book.find(sid)
  if (message === undefined) return notFound(path)
  const items = message.media.map((media) => mediaJson(accountSid, message, media))
  return { status: 200, json: listJson('media_list', items, { path, query }) }
}

/** A file itself lies in a store elsewhere: the API only redirects there. */
function fetchMedia(
  { path }: ApiRequest,
  context: ApiContext,
  [, sid = '', mediaSid = '']: readonly string[],
): ApiAnswer {
  const media = context.book.find(sid)?.media.find((each) => each.sid === mediaSid)
  return media ? { status: 307, location: context.mediaUrl(media.sid) } : notFound(path)
}

function fetchContent({ path }: ApiRequest, context: ApiContext, [sid]: readonly string[]): ApiAnswer {
  const template = context.templates.find((each) => each.sid === sid)
  return template ? { status: 200, json: contentJson(context.accountSid, template, context.now()) } : notFound(path)
}

function listContent(_request: ApiRequest, { accountSid, templates, now }: ApiContext): ApiAnswer {
  const url = 'https://content.twilio.com/v1/Content?PageSize=50&Page=0'
  const contents = templates.map((template) => contentJson(accountSid, template, now()))
  const meta = {
    first_page_url: url,
    key: 'contents',
    next_page_url: null,
    page: 0,
    page_size: 50,
    previous_page_url: null,
    url,
  }
  return { status: 200, json: { contents, meta } }
}

function notFound(path: string): ApiAnswer {
  return failure(404, 20404, `The requested resource ${path} was not found`)
}

export function failure(status: number, code: number, message: string): ApiAnswer {
  return { status, json: errorJson(status, code, message) }
}

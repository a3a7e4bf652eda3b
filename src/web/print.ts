import type { CaseList, CaseRecord } from '../core/case-list.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import { deliveryWords } from '../core/desk/delivery-words.ts'
import { isPrintLink } from '../core/desk/print-link.ts'
import { senderWords } from '../core/desk/sender-words.ts'
import { aboutCustomer, actWords } from '../core/desk/show-case.ts'
import type { ThreadEntry } from '../core/ports.ts'
import { problem } from './problem.ts'
import type { Guarded } from './server.ts'

export type PrintDeps = {
  readonly cases: Pick<CaseList, 'record'>
  readonly key: string
  readonly now: () => Date
  readonly siteName: (site: string) => string
  readonly time: (at: Date, site: string) => string
}

/** One whole case on paper, behind a signed link that ends: public as a route, closed without a valid signature. */
export const printRoutes = (deps: PrintDeps): readonly Guarded[] => [
  { method: 'GET', path: '/print/:ref', maxBytes: 0, access: 'public', handle: (request) => print(request, deps) },
]

async function print({ url }: HttpRequest, deps: PrintDeps): Promise<HttpResponse> {
  const { pathname, searchParams } = new URL(url, 'http://gatehouse')
  const caseId = decodeURIComponent(pathname.slice('/print/'.length))
  if (!isPrintLink(caseId, searchParams, deps.key, deps.now()))
    return problem(403, 'This link is not valid any more. Ask for another one with the command "print".')
  const record = await deps.cases.record(caseId)
  if (record === undefined) return problem(404, 'There is no such case.')
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  }
  return { status: 200, headers, body: pageOf(record, deps) }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const style = `body{font:11pt/1.4 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1rem;margin-top:1.5rem}table{border-collapse:collapse;width:100%}
td{border-top:1px solid #ccc;padding:.3rem .5rem .3rem 0;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}
td:first-child{white-space:nowrap;color:#444}@media print{body{margin:0}}`

type Row = readonly [left: string, right: string]

function pageOf({ ref, state, thread, log }: CaseRecord, { now, time, siteName }: PrintDeps): string {
  if (state.status === 'none') return ''
  const at = (instant: Date) => time(instant, state.site)
  const facts: Row[] = [
    ['Site', siteName(state.site)],
    ['Status', state.status === 'owned' ? `with ${state.owner.name}` : state.status],
    ['Kind', `${state.kind.replace(/_/g, ' ')}, ${state.category.replace(/_/g, ' ')}, severity ${state.severity}`],
    ['Opened', at(state.openedAt)],
    ...(state.status === 'closed' ? [['Closed', `${at(state.closedAt)}, ${state.outcome}`] as const] : []),
    ...aboutCustomer(state).map(({ title, detail }): Row => [title, detail]),
  ]
  const said = thread.map(
    (one): Row => [
      `${at(one.at)} ${one.direction === 'in' ? 'customer' : 'us'}, ${one.channel}`,
      one.direction === 'in' ? receivedWords(one) : `${one.text}\n(${deliveryWords(one)})`,
    ],
  )
  const done = log.map(({ event }): Row => [at(event.at), actWords(event)])
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(ref)}</title>`,
    `<style>${style}</style></head><body><h1>${escaped(ref)}</h1>`,
    ...[table('Facts', facts), table('What was said', said), table('What was done', done)],
    `<p>Printed ${escaped(at(now()))}. Holds personal data: keep it no longer than needed.</p></body></html>`,
  ].join('\n')
}

const receivedWords = ({ text, authenticity }: ThreadEntry): string =>
  authenticity === undefined ? text : `${text}\n(sender ${senderWords(authenticity).short})`

const table = (title: string, rows: readonly Row[]): string =>
  `<h2>${escaped(title)}</h2><table>${rows
    .map(([left, right]) => `<tr><td>${escaped(left)}</td><td>${escaped(right)}</td></tr>`)
    .join('')}</table>`

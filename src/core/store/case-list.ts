import type { CaseState } from '../case/state.ts'
import { dueAtOf } from '../case/state.ts'
import type { CaseFilter, CaseList, CasePage, CaseRecord, CaseSummary, PageProof } from '../case-list.ts'
import type { OutboundMessage } from '../message.ts'
import type { InboxStore, Purpose } from '../ports.ts'
import type { Models } from './models.ts'
import type { Stores } from './stores.ts'

type Document = Record<string, unknown>

const customerChannels = ['sms', 'whatsapp', 'email', 'slack', 'teams']
const threadLimit = 500

export function createCaseList(models: Models, stores: Stores): CaseList {
  return {
    page: (filter) => page(models, stores, filter),
    record: async (caseId) => {
      const { state, version } = await stores.cases.load(caseId)
      if (state.status === 'none') return undefined
      const [incoming, outgoing, log, pages, receipt] = await Promise.all([
        stores.inbox.thread(caseId, threadLimit),
        stores.outbox.thread(caseId, threadLimit),
        stores.cases.log(caseId),
        pagesOf(models, caseId),
        receiptOf(models, caseId),
      ])
      const thread = [...incoming, ...outgoing].sort((a, b) => a.at.getTime() - b.at.getTime())
      return { ref: caseId, state, version, thread, log, pages, ...(receipt && { receipt }) } satisfies CaseRecord
    },
  }
}

async function page({ cases }: Models, stores: Stores, filter: CaseFilter): Promise<CasePage> {
  const found = await cases.collection
    .find(queryOf(filter), { projection: { state: 1, updatedAt: 1 } })
    .sort({ openedAt: -1, _id: -1 })
    .limit(filter.limit + 1)
    .toArray()
  const shown = found.slice(0, filter.limit)
  const summaries = await Promise.all(shown.map((document) => summaryOf(document, stores)))
  const last = shown.at(-1)
  return { cases: summaries, ...(found.length > shown.length && last && { next: cursorOf(last) }) }
}

function queryOf({ status, kind, site, owner, q, cursor }: CaseFilter): object {
  return {
    ...(status !== undefined && { status }),
    ...(kind !== undefined && { kind }),
    ...(site !== undefined && { site }),
    ...(owner !== undefined && { owner }),
    ...(q !== undefined && searchFor(q.trim())),
    ...(cursor !== undefined && after(cursor)),
  }
}

/** Whole case numbers and whole addresses only: a search that needs no index scan and cannot be used to guess. */
export const searchFor = (q: string): object =>
  /^GH-\d{4}-\d+$/i.test(q)
    ? { _id: q.toUpperCase() }
    : { customer: { $in: customerChannels.map((channel) => `${channel}:${q}`) } }

const cursorOf = (document: Document): string =>
  Buffer.from(`${(document.state as { openedAt: Date }).openedAt.toISOString()} ${String(document._id)}`).toString(
    'base64url',
  )

function after(cursor: string): object {
  const [openedAt, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const at = new Date(openedAt ?? '')
  if (id === undefined || Number.isNaN(at.getTime())) throw new RangeError('this cursor is not one of ours')
  return { $or: [{ openedAt: { $lt: at } }, { openedAt: at, _id: { $lt: id } }] }
}

/** A case as a line of a list. */
export async function summaryOf(
  document: Document,
  { inbox }: { readonly inbox: Pick<InboxStore, 'thread'> },
): Promise<CaseSummary> {
  const state = document.state as Exclude<CaseState, { status: 'none' }>
  const [last] = await inbox.thread(state.caseId, 1)
  const dueAt = dueAtOf(state)
  const { site, kind, category, severity, language, openedAt, status } = state
  return {
    ref: state.caseId,
    ...{ status, site, kind, category, severity, language, openedAt },
    channel: state.customer.channel,
    updatedAt: document.updatedAt as Date,
    ...(state.status === 'owned' && { owner: state.owner }),
    ...(dueAt && { dueAt }),
    ...(last && { lastMessage: last.text }),
  }
}

async function receiptOf({ outbox }: Models, caseId: string): Promise<CaseRecord['receipt']> {
  const found = outbox.collection.find({ caseId, 'message.audience': 'customer' }).sort({ queuedAt: 1 }).limit(1)
  const [first] = await found.toArray()
  if (first === undefined) return undefined
  return {
    queuedAt: first.queuedAt as Date,
    ...(first.sentAt instanceof Date && { acceptedAt: first.sentAt }),
  }
}

/** For every page of a case: who, how, and how far it came. */
async function pagesOf({ outbox }: Models, caseId: string): Promise<readonly PageProof[]> {
  const rows = await outbox.collection
    .find({ caseId, 'purpose.type': 'page' })
    .sort({ queuedAt: 1 })
    .limit(threadLimit)
    .toArray()
  return rows.map((row) => {
    const purpose = row.purpose as Extract<Purpose, { type: 'page' }>
    const instants = { acceptedAt: row.sentAt, deliveredAt: row.deliveredAt, readAt: row.readAt }
    const known = Object.fromEntries(Object.entries(instants).filter(([, value]) => value instanceof Date))
    return {
      id: String(row._id),
      ...{ person: purpose.person, occasion: purpose.occasion, queuedAt: row.queuedAt as Date },
      channel: (row.message as OutboundMessage).to.channel,
      state: String(row.delivery ?? row.state),
      ...(typeof row.providerId === 'string' && { providerId: row.providerId }),
      ...(typeof row.reason === 'string' && { reason: row.reason }),
      ...known,
    }
  })
}

import type { CaseFile, CaseState } from '../case/state.ts'
import type { CaseSummary } from '../case-list.ts'
import type { Quarantined, WorkList } from '../desk/desk-deps.ts'
import type { InboxStore } from '../ports.ts'
import { searchFor, summaryOf } from './case-list.ts'
import { channelsIn } from './inbox-store.ts'
import type { Models } from './models.ts'

/** A line of a list, and whom the case is about: it is hidden from them. */
export type WorkRow = CaseSummary & Pick<CaseFile, 'about' | 'suspected'>

export type WorkLists = {
  readonly cases: (list: WorkList) => Promise<readonly WorkRow[]>
  readonly quarantined: (limit: number) => Promise<readonly Quarantined[]>
  readonly release: (id: string, released: { readonly at: Date; readonly by: string }) => Promise<boolean>
}

type Query = { readonly filter: object; readonly sort: Readonly<Record<string, 1 | -1>> }

/** Lists for people at the desk, each from one index and bounded. */
export function createWorkLists(models: Models, inbox: Pick<InboxStore, 'thread'>): WorkLists {
  const cases = models.cases.collection
  return {
    cases: async (list) => {
      const { filter, sort } = queryOf(list)
      const found = await cases
        .find(filter, { projection: { state: 1, updatedAt: 1 } })
        .sort(sort)
        .limit(list.limit)
        .toArray()
      return Promise.all(
        found.map(async (document) => {
          const { about = [], suspected = [] } = document.state as Exclude<CaseState, { readonly status: 'none' }>
          return { ...(await summaryOf(document, { inbox })), about, suspected }
        }),
      )
    },
    quarantined: async (limit) => {
      const found = [...(await quarantined(models, limit)), ...(await suppressedMail(models, limit))]
      return found.sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime()).slice(0, limit)
    },
    release: async (id, { at, by }) => {
      const [row] = await models.inbox.collection
        .find({ _id: id } as object)
        .limit(1)
        .toArray()
      if (row?.state !== 'quarantined' && row?.releasableAt === undefined) return false
      const waitsIn = row.kind === 'report' ? id : row.conversation
      const set = { state: 'pending', attempts: 0, nextAt: at, waitsIn, releasedBy: by }
      // Of two people who release it at once, one does.
      const filter = { _id: id, state: row.state } as object
      const unset = { endedAt: true, releasableAt: true, reason: true }
      const { matchedCount } = await models.inbox.collection.updateOne(filter, { $set: set, $unset: unset })
      return matchedCount === 1
    },
  }
}

function queryOf(list: WorkList): Query {
  switch (list.of) {
    case 'owner':
      return { filter: { owner: list.person }, sort: { openedAt: -1, _id: -1 } }
    case 'offered':
      return { filter: { offeredTo: list.person }, sort: { openedAt: 1 } }
    case 'site': {
      const dueAt = { $gt: new Date(0), ...(list.dueBy && { $lte: list.dueBy }) }
      return { filter: { site: list.site, dueAt }, sort: { dueAt: 1 } }
    }
    case 'search':
      return { filter: searchFor(list.q), sort: { openedAt: -1, _id: -1 } }
  }
}

/** By channel, because that is how the ledger's index finds them; nothing of what they say. */
async function quarantined({ inbox }: Models, limit: number): Promise<readonly Quarantined[]> {
  const found: Quarantined[] = []
  for (const channel of await channelsIn(inbox)) {
    const kind = { $in: ['message', 'action'] }
    const projection = { channel: 1, receivedAt: 1, reason: 1 }
    const rows = inbox.collection.find({ channel, kind, state: 'quarantined' }, { projection }).limit(limit)
    for (const row of await rows.toArray()) found.push(setAside(row))
  }
  return found
}

/** The newest mails that were taken for a machine's. */
async function suppressedMail({ inbox }: Models, limit: number): Promise<readonly Quarantined[]> {
  const projection = { channel: 1, receivedAt: 1, reason: 1 }
  const rows = inbox.collection.find({ releasableAt: { $gt: new Date(0) } }, { projection })
  const found = await rows.sort({ releasableAt: -1 }).limit(limit).toArray()
  return found.map((row) => setAside({ ...row, reason: `suppressed: ${row.reason}` }))
}

const setAside = (row: Record<string, unknown>): Quarantined => ({
  id: String(row._id),
  channel: String(row.channel),
  receivedAt: row.receivedAt as Date,
  reason: String(row.reason ?? ''),
})

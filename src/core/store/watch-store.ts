import type { CaseState } from '../case/state.ts'
import type { GapAlert } from '../duty/gaps.ts'
import type { HandOverItem } from '../duty/hand-over.ts'
import type { AuditStore, Cursor } from '../watch/auditor.ts'
import type { CoverageDeps } from '../watch/coverage.ts'
import type { Said } from '../watch/notify.ts'
import type { Models } from './models.ts'

const openStatuses = ['paging', 'exhausted', 'owned', 'with-bot'] as const
const mostTold = 2_000

export type WatchStore = {
  readonly said: Said
  readonly audit: AuditStore
  readonly gapsTold: CoverageDeps['told']
  openWorkOf(person: string, limit: number): Promise<readonly HandOverItem[]>
  failedSince(from: Date, limit: number): Promise<readonly { person: string; method: number; reason: string }[]>
}

/** What the watchdog reads and remembers; every query by an index and with a limit. */
export function createWatchStore(models: Models): WatchStore {
  const { cases, outbox, said } = models
  return {
    said: {
      has: async (id) => (await said.collection.findOne({ _id: id } as object, { projection: { _id: 1 } })) !== null,
      mark: async (id, at) => {
        await said.collection.updateOne({ _id: id } as object, { $set: { at } }, { upsert: true })
      },
    },
    audit: auditStore(models),
    gapsTold: {
      load: async (from) => {
        const found = said.collection.find({ gapEndsAt: { $gte: from } }).limit(mostTold)
        return (await found.toArray()).map(({ gap }) => gap as GapAlert)
      },
      add: async (gap) => {
        const { site, group, rule, stage, startAt, endAt } = gap
        const id = `gap-told:${site}:${group}:${rule}:${stage}:${startAt.toISOString()}`
        const set = { at: new Date(), gap, gapEndsAt: endAt }
        await said.collection.updateOne({ _id: id } as object, { $set: set }, { upsert: true })
      },
    },
    openWorkOf: async (owner, limit) => {
      const found = cases.collection.find({ owner }, { projection: { state: 1 } }).sort({ openedAt: -1, _id: -1 })
      return (await found.limit(limit).toArray()).flatMap(({ state }) => itemOf(state as CaseState))
    },
    failedSince: async (from, limit) => {
      const found = outbox.collection.find({ state: 'failed', queuedAt: { $gte: from } }).sort({ queuedAt: 1 })
      return (await found.limit(limit).toArray()).flatMap(({ purpose, reason }) => {
        const { person, method } = purpose as { person?: string; method?: number }
        return person === undefined || method === undefined ? [] : [{ person, method, reason: String(reason) }]
      })
    },
  }
}

function itemOf(state: CaseState): HandOverItem[] {
  if (state.status !== 'owned') return []
  const { caseId, owner, kind, severity } = state
  return [{ caseId, owner: owner.id, headline: `${kind}, severity ${severity}` }]
}

function auditStore({ cases, outbox }: Models): AuditStore {
  return {
    overdue: async (before, limit) => {
      const found = cases.collection.find({ dueAt: { $lt: before } }, { projection: { _id: 1 } }).sort({ dueAt: 1 })
      return (await found.limit(limit).toArray()).map(({ _id }) => String(_id))
    },
    openAfter: async (cursor, limit) => {
      const status = cursor?.status ?? openStatuses[0]
      const older = cursor && {
        $or: [{ openedAt: { $lt: cursor.openedAt } }, { openedAt: cursor.openedAt, _id: { $lt: cursor.caseId } }],
      }
      const filter = { status, ...(older && { openedAt: { $lte: cursor.openedAt }, ...older }) } as object
      const found = cases.collection.find(filter, { projection: { state: 1, dueAt: 1, openedAt: 1 } })
      const rows = await found.sort({ openedAt: -1, _id: -1 }).limit(limit).toArray()
      const checked = rows.map(({ _id, state, dueAt }) => ({
        id: String(_id),
        state: state as CaseState,
        isTimed: dueAt !== undefined,
      }))
      return { cases: checked, next: nextCursor(rows, status, limit) }
    },
    undecided: async (before, limit) => {
      const projection = { caseId: 1, attempts: 1, nextAt: 1 }
      const find = (state: string) =>
        outbox.collection
          .find({ state, queuedAt: { $lt: before } }, { projection })
          .limit(limit)
          .toArray()
      const found = (await Promise.all(['queued', 'sending'].map(find))).flat()
      // Held back on purpose is no finding: then nothing was tried, and its time lies ahead.
      const stuck = found.filter(
        ({ attempts, nextAt }) => Number(attempts) > 0 || !(nextAt instanceof Date) || nextAt < before,
      )
      return stuck.map(({ _id, caseId }) => ({
        id: String(_id),
        ...(caseId !== undefined && { caseId: String(caseId) }),
      }))
    },
  }
}

type Row = { readonly _id: unknown; readonly openedAt?: unknown }

/** On through this status, then to the next one, then from the beginning. */
function nextCursor(rows: readonly Row[], status: string, limit: number): Cursor | undefined {
  const last = rows.at(-1)
  if (rows.length === limit && last) return { status, openedAt: last.openedAt as Date, caseId: String(last._id) }
  const following = openStatuses[openStatuses.indexOf(status as never) + 1]
  return following && { status: following, openedAt: new Date('9999-01-01T00:00:00Z'), caseId: '' }
}

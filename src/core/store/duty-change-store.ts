import type { Closure } from '../calendar/closures.ts'
import type { DutyChangeStore } from '../duty/live-duty.ts'
import type { Override } from '../duty/rosters.ts'
import type { VerifiedContact } from '../duty/verified.ts'
import { insertTogether } from './grouped.ts'
import type { Models } from './models.ts'

type Change = Override | Closure | VerifiedContact

/** An open closure matters until it is lowered. */
const forever = new Date('9999-01-01T00:00:00Z')
/** What was due over a closure is computed again long after it: as long as the longest promise (40 days) may run. */
const closureCountsMs = 60 * 86_400_000
const countsUntil = (endAt: Date): Date => new Date(endAt.getTime() + closureCountsMs)

function mattersUntil(type: string, change: Change): Date {
  const endAt = 'endAt' in change ? change.endAt : undefined
  if (endAt === undefined) return forever
  return type === 'closure' ? countsUntil(endAt) : endAt
}

/** Far above what a year of swaps makes in the days that are kept. */
const mostChanges = 5_000

/** Overrides and closures in one collection, in the order of a counter that every process shares. */
export function createDutyChangeStore(models: Models): DutyChangeStore {
  const rows = models.duty_changes.collection
  const insertRows = insertTogether(models.duty_changes)
  const counter = { _id: 'duty-changes' } as object
  const next = async (): Promise<number> => {
    const found = await models.counters.collection.findOneAndUpdate(
      counter,
      { $inc: { n: 1 } },
      { upsert: true, returnDocument: 'after' },
    )
    return Number(found?.n)
  }
  const insert = async (type: 'override' | 'closure' | 'contact', changes: readonly Change[]) => {
    const seq = await next()
    await insertRows(
      changes.map((change, i) => ({
        ...{ _id: `${type}:${change.id}`, type, change, order: seq + i / 1_000 },
        mattersUntil: mattersUntil(type, change),
      })),
    )
    await next()
  }
  return {
    version: async () => Number((await models.counters.collection.findOne(counter))?.n ?? 0),
    load: async (from) => {
      const found = await rows
        .find({ mattersUntil: { $gte: from } })
        .limit(mostChanges)
        .toArray()
      const ordered = found.sort((a, b) => Number(a.order) - Number(b.order))
      return {
        overrides: ordered.filter(({ type }) => type === 'override').map(({ change }) => change as Override),
        contacts: ordered.filter(({ type }) => type === 'contact').map(({ change }) => change as VerifiedContact),
        closures: ordered.filter(({ type }) => type === 'closure').map(({ change }) => change as Closure),
      }
    },
    record: (overrides) => insert('override', overrides),
    confirm: (contact) => insert('contact', [contact]),
    raise: (closure) => insert('closure', [closure]),
    lower: async (id, { endAt, by }) => {
      const set = { 'change.endAt': endAt, 'change.loweredBy': by, mattersUntil: countsUntil(endAt) }
      const filter = { _id: `closure:${id}`, 'change.endAt': { $exists: false } } as object
      const { matchedCount } = await rows.updateOne(filter, { $set: set })
      await next()
      return matchedCount === 1
    },
  }
}

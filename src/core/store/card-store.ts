import { type CardRow, type CardStore, cardWanted } from '../ports.ts'
import { together } from '../together.ts'
import { changeTogether, findTogether, putTogether } from './grouped.ts'
import type { Models } from './models.ts'
import { cardId } from './outgoing.ts'

type Document = Record<string, unknown>

export function createCardStore({ cards }: Models): CardStore {
  const rows = cards.collection
  const find = findTogether(cards)
  const put = putTogether(cards)
  const change = changeTogether(cards)
  const { ask: touch } = together<string, void>(async (caseIds) => {
    const update = { $inc: { touched: 1 }, $min: { nextAt: cardWanted.soon } }
    await rows.updateMany({ caseId: { $in: [...caseIds] } }, update)
    return []
  }, 100)
  return {
    claimDue: async ({ by, now, until, limit }) => {
      const free = { $or: [{ claimedUntil: { $exists: false } }, { claimedUntil: { $lte: now } }] }
      const due = rows
        .find({ nextAt: { $lte: by }, ...free })
        .sort({ nextAt: 1 })
        .limit(limit)
      const claims = (await due.toArray()).map(async (row) => {
        const { _id, attempts, shown } = row
        // Nobody else shows it meanwhile, also when it is wanted again: two would post two cards.
        const update = { $set: { claimedUntil: until, nextAt: until }, $inc: { attempts: 1 } }
        const mine = await put({ filter: { _id, attempts, shown, ...free }, update })
        return mine ? [toRow({ ...row, attempts: Number(attempts) + 1 })] : []
      })
      return (await Promise.all(claims)).flat()
    },
    shown: async ({ id, touched }, version, shownAs) => {
      const shown = { $max: { shown: version }, $set: { shownAs, attempts: 0 } }
      // Only when nothing newer was asked for meanwhile; otherwise the card waits to be shown again, at once.
      const done = {
        filter: { _id: id, wanted: { $lte: version }, touched },
        update: { ...shown, $unset: { nextAt: true, claimedUntil: true } },
      }
      if (await put(done)) return
      const again = { ...shown, $set: { ...shown.$set, nextAt: cardWanted.soon }, $unset: { claimedUntil: true } }
      await change({ filter: { _id: id }, update: again })
    },
    touch: (caseId) => touch(caseId),
    retry: (id, at) =>
      change({ filter: { _id: id }, update: { $set: { nextAt: at }, $unset: { claimedUntil: true } } }),
    find: async (caseId, place) => {
      const found = await find(cardId(caseId, place))
      return found && toRow(found)
    },
    caseOf: async (shownAs) => {
      const found = await rows.findOne({ shownAs }, { projection: { caseId: 1 } })
      return found === null ? undefined : String(found.caseId)
    },
  }
}

const toRow = (document: Document): CardRow => {
  const { _id, caseId, place, wanted, shown, shownAs, attempts, touched } = document
  return {
    id: _id,
    caseId,
    place,
    wanted,
    shown,
    attempts,
    touched,
    ...(shownAs !== undefined && { shownAs }),
  } as CardRow
}

import type { CardRow, CardStore } from '../ports.ts'
import type { Models } from './models.ts'
import { cardId } from './outgoing.ts'

type Document = Record<string, unknown>

export function createCardStore({ cards }: Models): CardStore {
  const rows = cards.collection
  const byId = (id: string) => ({ _id: id }) as object
  return {
    claimDue: async (now, until) => {
      const claim = { $set: { nextAt: until }, $inc: { attempts: 1 } }
      const options = { sort: { nextAt: 1 }, returnDocument: 'after' } as const
      const found = await rows.findOneAndUpdate({ nextAt: { $lte: now } }, claim, options)
      return found === null ? undefined : toRow(found)
    },
    shown: async ({ id, touched }, version, shownAs) => {
      await rows.updateOne(byId(id), { $max: { shown: version }, $set: { shownAs, attempts: 0 } })
      // Only when nothing newer was asked for meanwhile; otherwise the card waits to be shown again, at once.
      const done = await rows.updateOne({ _id: id, wanted: { $lte: version }, touched } as object, {
        $unset: { nextAt: true },
      })
      if (done.matchedCount === 0) await rows.updateOne(byId(id), { $set: { nextAt: new Date(0) } })
    },
    touch: async (caseId) => {
      await rows.updateMany({ caseId }, { $inc: { touched: 1 }, $set: { nextAt: new Date(0) } })
    },
    retry: async (id, at) => {
      await rows.updateOne(byId(id), { $set: { nextAt: at } })
    },
    find: async (caseId, place) => {
      const found = await rows.findOne(byId(cardId(caseId, place)))
      return found === null ? undefined : toRow(found)
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

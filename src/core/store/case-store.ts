import type { CaseState } from '../case/state.ts'
import { dueAtOf, noCase } from '../case/state.ts'
import type { CaseChange, CaseStore, LoggedEvent, Outgoing, StoredCase } from '../ports.ts'
import { isDuplicate } from './duplicate.ts'
import type { Models } from './models.ts'
import { cardId, insertAnew, outboxDocument } from './outgoing.ts'

/** Only the newest signal ids are kept; the inbox's own unique keys catch anything older. */
const appliedKept = 100

type CaseDocument = {
  readonly _id: string
  readonly version: number
  readonly state: CaseState
  readonly applied: readonly string[]
  readonly events: number
  readonly unrelayed: { readonly log: readonly LoggedEvent[]; readonly outgoing: readonly (Outgoing & { at: Date })[] }
  readonly places: CaseChange['places']
}

export function createCaseStore(models: Models): CaseStore {
  const cases = models.cases.collection
  const byId = (caseId: string) => ({ _id: caseId }) as object
  return {
    nextCaseId: (year) => nextCaseId(models, year),
    load: async (caseId) => {
      const projection = { state: 1, version: 1, applied: 1, events: 1 }
      const found = (await cases.findOne(byId(caseId), { projection })) as CaseDocument | null
      return found ?? { state: noCase, version: 0, applied: [], events: 0 }
    },
    save: (caseId, before, change) => save(models, caseId, before, change),
    relay: (caseId) => relay(models, caseId),
    findUnrelayed: async (before, limit) => {
      const found = cases.find({ relayAt: { $lte: before } }, { projection: { _id: 1 } }).sort({ relayAt: 1 })
      return (await found.limit(limit).toArray()).map((row) => String(row._id))
    },
    latestOf: async (conversation) => {
      const found = cases
        .find({ conversation }, { projection: { _id: 1 } })
        .sort({ openedAt: -1 })
        .limit(1)
      return (await found.toArray()).map((row) => String(row._id))[0]
    },
    findDue: async (at, limit) => {
      const found = cases.find({ dueAt: { $lte: at } }, { projection: { _id: 1 } }).sort({ dueAt: 1 })
      return (await found.limit(limit).toArray()).map((row) => String(row._id))
    },
    findPaged: async (person, limit) => {
      const found = cases.find({ 'state.pages.person': person }, { projection: { _id: 1 } }).sort({ openedAt: 1 })
      return (await found.limit(limit).toArray()).map((row) => String(row._id))
    },
    log: (caseId) => readLog(models, caseId),
  }
}

async function nextCaseId(models: Models, year: number): Promise<string> {
  const counter = await models.counters.collection.findOneAndUpdate(
    { _id: `case:${year}` } as object,
    { $inc: { n: 1 } },
    { upsert: true, returnDocument: 'after' },
  )
  return `GH-${year}-${String(counter?.n).padStart(6, '0')}`
}

async function save(models: Models, caseId: string, before: StoredCase, change: CaseChange): Promise<boolean> {
  const log = change.events.map((event, i) => ({ seq: before.events + i + 1, signalId: change.signalId, event }))
  // A millisecond apart, so that what was decided together also leaves in the order it was decided.
  const outgoing = change.outgoing.map((one, i) => ({ ...one, at: new Date(change.at.getTime() + i) }))
  const dueAt = dueAtOf(change.state)
  const set = {
    ...columns(change),
    ...(dueAt && { dueAt }),
    version: before.version + 1,
    events: before.events + log.length,
  }
  const update = {
    $set: set,
    $unset: Object.fromEntries(
      ['dueAt', 'owner', 'offeredTo'].filter((name) => !(name in set)).map((name) => [name, true]),
    ),
    $push: {
      applied: { $each: [change.signalId], $slice: -appliedKept },
      'unrelayed.log': { $each: log },
      'unrelayed.outgoing': { $each: outgoing },
    },
  }
  if (before.version > 0) {
    const filter = { _id: caseId, version: before.version } as object
    return (await models.cases.collection.updateOne(filter, update as object)).matchedCount === 1
  }
  try {
    const fresh = { _id: caseId, ...set, applied: [change.signalId], unrelayed: { log, outgoing } }
    await models.cases.collection.insertOne(fresh as object)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** What lists and searches look at, copied out of the state so that indexes can serve them. */
function columns({ state, at, places }: CaseChange) {
  if (state.status === 'none') throw new Error('a case that was never opened cannot be saved')
  const { site, kind, category, severity, conversation, openedAt } = state
  return {
    state,
    status: state.status,
    ...{ site, kind, category, severity, conversation, openedAt, places },
    customer: `${state.customer.channel}:${state.customer.id}`,
    updatedAt: at,
    relayAt: at,
    ...(state.status === 'owned' && { owner: state.owner.id }),
    ...(state.status === 'owned' && state.offeredTo && { offeredTo: state.offeredTo.id }),
  }
}

/** Log entries, messages and card wishes are copied out under their own unique ids, then cleared: safe to repeat. */
async function relay(models: Models, caseId: string): Promise<void> {
  const found = (await models.cases.collection.findOne({ _id: caseId } as object, {
    projection: { unrelayed: 1, version: 1, places: 1 },
  })) as CaseDocument | null
  if (found === null) return
  const { log, outgoing } = found.unrelayed
  const events = log.map((entry) => ({ _id: `${caseId}#${entry.seq}`, caseId, ...entry }))
  const messages = outgoing.map(({ at, ...one }) => outboxDocument(one, at))
  await Promise.all([
    insertAnew(models.case_events, events),
    insertAnew(models.outbox, messages),
    ...found.places.map((place) => wantCard(models, { caseId, place, version: found.version })),
  ])
  const lastSeq = log.at(-1)?.seq ?? 0
  const ids = outgoing.map((one) => one.message.id)
  await models.cases.collection.updateOne(
    { _id: caseId } as object,
    {
      $pull: { 'unrelayed.log': { seq: { $lte: lastSeq } }, 'unrelayed.outgoing': { 'message.id': { $in: ids } } },
    } as object,
  )
  await models.cases.collection.updateOne({ _id: caseId, version: found.version } as object, {
    $unset: { relayAt: true },
  })
}

type Wish = { readonly caseId: string; readonly place: CaseChange['places'][number]; readonly version: number }

async function wantCard(models: Models, { caseId, place, version }: Wish): Promise<void> {
  await models.cards.collection.updateOne(
    { _id: cardId(caseId, place) } as object,
    {
      $max: { wanted: version },
      $set: { nextAt: new Date(0) },
      $setOnInsert: { caseId, place, shown: 0, attempts: 0, touched: 0 },
    },
    { upsert: true },
  )
}

async function readLog(models: Models, caseId: string): Promise<readonly LoggedEvent[]> {
  const stored = await models.case_events.collection.find({ caseId }).sort({ seq: 1 }).toArray()
  const waiting = (await models.cases.collection.findOne({ _id: caseId } as object, {
    projection: { 'unrelayed.log': 1 },
  })) as CaseDocument | null
  const all = [...(stored as unknown as LoggedEvent[]), ...(waiting?.unrelayed.log ?? [])]
  const bySeq = new Map(all.map(({ seq, signalId, event }) => [seq, { seq, signalId, event }]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

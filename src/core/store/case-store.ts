import type { CaseState } from '../case/state.ts'
import { dueAtOf, noCase } from '../case/state.ts'
import {
  type CaseChange,
  type CaseStore,
  cardWanted,
  type LoggedEvent,
  type Outgoing,
  type StoredCase,
} from '../ports.ts'
import { together } from '../together.ts'
import { type Change, changeTogether, findTogether, insertTogether, putTogether } from './grouped.ts'
import type { Models } from './models.ts'
import { cardId, outboxDocument } from './outgoing.ts'

/** Only the newest signal ids are kept; the inbox's own unique keys catch anything older. */
const appliedKept = 100

/** Of a long history only the newest are looked at: the work for one message must not grow with it. */
const newestLookedAt = 20

type CaseDocument = {
  readonly _id: string
  readonly version: number
  readonly state: CaseState
  readonly applied: readonly string[]
  readonly events: number
  readonly unrelayed: { readonly log: readonly LoggedEvent[]; readonly outgoing: readonly (Outgoing & { at: Date })[] }
  readonly places: CaseChange['places']
  readonly relayAt?: Date
}

export function createCaseStore(models: Models): CaseStore {
  const cases = models.cases.collection
  const find = findTogether(models.cases, { state: 1, version: 1, applied: 1, events: 1, relayAt: 1 })
  const put = putTogether(models.cases)
  const relays = relaysOn(models)
  return {
    nextCaseId: caseIdsOn(models),
    load: async (caseId) => {
      const found = (await find(caseId)) as CaseDocument | undefined
      if (found === undefined) return { state: noCase, version: 0, applied: [], events: 0, relayed: true }
      const { state, version, applied, events, relayAt } = found
      return { state, version, applied, events, relayed: relayAt === undefined }
    },
    save: (caseId, before, change) => put(savingOf(caseId, before, change)),
    ...relays,
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
    openOf: async (conversation, limit) => {
      const found = cases.find({ conversation }, { projection: { _id: 1, status: 1 } }).sort({ openedAt: -1 })
      const newest = await found.limit(newestLookedAt).toArray()
      const open = newest.filter(({ status }) => status !== 'closed').slice(0, limit)
      return open.map((row) => String(row._id))
    },
    ofCustomer: async ({ channel, id }, limit) => {
      const found = cases.find({ customer: `${channel}:${id}` }, { projection: { _id: 1 } })
      return (await found.sort({ openedAt: -1, _id: -1 }).limit(limit).toArray()).map((row) => String(row._id))
    },
    findDue: async (at, limit) => {
      const found = cases.find({ dueAt: { $lte: at } }, { projection: { _id: 1 } }).sort({ dueAt: 1 })
      return (await found.limit(limit).toArray()).map((row) => String(row._id))
    },
    findPaged: async (person, limit) => {
      // The index holds only cases with pages, and is used only when the filter says so, too.
      const paged = { 'state.pages': { $exists: true }, 'state.pages.person': person }
      const found = cases.find(paged, { projection: { _id: 1 } }).sort({ openedAt: 1 })
      return (await found.limit(limit).toArray()).map((row) => String(row._id))
    },
    log: (caseId) => readLog(models, caseId),
  }
}

/** Takes as many numbers at once as are wanted together. */
function caseIdsOn({ counters }: Models): (year: number) => Promise<string> {
  const take = async (year: number, count: number): Promise<readonly string[]> => {
    const options = { upsert: true, returnDocument: 'after' } as const
    const filter = { _id: `case:${year}` } as object
    const counter = await counters.collection.findOneAndUpdate(filter, { $inc: { n: count } }, options)
    const first = Number(counter?.n) - count + 1
    return Array.from({ length: count }, (_, i) => `GH-${year}-${String(first + i).padStart(6, '0')}`)
  }
  return together(async (years: readonly number[]) => {
    const wanted = new Map([...new Set(years)].map((year) => [year, years.filter((one) => one === year).length]))
    const taken = new Map<number, string[]>()
    for (const [year, count] of wanted) taken.set(year, [...(await take(year, count))])
    return years.map((year) => taken.get(year)?.shift() as string)
  }, 100).ask
}

/** What a change adds to the log and the outbox. */
function writtenBy(before: StoredCase, { signalId, at, events, outgoing }: CaseChange): CaseDocument['unrelayed'] {
  return {
    log: events.map((event, i) => ({ seq: before.events + i + 1, signalId, event })),
    // A millisecond apart, so that what was decided together also leaves in the order it was decided.
    outgoing: outgoing.map((one, i) => ({ ...one, at: new Date(at.getTime() + i) })),
  }
}

/** One statement for a new case and a changed one: there is none of version 0, so it is inserted. */
function savingOf(caseId: string, before: StoredCase, change: CaseChange) {
  const { log, outgoing } = writtenBy(before, change)
  const dueAt = dueAtOf(change.state)
  const set = {
    ...columns(change),
    ...(dueAt && { dueAt }),
    version: before.version + 1,
    events: before.events + log.length,
  }
  return {
    filter: { _id: caseId, version: before.version },
    update: {
      $set: set,
      $unset: Object.fromEntries(
        ['dueAt', 'owner', 'offeredTo'].filter((name) => !(name in set)).map((name) => [name, true]),
      ),
      $push: {
        applied: { $each: [change.signalId], $slice: -appliedKept },
        'unrelayed.log': { $each: log },
        'unrelayed.outgoing': { $each: outgoing },
      },
    },
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

type Relayed = Pick<CaseDocument, 'unrelayed' | 'version' | 'places'>

/** Log entries, messages and card wishes are copied out under their own unique ids, then cleared: safe to repeat. */
function relaysOn(models: Models): Pick<CaseStore, 'relay' | 'relayLeft'> {
  const insertEvents = insertTogether(models.case_events)
  const insertMessages = insertTogether(models.outbox)
  const changeCard = changeTogether(models.cards)
  const changeCase = changeTogether(models.cases)
  const copyOut = async (caseId: string, { unrelayed: { log, outgoing }, version, places }: Relayed) => {
    await Promise.all([
      insertEvents(log.map((entry) => ({ _id: `${caseId}#${entry.seq}`, caseId, ...entry }))),
      insertMessages(outgoing.map(({ at, ...one }) => outboxDocument(one, at))),
      ...places.map((place) => changeCard(cardWish({ caseId, place, version }))),
    ])
  }
  return {
    relay: async (caseId, before, change) => {
      const version = before.version + 1
      await copyOut(caseId, { unrelayed: writtenBy(before, change), version, places: change.places })
      // With something left from before, or something added since, all of it is left to `relayLeft`.
      if (!before.relayed) return
      const cleared = { 'unrelayed.log': [], 'unrelayed.outgoing': [] }
      await changeCase({ filter: { _id: caseId, version }, update: { $set: cleared, $unset: { relayAt: true } } })
    },
    relayLeft: async (caseId) => {
      const found = (await models.cases.collection.findOne({ _id: caseId } as object, {
        projection: { unrelayed: 1, version: 1, places: 1 },
      })) as CaseDocument | null
      if (found === null) return
      await copyOut(caseId, found)
      const { log, outgoing } = found.unrelayed
      const copied = {
        'unrelayed.log': { seq: { $lte: log.at(-1)?.seq ?? 0 } },
        'unrelayed.outgoing': { 'message.id': { $in: outgoing.map((one) => one.message.id) } },
      }
      await changeCase({ filter: { _id: caseId }, update: { $pull: copied } })
      await changeCase({ filter: { _id: caseId, version: found.version }, update: { $unset: { relayAt: true } } })
    },
  }
}

type Wish = { readonly caseId: string; readonly place: CaseChange['places'][number]; readonly version: number }

const cardWish = ({ caseId, place, version }: Wish): Change => ({
  filter: { _id: cardId(caseId, place) },
  update: {
    $max: { wanted: version },
    $set: { nextAt: cardWanted.atOnce },
    $setOnInsert: { caseId, place, shown: 0, attempts: 0, touched: 0 },
  },
  upsert: true,
})

async function readLog(models: Models, caseId: string): Promise<readonly LoggedEvent[]> {
  const stored = await models.case_events.collection.find({ caseId }).sort({ seq: 1 }).toArray()
  const waiting = (await models.cases.collection.findOne({ _id: caseId } as object, {
    projection: { unrelayed: 1 },
  })) as CaseDocument | null
  const all = [...(stored as unknown as LoggedEvent[]), ...(waiting?.unrelayed.log ?? [])]
  const bySeq = new Map(all.map(({ seq, signalId, event }) => [seq, { seq, signalId, event }]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

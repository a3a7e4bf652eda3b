import mongoose, { type Connection, type Model, Schema } from 'mongoose'

const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false, strict: false, autoIndex: false, autoCreate: false } as const

/** Only documents that have the field: a compound sparse index would hold them all. */
const where = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } })

/** Every collection with every index. A query that none of these serves fails `test/core/store/indexes.test.ts`. */
const schemas = {
  /** Cases: state, log tail, applied signals and unsent messages in one document. `dueAt` is the timer. */
  cases: new Schema({ _id: String, version: Number, state: Mixed }, plain)
    .index({ dueAt: 1 }, { sparse: true })
    .index({ relayAt: 1 }, { sparse: true })
    .index({ conversation: 1, openedAt: -1 })
    .index({ openedAt: -1, _id: -1 })
    .index({ status: 1, openedAt: -1, _id: -1 })
    .index({ site: 1, openedAt: -1, _id: -1 })
    .index({ kind: 1, openedAt: -1, _id: -1 })
    .index({ owner: 1, openedAt: -1, _id: -1 }, where('owner'))
    .index({ offeredTo: 1, openedAt: 1 }, where('offeredTo'))
    .index({ site: 1, dueAt: 1 }, where('dueAt'))
    .index({ 'state.pages.person': 1, openedAt: 1 }, where('state.pages'))
    .index({ customer: 1, openedAt: -1, _id: -1 }),
  case_events: new Schema({ _id: String, caseId: String, seq: Number }, plain).index({ caseId: 1, seq: 1 }),
  inbox: new Schema({ _id: String, channel: String, state: String }, plain)
    .index({ nextAt: 1 }, { sparse: true })
    .index({ waitsIn: 1, receivedAt: 1, _id: 1 }, where('waitsIn'))
    .index({ channel: 1, kind: 1, state: 1 })
    /** Mail that was suppressed and that a person may release. */
    .index({ releasableAt: 1 }, { sparse: true })
    .index({ caseId: 1, receivedAt: 1 }, where('caseId')),
  outbox: new Schema({ _id: String, state: String }, plain)
    .index({ nextAt: 1 }, { sparse: true })
    .index({ waitsIn: 1, queuedAt: 1, _id: 1 }, where('waitsIn'))
    .index({ providerId: 1 }, { sparse: true })
    .index({ caseId: 1, queuedAt: 1 }, where('caseId'))
    .index({ state: 1, queuedAt: 1 }),
  cards: new Schema({ _id: String, caseId: String }, plain)
    .index({ nextAt: 1 }, { sparse: true })
    .index({ shownAs: 1 }, { sparse: true })
    .index({ caseId: 1 }),
  attachments: new Schema({ _id: String, caseId: String }, plain)
    .index({ nextAt: 1 }, { sparse: true })
    .index({ caseId: 1 })
    .index({ offeredTo: 1, at: -1 }, where('offeredTo'))
    .index({ goneAt: 1 }, { expireAfterSeconds: 0 }),
  secrets: new Schema({ _id: String }, plain),
  leases: new Schema({ _id: String, until: Date }, plain).index({ until: 1 }, { expireAfterSeconds: 3600 }),
  conversations: new Schema({ _id: String }, plain),
  consents: new Schema({ _id: String }, plain),
  counters: new Schema({ _id: String, n: Number }, plain),
  policies: new Schema({ _id: String }, plain),
  /** Where people and places are reached on channels that name them by the message: one document for each. */
  references: new Schema({ _id: String }, plain),
  /** Codes that were sent to confirm an address; gone an hour after they lapse. */
  codes: new Schema({ _id: String, until: Date }, plain).index({ until: 1 }, { expireAfterSeconds: 3600 }),
  /** Swaps, covers and office closures that people recorded. */
  duty_changes: new Schema({ _id: String, type: String }, plain).index({ mattersUntil: 1 }),
  /** What staff said the bot got wrong; gone a year after they said it. */
  bot_reviews: new Schema({ _id: String, at: Date }, plain)
    .index({ openSince: 1 }, { sparse: true })
    .index({ at: 1 }, { expireAfterSeconds: 365 * 86_400 }),
  /** What the watch remembers of each channel and each probe: one document for each. */
  watched: new Schema({ _id: String, version: Number }, plain),
  /** The case of the newest round of each probe, apart from all others so that nothing can list, count or page for it. */
  probe_cases: new Schema({ _id: String, version: Number, state: Mixed }, plain).index({
    conversation: 1,
    openedAt: -1,
  }),
  probe_events: new Schema({ _id: String, caseId: String, seq: Number }, plain).index({ caseId: 1, seq: 1 }),
  /** What was said once and must not be said again: alarms, reminders, digests. */
  said: new Schema({ _id: String, at: Date }, plain)
    .index({ at: 1 }, { expireAfterSeconds: 400 * 86_400 })
    .index({ gapEndsAt: 1 }, { sparse: true }),
} as const

export type CollectionName = keyof typeof schemas
export type Models = { readonly [name in CollectionName]: Model<Record<string, unknown>> }

export const collectionNames = Object.keys(schemas) as CollectionName[]

/** Compiles the models on one connection. */
export function modelsOn(connection: Connection): Models {
  const compiled = collectionNames.map((name) => [name, connection.model(name, schemas[name], name)])
  return Object.fromEntries(compiled)
}

/** Creates collections and indexes at start, never later. */
export async function prepareCollections(models: Models): Promise<void> {
  for (const model of Object.values(models)) {
    await model.createCollection()
    await model.createIndexes()
  }
}

export { mongoose }

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Page } from '../../src/core/case/events.ts'
import { evolve } from '../../src/core/case/evolve.ts'
import { type CaseState, noCase } from '../../src/core/case/state.ts'
import type { LoggedEvent } from '../../src/core/ports.ts'
import { connect, type Database } from '../../src/core/store/connect.ts'
import { type Stores, storesOn } from '../../src/core/store/stores.ts'
import { Storage } from '../../src/embedded-store/storage.ts'
import { inconsistenciesOf } from '../embedded-store/index-consistency.ts'
import { ownDatabase } from '../own-database.ts'
import { eventually } from './gatehouse.ts'
import type { Providers } from './providers.ts'

type Row = Readonly<Record<string, unknown>>

export type Audited = {
  readonly dataDir: string
  readonly providers: Providers
  /** MessageSids of all texts that were answered with 200. */
  readonly acknowledged: ReadonlySet<string>
  readonly stop: () => Promise<number | null>
}

/** Waits until everything is done, and names, in words, every promise that was not kept. */
export async function audit({ dataDir, providers, acknowledged, stop }: Audited): Promise<readonly string[]> {
  const database = await connect({ dataDir, ...ownDatabase(dataDir) })
  const stores = storesOn(database.models)
  await settled(database)
  await providers.twilio.settled()
  const faults = [
    ...(await textsOnCases(database, acknowledged)),
    ...(await casesFold(database, stores)),
    ...(await pagesSent(database, stores)),
    ...(await ledgerBalances(stores)),
    ...(await saidTwice(database, providers)),
    ...(await leasesLeft(database)),
  ]
  await database.close()
  const code = await stop()
  if (code !== 0) faults.push(`it stopped with ${code}`)
  if (process.env.MONGODB_URI === undefined) faults.push(...(await filesAgree(dataDir)))
  return faults
}

const patienceMs = 120_000

/** Nothing waits to be read, relayed or sent. */
async function settled({ models }: Database): Promise<void> {
  const waits = async (): Promise<readonly Row[]> => {
    const unread = await models.inbox.collection.find({ state: 'pending' }).limit(3).toArray()
    const unsent = await models.outbox.collection
      // What is held back, so that no phone gets a flood, goes out later; what a provider was too busy for is waited for.
      .find({
        state: { $in: ['queued', 'sending'] },
        $or: [{ nextAt: { $lt: new Date(Date.now() + 30_000) } }, { attempts: { $gt: 0 } }],
      })
      .limit(3)
      .toArray()
    const unrelayed = await models.cases.collection
      .find({ relayAt: { $exists: true } })
      .limit(3)
      .toArray()
    return [...unread, ...unsent, ...unrelayed]
  }
  const giveUpAt = Date.now() + patienceMs
  for (let left = await waits(); left.length > 0; left = await waits()) {
    if (Date.now() > giveUpAt) throw new Error(`still waits after two minutes: ${JSON.stringify(left).slice(0, 1_500)}`)
    await sleep(100)
  }
}

async function textsOnCases({ models }: Database, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const rows = (await models.inbox.collection.find({ kind: 'message' }).toArray()) as Row[]
  const bySid = new Map(rows.map((row) => [String(row._id).split(':').at(-1) ?? '', row]))
  const events = (await models.case_events.collection.find({ 'event.messageId': { $exists: true } }).toArray()) as Row[]
  const times = new Map<string, number>()
  for (const { event } of events as unknown as readonly LoggedEvent[])
    if (event.type === 'message-added') times.set(event.messageId, (times.get(event.messageId) ?? 0) + 1)
  return [...acknowledged].flatMap((sid) => {
    const row = bySid.get(sid)
    if (row === undefined) return [`${sid} was acknowledged and is lost`]
    if (row.state !== 'case') return [`${sid} ended as ${String(row.state)}: ${String(row.reason)}`]
    const count = times.get(`twilio:${sid}`) ?? 0
    return count === 1 ? [] : [`${sid} is ${count} times on a case`]
  })
}

async function casesFold({ models }: Database, stores: Stores): Promise<string[]> {
  const ids = (await models.cases.collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) =>
    String(_id),
  )
  const checks = ids.map(async (id) => {
    const [{ state }, log] = await Promise.all([stores.cases.load(id), stores.cases.log(id)])
    const folded = log.reduce((current: CaseState, { event }) => evolve(current, event), noCase)
    const gaps = log.some(({ seq }, i) => seq !== i + 1)
    return [
      ...(gaps ? [`${id}: its log has gaps`] : []),
      ...(isDeepStrictEqual(plain(folded), plain(state)) ? [] : [`${id}: its log does not fold to its state`]),
    ]
  })
  return (await Promise.all(checks)).flat()
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Ladders go on climbing while we look: what was queued this very moment is given half a minute to leave. */
async function endedPages({ outbox }: Database['models']): Promise<readonly Row[]> {
  const queuedBefore = new Date()
  const giveUpAt = Date.now() + 30_000
  const seen = { 'purpose.type': 'page', queuedAt: { $lte: queuedBefore } }
  const underWay = { ...seen, state: { $in: ['queued', 'sending'] }, nextAt: { $lte: queuedBefore } }
  while (Date.now() < giveUpAt && (await outbox.collection.countDocuments(underWay)) > 0) await sleep(100)
  return (await outbox.collection.find(seen).toArray()) as Row[]
}

/** Every person a case's log says was paged has a page that left, or that was called off because the case moved on. */
async function pagesSent({ models }: Database, stores: Stores): Promise<string[]> {
  // The logs first: whoever is paged while we look has a row when the rows are read.
  const logged = await pagesOfLogs(models, stores)
  const rows = await endedPages(models)
  const pages = rows.map((row) => ({
    caseId: String(row.caseId),
    person: (row.purpose as { person: string }).person,
    state: String(row.state),
    why: `attempt ${String(row.attempts)}, ${String(row.reason)}, due ${String(row.nextAt)}`,
    isHeld: row.state === 'queued' && row.attempts === 0 && (row.nextAt as Date) > new Date(),
  }))
  const faults = pages.filter(({ state, isHeld }) => !isHeld && !['sent', 'cancelled', 'failed'].includes(state))
  const known = new Set(pages.map(({ caseId, person }) => `${caseId} ${person}`))
  return [
    ...faults.map(({ caseId, person, state, why }) => `${caseId}: the page to ${person} is ${state} (${why})`),
    ...logged.filter((one) => !known.has(one)).map((one) => `${one} was never paged`),
    ...(pages.length === 0 ? ['nobody was paged at all'] : []),
  ]
}

async function pagesOfLogs(models: Database['models'], stores: Stores): Promise<readonly string[]> {
  const logged: string[] = []
  for (const id of await allCases(models))
    for (const { event } of await stores.cases.log(id))
      if (event.type === 'paged')
        for (const page of event.pages as readonly Page[])
          if (page.earlier === undefined) logged.push(`${id} ${page.person}`)
  return logged
}

const allCases = async (models: Database['models']): Promise<string[]> =>
  (await models.cases.collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => String(_id))

async function ledgerBalances({ inbox }: Stores): Promise<string[]> {
  const channels = Object.entries(await inbox.ledger())
  return channels.flatMap(([channel, { received, onCase, suppressed, quarantined, pending }]) =>
    received === onCase + suppressed + quarantined + pending && pending === 0 && quarantined === 0
      ? []
      : [
          `the ledger of ${channel} does not balance: ${JSON.stringify({ received, onCase, suppressed, quarantined, pending })}`,
        ],
  )
}

/** Our own id travels in each message's status callback: Twilio must never see one twice, nor one we do not know. */
async function saidTwice({ models }: Database, { twilio }: Providers): Promise<string[]> {
  const outgoing = twilio.messages().filter(({ direction }) => direction === 'outbound-api')
  const ids = outgoing.map(({ statusCallback }) => new URL(statusCallback ?? 'http://none').searchParams.get('m') ?? '')
  const rows = (await models.outbox.collection.find({}).toArray()) as Row[]
  const known = new Set(rows.map(({ _id }) => String(_id)))
  return [
    ...repeated(ids).map((id) => `Twilio was given ${id} more than once`),
    ...ids
      .filter((id) => !known.has(id))
      .map((id) => `Twilio was given ${id || 'a message without our id'}, which we do not know`),
  ]
}

const repeated = (all: readonly string[]): string[] => [...new Set(all.filter((one, i) => all.indexOf(one) !== i))]

/** A killed worker's lease lies there until it is removed by its age, but it must not hold any longer than its time. */
async function leasesLeft({ models }: Database): Promise<string[]> {
  const holding = () => models.leases.collection.find({ until: { $gt: new Date() } }).toArray()
  const left = await eventually(async () => ((await holding()).length === 0 ? 'none' : undefined), {
    withinMs: 12_000,
    what: 'leases to be released',
  }).catch(async () => (await holding()).map(({ _id }) => String(_id)).join(', '))
  return left === 'none' ? [] : [`leases hold although nothing is under way: ${left}`]
}

async function filesAgree(dataDir: string): Promise<string[]> {
  const storage = new Storage(join(dataDir, 'store'))
  try {
    return inconsistenciesOf(storage)
  } finally {
    await storage.close()
  }
}

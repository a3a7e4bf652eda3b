import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import type { RawEvent } from '../../../src/core/channel.ts'
import { createSchedule } from '../../../src/core/jobs/schedule.ts'
import type { Outgoing } from '../../../src/core/ports.ts'
import { createCaseList } from '../../../src/core/store/case-list.ts'
import { connect, type Database } from '../../../src/core/store/connect.ts'
import { keepPolicies } from '../../../src/core/store/policy-store.ts'
import { type Stores, storesOn } from '../../../src/core/store/stores.ts'
import { depthsOf } from '../../../src/operations/depths.ts'
import { ownDatabase } from '../../own-database.ts'
import {
  fieldsAsked,
  inWords,
  leadingFieldsFor,
  type Recorded,
  recordCommands,
  stagesFor,
} from './recorded-commands.ts'

let database: Database
let stores: Stores
let directory: string
let recorded: () => readonly Recorded[]

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-indexes-'))
  const dataDir = directory
  database = await connect({ dataDir, ...ownDatabase(dataDir) }, { monitorCommands: true })
  recorded = recordCommands(database).all
  stores = storesOn(database.models)
}, 60_000)

afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

const at = new Date('2026-03-04T02:00:00Z')
const later = new Date('2026-03-04T03:00:00Z')
const desk = { channel: 'slack', id: 'C0HARBOUR1' }
const tenant = { channel: 'sms', id: '+12025550123' }
const ours = { channel: 'sms', id: '+12025550190' }

const event = (id: string): RawEvent => ({
  ...{ id, source: 'twilio', channel: 'sms', kind: 'message', conversation: 'c1', receivedAt: at, payload: {} },
})
const outgoing = (id: string): Outgoing => ({
  message: {
    id,
    caseId: 'GH-2026-000001',
    audience: 'customer',
    to: tenant,
    from: ours,
    conversation: 'c1',
    text: 'x',
  },
  purpose: { type: 'tell', occasion: 'opened' },
  urgent: true,
})

async function playInbox({ inbox }: Stores): Promise<void> {
  await inbox.add([event('e1'), event('e2')])
  await inbox.add([event('e1')])
  await inbox.hasten(['e1'], later)
  await inbox.due(later, 1)
  await inbox.lease('c1', at, later)
  await inbox.waiting('c1', 10)
  await inbox.failed('e1', 'Error')
  await inbox.postpone('c1', later)
  await inbox.release('c1')
  await inbox.end('e1', { state: 'case', caseId: 'GH-2026-000001' }, later)
  await inbox.endingOf('e1')
  await inbox.thread('GH-2026-000001', 10)
  await inbox.ledger()
}

async function playOutbox({ outbox }: Stores): Promise<void> {
  await outbox.add([outgoing('m1'), outgoing('m2')], at)
  await outbox.due(later, 1)
  await outbox.lease('c1', at, later)
  await outbox.waiting('c1', 10)
  await outbox.reword('m1', 'other words')
  await outbox.attempting('m1', at)
  await outbox.sent('m1', { providerId: 'SM1', at })
  await outbox.retry('m2', { at: later, reason: 'busy', state: 'queued' })
  await outbox.postpone('c1', later)
  await outbox.release('c1')
  await outbox.ended('m2', { state: 'failed', reason: 'gone', at })
  await outbox.report({ providerId: 'SM1', delivery: 'delivered', at })
  await outbox.report({ providerId: 'SM1', messageId: 'm1', delivery: 'read', at })
  await outbox.byId('m1')
  await outbox.thread('GH-2026-000001', 10)
}

async function playCases(one: Stores): Promise<void> {
  const { cases } = one
  const caseId = await cases.nextCaseId(2026)
  const opened = { caseId, site: 'harbour-view-tower', customer: tenant, via: ours, conversation: 'c1', openedAt: at }
  const state = {
    ...{ ...opened, policyVersion: '1', language: 'en', kind: 'complaint', category: 'other', severity: 3 },
    ...{ epoch: 1, step: 0, cycle: 1, told: [], misses: 0, messages: 1, status: 'paging', chase: 0, dueAt: at },
    pages: [{ person: 'lam-mei-ling', name: 'Lam Mei Ling', methods: 2, method: 0, failed: [] }],
  } as const
  for (const signalId of ['s1', 's2']) {
    const before = await cases.load(caseId)
    const change = { signalId, at, state, events: [], outgoing: [outgoing(`m-${signalId}`)], places: [desk] }
    expect(await cases.save(caseId, before, change as never)).toBe(true)
    expect(await cases.save(caseId, before, change as never), 'somebody was faster').toBe(false)
    await cases.relay(caseId, before, change as never)
  }
  await cases.findUnrelayed(later, 10)
  await cases.relayLeft(caseId)
  await cases.latestOf('c1')
  await cases.openOf('c1', 5)
  await cases.ofCustomer({ channel: 'sms', id: '+12025550123' }, 20)
  await cases.findDue(later, 10)
  await cases.findPaged('lam-mei-ling', 10)
  await cases.log(caseId)
}

async function playProbes({ watched, probeCases }: Stores): Promise<void> {
  await watched.change('sms-1', () => ({ round: 1 }))
  expect(await watched.load('sms-1')).toEqual({ round: 1 })
  await probeCases.load('probe:sms-1:1')
  await probeCases.latestOf('probe:sms-1:1')
  await probeCases.forget('probe:sms-1:1')
}

async function playWatch({ watch, dutyChanges }: Stores): Promise<void> {
  await watch.said.has('x')
  await watch.said.mark('x', at)
  await watch.audit.overdue(later, 10)
  await watch.audit.openAfter(undefined, 10)
  await watch.audit.openAfter({ status: 'owned', openedAt: later, caseId: 'GH-2026-999999' }, 10)
  await watch.audit.undecided(later, 10)
  await watch.gapsTold.load(at)
  await watch.openWorkOf('lam-mei-ling', 10)
  await watch.failedSince(at, 10)
  const override = { kind: 'remove', remove: 'a', id: 'o', schedule: 's', startAt: at, endAt: later, by: 'b' } as const
  await dutyChanges.record([override])
  await dutyChanges.raise({ id: 'c', reason: 'other', startAt: at, raisedBy: 'b' })
  await dutyChanges.confirm({ id: 'v', person: 'p', channel: 'sms', address: '+12025550102', at })
  await dutyChanges.lower('c', { endAt: later, by: 'b' })
  await dutyChanges.load(at)
  await dutyChanges.version()
}

async function playRest({ cards, consents, conversations, attachments, cases, codes }: Stores): Promise<void> {
  const [card] = await cards.claimDue({ by: later, now: at, until: later, limit: 8 })
  if (card === undefined) throw new Error('there is no card')
  await cards.shown(card, card.wanted, '1.2')
  await cards.touch(card.caseId)
  await cards.retry(card.id, later)
  await cards.find(card.caseId, desk)
  await cards.caseOf('1.2')
  await consents.set(ours, tenant, { stopped: false, at })
  for (const triedAt of [at, later]) {
    await consents.refused(ours, tenant, { triedAt, at: later })
    expect(await consents.isStopped(ours, tenant)).toBe(triedAt > at)
  }
  expect(await consents.stoppedBy(ours, tenant)).toBe('carrier')
  await conversations.heard('c1', at)
  await conversations.lastHeardAt('c1')
  await conversations.paged('c1', at)
  await conversations.pagedAt('c1')
  await attachments.claimDue(later, later)
  await attachments.file('a1')
  const picture = { contentType: 'image/png', sizeBytes: 3, sha256: 'x', bytes: Buffer.from('abc') }
  const about = { name: 'p.png', contentType: 'image/png', sizeBytes: 3, ref: '', source: 'api', attempts: 0 }
  const offered = { ...about, id: 'a9', offeredTo: 'staff:p', caseId: '' }
  await attachments.put(offered, picture, at)
  expect(await attachments.about(['a9'])).toMatchObject([{ id: 'a9', state: 'kept', offeredTo: 'staff:p' }])
  expect(await attachments.offered('staff:p', at, 5)).toHaveLength(1)
  await attachments.used(['a9'])
  await codes.put('p sms', { person: 'p', hash: 'h', sentAt: at, until: later, attempts: 0 })
  expect(await codes.attempt('p sms')).toMatchObject({ attempts: 1 })
  await codes.find('p sms')
  await codes.used('p sms', at)
  await cases.load('GH-2026-000001')
}

async function playLists(): Promise<void> {
  const list = createCaseList(database.models, stores)
  const first = await list.page({ limit: 1 })
  const cursor = Buffer.from(`${later.toISOString()} GH-2026-000009`).toString('base64url')
  for (const filter of [
    {},
    { cursor },
    ...[{ status: 'paging' }, { kind: 'complaint' }, { site: 'harbour-view-tower' }, { owner: 'lam-mei-ling' }].flatMap(
      (one) => [one, { ...one, cursor }],
    ),
    { q: 'GH-2026-000001' },
    { q: tenant.id },
  ])
    await list.page({ limit: 10, ...filter } as never)
  await list.record(first.cases[0]?.ref ?? '')
  await playWorkLists()
  await depthsOf(database.models)
}

async function playWorkLists(): Promise<void> {
  const { cases, quarantined, release } = stores.workLists
  for (const list of [
    { of: 'owner', person: 'lam-mei-ling' },
    { of: 'offered', person: 'lam-mei-ling' },
    { of: 'site', site: 'harbour-view-tower' },
    { of: 'site', site: 'harbour-view-tower', dueBy: later },
    { of: 'search', q: 'GH-2026-000001' },
    { of: 'search', q: tenant.id },
  ] as const)
    await cases({ ...list, limit: 10 })
  await stores.inbox.add([event('odd')])
  await stores.inbox.end('odd', { state: 'quarantined', reason: 'odd' }, at)
  expect(await quarantined(10)).toMatchObject([{ id: 'odd', reason: 'odd' }])
  expect(await release('odd', { at: later, by: 'lam-mei-ling' })).toBe(true)
  expect(await release('odd', { at: later, by: 'lam-mei-ling' })).toBe(false)
}

async function playJobs(): Promise<void> {
  const looked: string[] = []
  const job = { name: 'look', everySeconds: 1, look: async () => void looked.push('look') }
  const schedule = createSchedule(database.connection.db as never, [job], (error) => {
    throw error
  })
  await schedule.start()
  for (let i = 0; i < 100 && looked.length === 0; i++) await sleep(100)
  await schedule.drain(2_000)
  await schedule.release()
  expect(looked).not.toEqual([])
}

/** Read whole, on purpose: there is one document for every policy that ever was, and each start wants them all. */
const wholeOnPurpose = ['policies']

describe('every question that is put to the database', { timeout: 60_000 }, () => {
  it('is answered by an index', async () => {
    const { config } = loadConfig({ GATEHOUSE_CONFIG: 'config' })
    if (config === undefined) throw new Error('the configuration has faults')
    await keepPolicies(database.models, config.policy.policy)
    await playInbox(stores)
    await playCases(stores)
    await playOutbox(stores)
    await playRest(stores)
    await playWatch(stores)
    await playProbes(stores)
    await playLists()
    await playJobs()
    const asked = recorded()
    expect(asked.length).toBeGreaterThan(50)
    const scanning: string[] = []
    for (const one of asked) {
      const collection = String(Object.values(one.command)[0])
      const stages = await stagesFor(database, one)
      if (stages.includes('COLLSCAN') && !wholeOnPurpose.includes(collection))
        scanning.push(`${stages}: ${inWords(one)}`)
    }
    expect(scanning).toEqual([])
  })

  it('starts with something that is asked, and not with all that ever was', async () => {
    const walking: string[] = []
    for (const one of recorded()) {
      const asked = fieldsAsked(one)
      const leading = await leadingFieldsFor(database, one)
      if (asked.length > 0 && !leading.every((field) => asked.includes(field)))
        walking.push(`${leading}: ${inWords(one)}`)
    }
    expect(walking).toEqual([])
  })

  it('comes sorted out of the index, where many rows may wait', async () => {
    const sorting: string[] = []
    for (const one of recorded()) {
      const filter = one.command.filter as { readonly _id?: unknown } | undefined
      const isPicking = one.name === 'find' && one.command.limit !== undefined && typeof filter?._id !== 'string'
      if (isPicking && (await stagesFor(database, one)).includes('SORT')) sorting.push(inWords(one))
    }
    expect(sorting).toEqual([])
  })
})

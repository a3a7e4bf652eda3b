import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBot } from '../src/bot/create-bot.ts'
import { type Config, faultLines, loadConfig } from '../src/config.ts'
import { decide } from '../src/core/case/decide.ts'
import { evolve } from '../src/core/case/evolve.ts'
import type { Signal } from '../src/core/case/signals.ts'
import { type CaseState, noCase } from '../src/core/case/state.ts'
import type { Channel } from '../src/core/channel.ts'
import { createSchedule } from '../src/core/jobs/schedule.ts'
import type { OutboundMessage } from '../src/core/message.ts'
import { connect, type Database } from '../src/core/store/connect.ts'
import { keepPolicies } from '../src/core/store/policy-store.ts'
import { storesOn } from '../src/core/store/stores.ts'
import { buildHouse, type House } from '../src/house.ts'

/**
 * Measures how late pages are with many open cases, from the instant a case was due to the provider's acceptance, through
 * the real house: Agenda, engine, outbox, a provider that accepts at once. Then what a quiet second costs.
 */
const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number)
const [perSecond, seconds, quietSeconds] = [10, Number(process.argv[3] ?? 20), 10]

const loaded = loadConfig({ GATEHOUSE_CONFIG: 'config', LOG_LEVEL: 'silent' })
if (loaded.config === undefined) throw new Error(faultLines(loaded.faults).join('\n'))
const config: Config = loaded.config

type Known = Exclude<CaseState, { status: 'none' }>

/** A case as the engine itself makes it: waiting for an acknowledgement, or owned. */
async function sampleCases(house: House): Promise<{ readonly paging: Known; readonly owned: Known }> {
  const at = new Date()
  const phone = { channel: 'sms', id: '+12025550123' }
  const said: Signal = {
    ...{ type: 'message', id: 'bench', at, origin: { caseId: 'GH-2026-000000', site: 'harbour-view-tower' } },
    message: {
      ...{ id: 'bench', from: phone, to: { channel: 'sms', id: '+12025550190' }, conversation: 'bench', text: 'x' },
      ...{ attachments: [], automatic: false, sentAt: at },
    },
    assessment: {
      ...{ language: 'en', kind: 'incident_report', category: 'hazard', severity: 2, complaint: false },
      ...{ handoff: false, proposal: 'case', answers: [] },
    },
  }
  const play = async (state: CaseState, signal: Signal) =>
    decide(state, signal, await house.engine.worldFor(state, signal)).events.reduce(evolve, state)
  const paging = await play(noCase, said)
  const owned = await play(paging, { type: 'acknowledge', id: 'ack', at, by: { id: 'yip-suk-fan', name: 'Yip' } })
  return { paging: paging as Known, owned: owned as Known }
}

const far = new Date(Date.now() + 30 * 86_400_000)

/** The document that `CaseStore.save` writes. */
function documentOf(state: Known, caseId: string, dueAt: Date): object {
  const conversation = `bench:${caseId}`
  const { site, kind, category, severity, openedAt, status } = state
  const later = 'pages' in state ? { pages: state.pages.map(({ later: _none, ...page }) => page) } : {}
  return {
    ...{ _id: caseId, version: 1, events: 0, applied: [], unrelayed: { log: [], outgoing: [] }, places: [] },
    ...{ state: { ...state, caseId, conversation, dueAt, ...later }, dueAt },
    ...{
      status,
      site,
      kind,
      category,
      severity,
      openedAt,
      conversation,
      customer: `sms:${caseId}`,
      updatedAt: openedAt,
    },
    ...(state.status === 'owned' && { owner: state.owner.id }),
  }
}

async function fill(database: Database, owned: Known, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const size = Math.min(1_000, count - from)
    const ids = Array.from({ length: size }, (_, i) => `GH-2026-${String(from + i + 1).padStart(6, '0')}`)
    await database.models.cases.collection.insertMany(ids.map((id) => documentOf(owned, id, far)) as never)
  }
}

/** Accepts at once and notes when. */
function provider(): { readonly channel: Channel; readonly accepted: Map<string, number> } {
  const accepted = new Map<string, number>()
  const limits = {
    maxTextLength: 4_000,
    buttons: 5,
    reportsDelivery: false,
    replyWindowSeconds: Infinity,
    optOut: false,
  }
  const names = ['sms', 'whatsapp', 'email', 'slack', 'teams']
  const channel = {
    ...{ name: 'bench', routes: [], limits: Object.fromEntries(names.map((name) => [name, limits])) },
    send: async ({ id, caseId = '' }: OutboundMessage) => {
      if (!accepted.has(caseId)) accepted.set(caseId, Date.now())
      return { outcome: 'sent', providerId: `bench-${id}` } as const
    },
    find: async () => ({ outcome: 'absent' }) as const,
    show: async () => ({ outcome: 'sent', providerId: 'card' }) as const,
    ...{
      whisper: async () => {},
      start: async () => {},
      stop: async () => {},
      check: async () => ({ ok: true, detail: '' }),
    },
    read: () => ({ type: 'suppress', reason: 'bench' }) as const,
  }
  return { channel: channel as unknown as Channel, accepted }
}

async function measure(openCases: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-escalation-'))
  const database = await connect({ dataDir: directory })
  const { channel, accepted } = provider()
  const faults: unknown[] = []
  const house = buildHouse({
    ...{ config, stores: storesOn(database.models), channels: [channel], bot: createBot(config.content) },
    ...{ policies: await keepPolicies(database.models, config.policy.policy), clock: { now: () => new Date() } },
    ...{ random: Math.random, linkKey: 'bench' },
    watch: { fault: (error) => void faults.push(error), stored: () => {}, delivered: () => {} },
  })
  const schedule = createSchedule(database.connection.db as never, house.jobs, (error) => void faults.push(error))
  const { paging, owned } = await sampleCases(house)
  await fill(database, owned, openCases)
  await schedule.start()
  // As `serve` does in every process that works.
  const looking = setInterval(() => void house.lookAtDue(), 100)
  await sleep(2_000)
  const from = Date.now() + 1_500
  const due = Array.from({ length: perSecond * seconds }, (_, i) => ({
    id: `GH-2026-9${String(i).padStart(5, '0')}`,
    at: from + (i * 1_000) / perSecond,
  }))
  await database.models.cases.collection.insertMany(
    due.map(({ id, at }) => documentOf(paging, id, new Date(at))) as never,
  )
  const cpuBefore = process.cpuUsage()
  await sleep(1_500 + seconds * 1_000 + 3_000)
  const busy = cpuMs(process.cpuUsage(cpuBefore))
  const late = due.map(({ id, at }) => (accepted.get(id) ?? Infinity) - at).sort((a, b) => a - b)
  // The chased cases go on to be chased; what is measured next is a house in which nothing is due.
  await database.models.cases.collection.updateMany({ _id: { $gte: 'GH-2026-900000' } } as object, {
    $set: { dueAt: far },
  })
  await sleep(2_000)
  const quietBefore = process.cpuUsage()
  await sleep(quietSeconds * 1_000)
  const quiet = cpuMs(process.cpuUsage(quietBefore)) / quietSeconds
  report({ openCases, late, busy: busy / (seconds + 4.5), quiet, faults })
  clearInterval(looking)
  await schedule.drain(5_000)
  await house.stop(5_000)
  await database.close()
  rmSync(directory, { recursive: true, force: true })
}

const cpuMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000

type Report = { openCases: number; late: readonly number[]; busy: number; quiet: number; faults: readonly unknown[] }

function report({ openCases, late, busy, quiet, faults }: Report): void {
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? Number.NaN
  const missing = late.filter((one) => one === Infinity).length
  console.log(
    [
      `${openCases} open cases, ${perSecond} deadlines a second for ${seconds} s:`,
      `late by p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${late.at(-1)} ms, never ${missing};`,
      `processor ${busy.toFixed(0)} ms a busy second, ${quiet.toFixed(1)} ms a quiet second; faults ${faults.length}`,
    ].join(' '),
  )
  if (faults.length > 0) console.log(String((faults[0] as Error)?.stack ?? faults[0]))
}

for (const size of sizes) await measure(size)

import { say } from './bot/phrases.ts'
import { type DeadlineDeps, moveDueCases, relayLeftovers } from './core/deadlines.ts'
import type { Directory } from './core/duty/directory.ts'
import type { LiveDuty } from './core/duty/live-duty.ts'
import { applySignal, type EngineDeps } from './core/engine.ts'
import type { Job } from './core/jobs/schedule.ts'
import type { Works } from './core/lanes.ts'
import { localTime } from './core/outbox/local-time.ts'
import { createAuditor } from './core/watch/auditor.ts'
import { createChannelCheck } from './core/watch/channel-check.ts'
import { announceGaps } from './core/watch/coverage.ts'
import { lookDaily } from './core/watch/daily.ts'
import { heartbeatTo } from './core/watch/heartbeat.ts'
import { createNotifier } from './core/watch/notify.ts'
import { paced } from './core/watch/paced.ts'
import { announceRota } from './core/watch/rota-news.ts'
import { changeShifts } from './core/watch/shift-ends.ts'
import type { HouseParts } from './house.ts'
import { lookingAtProbes } from './probing.ts'
import { openDesks } from './wording.ts'

type Around = { readonly engine: EngineDeps; readonly directory: Directory; readonly live: LiveDuty }

const [minuteMs, hourMs] = [60_000, 3_600_000]
const planningLevel = 'level-2'

/** What looks after the house itself: the auditor, changes of shift, gaps ahead, and what is looked at once a day. */
export function watchJobs(parts: HouseParts, { engine, directory, live }: Around): readonly Job[] {
  const { config, stores, clock, watch } = parts
  const fresh = (look: () => Promise<unknown>) => async () => {
    await live.fresh()
    await look()
  }
  const notify = createNotifier({
    ...{ said: stores.watch.said, outbox: stores.outbox, clock, onQueued: engine.onRelayed },
    say: (occasion, language, facts) => say(config.phrases, occasion, language, facts),
  })
  const lastResort = config.policy.lastResort.flatMap((id) => directory.byId(id) ?? [])
  const around = { duty: live.duty, clock, notify, lastResort }
  const audit = createAuditor({
    ...{ store: stores.watch.audit, clock, notify, lastResort, stopwatch: () => performance.now() },
    isStaff: (id) => directory.byId(id) !== undefined,
    heartbeat: heartbeatTo(config.environment.heartbeatUrl, (error) => watch.fault(error, { at: 'heartbeat' })),
  })
  const { watched } = stores
  const check = createChannelCheck({ channels: parts.channels, watched, clock, notify, lastResort })
  const probes = lookingAtProbes(parts, { notify, lastResort, onQueued: engine.onRelayed })
  const since = clock.now()
  const shifts = () =>
    changeShifts({
      ...{ ...around, said: stores.watch.said, openWorkOf: stores.watch.openWorkOf },
      apply: (caseId, signal) => applySignal(caseId, signal, engine),
      ...{ testPage: config.policy.shiftStartPage, since },
      time: (at, zone) => localTime(at, 'en', zone),
    })
  const told = new Set<string>()
  const news = () =>
    announceRota({
      ...{ ...around, known: told, placesOf: (site) => openDesks(parts, site) },
      recorded: () => ({ overrides: live.overrides(), closures: live.closures() }),
      time: (at, zone) => localTime(at, 'en', zone),
    })
  const gaps = () => announceGaps({ ...around, ...coverage(parts, directory), told: stores.watch.gapsTold })
  const daily = () => lookDaily({ ...around, calendars: config.calendars, failedSince: stores.watch.failedSince })
  return [
    { name: 'watch-audit', everySeconds: 60, look: async () => void (await audit()) },
    { name: 'watch-channels', everySeconds: 60, look: paced(2 * minuteMs, clock, check) },
    { name: 'watch-probes', everySeconds: 10, look: probes },
    { name: 'watch-shifts', everySeconds: 10, look: fresh(shifts) },
    { name: 'watch-rota', everySeconds: 5, look: fresh(news) },
    { name: 'watch-coverage', everySeconds: 60, look: paced(minuteMs, clock, fresh(gaps)) },
    { name: 'watch-daily', everySeconds: 600, look: paced(hourMs, clock, daily) },
  ]
}

function coverage(parts: HouseParts, directory: Directory) {
  const { config, clock } = parts
  const site = (id: string) => config.duty.rosters.sites.get(id)
  return {
    planners: (id: string) => directory.onDuty(id, clock.now())[planningLevel] ?? [],
    placesOf: (id: string) => openDesks(parts, id),
    siteName: (id: string) => site(id)?.name ?? id,
    time: (at: Date, id: string) => localTime(at, 'en', site(id)?.zone ?? 'UTC'),
  }
}

type Background = Readonly<Record<'reader' | 'sender' | 'cards' | 'files', Works>>

const unrelayedAfterMs = 5_000

/** What the passing of time makes the house look at: deadlines, both queues, cards, and what a dead worker left. */
export const jobsOf = (deadlines: DeadlineDeps, { reader, sender, cards, files }: Background): readonly Job[] => [
  { name: 'chase-and-escalate', everySeconds: 1, look: async () => void (await moveDueCases(deadlines)) },
  { name: 'fetch-files', everySeconds: 5, look: async () => files.wake() },
  { name: 'read-inbox', everySeconds: 1, look: async () => reader.wake() },
  {
    name: 'deliver-outbox',
    everySeconds: 1,
    look: async () => {
      sender.wake()
      cards.wake()
    },
  },
  {
    name: 'relay-leftovers',
    everySeconds: 5,
    look: async () => void (await relayLeftovers(deadlines, unrelayedAfterMs)),
  },
]

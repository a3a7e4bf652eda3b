import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Bot } from '../../src/bot/bot.ts'
import { type Config, faultLines, loadConfig } from '../../src/config.ts'
import type { Ladder, Policy, Step } from '../../src/core/case/policy.ts'
import type { CaseState } from '../../src/core/case/state.ts'
import type { Severity } from '../../src/core/case/taxonomy.ts'
import type { Channel } from '../../src/core/channel.ts'
import { connect, type Database } from '../../src/core/store/connect.ts'
import { keepPolicies } from '../../src/core/store/policy-store.ts'
import { type Stores, storesOn } from '../../src/core/store/stores.ts'
import { buildHouse, type House } from '../../src/house.ts'
import { ownDatabase } from '../own-database.ts'
import { scriptedBot } from './scripted-bot.ts'
import { ScriptedChannel } from './scripted-channel.ts'

/** A Wednesday at ten in the morning in Hong Kong. */
export const wednesdayAtTen = new Date('2026-03-04T02:00:00Z')

export type HouseOptions = {
  readonly at?: Date
  readonly bot?: (config: Config) => Bot
  /** What differs from config/, e.g. `(config) => withLadder(config, 3, …)`. */
  readonly configured?: (config: Config) => Config
  /** People's own methods come by their own delays, as in config/; otherwise only after a failure or in a chase. */
  readonly delays?: boolean
  /** The watchdog looks too: changes of shift, gaps, the auditor. */
  readonly watching?: boolean
  /** Channels beside or instead of the scripted ones. */
  readonly channels?: (config: Config) => readonly Channel[]
}

/** The real house on the embedded store, with scripted providers and one clock that the test moves. */
export type TestHouse = House & {
  readonly config: Config
  readonly database: Database
  readonly stores: Stores
  readonly phones: ScriptedChannel
  readonly slack: ScriptedChannel
  readonly faults: unknown[]
  now(): Date
  /** Looks at everything that is due until nothing is. */
  settle(): Promise<void>
  /** Lets time pass the way a running house sees it: everything happens at its own time. */
  passes(duration: string): Promise<void>
  /** Nobody looks at anything for so long: the machine was off. */
  isOffFor(duration: string): void
  state(caseId: string): Promise<Exclude<CaseState, { status: 'none' }>>
  /** The only case there is. */
  theCase(): Promise<string>
}

/** These tests are about stories, not disks: where there is a file system in memory, the store is kept there. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let database: Database
let directory: string
const open: TestHouse[] = []

/** Starts one store for the whole file and empties it before every story; fails a story that left a message unread. */
export function withStore(): void {
  beforeAll(async () => {
    directory = mkdtempSync(join(memory, 'gatehouse-flow-'))
    database = await connect({ dataDir: directory, ...ownDatabase(directory) })
  })
  beforeEach(async () => {
    await Promise.all(Object.values(database.models).map(({ collection }) => collection.deleteMany({})))
  })
  afterEach(async () => {
    const houses = open.splice(0)
    for (const house of houses) await house.stop()
    for (const { phones, slack, faults } of houses) {
      expect(faults, 'faults').toEqual([])
      const unread = [...phones.unexpected(), ...slack.unexpected()]
      expect(
        unread.map(({ message }) => `${message.to.channel} ${message.to.id}: ${message.text}`),
        'messages nobody expected',
      ).toEqual([])
    }
  })
  afterAll(async () => {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  })
}

const shipped = loadConfig({ GATEHOUSE_CONFIG: 'config', LOG_LEVEL: 'silent' })

export function shippedConfig(): Config {
  if (shipped.config === undefined) throw new Error(faultLines(shipped.faults).join('\n'))
  return shipped.config
}

/** The configuration with some steps of one ladder replaced. */
export const withLadder = (config: Config, severity: Severity, change: Partial<Ladder>): Config => {
  const { policy } = config.policy
  const ladders = { ...policy.ladders, [severity]: { ...policy.ladders[severity], ...change } }
  return withPolicy(config, { ladders })
}

export const withPolicy = (config: Config, change: Partial<Policy>): Config => ({
  ...config,
  policy: { ...config.policy, policy: { ...config.policy.policy, ...change } },
})

/** The configuration without anybody on duty in these groups. */
export function withEmpty(config: Config, ...groups: readonly string[]): Config {
  const { rosters } = config.duty
  const sites = [...rosters.sites].map(([id, site]) => {
    const emptied = site.groups.map((group) =>
      groups.includes(group.group) ? { ...group, schedules: [], relief: [] } : group,
    )
    return [id, { ...site, groups: emptied }] as const
  })
  return { ...config, duty: { ...config.duty, rosters: { ...rosters, sites: new Map(sites) } } }
}

function withoutDelays(config: Config): Config {
  const staff = [...config.duty.staff].map(([id, member]) => {
    const methods = member.methods.map(({ afterSeconds: _none, ...method }) => method)
    return [id, { ...member, methods }] as const
  })
  return { ...config, duty: { ...config.duty, staff: new Map(staff) } }
}

export const step = (group: string, minutes: number, chases = 0): Step => ({
  notify: [group],
  ackWithinSeconds: minutes * 60,
  chases,
  chaseEverySeconds: minutes * 60,
})

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function millisecondsOf(duration: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(duration) ?? []
  if (amount === undefined || unit === undefined) throw new Error(`"${duration}" is no duration`)
  return Number(amount) * (units[unit] ?? Number.NaN)
}

export async function openHouse(options: HouseOptions = {}): Promise<TestHouse> {
  let time = options.at ?? wednesdayAtTen
  const clock = { now: () => time }
  const plain = options.delays ? shippedConfig() : withoutDelays(shippedConfig())
  const config = (options.configured ?? ((same) => same))(plain)
  const phones = new ScriptedChannel('twilio', ['sms', 'whatsapp'], clock.now)
  const slack = new ScriptedChannel('slack', ['slack'], clock.now)
  const faults: unknown[] = []
  const stores = storesOn(database.models)
  const built = buildHouse({
    ...{ config, stores, clock },
    policies: await keepPolicies(database.models, config.policy.policy),
    channels: options.channels?.(config) ?? [phones, slack],
    bot: options.bot?.(config) ?? scriptedBot(config.content),
    random: () => 0.5,
    linkKey: 'a key for links in tests',
    watch: { fault: (error) => void faults.push(error), stored: () => {}, delivered: () => {} },
  })
  const jobs = built.jobs.filter(({ name }) => options.watching || !name.startsWith('watch-'))
  const settle = async () => {
    for (let round = 0; round < 200; round++) {
      await built.idle()
      const next = await nextThing(database)
      if (next === undefined || next.getTime() > time.getTime() + sameMomentMs) return
      time = next > time ? next : time
      for (const { look } of jobs) await look()
    }
    throw new Error('the house does not come to rest')
  }
  const house: TestHouse = {
    ...built,
    ...{ config, database, stores, phones, slack, faults, settle },
    now: clock.now,
    isOffFor: (duration) => {
      time = new Date(time.getTime() + millisecondsOf(duration))
    },
    passes: async (duration) => {
      const until = new Date(time.getTime() + millisecondsOf(duration))
      for (;;) {
        await settle()
        const next = await nextThing(database)
        if (next === undefined || next > until) break
        time = next > time ? next : time
      }
      time = until
      await settle()
    },
    state: async (caseId) => {
      const { state } = await stores.cases.load(caseId)
      if (state.status === 'none') throw new Error(`there is no case ${caseId}`)
      return state
    },
    theCase: async () => {
      const all = await database.models.cases.collection.find({}, { projection: { _id: 1 } }).toArray()
      expect(all).toHaveLength(1)
      return String(all[0]?._id)
    },
  }
  open.push(house)
  return house
}

/** What was decided together is queued a millisecond apart, to leave in that order. */
const sameMomentMs = 100

const timers = [
  ['cases', 'dueAt'],
  ['inbox', 'nextAt'],
  ['outbox', 'nextAt'],
  ['cards', 'nextAt'],
] as const

/** When the next thing happens, of everything that waits for a time. */
async function nextThing({ models }: Database): Promise<Date | undefined> {
  const found = await Promise.all(
    timers.map(async ([name, field]) => {
      const first = models[name].collection.find({ [field]: { $exists: true } }).sort({ [field]: 1 })
      return (await first.limit(1).toArray())[0]?.[field] as Date | undefined
    }),
  )
  return found.filter((at) => at !== undefined).sort((a, b) => a.getTime() - b.getTime())[0]
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createMailArchive } from '../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel, type EmailOptions } from '../../src/channels/email/email.ts'
import { mailMemoryOn } from '../../src/channels/email/mail-memory.ts'
import { type EmailSettings, parseEmailSettings } from '../../src/channels/email/settings.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import type { RawEvent } from '../../src/core/channel.ts'
import type { Counts } from '../../src/core/ports.ts'
import { connect, type Database } from '../../src/core/store/connect.ts'
import { keepPolicies } from '../../src/core/store/policy-store.ts'
import { type Stores, storesOn } from '../../src/core/store/stores.ts'
import { casesOn } from '../../src/email-desk.ts'
import { buildHouse, type House } from '../../src/house.ts'
import { builtModel, startBot } from '../../src/start-bot.ts'
import { ownDatabase } from '../own-database.ts'
import { type MailSystem, password } from './mail-system.ts'

export type Desk = {
  readonly house: House
  readonly stores: Stores
  readonly database: Database
  readonly channel: EmailChannel
  readonly settings: EmailSettings
  readonly troubles: string[]
  readonly faults: unknown[]
  /** The ledger's line for e-mail. */
  counts(): Promise<Counts>
  /** Every stored event, in the order it came. */
  events(): Promise<
    readonly (RawEvent & { readonly state: string; readonly reason?: string; readonly caseId?: string })[]
  >
  /** Ends at once, as after `kill -9`: nothing is drained. What was stored stays for the next desk. */
  readonly directory: string
  close(): Promise<void>
}

export type DeskOptions = {
  readonly directory?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly email?: Partial<EmailOptions>
}

export const quick = {
  pollMs: 1_000,
  silenceMs: 2_000,
  idleMs: 1_500,
  leaseMs: 6_000,
  firstRetryMs: 100,
  longestRetryMs: 1_000,
}

export function settingsFor(system: MailSystem, variables: Readonly<Record<string, string>> = {}): EmailSettings {
  const setup = parseEmailSettings({
    IMAP_URL: `imap://cases%40example.test:${password}@127.0.0.1:${system.imapPort}/INBOX`,
    SMTP_URL: `smtp://127.0.0.1:${system.smtpPort}`,
    EMAIL_FROM: 'Security desk <cases@example.test>',
    ...variables,
  })
  if (setup.state !== 'on') throw new Error(JSON.stringify(setup))
  return setup.settings
}

/** The whole house around the e-mail channel alone: real stores, real bot, real policy, the real clock. */
export async function openDesk(system: MailSystem, options: DeskOptions = {}): Promise<Desk> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'gatehouse-desk-'))
  const { config, faults: configFaults } = loadConfig({ DATA_DIR: directory })
  if (config === undefined) throw new Error(JSON.stringify(configFaults))
  const database = await connect({ dataDir: directory, ...ownDatabase(directory) })
  const stores = storesOn(database.models)
  const policies = await keepPolicies(database.models, config.policy.policy)
  const settings = settingsFor(system, options.variables)
  const troubles: string[] = []
  const faults: unknown[] = []
  const { counters, leases } = database.models
  const channel = createEmailChannel(settings, {
    memory: mailMemoryOn({ counters: counters.collection, leases: leases.collection }),
    archive: createMailArchive(join(directory, 'mail')),
    cases: casesOn(database.models),
    mailboxTiming: quick,
    onTrouble: (words) => troubles.push(words),
    ...options.email,
  })
  const watch = { fault: (error: unknown) => void faults.push(error), stored: () => {}, delivered: () => {} }
  const clock = { now: () => new Date() }
  const house = buildHouse({
    config,
    stores,
    policies,
    channels: [channel],
    bot: botFor(config),
    clock,
    random: Math.random,
    linkKey: 'link-key-of-the-tests',
    watch,
  })
  const timer = setInterval(() => house.wake(), 200)
  await channel.start(house.inbox)
  return {
    ...{ house, stores, database, channel, settings, troubles, faults, directory },
    counts: async () =>
      (await stores.inbox.ledger()).email ?? { received: 0, onCase: 0, suppressed: 0, quarantined: 0, pending: 0 },
    events: async () => {
      const rows = await database.models.inbox.collection.find({}).sort({ receivedAt: 1 }).toArray()
      return rows.map(({ _id, ...row }) => ({ ...row, id: String(_id) })) as never
    },
    close: async () => {
      clearInterval(timer)
      await channel.stop()
      await house.stop()
      await database.close()
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}

let bot: ReturnType<typeof startBot> | undefined

/** Learns once for all desks of a test file, and keeps what it learned for the next run. */
function botFor(config: Config) {
  bot ??= startBot(config, [join(tmpdir(), 'gatehouse-test-model'), builtModel])
  return bot
}

/** Waits until it is so; the last answer is part of the complaint. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  patienceMs = 30_000,
): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain for ${what}`)
    await pause(50)
  }
}

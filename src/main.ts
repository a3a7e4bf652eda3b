import { type Logger, pino } from 'pino'
import { createAdviser } from './adviser.ts'
import { withRulesBeneath } from './bot/rules-only.ts'
import { createSlackChannel } from './channels/slack/slack.ts'
import { createTwilioChannel } from './channels/twilio/twilio.ts'
import type { Config } from './config.ts'
import type { Channel } from './core/channel.ts'
import { runDuty } from './core/duty/run-duty.ts'
import { createSchedule } from './core/jobs/schedule.ts'
import { createCaseList } from './core/store/case-list.ts'
import { connect, type Database } from './core/store/connect.ts'
import { keepSecret } from './core/store/keep-secret.ts'
import { keepPolicies } from './core/store/policy-store.ts'
import { type SharedClock, sharedClock } from './core/store/shared-clock.ts'
import { storesOn } from './core/store/stores.ts'
import { type EmailDesk, emailFor } from './email-desk.ts'
import { buildHouse, type House, type Watch } from './house.ts'
import { depthsOf } from './operations/depths.ts'
import { sizeWarning } from './operations/size-warning.ts'
import { probeRecords } from './probing.ts'
import { builtModel, startBot } from './start-bot.ts'
import { teamsFor } from './teams-desk.ts'
import { apiRoutes } from './web/api.ts'
import { fileRoutes } from './web/files.ts'
import { healthRoutes, remembered } from './web/health.ts'
import { homeRoute } from './web/home.ts'
import { createIntakeChannel } from './web/intake.ts'
import { createMetrics } from './web/metrics.ts'
import { printRoutes } from './web/print.ts'
import { createWebServer, type Guarded } from './web/server.ts'
import { tokenCheck } from './web/token.ts'

export type Role = 'all' | 'web' | 'worker'
export type Running = { readonly url: string; readonly description: string; stop(): Promise<void> }

export type ServeOptions = {
  readonly role: Role
  /** Pages that exist only beside a simulator. */
  readonly extraRoutes?: readonly Guarded[]
  readonly log?: Logger
  /** Opened already, while other things were started; else it is opened here. */
  readonly database?: Promise<Database>
  /** When the mailbox is to be read; at once where absent. */
  readonly mailOpens?: Promise<void>
  /** The database cannot be reached any more, and never will be: the process must end. */
  readonly onLost?: (error: Error) => void
}

/** SIGTERM must be obeyed within ten seconds: three for requests under way, then five for work, and the rest to close. */
const hourMs = 3_600_000
const requestsMs = 3_000
const workMs = 5_000
/** Where another process takes the webhooks, nothing tells this one that something new waits. */
const lookEveryMs = 200
/** Agenda's looks, a second or more apart, are the guarantee; these are what makes a page punctual. */
const dueEveryMs = 100

/** The real adapters for what is configured; without a desk the mailbox can only be checked. */
export const channelsFor = (config: Config, desk?: EmailDesk): readonly Channel[] => [
  ...(config.twilio ? [createTwilioChannel(config.twilio)] : []),
  ...(config.slack ? [createSlackChannel(config.slack)] : []),
  ...teamsFor(config, desk),
  ...emailFor(config, desk),
  createIntakeChannel((site) => (config.twilio ? config.places.senderFor(site, 'sms') : undefined)),
]

type WebServer = ReturnType<typeof createWebServer>

/** Builds everything, starts it, and resolves once webhooks are taken. `stop` drains what is under way. */
export async function serve(config: Config, options: ServeOptions): Promise<Running> {
  const { log = logFor(config) } = options
  const onLost = options.onLost ?? ((error: Error) => log.fatal({ error: error.message }, 'database lost'))
  const database = await (options.database ?? openDatabase(config, onLost))
  let clock: SharedClock | undefined
  try {
    clock = await sharedClock(database.connection)
    const onTrouble = (words: string) => log.warn({ channel: 'email' }, words)
    const opens = options.mailOpens && { mailOpens: options.mailOpens }
    const { now } = clock
    const desk: EmailDesk = { models: database.models, receives: options.role !== 'web', onTrouble, now, ...opens }
    return await open(config, { ...options, log, database, clock, channels: channelsFor(config, desk) })
  } catch (error) {
    clock?.stop()
    await database.close()
    throw error
  }
}

/** The database of a process that runs, and not of one command. */
export const openDatabase = ({ environment }: Config, onLost: (error: Error) => void): Promise<Database> =>
  connect(environment, { takesOver: true, onLost })

async function open(config: Config, assembly: Assembly): Promise<Running> {
  const { environment } = config
  const { database, channels, clock } = assembly
  const { house, routes, watch } = await assemble(config, assembly)
  const isAuthorized = tokenCheck(environment.apiToken)
  const server = createWebServer({ routes, isAuthorized, onFault: (error) => watch.fault(error, { at: 'web' }) })
  const schedule = createSchedule(database.connection.db as never, house.jobs, (error, job) =>
    watch.fault(error, { at: job }),
  )
  const url = await server.listen({ port: environment.port, host: environment.host })
  let stopLooking = () => {}
  const stop = async () => {
    stopLooking()
    clock.stop()
    await shut(server, requestsMs)
    await Promise.allSettled([...channels.map((channel) => channel.stop()), schedule.drain(workMs), house.stop(workMs)])
    await schedule.release().catch(() => {}) // without a database the locks run out by themselves
    await database.close()
  }
  try {
    stopLooking = await begin(config, { assembly, house, schedule })
  } catch (error) {
    await stop() // what could not start must not go on looking healthy
    throw error
  }
  return { url, description: database.description, stop }
}

/** Takes what providers bring and looks at what is due, until what it resolves with is called. */
async function begin(config: Config, { assembly, house, schedule }: Begun): Promise<() => void> {
  const { role, channels } = assembly
  const started = channels.filter((channel) => isStartedBy(role, channel))
  await Promise.all(started.map((channel) => channel.start(house.inbox, house.reads)))
  if (role !== 'web') await schedule.start()
  const watching = await watchSize(config, assembly)
  const looking = role === 'worker' ? setInterval(house.wake, lookEveryMs) : undefined
  const due = role === 'web' ? undefined : setInterval(() => void house.lookAtDue().catch(() => {}), dueEveryMs)
  house.wake()
  return () => {
    for (const timer of [looking, due, watching]) clearInterval(timer)
  }
}

/** Says at start and once an hour when the site has outgrown a single node. */
async function watchSize({ environment }: Config, { database, log }: Assembly): Promise<NodeJS.Timeout> {
  const look = async () => {
    const warning = await sizeWarning(database.models, environment.mongodbUri === undefined)
    if (warning !== undefined) log.warn(warning)
  }
  await look()
  return setInterval(() => void look().catch(() => {}), hourMs).unref()
}

/** Web processes take what providers call; workers keep the connections that we open, such as Socket Mode and mailboxes. */
const isStartedBy = (role: Role, { routes }: Channel): boolean =>
  role === 'all' || role === (routes.length > 0 ? 'web' : 'worker')

/** Answers what is under way; whoever is slower than that is cut off, and was not told that we have it. */
async function shut(server: WebServer, withinMs: number): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), withinMs)
  await server.close()
  clearTimeout(cut)
}

type Assembly = Omit<ServeOptions, 'database'> & {
  readonly log: Logger
  readonly database: Database
  readonly clock: SharedClock
  readonly channels: readonly Channel[]
}

/** The graph: stores, bot, house and the routes that lead into it. */
async function assemble(config: Config, { role, extraRoutes = [], log, database, clock, channels }: Assembly) {
  const stores = storesOn(database.models)
  const policies = await keepPolicies(database.models, config.policy.policy)
  const metrics = createMetrics(() => depthsOf(database.models), probeRecords({ config, channels, stores }))
  const watch = watchWith(log, metrics.watch)
  const learned = startBot(config, [config.environment.dataDir, builtModel])
  const bot = withRulesBeneath(learned, (error) => watch.fault(error, { at: 'bot' }))
  const linkKey = await keepSecret(database.models, 'file-links')
  const { adviser: settings } = config.environment
  const adviser = settings && { adviser: createAdviser(settings) }
  const parts = { config, stores, policies, channels, bot, ...adviser, clock, random: Math.random, linkKey, watch }
  const house = buildHouse(parts, role)
  const readiness = readinessOf(database, channels)
  const health = healthRoutes({ readiness, metrics: metrics.text })
  if (role === 'worker') return { house, routes: health, watch }
  const routes: readonly Guarded[] = [
    ...channels.flatMap((channel) => channel.routes.map((route): Guarded => ({ ...route, access: 'provider' }))),
    ...health,
    homeRoute(readiness, extraRoutes.length > 0),
    ...apiRoutes({
      ...{ clock, desk: house.desk, ledger: stores.inbox.ledger },
      cases: createCaseList(database.models, stores),
      intake: {
        ...{ inbox: house.inbox, directory: house.directory, clock, endingOf: stores.inbox.endingOf },
        sites: new Set(config.duty.rosters.sites.keys()),
      },
      duty: (site, at) => runDuty(house.live.duty(), { site, at: at ?? clock.now().toISOString() }),
    }),
    ...printRoutes({
      ...{ cases: createCaseList(database.models, stores), key: linkKey, now: clock.now, time: house.desk.time },
      siteName: (site) => config.duty.rosters.sites.get(site)?.name ?? site,
    }),
    ...fileRoutes({ attachments: stores.attachments, key: linkKey, now: clock.now }),
    ...extraRoutes,
  ]
  return { house, routes, watch }
}

type Begun = {
  readonly assembly: Assembly
  readonly house: House
  readonly schedule: ReturnType<typeof createSchedule>
}

type Ready = { readonly ping: () => Promise<void> }

function readinessOf(database: Ready, channels: readonly Channel[]) {
  const checks = channels.map((channel) => [channel.name, remembered(() => channel.check(), Date.now)] as const)
  return async () => {
    const ping = await database.ping().then(
      () => ({ ok: true, detail: 'answers' }),
      () => ({ ok: false, detail: 'does not answer' }),
    )
    const parts = await Promise.all(checks.map(async ([name, check]) => [name, await check()] as const))
    // A provider that is down does not stop us from storing what others send, so only the database decides.
    return { ready: ping.ok, parts: { database: ping, ...Object.fromEntries(parts) } }
  }
}

const logFor = ({ environment }: Config): Logger => pino({ level: environment.logLevel, base: null })

type MetricsWatch = ReturnType<typeof createMetrics>['watch']

/** Logs name cases, channels and message ids; never words, numbers or addresses. */
function watchWith(log: Logger, metrics: MetricsWatch): Watch {
  return {
    stored: metrics.stored,
    delivered: (row, at) => {
      metrics.delivered(row, at)
      log.info(
        { case: row.message.caseId, channel: row.message.to.channel, message: row.id, purpose: row.purpose.type },
        'sent',
      )
    },
    fault: (error, about) => {
      metrics.fault(about.at ?? 'case')
      const { name, message, stack } = error instanceof Error ? error : new Error('unknown fault')
      log.error(
        { ...about, error: name, where: stack?.split('\n')[1]?.trim(), ...(name === 'ZodError' ? {} : { message }) },
        'fault',
      )
    },
  }
}

import { type Logger, pino } from 'pino'
import { createSlackChannel } from './channels/slack/slack.ts'
import { createTwilioChannel } from './channels/twilio/twilio.ts'
import type { Config } from './config.ts'
import type { Channel } from './core/channel.ts'
import { runDuty } from './core/duty/run-duty.ts'
import { createSchedule } from './core/jobs/schedule.ts'
import { createCaseList } from './core/store/case-list.ts'
import { connect, type Database } from './core/store/connect.ts'
import { keepPolicies } from './core/store/policy-store.ts'
import { storesOn } from './core/store/stores.ts'
import { buildHouse, type Watch } from './house.ts'
import { depthsOf } from './operations/depths.ts'
import { builtModel, startBot } from './start-bot.ts'
import { apiRoutes } from './web/api.ts'
import { healthRoutes, remembered } from './web/health.ts'
import { createMetrics } from './web/metrics.ts'
import { createWebServer, type Guarded } from './web/server.ts'
import { tokenCheck } from './web/token.ts'

export type Role = 'all' | 'web' | 'worker'
export type Running = { readonly url: string; readonly description: string; stop(): Promise<void> }

export type ServeOptions = {
  readonly role: Role
  /** Pages that exist only beside a simulator. */
  readonly extraRoutes?: readonly Guarded[]
  readonly log?: Logger
}

const drainMs = 8_000
const systemClock = { now: () => new Date() }

/** The real adapters for what is configured. */
export const channelsFor = (config: Config): readonly Channel[] => [
  ...(config.twilio ? [createTwilioChannel(config.twilio)] : []),
  ...(config.slack ? [createSlackChannel(config.slack)] : []),
]

/** Builds everything, starts it, and resolves once webhooks are taken. `stop` drains what is under way. */
export async function serve(config: Config, options: ServeOptions): Promise<Running> {
  const { environment } = config
  const { role } = options
  const database = await connect(environment)
  const channels = channelsFor(config)
  const { house, routes, watch } = await assemble(config, { ...options, database, channels })
  const isAuthorized = tokenCheck(environment.apiToken)
  const server = createWebServer({ routes, isAuthorized, onFault: (error) => watch.fault(error, { at: 'web' }) })
  const schedule = createSchedule(database.connection.db as never, house.jobs, (error, job) =>
    watch.fault(error, { at: job }),
  )
  for (const channel of channels) await channel.start(house.inbox)
  const url = await server.listen({ port: environment.port, host: environment.host })
  if (role !== 'web') await schedule.start()
  house.wake()
  return {
    url,
    description: database.description,
    stop: async () => {
      await server.close()
      for (const channel of channels) await channel.stop()
      if (role !== 'web') await schedule.drain(drainMs)
      await house.stop()
      await database.close()
    },
  }
}

type Assembly = ServeOptions & { readonly database: Database; readonly channels: readonly Channel[] }

/** The graph: stores, bot, house and the routes that lead into it. */
async function assemble(
  config: Config,
  { role, extraRoutes = [], log = logFor(config), database, channels }: Assembly,
) {
  const stores = storesOn(database.models)
  const policies = await keepPolicies(database.models, config.policy.policy)
  const bot = startBot(config.content, [config.environment.dataDir, builtModel])
  const metrics = createMetrics(() => depthsOf(database.models))
  const watch = watchWith(log, metrics.watch)
  const clock = systemClock
  const house = buildHouse({ config, stores, policies, channels, bot, clock, random: Math.random, watch }, role)
  const routes: readonly Guarded[] = [
    ...channels.flatMap((channel) => channel.routes.map((route): Guarded => ({ ...route, access: 'provider' }))),
    ...healthRoutes({ readiness: readinessOf(database, channels), metrics: metrics.text }),
    ...apiRoutes({
      ...{ clock, engine: house.engine, directory: house.directory, ledger: stores.inbox.ledger },
      cases: createCaseList(database.models, stores),
      duty: (site, at) => runDuty(config.duty, { site, at: at ?? clock.now().toISOString() }),
    }),
    ...extraRoutes,
  ]
  return { house, routes, watch }
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

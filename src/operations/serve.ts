import { setFlagsFromString } from 'node:v8'
import { type Config, faultLines, withVariables } from '../config.ts'
import type { Database } from '../core/store/connect.ts'
import { openDatabase, type Role, type Running, serve } from '../main.ts'
import type { Demo } from '../simulator/demo.ts'
import type { Guarded } from '../web/server.ts'
import { configured } from './configured.ts'
import { databaseRefusal, Refusal } from './refusal.ts'

const roles = ['all', 'web', 'worker']

/** `gatehouse serve`: runs until SIGINT or SIGTERM, then drains and stops within ten seconds. */
export async function runServe(role: string): Promise<void> {
  if (!roles.includes(role)) throw new Refusal(`--role must be one of ${roles.join(', ')}`)
  const config = configured()
  const { demo } = config.environment
  surviveLostDatabase()
  const running = await (demo ? serveDemo(config) : serve(config, { role: role as Role, onLost: end })).catch(
    (error: unknown) => {
      throw refusalOf(error, config)
    },
  )
  // `bin/gatehouse.js` starts in a small heap; from here on speed counts.
  setFlagsFromString('--no-optimize-for-size')
  if (!demo) console.log(`Gatehouse listens on ${running.url}\n  database  ${running.description}`)
  stopOnSignal(running)
}

function end(error: Error): void {
  console.error(`gatehouse: ${error.message}`)
  process.exit(1)
}

/** What a person can mend at start, in one line that names what to change. */
function refusalOf(error: unknown, { environment }: Config): unknown {
  const { code, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
  const { port, host } = environment
  if (code === 'EADDRINUSE')
    return new Refusal(`PORT ${port} on ${host} is in use: stop the program that listens there, or set PORT to another`)
  if (code === 'EACCES' && message.includes('listen'))
    return new Refusal(`PORT ${port} may not be used by this user: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL') return new Refusal(`HOST ${host} is not an address of this machine: set HOST`)
  return databaseRefusal(error, environment) ?? error
}

/**
 * Agenda looks at its jobs from timers whose promises nobody awaits, so a lost database surfaces here too. It comes back
 * and the next look goes on; anything else is a bug whose extent nobody knows, and a fresh start is safer.
 */
function surviveLostDatabase(): void {
  process.on('unhandledRejection', (reason) => {
    if (reason instanceof Error && /^Mongo/.test(reason.name)) return
    console.error('gatehouse: unexpected fault', reason)
    process.exit(1)
  })
}

/** Runs the real adapters against the local providers. */
async function serveDemo(config: Config): Promise<Running> {
  const { places, duty } = config
  // Side by side: the store has a thread of its own.
  const database = openDatabase(config, end)
  database.catch(() => {}) // whoever waits for it says why
  const { startDemo } = await import('../simulator/demo.ts')
  const demo = await startDemo({ places, staff: duty.staff })
  try {
    return await serveWith(demo, config, database)
  } catch (error) {
    // The local providers listen already, and would keep a process alive that has refused to serve.
    await demo.close()
    await database.then(({ close }) => close()).catch(() => {})
    throw error
  }
}

async function serveWith(demo: Demo, config: Config, database: Promise<Database>): Promise<Running> {
  const { demoApiToken, withoutMailPages } = await import('../simulator/demo.ts')
  const { simulatorRoutes } = await import('../simulator/page-routes.ts')
  const { config: connected, faults } = withVariables(config, {
    GATEHOUSE_API_TOKEN: demoApiToken,
    GATEHOUSE_SIMULATOR: 'on',
    ...process.env,
    ...demo.variables,
    ...demo.mail.variables,
  })
  if (connected === undefined) throw new Refusal(faultLines(faults).join('\n'))
  const extraRoutes: readonly Guarded[] = simulatorRoutes(demo, connected)
  const played = withoutMailPages(connected)
  const running = await serve(played, {
    role: 'all',
    extraRoutes,
    database,
    onLost: end,
    mailOpens: demo.mail.firstMail,
  })
  demo.connect({ publicUrl: connected.environment.publicUrl, deliverTo: running.url })
  console.log(welcome(running, connected, demo.variables))
  return {
    ...running,
    stop: async () => {
      await demo.close()
      await running.stop()
    },
  }
}

const welcome = (running: Running, { environment }: Config, variables: Readonly<Record<string, string>>): string =>
  [
    '',
    `Gatehouse runs as a demonstration. Play customer and supervisor here:  ${running.url}/simulator`,
    '',
    `  database    ${running.description}`,
    `  API         ${running.url}/api/v1/cases   Authorization: Bearer ${environment.apiToken}`,
    `  Twilio      POST ${environment.publicUrl}/webhooks/twilio   account ${variables.TWILIO_ACCOUNT_SID}, auth token ${variables.TWILIO_AUTH_TOKEN}`,
    `  Slack       POST ${environment.publicUrl}/webhooks/slack    signing secret ${variables.SLACK_SIGNING_SECRET}`,
    `  Teams       POST ${environment.publicUrl}/api/messages      app ${variables.TEAMS_APP_ID}`,
    '  E-mail      a mailbox on this machine, which the page writes to',
    '',
    'Nothing leaves this machine. Ctrl-C stops. The README says how to connect a real number and workspace.',
    '',
  ].join('\n')

const patienceMs = 10_000

function stopOnSignal(running: Running): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), patienceMs).unref()
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

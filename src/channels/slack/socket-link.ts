import type { App, Receiver, SocketModeReceiver } from '@slack/bolt'
import { platformErrorOf } from './errors.ts'
import { quietLogger } from './quiet-logger.ts'
import type { SlackSettings } from './settings.ts'
import { lazyClient } from './web-client.ts'

export type SocketLink = {
  readonly receiver: Receiver
  /** Resolves once connected, or once the first attempt failed: it then goes on trying. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Undefined while connected. Before the start, Slack is asked whether it would let us connect. */
  fault(): Promise<string | undefined>
}

const helloWithinMs = 15_000
const steadyAfterMs = 5_000
const longestPauseMs = 30_000

/**
 * Keeps one Socket Mode connection open. Bolt's own reconnecting waits `clientPingTimeout` after every refresh and ends in
 * an unhandled rejection when Slack refuses a new connection, so it is switched off and every connection is a new receiver.
 */
export function createSocketLink(settings: SlackSettings & { readonly appToken: string }): SocketLink {
  let app: App | undefined
  let fault: string | undefined = 'not connected yet'
  const stopping = new AbortController()
  const stopped = new Promise<string>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve('stopped'))
  })
  let running: Promise<void> | undefined

  async function keepConnected(firstAttempt: () => void): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const openedAt = Date.now()
      const { receiver, lost } = await connect(settings, app)
      fault = await Promise.race([opened(receiver), stopped])
      firstAttempt()
      fault ??= await Promise.race([lost, stopped])
      closeQuietly(receiver)
      failures = Date.now() - openedAt > steadyAfterMs ? 0 : failures + 1
      await Promise.race([pause(pauseMs(failures)), stopped])
    }
  }

  return {
    receiver: { init: (owner) => (app = owner), start: () => Promise.resolve(), stop: () => Promise.resolve() },
    async fault() {
      if (stopping.signal.aborted) return 'stopped'
      return running === undefined ? askedForAddress(settings) : fault
    },
    async start() {
      await new Promise<void>((resolve) => {
        running = keepConnected(resolve)
      })
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** For `doctor`, which starts nothing: asks for a connection and does not open it. */
async function askedForAddress(settings: SlackSettings & { readonly appToken: string }): Promise<string | undefined> {
  const client = await lazyClient({ ...settings, botToken: settings.appToken }, 10_000)()
  return client.apps.connections.open().then(() => undefined, refusalOf)
}

async function connect(settings: SlackSettings & { readonly appToken: string }, app: App | undefined) {
  const { SocketModeReceiver } = await import('@slack/bolt')
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    logger: quietLogger,
    autoReconnectEnabled: false,
    processEventErrorHandler: () => Promise.resolve(false),
    installerOptions: {
      clientOptions: { slackApiUrl: settings.apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
    },
  })
  if (app !== undefined) receiver.init(app)
  const lost = new Promise<string>((resolve) =>
    receiver.client.once('disconnected', () => resolve('the connection was closed')),
  )
  return { receiver, lost }
}

/** Undefined when Slack said hello in time, otherwise what went wrong, without any token. */
function opened(receiver: SocketModeReceiver): Promise<string | undefined> {
  const hello = receiver.client.start().then(() => undefined, refusalOf)
  return Promise.race([hello, pause(helloWithinMs).then(() => 'Slack did not say hello in time')])
}

function refusalOf(error: unknown): string {
  const name = platformErrorOf(error)
  return name === undefined ? 'Slack could not be reached' : `Slack refused Socket Mode (${name})`
}

function closeQuietly(receiver: SocketModeReceiver): void {
  // The promise of a connection that never was may never settle; nobody waits for it.
  receiver.client.disconnect().catch(() => {})
}

/** Full jitter, so that many instances do not come back at the same moment. The first return is at once. */
function pauseMs(failures: number): number {
  return failures <= 1 ? 0 : Math.random() * Math.min(longestPauseMs, 250 * 2 ** failures)
}

/** Does not keep the process alive by itself. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}

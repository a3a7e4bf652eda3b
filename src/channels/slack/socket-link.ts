import type { App, Receiver, SocketModeReceiver } from '@slack/bolt'
import { quietLogger } from './quiet-logger.ts'
import type { SlackSettings } from './settings.ts'

export type SocketLink = {
  readonly receiver: Receiver
  /** Resolves once connected, or once the first attempt failed: it then goes on trying. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Undefined while connected. */
  fault(): string | undefined
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
  let current: SocketModeReceiver | undefined
  let fault: string | undefined = 'not connected yet'
  let wake = () => {}
  let isStopped = false
  let running: Promise<void> | undefined

  async function keepConnected(firstAttempt: () => void): Promise<void> {
    for (let failures = 0; !isStopped; ) {
      const openedAt = Date.now()
      const { receiver, lost } = await connect(settings, app)
      current = receiver
      fault = await opened(receiver)
      firstAttempt()
      if (fault === undefined && !isStopped) fault = await lost
      closeQuietly(receiver)
      failures = Date.now() - openedAt > steadyAfterMs ? 0 : failures + 1
      if (!isStopped) await new Promise<void>((resolve) => (wake = after(pauseMs(failures), resolve)))
    }
  }

  return {
    receiver: { init: (owner) => (app = owner), start: () => Promise.resolve(), stop: () => Promise.resolve() },
    fault: () => fault,
    async start() {
      await new Promise<void>((resolve) => {
        running = keepConnected(resolve)
      })
    },
    async stop() {
      isStopped = true
      fault = 'stopped'
      if (current !== undefined) closeQuietly(current)
      wake()
      await running
    },
  }
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
async function opened(receiver: SocketModeReceiver): Promise<string | undefined> {
  let cancel = () => {}
  const late = new Promise<string>((resolve) => {
    cancel = after(helloWithinMs, () => resolve('Slack did not say hello in time'))
  })
  const hello = receiver.client.start().then(
    () => undefined,
    (error: unknown) => refusalOf(error),
  )
  try {
    return await Promise.race([hello, late])
  } finally {
    cancel()
  }
}

function refusalOf(error: unknown): string {
  const name = (error as { data?: { error?: unknown } } | undefined)?.data?.error
  const isName = typeof name === 'string' && /^[a-z_]{1,60}$/.test(name)
  return isName ? `Slack refused Socket Mode (${name})` : 'Slack could not be reached'
}

function closeQuietly(receiver: SocketModeReceiver): void {
  // The promise of a connection that never was may never settle; nobody waits for it.
  receiver.client.disconnect().catch(() => {})
}

/** Full jitter, so that many instances do not come back at the same moment. The first return is at once. */
function pauseMs(failures: number): number {
  return failures <= 1 ? 0 : Math.random() * Math.min(longestPauseMs, 250 * 2 ** failures)
}

/** Runs `then` after a while, or at once when the returned function is called. */
function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds)
  return () => {
    clearTimeout(timer)
    then()
  }
}

import type { webApi } from '@slack/bolt'
import { quietLogger } from './quiet-logger.ts'
import type { SlackSettings } from './settings.ts'

export type WebClient = webApi.WebClient

/**
 * How we call Slack. Its client would wait for ever and try again ten times, also after a 503 behind which the message
 * was posted; here a call is made once, and the outbox decides about another.
 */
export function clientOptions(settings: SlackSettings, timeoutMs: number) {
  return {
    slackApiUrl: settings.apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: quietLogger,
  }
}

/** Makes the client at first use: Bolt takes about 200 ms and 35 MB to load, which a desk without Slack need not pay. */
export function lazyClient(settings: SlackSettings, timeoutMs: number): () => Promise<WebClient> {
  let client: Promise<WebClient> | undefined
  return () => {
    client ??= import('@slack/bolt').then((bolt) => {
      return new bolt.webApi.WebClient(settings.botToken, clientOptions(settings, timeoutMs))
    })
    return client
  }
}

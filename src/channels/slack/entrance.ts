import type { App, Receiver } from '@slack/bolt'
import type { Route } from '../../core/channel.ts'
import { createHttpReceiver } from './http-receiver.ts'
import type { SlackSettings } from './settings.ts'
import { createSocketLink } from './socket-link.ts'

/** How Slack's events reach us: it calls our route, or we keep a socket open to it. */
export type Entrance = {
  readonly receiver: Receiver
  readonly routes: readonly Route[]
  /** `load` makes Bolt's app; where Slack calls us, its first call or a quiet moment does. */
  open(load: () => Promise<App>): Promise<void>
  close(): Promise<void>
  /** Why events cannot reach us at the moment, as far as we can know. */
  fault(): Promise<string | undefined>
}

/** Slack's payloads stay far below this; whatever is larger is not from Slack. */
const maxBytes = 1_048_576

export function createEntrance(settings: SlackSettings, clock: () => Date): Entrance {
  const { appToken, signingSecret } = settings
  if (appToken !== undefined) {
    const link = createSocketLink({ ...settings, appToken })
    const open = async (load: () => Promise<App>) => {
      await load()
      await link.start()
    }
    return { receiver: link.receiver, routes: [], open, close: link.stop, fault: link.fault }
  }
  // `settings.ts` asks for one of the two; an empty secret must never become one that verifies.
  if (!signingSecret) throw new Error('Slack needs a signing secret or an app token')
  const { receiver, handle, open } = createHttpReceiver({ signingSecret, clock })
  return {
    receiver,
    routes: [{ method: 'POST', path: '/webhooks/slack', maxBytes, handle }],
    open: async (load) => open(load),
    close: async () => {
      await receiver.stop()
    },
    fault: () => Promise.resolve(undefined),
  }
}

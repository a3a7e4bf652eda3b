import type { Channel, ChannelLimits, DeskReads } from '../../core/channel.ts'
import { commandWords } from '../../core/desk/forms.ts'
import { checkSlack } from './check.ts'
import { createDeskApp } from './desk-app.ts'
import { createEntrance } from './entrance.ts'
import { createHomes } from './homes.ts'
import { openFile } from './open-file.ts'
import { createPosting, maxTextLength } from './posting.ts'
import { type Commands, pressOf, submissionOf, typedOf } from './read-action.ts'
import { readEvent } from './read-event.ts'
import { shortcutOf } from './read-shortcut.ts'
import type { SlackSettings } from './settings.ts'
import { lazyClient } from './web-client.ts'
import { whisper } from './whisper.ts'

export type SlackOptions = {
  /** What the desk offers; the registry's commands by default. */
  readonly commands?: Commands
  readonly clock?: () => Date
  /** How long Slack may take to answer one call. */
  readonly timeoutMs?: number
}

const limits: ChannelLimits = {
  maxTextLength,
  buttons: 5,
  reportsDelivery: false,
  replyWindowSeconds: Number.POSITIVE_INFINITY,
  optOut: false,
  carry: (files) => files.map(() => ({ way: 'bytes' })),
}

const maxFileBytes = 20 * 1_048_576
const fileTimeoutMs = 30_000

/** The Slack desk: Socket Mode when there is an app token, else the route `POST /webhooks/slack`. */
export function createSlackChannel(settings: SlackSettings, options: SlackOptions = {}): Channel {
  const { commands = commandWords, clock = () => new Date(), timeoutMs = 10_000 } = options
  const client = lazyClient(settings, timeoutMs)
  const posting = createPosting(client, settings)
  let reads: DeskReads | undefined
  const homes = createHomes({ client, commands, desk: () => reads })
  const tell: NonNullable<Channel['whisper']> = async (to, text, shown) => {
    await whisper(await client(), settings, to, text, shown)
    // A press without a place came from the page itself.
    homes.refresh(to.address.id, to.reply === undefined)
  }
  const explain = async (body: unknown, words: string): Promise<void> => {
    const asked = pressOf(body) ?? typedOf(body, commands) ?? shortcutOf(body, commands) ?? submissionOf(body)
    if (asked !== undefined) await tell(asked.user, words)
  }
  const entrance = createEntrance(settings, clock)
  return {
    name: 'slack',
    limits: { slack: limits },
    routes: entrance.routes,
    start: async (inbox, desk) => {
      const { receiver } = entrance
      reads = desk
      let app: ReturnType<typeof createDeskApp> | undefined
      await entrance.open(() => {
        app ??= createDeskApp({ settings, receiver, inbox, desk, commands, homes, clock, explain })
        return app
      })
    },
    read: (event) => readEvent(event, commands),
    send: (message) => posting.send(message),
    find: (message, attemptedAt) => posting.find(message, attemptedAt),
    show: (place, card, shownAs) => posting.show(place, card, shownAs),
    whisper: tell,
    open: (ref) => openFile(ref, settings, { maxBytes: maxFileBytes, timeoutMs: fileTimeoutMs }),
    check: async () => checkSlack(await client(), entrance.fault),
    stop: () => {
      homes.stop()
      return entrance.close()
    },
  }
}

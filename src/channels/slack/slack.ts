import type { Channel, ChannelLimits } from '../../core/channel.ts'
import { commandWords } from '../../core/desk/forms.ts'
import { checkSlack } from './check.ts'
import { createDeskApp } from './desk-app.ts'
import { createEntrance } from './entrance.ts'
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
}

/** The Slack desk: Socket Mode when there is an app token, else the route `POST /webhooks/slack`. */
export function createSlackChannel(settings: SlackSettings, options: SlackOptions = {}): Channel {
  const { commands = commandWords, clock = () => new Date(), timeoutMs = 10_000 } = options
  const client = lazyClient(settings, timeoutMs)
  const posting = createPosting(client)
  const tell: NonNullable<Channel['whisper']> = async (to, text, shown) =>
    whisper(await client(), settings, to, text, shown)
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
      await createDeskApp({ settings, receiver, inbox, desk, commands, clock, explain })
      await entrance.open()
    },
    read: (event) => readEvent(event, commands),
    send: (message) => posting.send(message),
    find: (message, attemptedAt) => posting.find(message, attemptedAt),
    show: (place, card, shownAs) => posting.show(place, card, shownAs),
    whisper: tell,
    check: async () => checkSlack(await client(), entrance.fault),
    stop: () => entrance.close(),
  }
}

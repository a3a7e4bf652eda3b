import type { Channel, ChannelLimits } from '../../core/channel.ts'
import { forms as standardForms } from '../../core/desk/forms.ts'
import { checkSlack } from './check.ts'
import { createDeskApp } from './desk-app.ts'
import { createEntrance } from './entrance.ts'
import { createPosting, maxTextLength } from './posting.ts'
import { type Forms, pressOf, typedOf } from './read-action.ts'
import { readEvent } from './read-event.ts'
import type { SlackSettings } from './settings.ts'
import { lazyClient } from './web-client.ts'
import { whisper } from './whisper.ts'

export type SlackOptions = {
  /** The commands that need a form; the desk's own by default. */
  readonly forms?: Forms
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
  const { forms = standardForms, clock = () => new Date(), timeoutMs = 10_000 } = options
  const client = lazyClient(settings, timeoutMs)
  const posting = createPosting(client)
  const tell: NonNullable<Channel['whisper']> = async (to, text) => whisper(await client(), settings, to, text)
  const apologise = async (body: unknown): Promise<void> => {
    const user = (pressOf(body) ?? typedOf(body, forms))?.user
    if (user !== undefined) await tell(user, 'The form could not be opened. Please press the button again.')
  }
  const entrance = createEntrance(settings, clock)
  return {
    name: 'slack',
    limits: { slack: limits },
    routes: entrance.routes,
    start: async (inbox) => {
      const { receiver } = entrance
      await createDeskApp({ settings, receiver, inbox, forms, clock, apologise })
      await entrance.open()
    },
    read: (event) => readEvent(event, forms),
    send: (message) => posting.send(message),
    find: (message, attemptedAt) => posting.find(message, attemptedAt),
    show: (place, card, shownAs) => posting.show(place, card, shownAs),
    whisper: tell,
    check: async () => checkSlack(await client(), entrance.fault),
    stop: () => entrance.close(),
  }
}

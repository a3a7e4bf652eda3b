import { type HttpDoor, openHttpDoor } from './http-door.ts'
import type { ChangeListener, LocalMessage } from './message-book.ts'
import { type PhoneText, phoneContext, sendFromPhone, type TextOutcome } from './phone.ts'
import { serveApi, serveMedia } from './serve.ts'
import type { StandingTrouble, Trouble, TroubleKind } from './trouble.ts'
import type { WebhookRecord, WebhookTarget } from './webhooks.ts'
import { createWorld, type LocalTwilioOptions, settled, track, type World } from './world.ts'

export type { LocalTwilioOptions } from './world.ts'

export type LocalTwilio = {
  /** For TWILIO_API_URL and TWILIO_CONTENT_URL. */
  readonly apiUrl: string
  readonly contentUrl: string
  connect(target: WebhookTarget): void
  /** Resolves with how our webhook answered. */
  textFrom(text: PhoneText): Promise<TextOutcome>
  /** What one phone shows, oldest first, each message with its true state. */
  messagesOf(number: string): readonly LocalMessage[]
  /** Every message, oldest first. */
  messages(): readonly LocalMessage[]
  onChange(listener: ChangeListener): () => void
  startTrouble(trouble: Trouble, times?: number): Promise<void>
  stopTrouble(kind?: TroubleKind): Promise<void>
  activeTrouble(): readonly Trouble[]
  standingTrouble(): readonly StandingTrouble[]
  /** Moves the clock by which the 24-hour window is counted. */
  advance(milliseconds: number): void
  /** Resolves when no status or webhook is on its way any more. */
  settled(): Promise<void>
  /** The newest webhooks that were made, oldest first, each with how it was answered. */
  deliveries(): readonly WebhookRecord[]
  /** Requests the media store has seen, newest last: their `Authorization` must be absent. */
  readonly mediaRequests: readonly { readonly path: string; readonly authorization: string | undefined }[]
  close(): Promise<void>
}

/** Starts a Twilio on this machine: REST, signed webhooks, carrier and phones. Listens on the loopback address only. */
export async function startLocalTwilio(options: LocalTwilioOptions): Promise<LocalTwilio> {
  const world = createWorld(options)
  const store = await openHttpDoor(0, (request, response) => serveMedia(request, response, world))
  const api = await openHttpDoor(options.port ?? 0, (request, response) =>
    serveApi(request, response, { world, store }),
  )
  return {
    apiUrl: api.url,
    contentUrl: api.url,
    connect: (target) => {
      world.target = target
    },
    textFrom: (text) => track(world, sendFromPhone(text, phoneContext(world))),
    messagesOf: (number) =>
      world.book
        .all()
        .filter((each) => each.from === number || each.to === number)
        .reverse(),
    messages: () => [...world.book.all()].reverse(),
    onChange: world.book.onChange,
    ...troubleControls(world, api),
    advance: (milliseconds) => {
      world.offsetMs += milliseconds
    },
    settled: () => settled(world),
    deliveries: () => world.webhooks.made,
    mediaRequests: world.mediaRequests,
    async close() {
      world.closing.abort()
      await Promise.all([api.shut(), store.shut()])
      await settled(world)
    },
  }
}

function troubleControls(
  world: World,
  api: HttpDoor,
): Pick<LocalTwilio, 'startTrouble' | 'stopTrouble' | 'activeTrouble' | 'standingTrouble'> {
  return {
    async startTrouble(trouble, times) {
      world.trouble.start(trouble, times)
      if (trouble.kind === 'down') await api.shut()
    },
    async stopTrouble(kind) {
      if (kind === undefined) world.trouble.calm()
      else world.trouble.stop(kind)
      if (kind === undefined || kind === 'down') await api.open()
    },
    activeTrouble: () => world.trouble.active(),
    standingTrouble: () => world.trouble.standing(),
  }
}

import type { Address, CardView, DeliveryReport, InboundMessage, OutboundMessage } from './message.ts'

/** Everything the core may ask of a provider. A new channel implements this and nothing else. */
export interface Channel {
  /** The folder's name: `twilio`, `slack`, `email`, `teams`, `memory`. */
  readonly name: string
  /** The `Address.channel` values it carries and what each can do, e.g. `{ sms: …, whatsapp: … }`. */
  readonly limits: Readonly<Record<string, ChannelLimits>>
  /** The HTTP routes its provider calls; empty where it dials out. */
  readonly routes: readonly Route[]
  start(inbox: Inbox): Promise<void>
  /** Understands an event it stored earlier. Pure; throws only for a bug (the event is then quarantined). */
  read(event: RawEvent): Reading
  send(message: OutboundMessage): Promise<SendResult>
  /** Looks up, with the provider, a message whose sending ended without an answer. */
  find(message: OutboundMessage, attemptedAt: Date): Promise<FindResult>
  /** Shows a case card in a place, or changes the one shown there before. Absent where there is no desk. */
  show?(place: Address, card: CardView, shownAs: string | undefined): Promise<SendResult>
  /** Tells one staff member, privately, what became of what they pressed or typed. Best effort. */
  whisper?(to: DeskUser, text: string): Promise<void>
  /** Opens an attachment by its `ref`: bounded in size and time, and only from the provider's own hosts. */
  open?(ref: string): Promise<Opened>
  /** Whether the provider can be reached with our credentials; for `doctor` and `/readyz`. */
  check(): Promise<CheckResult>
  stop(): Promise<void>
}

/** Facts the core needs to choose and shape a message; data, so they can be shown and tested. */
export type ChannelLimits = {
  readonly maxTextLength: number
  readonly buttons: number
  readonly reportsDelivery: boolean
  /** Seconds after the customer's last message in which free text may be sent; Infinity where there is no such window. */
  readonly replyWindowSeconds: number
  /** Whether we must honour STOP and START ourselves. */
  readonly optOut: boolean
}

/** Everything a channel may ask of the core. */
export interface Inbox {
  /** Writes the event down. Resolves only once it survives a crash; rejects when it could not be stored. */
  receive(event: RawEvent): Promise<'stored' | 'duplicate'>
}

/** What a provider told us, as it told it. */
export type RawEvent = {
  /** Unique for one provider event, however often delivered: channel, account, provider id, and state for reports. */
  readonly id: string
  /** The channel folder that can read it again. */
  readonly source: string
  /** The `Address.channel` it is accounted under in the ledger. */
  readonly channel: string
  readonly kind: 'message' | 'action' | 'report'
  /** Events of one conversation are read in the order they came. */
  readonly conversation: string
  readonly receivedAt: Date
  /** JSON only: it must read back from the database as it was written. */
  readonly payload: unknown
}

/** What an event turned out to be. */
export type Reading =
  | { readonly type: 'message'; readonly message: InboundMessage }
  | { readonly type: 'report'; readonly report: DeliveryReport }
  | { readonly type: 'action'; readonly action: DeskAction }
  /** A staff member wrote under a case card: internal, never sent to the customer. */
  | {
      readonly type: 'thread'
      readonly user: DeskUser
      readonly threadOf: string
      readonly text: string
      readonly at: Date
    }
  | { readonly type: 'suppress'; readonly reason: string; readonly message?: InboundMessage }
  | { readonly type: 'quarantine'; readonly reason: string }

/** A person as the desk's provider names them. `reply` is where the answer to this press belongs. */
export type DeskUser = { readonly address: Address; readonly reply?: string }

/** A staff member asks for a desk command, by button, form or typed word. */
export type DeskAction = {
  readonly id: string
  readonly user: DeskUser
  readonly command: string
  readonly caseId: string
  readonly args: Readonly<Record<string, string>>
  readonly at: Date
}

/** Expected failures are values; `permanent` is the one question the outbox has to ask. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | {
      readonly outcome: 'refused'
      readonly permanent: boolean
      readonly reason: string
      readonly retryAfterSeconds?: number
    }
  /** The request was written but no answer came: it may or may not have been sent. */
  | { readonly outcome: 'unknown'; readonly reason: string }

export type FindResult =
  | { readonly outcome: 'found'; readonly providerId: string }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unknown'; readonly reason: string }

/** What an attachment holds, or why it could not be fetched. */
export type Opened =
  | { readonly ok: true; readonly contentType: string; readonly bytes: Buffer }
  | { readonly ok: false; readonly permanent: boolean; readonly reason: string }

export type CheckResult = { readonly ok: boolean; readonly detail: string; readonly mend?: string }

/** One HTTP route of a channel. The web server reads the body up to `maxBytes` and hands it over unparsed. */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly maxBytes: number
  handle(request: HttpRequest): Promise<HttpResponse>
}

export type HttpRequest = {
  readonly method: string
  /** Path and query as the client sent them. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export type HttpResponse = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

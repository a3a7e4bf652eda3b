import type { FormSpec } from './desk/forms.ts'
import type {
  Address,
  Attachment,
  CardView,
  DeliveryReport,
  DeskList,
  FileRef,
  InboundMessage,
  OutboundMessage,
  ReplyRoute,
} from './message.ts'

/** Everything the core may ask of a provider. A new channel implements this and nothing else. */
export interface Channel {
  /** The folder's name: `twilio`, `slack`, `email`, `teams`, `memory`. */
  readonly name: string
  /** The `Address.channel` values it carries and what each can do, e.g. `{ sms: …, whatsapp: … }`. */
  readonly limits: Readonly<Record<string, ChannelLimits>>
  /** The HTTP routes its provider calls; empty where it dials out. */
  readonly routes: readonly Route[]
  /** `desk` answers what a desk must know while a person waits; a channel without a desk does not need it. */
  start(inbox: Inbox, desk?: DeskReads): Promise<void>
  /** Understands an event it stored earlier. Pure; throws only for a bug (the event is then quarantined). */
  read(event: RawEvent): Reading
  send(message: OutboundMessage): Promise<SendResult>
  /** Looks up, with the provider, a message whose sending ended without an answer. */
  find(message: OutboundMessage, attemptedAt: Date): Promise<FindResult>
  /** Shows a case card in a place, or changes the one shown there before. Absent where there is no desk. */
  show?(place: Address, card: CardView, shownAs: string | undefined): Promise<SendResult>
  /** Tells one staff member, privately, what became of what they pressed or typed. Best effort. */
  whisper?(to: DeskUser, text: string, shown?: Shown): Promise<void>
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
  /** What becomes of each file on the way to this customer; without it every file goes as a link. */
  readonly carry?: (
    files: readonly FileRef[],
    route: { readonly to: Address; readonly from?: Address },
  ) => readonly Carriage[]
  /** How much a text is to the provider, in words for staff, where it is billed by length. */
  readonly sizeOf?: (text: string) => string
}

/** With the message, by its bytes or by an address that the provider fetches; or `instead`, as a link in the text, and why. */
export type Carriage = { readonly way: 'bytes' | 'url' } | { readonly way: 'link'; readonly because: string }

/** Everything a channel may ask of the core. */
export interface Inbox {
  /** Writes the event down. Resolves only once it survives a crash; rejects when it could not be stored. */
  receive(event: RawEvent): Promise<'stored' | 'duplicate'>
}

/** What an answer shows beside its words; a desk that cannot lay it out shows the words alone. */
export type Shown = { readonly list?: DeskList; readonly card?: CardView }

/**
 * What a desk asks while a person waits. Reads only, and only what that person may see; every answer comes within the
 * time a provider gives (Slack: three seconds). What is done with it is checked again when the command arrives.
 */
export interface DeskReads {
  /** The form of a command for this person and case, with its choices and values filled in. */
  form(ask: FormAsk): Promise<FormAnswer>
  /** What the customer would read, to the letter. A trial run of the command: nothing changes. */
  preview(ask: PreviewAsk): Promise<PreviewAnswer>
  /** What a person's home page shows: my cases, my team's cases, due soon. */
  home(user: Address): Promise<readonly DeskList[]>
  /** Cases by number, telephone number or address, among those this person may see; undefined for a stranger. */
  find(user: Address, q: string): Promise<DeskList | undefined>
  /** A case and what can be done to it now; undefined where this person may not see it. */
  card(user: Address, caseId: string): Promise<CardView | undefined>
}

export type FormAsk = { readonly user: Address; readonly command: string; readonly caseId: string }

/** `files`: what the person put into the form itself, which is not kept here yet. */
export type PreviewAsk = FormAsk & {
  readonly args: Readonly<Record<string, string>>
  readonly files?: readonly Attachment[]
}

export type FormAnswer =
  | { readonly ok: true; readonly form: FormSpec; readonly route?: ReplyRoute }
  /** `isStranger`: not on the staff list, so that what they wrote may be meant for the bot. */
  | { readonly ok: false; readonly why: string; readonly isStranger?: true }

export type PreviewAnswer =
  /** `args` are what to send back when the person agrees; `told` is empty when the customer is told nothing. */
  | {
      readonly ok: true
      readonly args: Readonly<Record<string, string>>
      readonly told: readonly string[]
      /** Advice on the words, for whoever wrote them; nothing is held back for it. */
      readonly remarks?: readonly string[]
      /** Each attached file and how it goes, in words for staff. */
      readonly files?: readonly string[]
      readonly route?: ReplyRoute
    }
  /** `field` names the field that must be corrected, where it is one. */
  | { readonly ok: false; readonly why: string; readonly field?: string }

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
  /**
   * `typed`: what these words ask for when staff wrote them to the bot alone; for anybody else they are only words.
   * With `formOf` the words do not suffice, and the person was shown the form of that command instead.
   */
  | {
      readonly type: 'message'
      readonly message: InboundMessage
      readonly typed?: DeskAction | { readonly formOf: string }
    }
  | { readonly type: 'report'; readonly report: DeliveryReport }
  | { readonly type: 'action'; readonly action: DeskAction }
  /** A staff member wrote under a case card: internal, never sent to the customer. */
  | {
      readonly type: 'thread'
      readonly user: DeskUser
      readonly threadOf: string
      readonly text: string
      readonly at: Date
      readonly files?: readonly Attachment[]
    }
  /** The author of an earlier message changed its words, or took it back (`text` absent). The original is kept. */
  | { readonly type: 'change'; readonly change: MessageChange }
  | { readonly type: 'suppress'; readonly reason: string; readonly message?: InboundMessage }
  | { readonly type: 'quarantine'; readonly reason: string }

/** `messageId` is the `InboundMessage.id` of the message that was changed. */
export type MessageChange = {
  readonly messageId: string
  readonly from: Address
  /** Our bot or number it was written to, where new words may have to be heard. */
  readonly to?: Address
  readonly text?: string
  readonly at: Date
}

/** A person as the desk's provider names them. `reply` is where the answer to this press belongs. */
export type DeskUser = { readonly address: Address; readonly reply?: string }

/** A staff member asks for a desk command, by button, form or typed word. */
export type DeskAction = {
  readonly id: string
  readonly user: DeskUser
  readonly command: string
  readonly caseId: string
  readonly args: Readonly<Record<string, string>>
  /** What the person put into the form itself: still with the desk's provider, to be fetched by its `ref`. */
  readonly files?: readonly Attachment[]
  readonly at: Date
  /** The card under which it was typed: names the case where `caseId` is empty. */
  readonly threadOf?: string
}

/** Expected failures are values; `permanent` is the one question the outbox has to ask. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | {
      readonly outcome: 'refused'
      readonly permanent: boolean
      readonly reason: string
      readonly retryAfterSeconds?: number
      /** The carrier blocks our messages, because its customer has sent STOP. */
      readonly stopped?: true
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

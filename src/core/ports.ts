import type { CaseEvent } from './case/events.ts'
import type { CaseState } from './case/state.ts'
import type { RawEvent, Reading } from './channel.ts'
import type { Address, Authenticity, DeliveryState, InboundMessage, OutboundMessage } from './message.ts'

/** Why a message waits in the outbox: what it is for decides whether it is still worth sending. */
export type Purpose =
  | { readonly type: 'tell'; readonly occasion: string }
  | {
      readonly type: 'page'
      readonly person: string
      readonly method: number
      readonly epoch: number
      readonly occasion: string
    }
  | { readonly type: 'inform'; readonly person: string; readonly method: number; readonly occasion: string }
  | { readonly type: 'announce'; readonly occasion: string }
  | { readonly type: 'notice'; readonly occasion: string }
  /** A message of ours to ourselves, which shows that a channel works; worth nothing after `until`. */
  | { readonly type: 'probe'; readonly occasion: string; readonly until: Date }

/** A message the case wants sent, as it is first written down beside the case's own state. */
export type Outgoing = { readonly message: OutboundMessage; readonly purpose: Purpose; readonly urgent: boolean }

export type LoggedEvent = { readonly seq: number; readonly signalId: string; readonly event: CaseEvent }

export type StoredCase = {
  readonly state: CaseState
  /** 0 for a case that does not exist yet. */
  readonly version: number
  /** The ids of the signals applied last, newest at the end. */
  readonly applied: readonly string[]
  readonly events: number
  /** Whether everything of it had been handed on when it was read. */
  readonly relayed: boolean
}

export type CaseChange = {
  readonly signalId: string
  readonly at: Date
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly outgoing: readonly Outgoing[]
  /** Where the case's card is shown. */
  readonly places: readonly Address[]
}

/** Needs two things of a database: unique _id, and a conditional update of one document. */
export interface CaseStore {
  /** `GH-2026-000123`: per year, gap-tolerant, never reused. */
  nextCaseId(year: number): Promise<string>
  load(caseId: string): Promise<StoredCase>
  /** State, log, applied signal and unsent messages change together. False: no longer at `version`. */
  save(caseId: string, before: StoredCase, change: CaseChange): Promise<boolean>
  /** Hands the log entries and messages just saved on to where they are worked on; harmless when repeated. */
  relay(caseId: string, before: StoredCase, change: CaseChange): Promise<void>
  /** The same for whatever was saved and not handed on. */
  relayLeft(caseId: string): Promise<void>
  /** Cases that were saved but not relayed, because the process died in between. */
  findUnrelayed(before: Date, limit: number): Promise<readonly string[]>
  /** The newest case of a conversation, whatever its status. */
  latestOf(conversation: string): Promise<string | undefined>
  /** Open cases among the newest of a conversation, the newest first. */
  openOf(conversation: string, limit: number): Promise<readonly string[]>
  /** The newest cases of somebody on one channel, whatever their status. */
  ofCustomer(customer: Address, limit: number): Promise<readonly string[]>
  findDue(at: Date, limit: number): Promise<readonly string[]>
  /** Cases for which this person is being paged now. */
  findPaged(person: string, limit: number): Promise<readonly string[]>
  log(caseId: string): Promise<readonly LoggedEvent[]>
}

/** How an inbound event ended; each ends exactly once. */
export type Ending =
  /** `by` is set for what staff wrote: it is on the case, and is no word of the customer's. */
  | { readonly state: 'case'; readonly caseId: string; readonly message?: InboundMessage; readonly by?: 'staff' }
  /** `isProbe`: our own, on its way round. It is nobody's message, so the ledger and every list leave it out. */
  | {
      readonly state: 'suppressed'
      readonly reason: string
      readonly message?: InboundMessage
      readonly isProbe?: true
    }
  | { readonly state: 'quarantined'; readonly reason: string; readonly message?: InboundMessage }

export type Counts = {
  readonly received: number
  readonly onCase: number
  readonly suppressed: number
  readonly quarantined: number
  readonly pending: number
}

/** Rows that wait for a time, worked off in order within a conversation by one worker at a time. */
export interface Queue<Row> {
  /** Conversations with something due, the most urgent first. */
  due(now: Date, limit: number): Promise<readonly string[]>
  /** True when this worker alone may work on the conversation until `until`. */
  lease(conversation: string, now: Date, until: Date): Promise<boolean>
  release(conversation: string): Promise<void>
  /** What waits in this conversation, oldest first, whether due or not. */
  waiting(conversation: string, limit: number): Promise<readonly Row[]>
  /** Nothing of this conversation is due before `until`. */
  postpone(conversation: string, until: Date): Promise<void>
}

export type InboxRow = RawEvent & {
  readonly attempts: number
  readonly nextAt: Date
  /** Who let it be read once more after it was set aside. */
  readonly releasedBy?: string
}

/** Events are written here before the provider is answered. */
export interface InboxStore extends Queue<InboxRow> {
  /** One answer for each event, in order. Resolves once they survive a crash. */
  add(events: readonly RawEvent[]): Promise<readonly ('stored' | 'duplicate')[]>
  end(id: string, ending: Ending, at: Date): Promise<void>
  /** How an event ended; undefined while it waits to be read, and for one that never came. */
  endingOf(id: string): Promise<Ending | undefined>
  /** Counts a failed attempt and says why. */
  failed(id: string, reason: string): Promise<void>
  ledger(): Promise<Readonly<Record<string, Counts>>>
  thread(caseId: string, limit: number): Promise<readonly ThreadEntry[]>
}

export type ThreadEntry = {
  readonly id: string
  readonly at: Date
  readonly direction: 'in' | 'out'
  readonly channel: string
  readonly text: string
  readonly state?: string
  readonly reason?: string
  /** What mail systems say about who wrote it; absent where the channel itself proves the sender. */
  readonly authenticity?: Authenticity
}

export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled'

export type OutboxRow = Outgoing & {
  readonly id: string
  readonly state: OutboxState
  readonly attempts: number
  readonly nextAt: Date
  readonly queuedAt: Date
  readonly attemptedAt?: Date
  readonly providerId?: string
  readonly delivery?: DeliveryState
}

export interface OutboxStore extends Queue<OutboxRow> {
  /** For messages that belong to no case; those of cases come by `CaseStore.save`. */
  add(outgoing: readonly Outgoing[], at: Date): Promise<void>
  /** The send is about to be written to the wire: from here on a crash leaves its outcome unknown. */
  attempting(id: string, at: Date): Promise<void>
  /** Other words for a message that was never on the wire. */
  reword(id: string, text: string): Promise<void>
  sent(id: string, sent: { readonly providerId: string; readonly at: Date }): Promise<void>
  retry(
    id: string,
    retry: { readonly at: Date; readonly reason: string; readonly state: 'queued' | 'sending' },
  ): Promise<void>
  ended(
    id: string,
    end: { readonly state: 'failed' | 'unknown' | 'cancelled'; readonly reason: string; readonly at: Date },
  ): Promise<void>
  /** Applies a provider's report by rank; undefined when no message is known by these ids. */
  report(report: {
    readonly providerId: string
    readonly messageId?: string
    readonly delivery: DeliveryState
    readonly reason?: string
    readonly at: Date
  }): Promise<OutboxRow | undefined>
  byId(id: string): Promise<OutboxRow | undefined>
  thread(caseId: string, limit: number): Promise<readonly ThreadEntry[]>
}

/** Where each case's card is shown, and which version of the case it shows. */
export type CardRow = {
  readonly id: string
  readonly caseId: string
  readonly place: Address
  readonly wanted: number
  readonly shown: number
  readonly shownAs?: string
  readonly attempts: number
  /** Counts wishes to show it again although the case itself did not change, e.g. for a delivery report. */
  readonly touched: number
}

/** When a card is due to be shown again: before all times there are, and in this order. */
export const cardWanted = { atOnce: new Date(0), soon: new Date(1) } as const

export interface CardStore {
  /** Those that wait longest and are due by then, for this worker alone until `until`. */
  claimDue(claim: {
    readonly by: Date
    readonly now: Date
    readonly until: Date
    readonly limit: number
  }): Promise<readonly CardRow[]>
  shown(row: CardRow, version: number, shownAs: string): Promise<void>
  /** Something beside the case changed what its cards should say. */
  touch(caseId: string): Promise<void>
  retry(id: string, at: Date): Promise<void>
  find(caseId: string, place: Address): Promise<CardRow | undefined>
  /** The case whose card is the parent of this thread. */
  caseOf(shownAs: string): Promise<string | undefined>
}

export type Consent = { readonly stopped: boolean; readonly at: Date; readonly byCarrier?: boolean }

/** Whether we may write to somebody, per sender and recipient. */
export interface ConsentStore {
  isStopped(sender: Address, recipient: Address): Promise<boolean>
  /** Whose STOP it is: the carrier blocks everything, or only we know of it (WhatsApp, a Chinese word). */
  stoppedBy(sender: Address, recipient: Address): Promise<'carrier' | 'us' | undefined>
  set(sender: Address, recipient: Address, consent: Consent): Promise<void>
  /** The carrier refused a message of `triedAt` because of STOP; whatever was recorded since then stands. */
  refused(sender: Address, recipient: Address, when: { readonly triedAt: Date; readonly at: Date }): Promise<void>
}

/** What must be remembered of a conversation beyond its cases. */
export interface ConversationStore {
  heard(conversation: string, at: Date): Promise<void>
  lastHeardAt(conversation: string): Promise<Date | undefined>
  /** A page went out here; the newest are remembered, for the limits on one person's phone. */
  paged(conversation: string, at: Date): Promise<void>
  pagedAt(conversation: string): Promise<readonly Date[]>
  /** What we had to say about this case went out here instead: what is answered here belongs to it. */
  lend(conversation: string, caseId: string): Promise<void>
  lentTo(conversation: string): Promise<string | undefined>
}

export interface Clock {
  now(): Date
}

export type { Reading }

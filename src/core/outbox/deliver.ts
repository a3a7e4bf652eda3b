import type { CaseState } from '../case/state.ts'
import type { Channel, ChannelLimits, SendResult } from '../channel.ts'
import type { EngineDeps } from '../engine.ts'
import { tellCase } from '../inbox/reports.ts'
import type { Address, CardView, OutboundMessage } from '../message.ts'
import type { CardStore, Clock, ConsentStore, ConversationStore, OutboxRow, OutboxStore } from '../ports.ts'
import type { RowResult } from '../work-off.ts'
import { backoffMs } from './backoff.ts'
import { bundledWith, bundleText, mayBundle } from './bundle.ts'
import { type EncloseDeps, enclose } from './enclose.ts'
import { fallBackToSms, noOtherWay } from './fall-back.ts'
import { saidLate } from './late.ts'
import { learnStop, stopWords } from './learn-stop.ts'
import { lapsedBecause, supersededBecause } from './relevant.ts'
import { routeOf } from './route.ts'
import { throttledUntil } from './throttle.ts'

export type DeliverDeps = EncloseDeps & {
  /** The channel that carries an `Address.channel`, when it is switched on. */
  readonly carrierOf: (channel: string) => { readonly channel: Channel; readonly limits: ChannelLimits } | undefined
  readonly outbox: OutboxStore
  readonly cards: Pick<CardStore, 'find' | 'touch'>
  readonly consents: ConsentStore
  readonly conversations: ConversationStore
  readonly engine: EngineDeps
  readonly clock: Clock
  readonly random: () => number
  /** The card a page carries, so that it can be acknowledged where it is read. */
  readonly cardFor: (caseId: string, state: CaseState) => Promise<CardView | undefined>
  readonly templateFor: (occasion: string, message: OutboundMessage) => string | undefined
  /** Our SMS number for this site, for falling back from WhatsApp. */
  readonly smsSenderFor: (message: OutboundMessage) => Address | undefined
  readonly onDelivered: (row: OutboxRow, at: Date) => void
}

/** Brings one message to its end: sent, failed, cancelled, or unknown and shown to a person. Never sent twice to a customer. */
export async function deliver(row: OutboxRow, deps: DeliverDeps): Promise<RowResult> {
  const state = row.message.caseId === undefined ? undefined : (await deps.engine.cases.load(row.message.caseId)).state
  const superseded =
    state === undefined ? lapsedBecause(row.purpose, deps.clock.now()) : supersededBecause(row.purpose, state)
  if (superseded !== undefined && row.state === 'queued') return end(row, 'cancelled', superseded, deps)
  if (mayBundle(row) && row.state === 'queued' && (await deps.outbox.byId(row.id))?.state === 'sent') return 'next'
  const carrier = deps.carrierOf(row.message.to.channel)
  if (carrier === undefined) return fail(row, `the channel ${row.message.to.channel} is switched off`, deps)
  if (row.state === 'sending') {
    const reconciled = await reconcile(row, { carrier, state }, deps)
    if (reconciled !== 'send') return reconciled
    if (superseded !== undefined) return end(row, 'cancelled', superseded, deps)
  }
  const said = row.state === 'queued' ? await saidLate(row, state, deps) : row
  return prepareAndSend(said, { carrier, state }, deps)
}

type Context = { readonly carrier: { channel: Channel; limits: ChannelLimits }; readonly state: CaseState | undefined }

async function prepareAndSend(row: OutboxRow, { carrier, state }: Context, deps: DeliverDeps): Promise<RowResult> {
  const { message } = row
  const now = deps.clock.now()
  const [stoppedBy, heardAt] = await Promise.all([
    message.from === undefined ? undefined : deps.consents.stoppedBy(message.from, message.to),
    deps.conversations.lastHeardAt(message.conversation),
  ])
  if (stoppedBy !== undefined && !isSaidAllTheSame(row, stoppedBy)) return refuseStopped(row, deps)
  const language = state && state.status !== 'none' ? state.language : 'en'
  const template = deps.templateFor(row.purpose.occasion, message)
  const facts = { now, limits: carrier.limits, heardAt, template, language }
  const wordsOnly = routeOf(message, facts).way === 'template'
  const enclosed = await enclose(row, { limits: carrier.limits, state, wordsOnly }, deps)
  if (enclosed === 'wait') return { waitUntil: new Date(now.getTime() + 1_000) }
  if ('fault' in enclosed) return fail(row, enclosed.fault, deps, noOtherWay)
  const route = routeOf(enclosed, facts)
  if (route.way === 'other') return fail(row, route.reason, deps)
  const dressed = await dress({ ...row, message: enclosed }, state, deps)
  if (dressed === 'wait') return { waitUntil: new Date(now.getTime() + 1_000) }
  const heldUntil = await heldBack(row, { carrier, state }, deps)
  if (heldUntil !== undefined) return { waitUntil: heldUntil }
  const outgoing = route.way === 'template' ? { ...dressed, template: route.template } : dressed
  return send(row, outgoing, carrier, deps)
}

/**
 * Answers to HELP, STOP and START are. So are words to somebody who tells us of danger, where the carrier lets them
 * through: it is they who wrote to us.
 */
const isSaidAllTheSame = ({ purpose }: OutboxRow, stoppedBy: 'carrier' | 'us'): boolean =>
  purpose.type === 'notice' || (purpose.type === 'tell' && purpose.occasion === 'safety' && stoppedBy === 'us')

/** Whoever got many pages in a short time gets the next ones later and together; danger is never held back. */
async function heldBack(row: OutboxRow, { carrier, state }: Context, deps: DeliverDeps): Promise<Date | undefined> {
  // A desk shows what comes; a phone rings for it.
  const isDesk = carrier.limits.buttons > 0 && !carrier.limits.optOut
  if (row.purpose.type !== 'page' || isDesk || state === undefined || state.status === 'none' || state.severity === 1)
    return undefined
  return throttledUntil(await deps.conversations.pagedAt(row.message.conversation), deps.clock.now())
}

async function send(
  row: OutboxRow,
  message: OutboundMessage,
  { channel, limits }: Context['carrier'],
  deps: DeliverDeps,
): Promise<RowResult> {
  const others = await bundledWith(row, limits, { outbox: deps.outbox, cases: deps.engine.cases })
  const attemptedAt = deps.clock.now()
  await deps.outbox.attempting(row.id, attemptedAt)
  const result = await channel.send(others.length > 0 ? { ...message, text: bundleText([row, ...others]) } : message)
  if (result.outcome === 'sent') {
    if (row.purpose.type === 'page') await deps.conversations.paged(row.message.conversation, deps.clock.now())
    for (const other of others) await sent(other, result.providerId, deps)
  }
  return settle({ ...row, attempts: row.attempts + 1, attemptedAt }, result, deps)
}

const maxThreadWaits = 30

/** Adds what is only known now: the card a page carries, the thread an announcement belongs under. */
async function dress(
  row: OutboxRow,
  state: CaseState | undefined,
  deps: DeliverDeps,
): Promise<OutboundMessage | 'wait'> {
  const { message, purpose } = row
  if (purpose.type === 'page' && state !== undefined && message.caseId !== undefined) {
    const card = await deps.cardFor(message.caseId, state)
    return card ? { ...message, card } : message
  }
  if (purpose.type !== 'announce' || message.caseId === undefined) return message
  const shownAs = (await deps.cards.find(message.caseId, message.to))?.shownAs
  if (shownAs !== undefined) return { ...message, threadOf: shownAs }
  const waitedMs = deps.clock.now().getTime() - row.queuedAt.getTime()
  return waitedMs < maxThreadWaits * 1_000 ? 'wait' : message
}

/** The last attempt ended without an answer: the provider is asked before anything is said twice. */
async function reconcile(row: OutboxRow, { carrier, state }: Context, deps: DeliverDeps): Promise<RowResult | 'send'> {
  const now = deps.clock.now()
  const fresh = await deps.outbox.byId(row.id)
  if (fresh?.providerId !== undefined) return sent(row, fresh.providerId, deps)
  const sentAs = await enclose(row, { limits: carrier.limits, state, wordsOnly: false }, deps)
  const message = sentAs === 'wait' || 'fault' in sentAs ? row.message : sentAs
  const found = await carrier.channel.find(message, row.attemptedAt ?? row.queuedAt)
  if (found.outcome === 'found') return sent(row, found.providerId, deps)
  const ageMs = now.getTime() - (row.attemptedAt ?? row.queuedAt).getTime()
  if (found.outcome === 'absent')
    return ageMs >= settledMs
      ? mayRepeat(row, deps)
      : again(row, 'sending', settledMs - ageMs, 'asking the provider', deps)
  if (row.message.audience === 'staff') return 'send'
  return ageMs < giveUpMs
    ? again(row, 'sending', backoffMs(row.attempts + 2, deps.random()), found.reason, deps)
    : unknown(row, found.reason, deps)
}

/** A provider's list may lag behind what it accepted; before this age "not there" proves nothing. */
const settledMs = 10_000
const giveUpMs = 180_000

/** Staff may be paged twice rather than not at all; a customer's message is repeated once at most, then shown to a person. */
const mayRepeat = (row: OutboxRow, deps: DeliverDeps): Promise<RowResult> | 'send' =>
  row.message.audience === 'staff' || row.attempts < 2
    ? 'send'
    : unknown(row, 'no answer twice, and the provider does not know it', deps)

async function settle(row: OutboxRow, result: SendResult, deps: DeliverDeps): Promise<RowResult> {
  switch (result.outcome) {
    case 'sent':
      return sent(row, result.providerId, deps)
    case 'unknown':
      return again(row, 'sending', 2_000, result.reason, deps)
    case 'refused':
      if (result.stopped && row.message.from !== undefined) return refusedByCarrier(row, deps)
      if (result.permanent) return fail(row, result.reason, deps)
      return again(row, 'queued', backoffMs(row.attempts, deps.random(), result.retryAfterSeconds), result.reason, deps)
  }
}

async function sent(row: OutboxRow, providerId: string, deps: DeliverDeps): Promise<RowResult> {
  const at = deps.clock.now()
  await deps.outbox.sent(row.id, { providerId, at })
  await showState(row, deps)
  deps.onDelivered(row, at)
  return 'next'
}

async function again(
  row: OutboxRow,
  state: 'queued' | 'sending',
  waitMs: number,
  reason: string,
  deps: DeliverDeps,
): Promise<RowResult> {
  const at = new Date(deps.clock.now().getTime() + Math.max(waitMs, 200))
  await deps.outbox.retry(row.id, { at, reason, state })
  await showState(row, deps)
  return { waitUntil: at }
}

async function end(
  row: OutboxRow,
  state: 'failed' | 'unknown' | 'cancelled',
  reason: string,
  deps: DeliverDeps,
): Promise<RowResult> {
  await deps.outbox.ended(row.id, { state, reason, at: deps.clock.now() })
  await showState(row, deps)
  return 'next'
}

/** The card says how far a message to the customer has come. */
async function showState({ message }: OutboxRow, { cards }: DeliverDeps): Promise<void> {
  if (message.audience === 'customer' && message.caseId !== undefined) await cards.touch(message.caseId)
}

/** The case is told first: a crash in between tells it again under the same id, which changes nothing. */
async function fail(
  row: OutboxRow,
  reason: string,
  deps: DeliverDeps,
  fallBack: (row: OutboxRow, reason: string) => Promise<boolean> = (failed, why) => fallBackToSms(failed, why, deps),
): Promise<RowResult> {
  const failure = { id: `${row.id}:failed`, reason, certain: true }
  await tellCase(row, failure, { ...deps, fallBack })
  return end(row, 'failed', reason, deps)
}

/** Only the carrier knew of a STOP. If START has come since this attempt, it is tried again. */
async function refusedByCarrier(row: OutboxRow, deps: DeliverDeps): Promise<RowResult> {
  if (await learnStop(row, deps)) return refuseStopped(row, deps)
  return again(row, 'queued', 500, 'the customer has sent START meanwhile', deps)
}

/** Kept on the case: whoever has it hears of it again once the customer lets us write. */
async function refuseStopped(row: OutboxRow, deps: DeliverDeps): Promise<RowResult> {
  const failure = { id: `${row.id}:failed`, reason: stopWords, certain: true, stopped: true } as const
  await tellCase(row, failure, { ...deps, fallBack: noOtherWay })
  return end(row, 'failed', stopWords, deps)
}

async function unknown(row: OutboxRow, reason: string, deps: DeliverDeps): Promise<RowResult> {
  const failure = { id: `${row.id}:unknown`, reason, certain: false }
  await tellCase(row, failure, { ...deps, fallBack: noOtherWay })
  return end(row, 'unknown', reason, deps)
}

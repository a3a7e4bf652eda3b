import type { CustomerOccasion, StaffOccasion } from '../case/commands.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { DeliveryReport } from '../message.ts'
import { noOtherWay } from '../outbox/fall-back.ts'
import { learnStop, stopWords } from '../outbox/learn-stop.ts'
import type { CardStore, Clock, ConsentStore, Ending, InboxRow, OutboxRow, OutboxStore, Purpose } from '../ports.ts'

/** Undefined when no message is known by the report's ids yet. */
export type ApplyReport = (report: DeliveryReport, row: InboxRow) => Promise<Ending | undefined>

const graceMs = 10 * 60_000
const retryMs = 2_000

/** A report can overtake the answer to our own request, so an unknown one waits a while before it is set aside. */
export const isTooEarly = (row: InboxRow, now: Date): Ending | { waitUntil: Date } =>
  now.getTime() - row.receivedAt.getTime() < graceMs
    ? { waitUntil: new Date(now.getTime() + retryMs) }
    : { state: 'quarantined', reason: 'a delivery report for a message we do not know' }

type Deps = {
  readonly outbox: OutboxStore
  readonly engine: EngineDeps
  readonly clock: Clock
  readonly cards: Pick<CardStore, 'touch'>
  readonly consents: Pick<ConsentStore, 'refused' | 'isStopped'>
  /** Another way to reach the same person, e.g. SMS for WhatsApp; false when there is none. */
  readonly fallBack: (row: OutboxRow, reason: string) => Promise<boolean>
}

type TellDeps = Omit<Deps, 'cards' | 'consents'>

/** What a provider says about a message goes to its row in the outbox, and to its case when it failed. */
export const reportsTo =
  (deps: Deps): ApplyReport =>
  async (report, row) => {
    const { providerId, messageId, state: delivery, reason, at } = report
    const about = {
      providerId,
      delivery,
      at,
      ...(messageId !== undefined && { messageId }),
      ...(reason !== undefined && { reason }),
    }
    const sent = await deps.outbox.report(about)
    if (sent === undefined) return undefined
    // A failure that is reported after the delivery came late: it was delivered.
    if (delivery === 'failed' && sent.delivery === 'failed') await tellFailed(sent, report, row.id, deps)
    const { caseId, audience } = sent.message
    // `sent` reads on the card as `accepted` does: nothing to show anew.
    const isNews = delivery !== 'sent' && delivery !== 'accepted'
    if (isNews && caseId !== undefined && audience === 'customer') await deps.cards.touch(caseId)
    return caseId === undefined
      ? { state: 'suppressed', reason: 'a report on a message of no case' }
      : { state: 'case', caseId }
  }

/** A STOP that only the carrier knew is remembered, and whoever sent it is not written to by another way. */
async function tellFailed(row: OutboxRow, { reason, stopped }: DeliveryReport, id: string, deps: Deps): Promise<void> {
  if (stopped && (await learnStop(row, deps)))
    return tellCase(row, { id, reason: stopWords, certain: true, stopped: true }, { ...deps, fallBack: noOtherWay })
  await tellCase(row, { id, reason: reason ?? 'no reason given', certain: true }, deps)
}

/** `stopped`: it was not even tried, because the customer had sent STOP. */
export type Failure = {
  readonly id: string
  readonly reason: string
  readonly certain: boolean
  readonly stopped?: true
}

/** A message that did not arrive is the case's business: the next method for a page, the owner for a reply. */
export async function tellCase(row: OutboxRow, failure: Failure, deps: TellDeps): Promise<void> {
  const { caseId, audience } = row.message
  if (caseId === undefined) return
  const { id, reason, certain, stopped } = failure
  const at = deps.clock.now()
  if (row.purpose.type === 'page') {
    const { person, method, epoch } = row.purpose
    await applySignal(caseId, { type: 'page-failed', id, at, person, method, epoch, reason }, deps.engine)
  } else if (row.purpose.type === 'inform') {
    if (certain) await informOtherwise(row, row.purpose, deps)
  } else if (audience === 'customer' && !(certain && (await deps.fallBack(row, reason)))) {
    const occasion = row.purpose.type === 'tell' ? { occasion: row.purpose.occasion as CustomerOccasion } : {}
    const why = { reason, certain, writtenAt: row.queuedAt, ...(stopped && { stopped }) }
    const signal = { type: 'not-delivered', id, at, messageId: row.id, ...why, ...occasion } as const
    await applySignal(caseId, signal, deps.engine)
  }
}

type Inform = Extract<Purpose, { type: 'inform' }>

/** The same words to the same person by their next method; nothing when that was the last one. */
async function informOtherwise(row: OutboxRow, purpose: Inform, { engine, outbox, clock }: TellDeps) {
  const { state } = await engine.cases.load(row.message.caseId ?? '')
  const { type, person } = purpose
  const occasion = purpose.occasion as StaffOccasion
  const method = purpose.method + 1
  const again = engine.write({ type, id: `${row.message.id}:m${method}`, person, method, occasion, facts: {} }, state)
  const sameWords = again.map((one) => ({ ...one, message: { ...one.message, text: row.message.text } }))
  await outbox.add(sameWords, clock.now())
  if (sameWords.length > 0) engine.onRelayed()
}

import type { OutboundMessage } from '../message.ts'
import type { OutboxRow, Outgoing } from '../ports.ts'
import type { DeliverDeps } from './deliver.ts'
import { smsInstead } from './route.ts'

export type FallBackDeps = Pick<DeliverDeps, 'outbox' | 'smsSenderFor' | 'clock' | 'carrierOf' | 'conversations'>

/** The same words by SMS, once, where the customer has a phone number. False: there is no other way. */
export async function fallBackToSms(row: OutboxRow, _reason: string, deps: FallBackDeps): Promise<boolean> {
  const to = smsInstead(row.message.to)
  const from = deps.smsSenderFor(row.message)
  if (to === undefined || from === undefined || deps.carrierOf('sms') === undefined) return false
  const conversation = `sms:${from.id}:${to.id}`
  const message: OutboundMessage = { ...row.message, id: `${row.id}:sms`, to, from, conversation }
  const outgoing: Outgoing = { message, purpose: row.purpose, urgent: row.urgent }
  if (message.caseId !== undefined && message.audience === 'customer')
    await deps.conversations.lend(conversation, message.caseId)
  await deps.outbox.add([outgoing], deps.clock.now())
  return true
}

/** Whoever sent STOP on one channel is not written to by another. */
export const noOtherWay = async () => false

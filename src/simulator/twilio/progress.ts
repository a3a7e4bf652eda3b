import type { LocalMessage, MessageBook } from './message-book.ts'
import type { TroubleBoard } from './trouble.ts'
import type { WebhookCaller } from './webhooks.ts'
import { wireNumber } from './wire.ts'

export type ProgressOptions = {
  readonly accountSid: string
  readonly book: MessageBook
  readonly webhooks: WebhookCaller
  readonly trouble: TroubleBoard
  readonly now: () => Date
  /** Between one status and the next. */
  readonly stepMs: number
}

/** How a message that was taken ends; a code means that it fails. */
export type Fate = { readonly errorCode?: number }

type Step = { readonly status: string; readonly errorCode?: number }

/** Takes a queued message through its statuses and reports each one to its StatusCallback. */
export async function progress(message: LocalMessage, fate: Fate, options: ProgressOptions): Promise<void> {
  const reports: Step[] = []
  const reversed = options.trouble.take('out-of-order') !== undefined
  for (const step of stepsOf(message, fate)) {
    await pause(options.stepMs)
    const at = options.now()
    options.book.change(message.sid, { ...step, updatedAt: at, ...(step.status === 'sent' ? { sentAt: at } : {}) })
    if (reversed) reports.unshift(step)
    else await report(message, step, options)
  }
  for (const step of reports) await report(message, step, options)
}

/** WhatsApp tells when a message was read; SMS cannot. What WhatsApp itself forbids (63…) never leaves Twilio. */
function stepsOf(message: LocalMessage, { errorCode }: Fate): readonly Step[] {
  if (errorCode !== undefined && errorCode >= 63_000) return [{ status: 'failed', errorCode }]
  if (errorCode !== undefined) return [{ status: 'sent' }, { status: 'undelivered', errorCode }]
  const delivered = [{ status: 'sent' }, { status: 'delivered' }]
  return message.channel === 'whatsapp' ? [...delivered, { status: 'read' }] : delivered
}

async function report(message: LocalMessage, step: Step, { accountSid, webhooks }: ProgressOptions): Promise<void> {
  if (message.statusCallback === undefined) return
  await webhooks.call(message.statusCallback, {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    From: wireNumber(message, message.from),
    MessageSid: message.sid,
    MessageStatus: step.status,
    SmsSid: message.sid,
    SmsStatus: step.status,
    To: wireNumber(message, message.to),
    ...(step.errorCode === undefined ? {} : { ErrorCode: String(step.errorCode) }),
    ...(message.channel === 'whatsapp' ? { ChannelPrefix: 'whatsapp', ChannelToAddress: message.to } : {}),
    ...(step.status === 'read' ? { EventType: 'READ' } : {}),
  })
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

import type { ThreadEntry } from '../ports.ts'

const states: Readonly<Record<string, string>> = {
  queued: 'waiting to be sent',
  sending: 'being sent',
  accepted: 'accepted by the provider',
  sent: 'accepted by the provider',
  delivered: 'delivered',
  read: 'read',
  failed: 'NOT delivered',
  unknown: 'nobody knows whether it arrived: check before repeating it',
  cancelled: 'not sent',
}

/** The true state of a message in plain words, and why when it failed. */
export const deliveryWords = ({ state = '', reason }: ThreadEntry): string =>
  `${states[state] ?? state}${reason !== undefined && ['failed', 'unknown', 'queued'].includes(state) ? ` (${reason})` : ''}`

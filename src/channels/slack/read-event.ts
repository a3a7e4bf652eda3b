import { z } from 'zod'
import type { RawEvent, Reading } from '../../core/channel.ts'
import { type Commands, readPress, readSubmission, readTyped } from './read-action.ts'
import { nameOf, readMessage } from './read-message.ts'
import { readShortcut } from './read-shortcut.ts'

const shape = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  actions: z.unknown().optional(),
  event: z.object({ type: z.string() }).optional(),
})

/** Kinds of interaction that Slack offers and Gatehouse has no use for. */
const unusedInteractions: Readonly<Record<string, string>> = {
  view_closed: 'a form was closed without sending it',
  block_suggestion: 'a menu asked for options; Gatehouse has no such menu',
  interactive_message: 'a button of the old attachment style',
  dialog_submission: 'a dialog of the old style',
  dialog_cancellation: 'a dialog of the old style',
  dialog_suggestion: 'a dialog of the old style',
  app_rate_limited: 'Slack delivers fewer events than happen: too many for this app',
}

/** Understands a stored Slack payload. Everything is read, suppressed with its reason, or quarantined. */
export function readEvent(event: RawEvent, commands: Commands): Reading {
  const read = shape.safeParse(event.payload)
  if (!read.success) return { type: 'quarantine', reason: 'not a Slack payload' }
  const { type, command, event: inner } = read.data
  if (inner !== undefined) return readInner(event, inner.type)
  if (command !== undefined) return readTyped(event, commands)
  if (type === 'block_actions') return readPress(event, commands)
  if (type === 'shortcut' || type === 'message_action') return readShortcut(event, commands)
  if (type === 'view_submission') return readSubmission(event)
  const unused = unusedInteractions[type ?? '']
  if (unused !== undefined) return { type: 'suppress', reason: `${type}: ${unused}` }
  return { type: 'quarantine', reason: `Slack payload type ${nameOf(type ?? '')} is not known` }
}

function readInner(event: RawEvent, type: string): Reading {
  switch (type) {
    case 'message':
    case 'app_mention':
      return readMessage(event)
    case 'app_home_opened':
      return { type: 'suppress', reason: 'app_home_opened: somebody looked at the app' }
    case 'app_uninstalled':
    case 'tokens_revoked':
      return { type: 'suppress', reason: `${type}: the app was removed from the workspace; install it again` }
    default:
      return /^[a-z][a-z0-9_]*$/.test(type)
        ? { type: 'suppress', reason: `${type}: an event that Gatehouse does not use` }
        : { type: 'quarantine', reason: 'an event without a readable type' }
  }
}

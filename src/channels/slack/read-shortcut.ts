import { z } from 'zod'
import type { RawEvent, Reading } from '../../core/channel.ts'
import type { ModalOrigin } from './modals.ts'
import { type Commands, commandOf, deskUser } from './read-action.ts'
import { nameOf } from './read-message.ts'

const shortcut = z.object({
  callback_id: z.string().min(1),
  user: z.object({ id: z.string().min(1) }),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string().optional(), text: z.string().optional(), blocks: z.unknown() }).optional(),
})

/** A chosen shortcut: its command, who chose it, and the case that the message under it names. */
export function shortcutOf(body: unknown, commands: Commands) {
  const read = shortcut.safeParse(body)
  const command = commandOf(commands, read.data?.callback_id ?? '')
  if (!read.success || command?.shortcut === undefined) return undefined
  const { user, channel, message, response_url: url } = read.data
  const caseId = command.about === 'desk' ? '' : caseNamedIn(message)
  const place = channel === undefined ? undefined : [channel.id, message?.ts].filter((part) => part).join(':')
  const origin: ModalOrigin = { caseId, place }
  return { command, caseId, origin, user: deskUser(user.id, channel?.id, url) }
}

/** A card and every announcement under it begin with the number of their case. */
function caseNamedIn(message: z.infer<typeof shortcut>['message']): string {
  const [found = ''] = /\bGH-\d{4}-\d{6,9}\b/.exec(JSON.stringify([message?.text, message?.blocks]) ?? '') ?? []
  return found
}

/** A shortcut asks for its command, unless a form must be filled in first. */
export function readShortcut(event: RawEvent, commands: Commands): Reading {
  const chosen = shortcutOf(event.payload, commands)
  if (chosen === undefined) return { type: 'suppress', reason: 'a shortcut that Gatehouse does not offer' }
  const { command, caseId, user } = chosen
  const needsForm = command.form !== undefined && (command.about === 'desk' || caseId !== '')
  if (needsForm) return { type: 'suppress', reason: `opened the form ${nameOf(command.name)}` }
  const { id, receivedAt: at } = event
  return { type: 'action', action: { id, user, command: command.name, caseId, args: {}, at } }
}

import { z } from 'zod'
import type { DeskUser, RawEvent, Reading } from '../../core/channel.ts'
import type { CommandWords } from '../../core/desk/forms.ts'
import type { Attachment, ReplyRoute } from '../../core/message.ts'
import { type ModalOrigin, modalOf } from './modals.ts'
import { printable, unescapeMarkup } from './plain-text.ts'
import { attachmentOf, nameOf, timeOf } from './read-message.ts'
import { moreMenu, optionPrefix, replyRouteBlock, replyRouteOf } from './render.ts'

export type Commands = readonly CommandWords[]

export const commandOf = (commands: Commands, name: string): CommandWords | undefined =>
  commands.find((one) => one.name === name || one.aliases.includes(name))

const text = z.string().optional()

const press = z.object({
  api_app_id: text,
  user: z.object({ id: z.string().min(1) }),
  response_url: text,
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ message_ts: text, channel_id: text }).optional(),
  message: z.object({ blocks: z.array(z.unknown()).optional() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string().min(1),
        value: text,
        action_ts: text,
        text: z.object({ text: z.string() }).optional(),
        selected_option: z.object({ value: z.string(), text: z.object({ text: z.string() }) }).optional(),
      }),
    )
    .min(1),
})

export type Press = {
  readonly user: DeskUser
  readonly command: string
  readonly value: string
  readonly label: string
  readonly at: Date | undefined
  readonly app: string
  readonly origin: ModalOrigin
}

/** A pressed button: who, on which card, which command, and where a reply from that card would go. */
export function pressOf(body: unknown): Press | undefined {
  const read = press.safeParse(body)
  const action = read.data?.actions[0]
  if (!read.success || action === undefined) return undefined
  const { user, channel, container, message, response_url: url, api_app_id: app } = read.data
  const place = placeOfCard(channel?.id ?? container?.channel_id, container?.message_ts)
  const { command, value, label } = chosen(action)
  return {
    user: deskUser(user.id, channel?.id ?? container?.channel_id, url),
    command,
    value,
    label,
    at: timeOf(action.action_ts ?? ''),
    app: app || 'app',
    origin: { caseId: value, place, route: routeIn(message?.blocks ?? []) },
  }
}

type Action = z.infer<typeof press>['actions'][number]

/** A button carries the case; an entry of the "more" menu carries the command and the case. */
function chosen({ action_id: id, value = '', text: shown, selected_option: option }: Action) {
  if (id !== moreMenu || option === undefined)
    return { command: id, value, label: unescapeMarkup(shown?.text ?? value) }
  const [command = '', caseId = ''] = option.value.split(' ')
  return { command, value: caseId, label: unescapeMarkup(option.text.text) }
}

/** A press asks for a command, chooses an option the bot offered, or only opened a form. */
export function readPress(event: RawEvent, commands: Commands): Reading {
  const pressed = pressOf(event.payload)
  if (pressed === undefined) return { type: 'quarantine', reason: 'a button press of unknown shape' }
  const { user, command, value, label } = pressed
  const at = pressed.at ?? event.receivedAt
  if (command.startsWith(optionPrefix)) {
    const { id, conversation } = event
    const to = { channel: 'slack', id: pressed.app }
    const chosen = { action: value, text: label, attachments: [], automatic: false, sentAt: at }
    return { type: 'message', message: { id, conversation, from: user.address, to, ...chosen } }
  }
  if (commandOf(commands, command)?.form !== undefined)
    return { type: 'suppress', reason: `opened the form ${nameOf(command)}` }
  return { type: 'action', action: { id: event.id, user, command, caseId: value, args: {}, at } }
}

const submission = z.object({
  user: z.object({ id: z.string().min(1) }),
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
    }),
  }),
})

/** A submitted modal: its step and command, whose it is, and what was filled in. */
export function submissionOf(body: unknown) {
  const read = submission.safeParse(body)
  if (!read.success) return undefined
  const { user, view } = read.data
  const modal = modalOf(view.callback_id, view.private_metadata)
  if (modal === undefined) return undefined
  const { values = {} } = view.state
  const channel = modal.origin.place?.split(':')[0]
  const isSend = modal.step === 'send'
  return {
    ...modal,
    user: deskUser(user.id, channel),
    args: isSend ? (modal.origin.args ?? {}) : valuesOf(values),
    files: isSend ? (modal.origin.files ?? []) : filesIn(values),
  }
}

/** A submission is the command itself, unless it only led to the preview. */
export function readSubmission(event: RawEvent): Reading {
  const submitted = submissionOf(event.payload)
  if (submitted === undefined) return { type: 'quarantine', reason: 'a submitted form of unknown shape' }
  const { step, command, origin, args, files, user } = submitted
  if (step === 'preview') return { type: 'suppress', reason: `previewed the form ${nameOf(command)}; nothing sent yet` }
  const given = files.length === 0 ? {} : { files }
  const action = { id: event.id, user, command, caseId: origin.caseId, args, at: event.receivedAt, ...given }
  return { type: 'action', action }
}

const slash = z.object({
  command: z.string().min(1),
  text: z.string().optional(),
  user_id: z.string().min(1),
  channel_id: text,
  response_url: text,
})
/** A command, the case number if there is one, and the rest as it was typed. */
const typedWords = /^(\S*)\s*([a-z]{2,6}-\d{4}-\d{1,9}(?!\S))?\s*([\s\S]*)$/i

export type Typed = {
  readonly user: DeskUser
  readonly command: string
  readonly caseId: string
  readonly args: Readonly<Record<string, string>>
  /** Set when the words do not suffice, or when the customer's text must be previewed first. */
  readonly needsForm: boolean
  readonly origin: ModalOrigin
}

/** A typed command: `ack GH-2026-000123`, `note GH-2026-000123 called back`, `help`. */
export function typedOf(body: unknown, commands: Commands): Typed | undefined {
  const read = slash.safeParse(body)
  if (!read.success) return undefined
  const said = printable(unescapeMarkup(read.data.text ?? '')).trim()
  const [, first = '', about = '', rest = ''] = typedWords.exec(said) ?? []
  const word = first.toLowerCase()
  const known = commandOf(commands, word === '' ? 'help' : word)
  const caseId = about.toUpperCase()
  const fields = known?.fields ?? []
  const name = (fields.find((field) => field.kind === 'text') ?? fields[0])?.name ?? 'text'
  return {
    user: deskUser(read.data.user_id, read.data.channel_id, read.data.response_url),
    command: known?.name ?? word,
    caseId,
    args: rest === '' ? {} : { [name]: rest },
    needsForm: known !== undefined && (known.about === 'desk' || caseId !== '') && needsForm(known, rest),
    origin: { caseId, place: read.data.channel_id },
  }
}

export function readTyped(event: RawEvent, commands: Commands): Reading {
  const typed = typedOf(event.payload, commands)
  if (typed === undefined) return { type: 'quarantine', reason: 'a slash command of unknown shape' }
  const { user, command, caseId, args } = typed
  if (typed.needsForm) return { type: 'suppress', reason: `opened the form ${nameOf(command)}` }
  return { type: 'action', action: { id: event.id, user, command, caseId, args, at: event.receivedAt } }
}

function needsForm({ form }: CommandWords, rest: string): boolean {
  if (form === undefined) return false
  const required = form.fields.filter((field) => field.required)
  return form.preview !== undefined || rest === '' || required.length !== 1 || required[0]?.kind !== 'text'
}

type Values = Record<string, Record<string, Record<string, unknown>>>

/** Each by the name of its field; files that were sent before are chosen in a block of their own. */
function valuesOf(values: Values): Record<string, string> {
  const filled = Object.entries(values).map(([name, inputs]) => {
    return [name.replace(keptSuffix, ''), inputOf(Object.values(inputs)[0] ?? {})] as const
  })
  return Object.fromEntries(filled.filter(([, value]) => value !== ''))
}

function inputOf(input: Readonly<Record<string, unknown>>): string {
  if (typeof input.value === 'string') return printable(input.value)
  const chosen = z.object({ value: z.string() }).safeParse(input.selected_option)
  if (chosen.success) return chosen.data.value
  const several = z.array(z.object({ value: z.string() })).safeParse(input.selected_options)
  return several.success ? several.data.map(({ value }) => value).join(' ') : ''
}

/** What was put into the form's own file picker. */
function filesIn(values: Values): readonly Attachment[] {
  const picked = Object.values(values).flatMap((inputs) => Object.values(inputs)[0]?.files ?? [])
  return picked.flatMap((file) => {
    const read = z.record(z.string(), z.unknown()).safeParse(file)
    return read.success ? [attachmentOf(read.data)] : []
  })
}

const keptSuffix = /_kept$/

/** `reply` holds the place and, after a space, Slack's own answering URL: five answers in thirty minutes. */
export function deskUser(id: string, channel: string | undefined, responseUrl?: string): DeskUser {
  const reply = [channel, responseUrl].filter((part) => part !== undefined && part !== '').join(' ')
  return { address: { channel: 'slack', id }, ...(reply === '' ? {} : { reply }) }
}

function placeOfCard(channel: string | undefined, ts: string | undefined): string | undefined {
  return channel === undefined || ts === undefined ? channel : `${channel}:${ts}`
}

const routeBlock = z.object({
  block_id: z.literal(replyRouteBlock),
  elements: z.array(z.object({ text: z.string() }).transform((element) => unescapeMarkup(element.text))),
})

function routeIn(blocks: readonly unknown[]): ReplyRoute | undefined {
  return replyRouteOf(blocks.flatMap((block) => routeBlock.safeParse(block).data ?? []))
}

import type { Delivered, Delivery } from './delivery.ts'
import { type Json, listOf, textOf } from './json.ts'
import { eventPayload, interaction, messageEvent, slashPayload, viewObject } from './payloads.ts'
import { type ChosenShortcut, homePressPayload, type Press, pressPayload, shortcutPayload } from './presses.ts'
import type { ResponseUrls } from './response-urls.ts'
import { applyAnswer, closeTop, missingInputs, type Submitted, stateOf } from './views.ts'
import { app, type Message, type OpenView, type SharedFile, type Workspace, withBlockIds } from './workspace.ts'

export type Writing = { readonly user: string; readonly channel: string; readonly text: string }
type Direct = Omit<Writing, 'channel'> & {
  /** Only spoken of, or really there. */
  readonly fileNames?: readonly string[]
  readonly fileIds?: readonly string[]
}
/** A message that was written, and what became of its delivery to the app, retries included. */
export type Written = { readonly ts: string; readonly delivered: Promise<Delivered> }
/** `asked` lists required inputs that are still empty; `failed` is what a person sees as "trouble connecting". */
export type SubmitResult = { readonly outcome: Submitted | 'asked' | 'failed'; readonly errors: Json }

export type World = { readonly workspace: Workspace; readonly delivery: Delivery; readonly responses: ResponseUrls }

/** What people do in Slack; each act is delivered to the app as Slack would. */
export function people(world: World) {
  const { workspace, delivery } = world
  return {
    press: (press: Press): Promise<Delivered> => delivery.deliver('interactive', pressPayload(world, press)),
    pressHome: (press: Omit<Press, 'channel' | 'ts'>): Promise<Delivered> =>
      delivery.deliver('interactive', homePressPayload(world, press)),
    /** From the lightning menu, or from the menu of one message. */
    shortcut: (chosen: ChosenShortcut): Promise<Delivered> =>
      delivery.deliver('interactive', shortcutPayload(world, chosen)),
    submitView: (user: string, values: Readonly<Record<string, string>> = {}) => submit(world, user, values),
    /** Cancel, Back, or the cross: only the visible modal goes. */
    closeView: (user: string): void => closeTop(workspace, user),
    writeInChannel: (writing: Writing): Written => write(world, writing),
    writeInThread: ({ ts, fileIds, ...writing }: Writing & { ts: string; fileIds?: readonly string[] }): Written =>
      write(world, writing, { threadTs: ts, ...(fileIds && { fileIds }) }),
    /** Puts a file into Slack; its id is then used in a form or a message. */
    upload: (file: Omit<SharedFile, 'id'>): string => workspace.addFile(file).id,
    directMessage: ({ user, text, ...files }: Direct): Written => {
      const channel = workspace.directMessage(user).id
      return write(world, { user, channel, text }, files)
    },
    /** Slack reports a mention twice: as a message and as a mention, with different event ids. */
    mention: (writing: Writing & { readonly ts?: string }): Written => mention(world, writing),
    editMessage: (edit: { channel: string; ts: string; text: string }): Promise<Delivered> => change(world, edit),
    deleteMessage: (gone: { channel: string; ts: string }): Promise<Delivered> => remove(world, gone),
    openHome: (user: string): Promise<Delivered> => {
      const event = { type: 'app_home_opened', user, channel: workspace.directMessage(user).id, tab: 'home' }
      return delivery.deliver('events_api', eventPayload(event, workspace.now()))
    },
    slashCommand: (typed: { user: string; channel: string; command?: string; text: string }) => slash(world, typed),
    /** Any event, for what this workspace cannot do by itself. */
    event: (event: Json): Promise<Delivered> => delivery.deliver('events_api', eventPayload(event, workspace.now())),
  }
}

function write({ workspace, delivery }: World, writing: Writing, more: Partial<Message> = {}): Written {
  const text = asSlackStores(writing.text)
  const place = { ts: workspace.nextTs(), channel: writing.channel, author: writing.user }
  const message: Message = { ...place, text, blocks: [], isEdited: false, ...more }
  workspace.messages.push(message)
  workspace.changed()
  const payload = eventPayload(messageEvent(workspace, message), workspace.now())
  return { ts: message.ts, delivered: delivery.deliver('events_api', payload) }
}

function mention(world: World, writing: Writing & { readonly ts?: string }): Written {
  const { workspace, delivery } = world
  const more = writing.ts === undefined ? {} : { threadTs: writing.ts }
  const message = { ...more, ts: workspace.nextTs(), channel: writing.channel, author: writing.user, blocks: [] }
  const stored: Message = { ...message, text: `<@${app.userId}> ${asSlackStores(writing.text)}`, isEdited: false }
  workspace.messages.push(stored)
  workspace.changed()
  const { channel_type: _, ...said } = messageEvent(workspace, stored)
  const asMention = eventPayload({ ...said, type: 'app_mention' }, workspace.now())
  const asMessage = eventPayload(messageEvent(workspace, stored), workspace.now())
  const both = Promise.all([delivery.deliver('events_api', asMessage), delivery.deliver('events_api', asMention)])
  return { ts: stored.ts, delivered: both.then(([first]) => first) }
}

function change({ workspace, delivery }: World, edit: { channel: string; ts: string; text: string }) {
  const message = workspace.find(edit.channel, edit.ts)
  if (message === undefined) throw new Error(`no message ${edit.ts} in ${edit.channel}`)
  const before = message.text
  Object.assign(message, { text: asSlackStores(edit.text), isEdited: true })
  workspace.changed()
  return delivery.deliver('events_api', editPayload(workspace, message, before))
}

function remove({ workspace, delivery }: World, gone: { channel: string; ts: string }) {
  const message = workspace.find(gone.channel, gone.ts)
  if (message === undefined) throw new Error(`no message ${gone.ts} in ${gone.channel}`)
  workspace.messages.splice(workspace.messages.indexOf(message), 1)
  workspace.changed()
  const { channel, ...before } = messageEvent(workspace, message)
  const ts = workspace.nextTs()
  const event = { type: 'message', subtype: 'message_deleted', hidden: true, channel, ts, event_ts: ts }
  const payload = eventPayload({ ...event, deleted_ts: message.ts, previous_message: before }, workspace.now())
  return delivery.deliver('events_api', payload)
}

/** An edit, by a person or by the app, as Slack reports it. */
export function editPayload(workspace: Workspace, message: Message, before: string): Json {
  const { channel, ...now } = messageEvent(workspace, message)
  const ts = workspace.nextTs()
  const event = { type: 'message', subtype: 'message_changed', hidden: true, channel, ts, event_ts: ts }
  const edited = { ...event, message: now, previous_message: { ...now, text: before } }
  return eventPayload(edited, workspace.now())
}

async function submit(world: World, user: string, given: Readonly<Record<string, string>>): Promise<SubmitResult> {
  const { workspace, delivery } = world
  const open = workspace.modals.get(user)?.at(-1)
  if (open === undefined) throw new Error(`${user} has no open form`)
  const state = stateOf(workspace, open, given)
  const missing = missingInputs(open, state)
  if (missing.length > 0)
    return { outcome: 'asked', errors: Object.fromEntries(missing.map((name) => [name, 'required'])) }
  const payload = submissionPayload(workspace, open, state)
  const { acknowledged, answer } = await delivery.deliver('interactive', payload)
  if (!acknowledged) return { outcome: 'failed', errors: {} }
  return { outcome: applyAnswer(workspace, open, answer), errors: open.errors }
}

function submissionPayload(workspace: Workspace, open: OpenView, state: Json): Json {
  const view = viewObject(open, state)
  return { ...interaction(workspace, 'view_submission', open.user), view, response_urls: [] }
}

async function slash(world: World, typed: { user: string; channel: string; command?: string; text: string }) {
  const { workspace, delivery, responses } = world
  const url = responses.create(typed.channel, typed.user)
  const payload = { ...slashPayload(workspace, typed, url), command: typed.command ?? '/gatehouse', text: typed.text }
  const delivered = await delivery.deliver('slash_commands', payload)
  const text = textOf(delivered.answer, 'text')
  if (text !== undefined) {
    const blocks = withBlockIds(listOf(delivered.answer, 'blocks'))
    workspace.ephemerals.push({ ts: workspace.nextTs(), channel: typed.channel, user: typed.user, text, blocks })
    workspace.changed()
  }
  return delivered
}

/** Slack escapes what people type; ids such as this one let a test ask for a mention as it is really stored. */
function asSlackStores(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

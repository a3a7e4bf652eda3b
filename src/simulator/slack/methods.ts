import { blockFaults } from './blocks.ts'
import { fileMethods } from './files.ts'
import { isRecord, type Json, textOf } from './json.ts'
import { messageObject, viewObject } from './payloads.ts'
import { checkedView, openView, SlackRefusal, updateView } from './views.ts'
import { app, type Channel, type Message, team, type Workspace, withBlockIds } from './workspace.ts'

/** What the app's own posts and edits lead to: Slack reports them back as events. */
export type Echo = { posted(message: Message): void; edited(message: Message, before: string): void }

/** One Web API method: checked arguments in, Slack's answer without `ok` out; refusals are thrown. */
export type Method = (args: Json) => Json

/** The methods of the Web API that Gatehouse uses. */
export function webApiMethods(workspace: Workspace, echo: Echo): Readonly<Record<string, Method>> {
  return {
    ...{ ...chat(workspace, echo), ...conversations(workspace), ...views(workspace), ...identity(workspace) },
    ...fileMethods(workspace, echo),
  }
}

function chat(workspace: Workspace, echo: Echo): Record<string, Method> {
  return {
    'chat.postMessage': (args) => {
      const channel = writable(workspace, args)
      const thread = textOf(args, 'thread_ts')
      const content = contentOf(args)
      const place = { ts: workspace.nextTs(), channel: channel.id, author: app.userId, isEdited: false }
      const message: Message = { ...place, ...content, ...(thread === undefined ? {} : { threadTs: thread }) }
      workspace.messages.push(message)
      workspace.changed()
      echo.posted(message)
      return { channel: channel.id, ts: message.ts, message: messageObject(message) }
    },
    'chat.update': (args) => {
      const message = workspace.find(writable(workspace, args).id, textOf(args, 'ts') ?? '')
      if (message === undefined) throw new SlackRefusal('message_not_found')
      if (message.author !== app.userId) throw new SlackRefusal('cant_update_message')
      const before = message.text
      Object.assign(message, contentOf(args), { isEdited: true })
      workspace.changed()
      echo.edited(message, before)
      return { channel: message.channel, ts: message.ts, text: message.text, message: messageObject(message) }
    },
    'chat.postEphemeral': (args) => {
      const channel = writable(workspace, args)
      const user = textOf(args, 'user') ?? ''
      if (!workspace.people.has(user)) throw new SlackRefusal('user_not_in_channel')
      const thread = textOf(args, 'thread_ts')
      const place = { ts: workspace.nextTs(), channel: channel.id, user }
      workspace.ephemerals.push({ ...place, ...contentOf(args), ...(thread === undefined ? {} : { threadTs: thread }) })
      workspace.changed()
      return { message_ts: place.ts }
    },
  }
}

function conversations(workspace: Workspace): Record<string, Method> {
  return {
    'conversations.open': (args) => {
      const user = textOf(args, 'users') ?? ''
      if (!workspace.people.has(user)) throw new SlackRefusal('user_not_found')
      return { channel: { id: workspace.directMessage(user).id } }
    },
    'conversations.info': (args) => {
      const channel = channelOf(workspace, args)
      const flags = { is_im: channel.with !== undefined, is_archived: channel.isArchived === true }
      return { channel: { id: channel.id, name: channel.name, ...flags, is_member: channel.isForeign !== true } }
    },
    'conversations.history': (args) => {
      const channel = channelOf(workspace, args)
      const messages = workspace.messages.filter((each) => each.channel === channel.id && each.threadTs === undefined)
      return page(messages.toReversed(), args)
    },
    'conversations.replies': (args) => {
      const channel = channelOf(workspace, args)
      const root = textOf(args, 'ts') ?? ''
      if (workspace.find(channel.id, root) === undefined) throw new SlackRefusal('thread_not_found')
      const inThread = (each: Message) => each.channel === channel.id && (each.ts === root || each.threadTs === root)
      return page(workspace.messages.filter(inThread), args)
    },
  }
}

function views(workspace: Workspace): Record<string, Method> {
  const opened = (args: Json, how: 'open' | 'push'): Json => {
    return { view: viewObject(openView(workspace, textOf(args, 'trigger_id') ?? '', args.view, how)) }
  }
  return {
    'views.open': (args) => opened(args, 'open'),
    'views.push': (args) => opened(args, 'push'),
    'views.update': (args) => {
      const open = updateView(workspace, textOf(args, 'view_id') ?? '', args.view, textOf(args, 'hash'))
      return { view: viewObject(open) }
    },
    'views.publish': (args) => {
      const user = textOf(args, 'user_id') ?? ''
      if (!workspace.people.has(user)) throw new SlackRefusal('user_not_found')
      const view = checkedView(args.view)
      workspace.homes.set(user, view)
      workspace.changed()
      return { view }
    },
  }
}

function identity(workspace: Workspace): Record<string, Method> {
  return {
    'auth.test': () => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.name.toLowerCase(),
      team_id: team.id,
      user_id: app.userId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
    'users.info': (args) => {
      const person = workspace.people.get(textOf(args, 'user') ?? '')
      if (person === undefined) throw new SlackRefusal('user_not_found')
      const profile = { real_name: person.name, display_name: person.name }
      return { user: { id: person.id, team_id: team.id, name: person.name, real_name: person.name, profile } }
    },
  }
}

type Content = { readonly text: string; readonly blocks: readonly Json[]; readonly metadata?: Json }

export function contentOf(args: Json): Content {
  const text = textOf(args, 'text') ?? ''
  const blocks = args.blocks ?? []
  const faults = blockFaults(blocks, 50)
  if (faults.length > 0) throw new SlackRefusal('invalid_blocks', faults)
  if (text === '' && (blocks as unknown[]).length === 0) throw new SlackRefusal('no_text')
  if (text.length > 40_000) throw new SlackRefusal('msg_too_long')
  const metadata = isRecord(args.metadata) ? { metadata: args.metadata } : {}
  return { text, blocks: withBlockIds(blocks as unknown[]), ...metadata }
}

export function channelOf(workspace: Workspace, args: Json): Channel {
  const id = textOf(args, 'channel') ?? ''
  const channel = workspace.people.has(id) ? workspace.directMessage(id) : workspace.channels.get(id)
  if (channel === undefined) throw new SlackRefusal('channel_not_found')
  return channel
}

export function writable(workspace: Workspace, args: Json): Channel {
  const channel = channelOf(workspace, args)
  if (channel.isArchived) throw new SlackRefusal('is_archived')
  if (channel.isForeign) throw new SlackRefusal('not_in_channel')
  return channel
}

/** One page of messages; the cursor is simply how many were read before. */
function page(messages: readonly Message[], args: Json): Json {
  const oldest = Number(args.oldest ?? 0)
  const limit = Math.min(Number(args.limit ?? 100), 999)
  const start = Number(textOf(args, 'cursor') || 0)
  const wanted = messages.filter((message) => Number(message.ts) > oldest)
  const showsMetadata = String(args.include_all_metadata) === 'true'
  const shown = wanted.slice(start, start + limit).map((message) => {
    const { metadata, ...rest } = messageObject(message)
    return showsMetadata && metadata !== undefined ? { ...rest, metadata } : rest
  })
  const hasMore = start + limit < wanted.length
  const cursor = hasMore ? String(start + limit) : ''
  return { messages: shown, has_more: hasMore, response_metadata: { next_cursor: cursor } }
}

import { randomBytes } from 'node:crypto'
import type { Json } from './json.ts'
import { app, type Message, type OpenView, type SharedFile, team, type Workspace } from './workspace.ts'

/** The verification token of old; still in every payload, and of no use to anybody. */
const verificationToken = 'verification-token-of-the-simulator'

/** The outer object of the Events API. */
export function eventPayload(event: Json, at: Date): Json {
  return {
    token: verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(at.getTime() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: app.userId, is_bot: true }],
    is_ext_shared_channel: false,
  }
}

/** A message as an event reports it; the app's own come back to it with its ids. */
export function messageEvent(workspace: Workspace, message: Message): Json {
  const channel = workspace.channels.get(message.channel)
  const root = message.threadTs === undefined ? undefined : workspace.find(message.channel, message.threadTs)
  return {
    type: 'message',
    ...filesOf(workspace, message),
    user: message.author,
    ts: message.ts,
    ...(message.author === app.userId ? { bot_id: app.botId, app_id: app.id } : { client_msg_id: message.ts }),
    text: message.text,
    team: team.id,
    ...(root === undefined ? {} : { thread_ts: root.ts, parent_user_id: root.author }),
    channel: message.channel,
    event_ts: message.ts,
    channel_type: channel?.with === undefined ? 'channel' : 'im',
  }
}

function filesOf(workspace: Workspace, { fileNames = [], fileIds = [] }: Message): Json {
  const real = fileIds.flatMap((id) => workspace.files.get(id) ?? []).map((file) => fileObject(workspace, file))
  const files = [...fileNames.map((name) => namedFile(workspace, name)), ...real]
  return files.length === 0 ? {} : { subtype: 'file_share', files }
}

/** A file that is only spoken of: nothing is there when it is fetched. */
function namedFile({ origin }: Workspace, name: string): Json {
  const id = `F${Buffer.from(name).toString('hex').slice(0, 10).toUpperCase()}`
  return { id, name, mimetype: 'image/jpeg', size: 48_213, url_private: `${origin}/files-pri/${id}` }
}

/** A file as messages and submitted forms describe it. */
export function fileObject({ origin }: Workspace, { id, name, contentType, bytes }: SharedFile): Json {
  const url = `${origin}/files-pri/${team.id}-${id}/${encodeURIComponent(name)}`
  const described = { id, name, title: name, mimetype: contentType, size: bytes.length, mode: 'hosted' }
  return { ...described, url_private: url, url_private_download: `${url}?download` }
}

/** What every interaction says about who and where. */
export function interaction(workspace: Workspace, type: string, user: string): Json {
  const name = workspace.people.get(user)?.name ?? user
  return {
    type,
    team: { id: team.id, domain: team.domain },
    user: { id: user, username: name, name, team_id: team.id },
    api_app_id: app.id,
    token: verificationToken,
    trigger_id: workspace.newTrigger(user),
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** A message as a press on it reports it. */
export function messageObject(message: Message): Json {
  return {
    type: 'message',
    user: message.author,
    bot_id: app.botId,
    app_id: app.id,
    ts: message.ts,
    text: message.text,
    team: team.id,
    blocks: message.blocks,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.fileIds === undefined ? {} : { files: message.fileIds.map((fileId) => ({ id: fileId })) }),
  }
}

/** A view as Slack hands it back: what the app gave, completed with Slack's own ids. */
export function viewObject(open: OpenView, state: Json = { values: {} }): Json {
  return {
    private_metadata: '',
    callback_id: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...open.view,
    id: open.id,
    team_id: team.id,
    state,
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    app_id: app.id,
    bot_id: app.botId,
    app_installed_team_id: team.id,
  }
}

export function slashPayload(workspace: Workspace, typed: { user: string; channel: string }, url: string): Json {
  return {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: typed.channel,
    channel_name: workspace.channels.get(typed.channel)?.name ?? 'directmessage',
    user_id: typed.user,
    user_name: workspace.people.get(typed.user)?.name ?? typed.user,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: url,
    trigger_id: workspace.newTrigger(typed.user),
  }
}

import { isRecord, type Json, textOf } from '../slack/json.ts'
import { actionsOf, isMeant, missingInputs, submitted } from './cards.ts'
import type { Delivered, Delivery } from './delivery.ts'
import { type FoundCase, search } from './extension.ts'
import { bot, chatOf, conversationOf, type Message, personIn, type SharedFile, type Tenant } from './tenant.ts'

export type World = {
  readonly tenant: Tenant
  readonly delivery: Delivery
  readonly appId: string
  readonly serviceUrl: () => string
}

/** `button`: the command it carries, or what is written on it. */
export type Press = {
  readonly user: string
  readonly message: string
  readonly button: string
  /** A client that does not know `Action.Execute` takes the fallback. */
  readonly isOldClient?: boolean
}
export type Written = { readonly id: string; readonly delivered: Promise<Delivered> }
/** `asked` lists required inputs that are still empty; `failed` is what a person sees as "something went wrong". */
export type DialogResult = {
  readonly outcome: 'open' | 'closed' | 'asked' | 'failed'
  readonly missing: readonly string[]
}

/** What people do in Teams; each act is delivered to the app as Teams would. */
export function people(world: World) {
  const { tenant, delivery } = world
  return {
    press: (press: Press): Promise<Delivered> => pressButton(world, press),
    submitDialog: (user: string, values: Readonly<Record<string, string>> = {}, button?: string) =>
      submitDialog(world, { user, values, button }),
    /** What the search box of the app shows for these words. */
    search: (user: string, q: string) => search(world, user, q),
    /** Puts a found case into a channel, as the person's own message. */
    insert: ({ user, channel, found }: { user: string; channel: string; found: FoundCase }): string =>
      tenant.add({ place: channel, author: user, text: '', cards: [found.card] }).id,
    /** "Act on this case" from the menu of a message. */
    actOn: (user: string, id: string): Promise<Delivered> => {
      const message = existing(tenant, id)
      const at = { id: `f:${tenant.nextId()}`, place: message.place, author: user, threadOf: message.threadOf ?? id }
      const said = { id, body: { contentType: 'html', content: message.text }, attachments: message.cards }
      const value = { commandId: 'act', commandContext: 'message', messagePayload: said }
      return invoke(world, { at, message, name: 'composeExtension/fetchTask', value })
    },
    closeDialog: (user: string): void => {
      tenant.dialogs.delete(user)
      tenant.changed()
    },
    /** In a channel: a new conversation, or an answer in the thread of a message. The bot hears only what mentions it. */
    mention: (said: Mention): Written => mention(world, said),
    /** Puts a file into the tenant; its id is then used in a message. */
    upload: (file: Omit<SharedFile, 'id'>): string => tenant.addFile(file),
    /** To the bot alone; `files` are names of shared files, or ids of what was put into the tenant. */
    say: (user: string, text: string, files: readonly string[] = []): Written => {
      const names = files.map((file) => tenant.files.get(file)?.name ?? file)
      const message = tenant.add({ place: chatOf(user), author: user, text, ...(names.length > 0 && { files: names }) })
      const attachments = files.map((file) => sharedFile(file, world))
      const more = { text, textFormat: 'plain', ...(attachments.length > 0 && { attachments }) }
      return { id: message.id, delivered: delivery.deliver(activity(world, message, more)) }
    },
    edit: (id: string, text: string): Promise<Delivered> => edit(world, id, text),
    remove: (id: string): Promise<Delivered> => {
      const message = existing(tenant, id)
      message.isDeleted = true
      tenant.changed()
      const more = { type: 'messageDelete', channelData: { ...channelData(tenant), eventType: 'softDeleteMessage' } }
      return delivery.deliver(activity(world, message, more))
    },
    /** A person adds the app for themselves. */
    install: (user: string): Promise<Delivered> => {
      tenant.without.delete(user)
      tenant.blockedBy.delete(user)
      const added = [{ id: `28:${world.appId}` }, { id: `29:${user}`, aadObjectId: user }]
      const at = { id: `f:${tenant.nextId()}`, place: chatOf(user), author: user }
      return delivery.deliver(activity(world, at, { type: 'conversationUpdate', membersAdded: added }))
    },
    /** Any activity, for what this tenant cannot do by itself. */
    activity: (more: Json, user: string): Promise<Delivered> =>
      delivery.deliver(activity(world, { id: tenant.nextId(), place: chatOf(user), author: user }, more)),
  }
}

/** An activity as Teams writes it, around what is particular to this one. */
export function activity(world: World, at: Pick<Message, 'id' | 'place' | 'author' | 'threadOf'>, more: Json) {
  const { tenant, appId, serviceUrl } = world
  const name = tenant.people.get(at.author)?.name ?? at.author
  const isPersonal = personIn(at.place) !== undefined
  const kind = { conversationType: isPersonal ? 'personal' : 'channel', isGroup: !isPersonal }
  return {
    type: 'message',
    id: at.id,
    timestamp: tenant.now().toISOString(),
    serviceUrl: serviceUrl(),
    channelId: 'msteams',
    from: { id: `29:${at.author}`, name, aadObjectId: at.author },
    recipient: { id: `28:${appId}`, name: bot.name },
    conversation: { id: conversationOf(at), tenantId: tenant.id, ...kind },
    channelData: channelData(tenant),
    ...more,
  }
}

const channelData = (tenant: Tenant): Json => ({ tenant: { id: tenant.id } })

function existing(tenant: Tenant, id: string): Message {
  const message = tenant.find(id)
  if (message === undefined || message.isDeleted) throw new Error('This message is not there any more.')
  return message
}

async function pressButton(world: World, { user, message: id, button, isOldClient }: Press): Promise<Delivered> {
  const message = existing(world.tenant, id)
  const found = message.cards.flatMap(actionsOf).find((action) => isMeant(action, button))
  if (found === undefined) throw new Error(`There is no button "${button}" on this message any more.`)
  const action = isOldClient && isRecord(found.fallback) ? found.fallback : found
  const { type, verb } = action
  const at = {
    id: `f:${world.tenant.nextId()}`,
    place: message.place,
    author: user,
    threadOf: message.threadOf ?? message.id,
  }
  if (type === 'Action.Execute') {
    const value = { action: { type, verb, title: action.title, data: action.data }, trigger: 'manual' }
    return invoke(world, { at, message, name: 'adaptiveCard/action', value })
  }
  const data = isRecord(action.data) ? action.data : {}
  if (textOf(data.msteams, 'type') === 'task/fetch') {
    return invoke(world, { at, message, name: 'task/fetch', value: { data, context: { theme: 'default' } } })
  }
  const sent = { replyToId: message.id, value: data, text: undefined }
  return world.delivery.deliver(activity(world, { ...at, id: world.tenant.nextId() }, sent))
}

type Invoke = {
  readonly at: Pick<Message, 'id' | 'place' | 'author' | 'threadOf'>
  readonly message: Message
  readonly name: string
  readonly value: Json
}

async function invoke(world: World, { at, message, name, value }: Invoke): Promise<Delivered> {
  const more = { type: 'invoke', name, value, replyToId: message.id }
  const delivered = await world.delivery.deliver(activity(world, at, more))
  const note = (text: string) => world.tenant.note({ user: at.author, text, place: message.place })
  if (!delivered.acknowledged) note('Something went wrong. Please try again.')
  else if (name === 'adaptiveCard/action') note(textOf(delivered.answer, 'value') ?? '')
  else apply(world, { user: at.author, answer: delivered.answer, message, byExtension: name.startsWith('compose') })
  return delivered
}

type Applied = {
  readonly user: string
  readonly answer: unknown
  readonly message: Message
  /** Opened from the menu of a message: what is submitted in it is named otherwise. */
  readonly byExtension?: boolean
}

/** What becomes of a dialog when the app has answered: another one, words, or nothing more. */
function apply({ tenant }: World, { user, answer, message, byExtension = false }: Applied): 'open' | 'closed' {
  const task = isRecord(answer) && isRecord(answer.task) ? answer.task : {}
  const value = isRecord(task.value) ? task.value : {}
  const card = isRecord(value.card) && isRecord(value.card.content) ? value.card.content : undefined
  tenant.dialogs.delete(user)
  if (task.type === 'continue' && card !== undefined)
    tenant.dialogs.set(user, { user, title: textOf(value, 'title') ?? '', card, from: message, byExtension })
  else if (typeof task.value === 'string') tenant.note({ user, text: task.value, place: message.place })
  tenant.changed()
  return tenant.dialogs.has(user) ? 'open' : 'closed'
}

type Submission = {
  readonly user: string
  readonly values: Readonly<Record<string, string>>
  readonly button: string | undefined
}

async function submitDialog(world: World, { user, values, button }: Submission): Promise<DialogResult> {
  const dialog = world.tenant.dialogs.get(user)
  if (dialog === undefined) throw new Error('There is no open form.')
  const actions = actionsOf(dialog.card)
  const action = button === undefined ? actions[0] : actions.find((each) => textOf(each, 'title') === button)
  if (action === undefined) throw new Error(`The form has no button "${button}".`)
  const data = submitted(dialog.card, action, values)
  const missing = action.associatedInputs === 'none' ? [] : missingInputs(dialog.card, data)
  if (missing.length > 0) return { outcome: 'asked', missing }
  const { from, byExtension } = dialog
  const at = { id: `f:${world.tenant.nextId()}`, place: from.place, author: user, threadOf: from.threadOf ?? from.id }
  const more = {
    type: 'invoke',
    name: byExtension ? 'composeExtension/submitAction' : 'task/submit',
    value: { data, context: { theme: 'default' } },
    replyToId: from.id,
  }
  const delivered = await world.delivery.deliver(activity(world, at, more))
  if (!delivered.acknowledged) return { outcome: 'failed', missing: [] }
  return { outcome: apply(world, { user, answer: delivered.answer, message: from, byExtension }), missing: [] }
}

export type Mention = {
  readonly user: string
  readonly channel: string
  readonly text: string
  readonly threadOf?: string
  /** Pasted into the message, by the ids of what was put into the tenant; other files of a channel never reach an app. */
  readonly pictures?: readonly string[]
}

function mention(world: World, said: Mention): Written {
  const { tenant, delivery, appId, serviceUrl } = world
  const { user, channel, text, threadOf, pictures = [] } = said
  const message = tenant.add({
    place: channel,
    author: user,
    text: `${bot.name} ${text}`,
    ...(threadOf && { threadOf }),
  })
  const at = `<at>${bot.name}</at>`
  const entities = [{ type: 'mention', text: at, mentioned: { id: `28:${appId}`, name: bot.name } }]
  const attachments = pictures
    .flatMap((id) => tenant.files.get(id) ?? [])
    .map(({ id, name, contentType }) => ({
      ...{ contentType, contentUrl: `${serviceUrl()}files/${id}`, name },
    }))
  const more = { text: `${at} ${text}`, textFormat: 'plain', entities, ...(attachments.length > 0 && { attachments }) }
  return { id: message.id, delivered: delivery.deliver(activity(world, message, more)) }
}

function edit(world: World, id: string, text: string): Promise<Delivered> {
  const message = existing(world.tenant, id)
  Object.assign(message, { text, isEdited: true })
  world.tenant.changed()
  const changed = { ...channelData(world.tenant), eventType: 'editMessage' }
  const more = { type: 'messageUpdate', text, textFormat: 'plain', channelData: changed }
  return world.delivery.deliver(activity(world, message, more))
}

function sharedFile(file: string, { serviceUrl, tenant }: World): Json {
  const name = tenant.files.get(file)?.name ?? file
  const url = `${serviceUrl()}files/${encodeURIComponent(file)}`
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    ...{ contentUrl: url, name, content: { downloadUrl: url, uniqueId: 'u', fileType: name.split('.').at(-1) ?? '' } },
  }
}

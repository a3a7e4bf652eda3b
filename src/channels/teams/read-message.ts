import { z } from 'zod'
import type { DeskAction, DeskUser, RawEvent, Reading } from '../../core/channel.ts'
import type { Attachment } from '../../core/message.ts'
import type { KeptActivity } from './parse.ts'
import { printable, withoutEntities } from './plain-text.ts'
import { type Commands, needsForm, typedIn } from './typed.ts'

/** A person by their Entra object id, which is the same in every app; guests of some kinds have only Teams' own id. */
export function userOf(read: KeptActivity, event: RawEvent): DeskUser | undefined {
  const id = personOf(read)
  if (id === undefined) return undefined
  return { address: { channel: 'teams', id }, reply: `${read.conversation?.id ?? ''} ${event.id}` }
}

export const personOf = ({ from }: KeptActivity): string | undefined => from?.aadObjectId?.toLowerCase() ?? from?.id

/** A conversation with one person; in a channel or a group chat the bot hears only what mentions it. */
export const isPersonal = ({ conversation }: KeptActivity): boolean =>
  conversation?.conversationType === 'personal' || conversation?.id?.startsWith('a:') === true

/** Understands a message that somebody wrote: to the bot alone, under a card, or as a typed command. */
export function readMessage(event: RawEvent, read: KeptActivity, commands: Commands): Reading {
  const user = userOf(read, event)
  if (user === undefined) return { type: 'quarantine', reason: 'a message without an author' }
  if (read.from?.role === 'bot') return { type: 'suppress', reason: 'written by a bot' }
  const text = wordsOf(read)
  const at = sentAt(read, event)
  if (isPersonal(read)) return personal({ event, read, user, text, at }, commands)
  const typed = typedIn(text, commands)
  const threadOf = threadIn(read)
  if (threadOf === undefined || isRoot(read)) {
    if (!isMentioned(read)) return { type: 'suppress', reason: 'not said to Gatehouse' }
    return action({ event, user, at, typed: typed ?? { command: firstWord(text), caseId: '', args: {} } })
  }
  // Under a card, only what is clearly a command is one: everything else is a note for colleagues.
  if (typed?.isPlain) return action({ event, user, at, typed, threadOf })
  const files = (read.attachments ?? []).flatMap(attachmentOf)
  if (text === '' && files.length === 0) return { type: 'suppress', reason: 'a mention without words' }
  return { type: 'thread', user, threadOf, text, at, ...(files.length > 0 && { files }) }
}

type Written = {
  readonly event: RawEvent
  readonly read: KeptActivity
  readonly user: DeskUser
  readonly text: string
  readonly at: Date
}

/** The channel cannot know who is staff: a typed command goes with the words, and counts only for those who are. */
function personal({ event, read, user, text, at }: Written, commands: Commands): Reading {
  const { id, conversation } = event
  const attachments = (read.attachments ?? []).flatMap(attachmentOf)
  const to = { channel: 'teams', id: read.recipient?.id ?? 'bot' }
  const name = read.from?.name === undefined ? {} : { profileName: printable(read.from.name) }
  const answers = read.replyToId === undefined ? {} : { inReplyTo: `${read.conversation?.id} ${read.replyToId}` }
  const message = {
    id,
    from: user.address,
    to,
    conversation,
    text,
    attachments,
    automatic: false,
    sentAt: at,
    ...name,
    ...answers,
  }
  const typed = typedIn(text, commands)
  const command = commands.find((one) => one.name === typed?.command)
  if (typed === undefined || command === undefined || !typed.isLikely) return { type: 'message', message }
  if (needsForm(typed, command)) return { type: 'message', message, typed: { formOf: command.name } }
  return { type: 'message', message, typed: deskAction({ event, user, at, typed }) }
}

type Asked = {
  readonly event: RawEvent
  readonly user: DeskUser
  readonly at: Date
  readonly typed: Pick<DeskAction, 'command' | 'caseId' | 'args'>
  readonly threadOf?: string
}

const deskAction = ({ event, user, at, typed, threadOf }: Asked): DeskAction => {
  const { command, caseId, args } = typed
  return { id: event.id, user, command, caseId, args, at, ...(threadOf !== undefined && { threadOf }) }
}

const action = (asked: Asked): Reading => ({ type: 'action', action: deskAction(asked) })

const firstWord = (text: string): string => /^\S{1,60}/.exec(text)?.[0].toLowerCase() ?? 'help'

/** The message under which this one was written, by the name under which cards are remembered. */
export function threadIn({ conversation }: KeptActivity): string | undefined {
  return conversation?.id?.includes(';messageid=') ? conversation.id : undefined
}

/** A message that begins a conversation of a channel names itself as its thread. */
export const isRoot = ({ id, conversation }: KeptActivity): boolean =>
  conversation?.id?.endsWith(`;messageid=${id}`) === true

const mentionsOf = ({ entities = [], recipient }: KeptActivity): readonly string[] =>
  entities.flatMap((entity) => {
    const found = mention.safeParse(entity).data
    return found !== undefined && found.mentioned.id === recipient?.id ? [found.text] : []
  })

const isMentioned = (read: KeptActivity): boolean => mentionsOf(read).length > 0

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
})

/** The words without the mention of the bot; other people's mentions stay as their names. */
export function wordsOf(read: KeptActivity): string {
  const text = mentionsOf(read).reduce((rest, name) => rest.replaceAll(name, ' '), read.text ?? '')
  const named = text.replace(/<at[^<>]*>([^<>]*)<\/at>/g, '$1')
  const plain = named === read.text ? named : named.replace(/^[^\S\n]+|[^\S\n]+$/gm, '')
  return printable(read.textFormat === 'xml' || read.textFormat === 'html' ? withoutEntities(plain) : plain).trim()
}

/** Teams' own clock, where it says it. */
export function sentAt({ timestamp }: KeptActivity, { receivedAt }: RawEvent): Date {
  const at = new Date(timestamp ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? receivedAt : at
}

const file = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().catch('file'),
  content: z.object({ downloadUrl: z.string(), fileType: z.string().catch('') }),
})
const picture = z.object({
  contentType: z.string().startsWith('image/'),
  contentUrl: z.string(),
  name: z.string().catch('image'),
})

/** A file shared with the bot, or a picture pasted into the message. Cards and quotes of messages are no files. */
function attachmentOf(given: Readonly<Record<string, unknown>>): readonly Attachment[] {
  const shared = file.safeParse(given).data
  if (shared !== undefined) {
    const contentType = contentTypes[shared.content.fileType.toLowerCase()] ?? 'application/octet-stream'
    return [{ name: shared.name, contentType, sizeBytes: 0, ref: shared.content.downloadUrl }]
  }
  const pasted = picture.safeParse(given).data
  return pasted === undefined
    ? []
    : [{ name: pasted.name, contentType: pasted.contentType, sizeBytes: 0, ref: pasted.contentUrl }]
}

const contentTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  mp4: 'video/mp4',
}

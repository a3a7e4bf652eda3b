import { z } from 'zod'
import type { RawEvent, Reading } from '../../core/channel.ts'
import { actionDataIn, inputsIn, optionIn } from './action-data.ts'
import { type KeptActivity, keptOf } from './parse.ts'
import { isPersonal, isRoot, personOf, readMessage, sentAt, threadIn, userOf, wordsOf } from './read-message.ts'
import { type Commands, needsForm, typedIn } from './typed.ts'

/** Kinds of activity that say something about the app's surroundings and nothing about a case. */
const notSaid: Readonly<Record<string, string>> = {
  conversationUpdate: 'people or the app came or went',
  installationUpdate: 'the app was added or removed',
  messageReaction: 'a reaction to a message',
  typing: 'somebody is typing',
  event: 'an event that Gatehouse does not use',
  endOfConversation: 'a conversation ended',
  command: 'a command of the program itself',
  commandResult: 'a command of the program itself',
}

/** Understands a stored activity. Everything is read, suppressed with its reason, or quarantined. */
export function readEvent(event: RawEvent, commands: Commands): Reading {
  const read = z.object({ type: z.string() }).safeParse(event.payload).success ? keptOf(event.payload) : undefined
  if (read === undefined) return { type: 'quarantine', reason: 'not an activity of Teams' }
  switch (read.type) {
    case 'message':
      return read.value === undefined || read.value === null
        ? readWritten(event, read, commands)
        : readPress(event, read)
    case 'messageUpdate':
      return readEdit(event, read)
    case 'messageDelete':
      return readChange(event, read, undefined)
    case 'invoke':
      return readInvoke(event, read, commands)
    default: {
      const notice = notSaid[read.type]
      if (notice !== undefined) return { type: 'suppress', reason: `${read.type}: ${notice}` }
      return { type: 'quarantine', reason: `activity type ${nameOf(read.type)} is not known` }
    }
  }
}

/** A typed command that needs a form was answered with the button that opens it. */
function readWritten(event: RawEvent, read: KeptActivity, commands: Commands): Reading {
  const reading = readMessage(event, read, commands)
  if (reading.type !== 'action') return reading
  const typed = typedIn(wordsOf(read), commands)
  const command = commands.find(({ name }) => name === typed?.command)
  if (typed === undefined || command === undefined || !needsForm(typed, command)) return reading
  return { type: 'suppress', reason: `asked for the form ${nameOf(command.name)}` }
}

/** A button in a client that does not know `Action.Execute`, or an option that the assistant offered. */
function readPress(event: RawEvent, read: KeptActivity): Reading {
  const user = userOf(read, event)
  if (user === undefined) return { type: 'quarantine', reason: 'a button press without a person' }
  const at = sentAt(read, event)
  const option = optionIn(read.value)
  if (option !== undefined && isPersonal(read)) {
    const { id, conversation } = event
    const to = { channel: 'teams', id: read.recipient?.id ?? 'bot' }
    const chosen = { action: option.id, text: option.label, attachments: [], automatic: false, sentAt: at }
    return { type: 'message', message: { id, conversation, from: user.address, to, ...chosen } }
  }
  return act(event, read, read.value)
}

const executed = z.object({ action: z.object({ data: z.unknown() }) })
const task = z.object({ data: z.unknown() })

function readInvoke(event: RawEvent, read: KeptActivity, commands: Commands): Reading {
  switch (read.name) {
    case 'adaptiveCard/action':
      return act(event, read, executed.safeParse(read.value).data?.action.data)
    case 'task/fetch': {
      const data = actionDataIn(task.safeParse(read.value).data?.data)
      if (data === undefined) return { type: 'quarantine', reason: 'a form of unknown shape was asked for' }
      return { type: 'suppress', reason: `opened the form ${nameOf(data.command)}` }
    }
    case 'task/submit':
      return readSubmission(event, read, commands)
    case 'composeExtension/query':
      return { type: 'suppress', reason: 'searched for cases' }
    case 'composeExtension/fetchTask':
      return { type: 'suppress', reason: 'asked what can be done to the case of a message' }
    case 'composeExtension/submitAction':
      return readSubmission(event, read, commands)
    default:
      return { type: 'suppress', reason: `invoke ${nameOf(read.name ?? '')}: something that Gatehouse does not offer` }
  }
}

/** A submission is the command itself, unless it only led to the preview. */
function readSubmission(event: RawEvent, read: KeptActivity, commands: Commands): Reading {
  const filled = task.safeParse(read.value).data?.data
  const data = actionDataIn(filled)
  if (data === undefined) return { type: 'quarantine', reason: 'a submitted form of unknown shape' }
  if (data.step === 'preview' || data.step === 'back')
    return { type: 'suppress', reason: `previewed the form ${nameOf(data.command)}; nothing sent yet` }
  // Chosen for the case of a message: what needs a form is asked for it first.
  const isChoice = data.step === undefined && commands.find(({ name }) => name === data.command)?.form !== undefined
  if (isChoice) return { type: 'suppress', reason: `opened the form ${nameOf(data.command)}` }
  return act(event, read, filled)
}

/** The command that a button or form of ours carries; in a `send` step its words travel in the button. */
function act(event: RawEvent, read: KeptActivity, value: unknown): Reading {
  const data = actionDataIn(value)
  const user = userOf(read, event)
  if (data === undefined || user === undefined) return { type: 'quarantine', reason: 'a button press of unknown shape' }
  const { command, caseId, step, args = {} } = data
  const at = sentAt(read, event)
  return {
    type: 'action',
    action: { id: event.id, user, command, caseId, args: step === 'send' ? args : { ...args, ...inputsIn(value) }, at },
  }
}

/** Only an edit changes words; Teams reports an undone deletion by the same type. */
function readEdit(event: RawEvent, read: KeptActivity): Reading {
  const kind = read.channelData?.eventType ?? ''
  if (kind !== 'editMessage' && kind !== 'undeleteMessage') {
    return { type: 'suppress', reason: `messageUpdate ${nameOf(kind)}: nothing that was said changed` }
  }
  return readChange(event, read, wordsOf(read))
}

/** Words that were changed or taken back. */
function readChange(event: RawEvent, read: KeptActivity, text: string | undefined): Reading {
  const id = personOf(read)
  if (id === undefined || read.id === undefined)
    return { type: 'quarantine', reason: 'a change without message or author' }
  // Under a card it is a note of staff, which stays as it was filed and is followed by the change.
  const isHeard = isPersonal(read) || (threadIn(read) !== undefined && !isRoot(read))
  if (!isHeard)
    return { type: 'suppress', reason: text === undefined ? 'a deletion in a channel' : 'an edit in a channel' }
  const messageId = `${event.id.split(`:${read.type}:`)[0]}:${read.id}`
  const change = { messageId, from: { channel: 'teams', id }, at: sentAt(read, event) }
  return { type: 'change', change: text === undefined ? change : { ...change, text } }
}

/** A name from outside that may stand in a reason: short, and nothing but a name. */
export function nameOf(value: string): string {
  return /^[\w.:/-]{1,60}$/.test(value) ? `"${value}"` : 'without a readable name'
}

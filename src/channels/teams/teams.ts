import type { Channel, ChannelLimits, DeskReads, FormAnswer, HttpResponse, Reading } from '../../core/channel.ts'
import { commandWords } from '../../core/desk/forms.ts'
import { actionDataIn } from './action-data.ts'
import { type Answers, createAnswers } from './answers.ts'
import { checkTeams } from './check.ts'
import { json, openedForm, previewed, taskResponse } from './dialogs.ts'
import { createDoor, type Taken } from './door.ts'
import { caseDialog, foundCases } from './extension.ts'
import { type Framework, lazyFramework } from './framework.ts'
import { openFile } from './open-file.ts'
import { carryInTeams } from './pictures.ts'
import { createPosting, maxTextLength, type Posting } from './posting.ts'
import { readEvent } from './read-event.ts'
import { isPersonal, personOf, wordsOf } from './read-message.ts'
import { createReferences, type ReferenceMemory } from './references.ts'
import { type Rendered, renderFormButton, renderWords } from './render.ts'
import type { TeamsSettings } from './settings.ts'
import { saidDialog } from './task-module.ts'
import { createTokens } from './token.ts'
import { type Commands, typedIn } from './typed.ts'
import { tellPrivately, welcome } from './whisper.ts'

export type TeamsOptions = {
  readonly memory: ReferenceMemory
  /** The commands a desk offers; the desk's own by default. */
  readonly commands?: Commands
  readonly clock?: () => Date
  /** How long Teams may take to answer one call. */
  readonly timeoutMs?: number
  /** Checks callers and speaks to the connector; loaded from its package by default. */
  readonly framework?: () => Promise<Framework>
  /** How long a press waits for the words that answer it, before it is told that it was taken. */
  readonly answerWithinMs?: number
}

const limits: ChannelLimits = {
  maxTextLength,
  buttons: 5,
  reportsDelivery: false,
  replyWindowSeconds: Number.POSITIVE_INFINITY,
  optOut: false,
  carry: carryInTeams,
}

const maxFileBytes = 20 * 1_048_576
const quietMs = 1_000
const fileTimeoutMs = 30_000

/** The Teams desk: `POST /api/messages`, cards and forms, and chats with persons. */
export function createTeamsChannel(settings: TeamsSettings, options: TeamsOptions): Channel {
  const { memory, commands = commandWords, clock = () => new Date() } = options
  const { timeoutMs = 10_000, answerWithinMs = 700 } = options
  const tokens = createTokens(settings, timeoutMs)
  const load = options.framework ?? lazyFramework(settings, tokens, timeoutMs)
  let isBroken = false
  const framework = () =>
    load().catch((error: unknown) => {
      isBroken = true
      throw error
    })
  const references = createReferences(memory, clock, settings.serviceUrl)
  const posting = createPosting({ framework, references, settings })
  const answers = createAnswers(answerWithinMs)
  let desk: DeskReads | undefined
  const answer = (taken: Taken) => answerTo(taken, { commands, answers, posting, desk })
  const door = createDoor({ settings, framework, references, clock, answer })
  return {
    name: 'teams',
    limits: { teams: limits },
    routes: door.routes,
    start: async (inbox, reads) => {
      desk = reads
      door.open(inbox)
      // Loading blocks for a quarter of a second: not while the first requests arrive. Whoever needs it earlier loads it.
      setTimeout(() => void framework().catch(() => {}), quietMs).unref()
    },
    read: (event) => readEvent(event, commands),
    send: (message) => posting.send(message),
    find: () => posting.find(),
    show: (place, card, shownAs) => posting.show(place, card, shownAs),
    whisper: (to, text, shown) => tellPrivately({ posting, answers }, to, { text, ...shown }),
    open: (ref) => openFile(ref, settings, { tokens, maxBytes: maxFileBytes, timeoutMs: fileTimeoutMs }),
    check: async () => (isBroken ? notLoaded : checkTeams(settings, tokens, timeoutMs)),
    stop: async () => door.close(),
  }
}

/** Node does not look a second time for what it did not find. */
const notLoaded = {
  ok: false,
  detail: 'the Bot Framework could not be loaded, so nothing can be said to Teams nor heard from it',
  mend: 'run "npm ci", then start Gatehouse again',
} as const

type AnswerParts = {
  readonly commands: Commands
  readonly answers: Answers
  readonly posting: Posting
  readonly desk: DeskReads | undefined
}

const taken = 'Gatehouse has it. The card shows what becomes of it.'

/** Stores, then answers. Only an invoke is answered with more than success: a person looks at it. */
async function answerTo({ event, read, receive }: Taken, parts: AnswerParts): Promise<HttpResponse> {
  if (read.type !== 'invoke') {
    const outcome = await receive()
    if (outcome === 'stored') besides({ event, read, receive }, parts)
    return { status: 200 }
  }
  const value = (read.value as { data?: unknown } | undefined)?.data
  const user = { channel: 'teams', id: personOf(read) ?? '' } as const
  // A search box asks at every letter and changes nothing: not written down.
  if (read.name === 'composeExtension/query') return json(await foundCases(read.value, user, parts.desk))
  const isAction = readEvent(event, parts.commands).type === 'action'
  // Asked for before it is stored: a quick worker answers before we would look.
  const words = isAction ? parts.answers.wait(event.id) : undefined
  const outcome = await receive()
  const told = outcome === 'stored' ? await words : undefined
  if (read.name === 'adaptiveCard/action') return json(cardAnswer(told ?? taken))
  if (read.name === 'composeExtension/fetchTask') return taskResponse(await caseDialog(read.value, user, parts.desk))
  if (!dialogs.has(read.name ?? '')) return json({})
  if (isAction) return taskResponse(saidDialog(told ?? taken))
  const data = actionDataIn(value)
  if (data === undefined) return taskResponse(saidDialog('This button is not one of Gatehouse.'))
  const isForward = read.name !== 'task/fetch' && data.step === 'preview'
  return taskResponse(isForward ? await previewed(value, user, parts) : await openedForm(data, user, parts))
}

const dialogs = new Set(['task/fetch', 'task/submit', 'composeExtension/submitAction'])

const cardAnswer = (value: string) => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value })

/** What has no effect on a case, so that nobody waits for it and nothing is lost with it. */
function besides({ event, read }: Taken, { commands, posting, desk }: AnswerParts): void {
  const done = () => {}
  if (read.type === 'conversationUpdate' || read.type === 'installationUpdate') {
    welcome(read, posting, desk).then(done, done)
    return
  }
  if (read.type !== 'message' || read.value !== undefined) return
  const typed = typedIn(wordsOf(read), commands)
  const command = commands.find(({ name }) => name === typed?.command)
  if (typed === undefined || command === undefined || !asksForForm(readEvent(event, commands))) return
  const data = { command: command.name, caseId: typed.caseId, args: typed.args }
  const user = { channel: 'teams', id: personOf(read) ?? '' } as const
  const say = (words: Rendered) => posting.post(read.conversation?.id ?? '', words)
  const may = desk?.form({ user, command: command.name, caseId: typed.caseId })
  const shownFor = (answer: FormAnswer | undefined) => {
    // In a channel the button is everybody's, and a press tells each why not.
    if (answer === undefined || answer.ok || !isPersonal(read)) return say(renderFormButton(command.label, data))
    // Nobody but staff is shown a form: for anybody else these were only words, which the bot answers.
    return answer.isStranger ? undefined : say(renderWords(answer.why))
  }
  Promise.resolve(may).then(shownFor).then(done, done)
}

const asksForForm = (reading: Reading): boolean =>
  reading.type === 'suppress' ||
  (reading.type === 'message' && reading.typed !== undefined && 'formOf' in reading.typed)

import type { Bot, BotTurn } from '../../bot/bot.ts'
import type { Facts } from '../case/commands.ts'
import type { Assessment, Named } from '../case/signals.ts'
import type { CaseState } from '../case/state.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { Address, InboundMessage, Language } from '../message.ts'
import type { Clock, ConsentStore, ConversationStore, Ending, InboxRow, OutboxStore } from '../ports.ts'
import { type Known, knownBy } from './known.ts'
import { gatehouse, tellOthersNamed, type When } from './named-too.ts'
import { tellWhatWasMissed } from './started-again.ts'
import { type StatusWords, statusFor } from './status.ts'
import { assessmentOf, memoryOf } from './understand.ts'

export type HearCustomer = (message: InboundMessage, row: HeardRow) => Promise<Ending>
/** `instead` takes words in which the bot hears neither danger nor a report; it travels with the event it is about. */
export type HeardRow = InboxRow & {
  readonly instead?: Instead
  /** These words replace earlier ones: only danger in them is heard, the rest goes to `instead`. */
  readonly isChange?: true
}
export type Instead = () => Promise<Ending | undefined>

export type CustomerDeps = {
  readonly bot: Bot
  /** Looks once more at a turn in which the bot is unsure. Never slower than its own limit, never rejects. */
  readonly advised?: (turn: BotTurn, said: Said) => Promise<BotTurn>
  readonly engine: EngineDeps
  readonly consents: ConsentStore
  readonly conversations: ConversationStore
  readonly outbox: Pick<OutboxStore, 'byId'>
  readonly clock: Clock
  /** The site a number, mailbox or bot belongs to; `before` where it belongs to none. */
  readonly siteOf: (to: Address, before?: string) => string
  /** Sends fixed words that belong to no case. */
  readonly notice: (message: InboundMessage, notice: Notice) => Promise<void>
  /** A STATUS answer about a case this customer is a party to. */
  readonly statusOf: StatusWords
  /** Whether the carrier confirms this keyword itself. */
  readonly carrierAnswers: (channel: string, keyword: string) => boolean
  /** Whether the carrier takes these words for START from somebody who had sent STOP, and confirms it itself. */
  readonly carrierLetsIn: (channel: string, words: string) => boolean
  /** The case numbers in what somebody wrote, in their one true form. */
  readonly casesNamed: (words: string) => readonly string[]
  /** The members of staff whose full name stands in what somebody wrote. */
  readonly staffNamed: (words: string) => readonly Named[]
}

export type Said = { readonly text: string; readonly site: string; readonly today: Date }

export type Notice = {
  readonly id: string
  readonly language: Language
  /** Fixed texts, each on a line of its own. */
  readonly lines: readonly Line[]
}
export type Line = { readonly occasion: string; readonly facts: Facts }

/** What a message from outside leads to: the bot proposes, and the case it belongs to, or a new one, decides. */
export const customersHeardBy =
  (deps: CustomerDeps): HearCustomer =>
  async (message, row) => {
    await deps.conversations.heard(message.conversation, message.sentAt)
    if (message.consent !== undefined) return recordConsent(message, message.consent, deps)
    if (await comesBack(message, deps)) return recordConsent(message, 'start', deps)
    const words = wordsOf(message)
    const known = await knownBy(deps.casesNamed(words), message.conversation, {
      cases: deps.engine.cases,
      conversations: deps.conversations,
    })
    const site = deps.siteOf(message.to, known.state.status === 'none' ? undefined : known.state.site)
    const said = message.action === undefined ? { text: words } : { text: words, action: message.action }
    const today = deps.clock.now()
    const heard = deps.bot.consider(said, memoryOf(known.state, site), today)
    const turn = (await deps.advised?.(heard, { text: words, site, today })) ?? heard
    const obeyed = row.isChange ? undefined : await obey(turn, message, known, deps)
    if (obeyed !== undefined) return obeyed
    const isHeard = row.isChange ? turn.decision.type === 'emergency' : mustBeHeard(turn)
    const taken = isHeard ? undefined : await row.instead?.()
    return taken ?? file(turn, message, { row, known, site }, deps)
  }

/** What was said. The subject of an answer is that of the mail it answers: before a bare "2" it would hide the number. */
const wordsOf = ({ subject, text }: InboundMessage): string =>
  subject === undefined || (isAnswered.test(subject) && text.trim() !== '') ? text : `${subject}\n${text}`
const isAnswered = /^\s*(?:re|aw|sv|回覆|回复|答覆|答复)\s*[:：]/i

const mustBeHeard = ({ decision, understanding }: BotTurn): boolean =>
  decision.type === 'emergency' || decision.type === 'command' || understanding.kind === 'incident_report'

/** The provider recognised the keyword and has answered it: we only remember it. */
async function recordConsent(
  message: InboundMessage,
  consent: 'stop' | 'start' | 'help',
  deps: CustomerDeps,
): Promise<Ending> {
  if (consent !== 'help') await setConsent(message, consent, { byCarrier: true }, deps)
  return { state: 'suppressed', reason: `command: ${consent}`, message }
}

async function setConsent(
  message: InboundMessage,
  consent: 'stop' | 'start',
  { byCarrier }: { readonly byCarrier: boolean },
  deps: CustomerDeps,
): Promise<void> {
  const stopped = consent === 'stop'
  await deps.consents.set(message.to, message.from, { stopped, at: deps.clock.now(), byCarrier })
  if (consent === 'start') await tellWhatWasMissed(message, deps)
}

/** The carrier's way back in must be ours too, or we keep silent towards somebody who was told they hear from us again. */
const comesBack = async ({ from, to, text }: InboundMessage, { carrierLetsIn, consents }: CustomerDeps) =>
  carrierLetsIn(from.channel, text) && (await consents.isStopped(to, from))

/** Commands that the desk answers by itself. Undefined: the message is for the case. */
async function obey(
  { decision, understanding }: BotTurn,
  message: InboundMessage,
  known: Known,
  deps: CustomerDeps,
): Promise<Ending | undefined> {
  if (decision.type !== 'command' || decision.command === 'agent') return undefined
  const { command } = decision
  const { language } = understanding
  if (command === 'status') {
    const { engine, statusOf, clock } = deps
    const look = { cases: engine.cases, now: clock.now(), language, wordsOf: statusOf }
    await deps.notice(message, await statusFor({ message, known, caseRef: decision.caseRef }, look))
    return { state: 'suppressed', reason: 'command: status', message }
  }
  const byCarrier = deps.carrierAnswers(message.from.channel, message.text)
  if (command === 'stop' || command === 'start') await setConsent(message, command, { byCarrier }, deps)
  const occasion = command === 'stop' ? 'stopped' : command === 'start' ? 'started' : 'help'
  // For SMS the carrier answers its own STOP family; a second answer would be refused or be spam.
  const silent = command !== 'help' && byCarrier
  if (!silent)
    await deps.notice(message, { id: `${message.id}:${occasion}`, language, lines: [{ occasion, facts: {} }] })
  return { state: 'suppressed', reason: `command: ${command}`, message }
}

type Filing = { readonly row: InboxRow; readonly known: Known; readonly site: string }

async function file(
  turn: BotTurn,
  message: InboundMessage,
  { row, known, site }: Filing,
  deps: CustomerDeps,
): Promise<Ending> {
  const at = deps.clock.now()
  const belongs = known.caseId !== undefined && belongsTo(known.state, turn, at)
  const caseId =
    belongs && known.caseId !== undefined ? known.caseId : await deps.engine.cases.nextCaseId(at.getUTCFullYear())
  const named = deps.staffNamed(wordsOf(message))
  const heard = assessmentOf(turn, message.text, belongs)
  const assessment: Assessment = named.length === 0 ? heard : { ...heard, named }
  const origin = { caseId, site }
  await applySignal(caseId, { type: 'message', id: row.id, at, origin, message, assessment }, deps.engine)
  if (!belongs && known.caseId !== undefined && (message.continues || known.isNamed))
    await linkBoth(caseId, known.caseId, { id: row.id, at }, deps)
  await tellOthersNamed({ caseId, message, named: deps.casesNamed(wordsOf(message)) }, { id: row.id, at }, deps)
  if (message.mentions !== undefined) await noteMention(caseId, message.mentions, { id: row.id, at }, deps)
  return { state: 'case', caseId, message }
}

/** An answer about a case that is closed for good opens another one, and each says which the other is. */
async function linkBoth(caseId: string, before: string, { id, at }: When, { engine }: CustomerDeps): Promise<void> {
  const link = (other: string) =>
    ({ type: 'link', at, by: gatehouse, link: { caseId: other, how: 'related' } }) as const
  await applySignal(caseId, { ...link(before), id: `${id}:before` }, engine)
  await applySignal(before, { ...link(caseId), id: `${id}:after` }, engine)
}

/** Staff learn that the two belong together; the sender, who is no party to the other case, learns nothing of it. */
async function noteMention(caseId: string, mentioned: string, { id, at }: When, deps: CustomerDeps): Promise<void> {
  const text = `The sender named ${mentioned} without being a party to it. They were shown nothing of that case.`
  const by = gatehouse
  await applySignal(caseId, { type: 'note', id: `${id}:mentions`, at, by, text }, deps.engine)
  // One side only: whoever knows a number must not be able to write on its case.
  const link = { caseId: mentioned, how: 'related' } as const
  await applySignal(caseId, { type: 'link', id: `${id}:link`, at, by, link }, deps.engine)
}

/** A closed case takes the customer's next message while it may be reopened, unless that is a new question the bot can answer. */
function belongsTo(state: CaseState, { decision }: BotTurn, at: Date): boolean {
  if (state.status !== 'closed') return state.status !== 'none'
  return at <= state.reopenUntil && decision.type !== 'answer'
}

import type { Facts } from '../case/commands.ts'
import type { Actor } from '../case/signals.ts'
import { type CaseState, currentPages, type Open, type StateOf } from '../case/state.ts'
import type { Address, CardButton, CardField, CardView, Language } from '../message.ts'
import type { ThreadEntry } from '../ports.ts'
import { deliveryWords } from './delivery-words.ts'
import { deskCommands } from './registry.ts'
import { senderWords } from './sender-words.ts'
import { whatToDo } from './what-to-do.ts'

export type CardContext = {
  readonly version: number
  readonly steps: number
  /** What is still due, why then, and our own target before it. */
  readonly due?: readonly CardField[]
  readonly siteName: string
  readonly deskName: string
  /** The customer's newest words and our newest message to them. */
  readonly lastIn?: ThreadEntry
  readonly lastOut?: ThreadEntry
  /** Words by key from the phrases file. */
  readonly word: (key: string, facts?: Facts) => string
  readonly time: (at: Date) => string
}

const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-HK': '繁體中文', 'zh-CN': '简体中文' }

/** What the desk shows of a case: no more personal data than the channel needs. */
export function cardOf(state: Exclude<CaseState, { status: 'none' }>, context: CardContext): CardView {
  const { caseId, kind } = state
  const { word, siteName, version, lastIn } = context
  return {
    caseId,
    version,
    title: `${caseId} · ${siteName} · ${word(`kind-${kind}`)}`,
    colour: colourOf(state),
    headline: headlineOf(state, context),
    fields: fieldsOf(state, context),
    ...(lastIn && { quote: quoteOf(lastIn) }),
    replyRoute: {
      to: routeWords(state.customer),
      as: context.deskName,
    },
    buttons: buttonsFor(state, 'card'),
    more: buttonsFor(state, 'menu'),
  }
}

const channelNames: Readonly<Record<string, string>> = {
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  email: 'e-mail',
  slack: 'Slack',
  teams: 'Teams',
}

/** Enough to recognise, not enough to spread: the last four characters. */
export const masked = (id: string): string => `•••• ${id.slice(-4)}`

/** The end of an address says nothing about whose it is: its first letter and its domain do. */
const maskedMail = (address: string): string => `${[...address][0] ?? ''}••••${address.slice(address.lastIndexOf('@'))}`

const longestQuote = 600

const quoteOf = ({ text }: ThreadEntry): string =>
  text === '' ? '(no text; see the attachment)' : [...text.slice(0, 2 * longestQuote)].slice(0, longestQuote).join('')

/** Where an answer would go, in words that do not spread the whole number: "WhatsApp •••• 1234". */
export const routeWords = ({ channel, id }: Address): string =>
  `${channelNames[channel] ?? channel} ${channel === 'email' ? maskedMail(id) : masked(id)}`

/** What can be done now, derived from the registry: buttons of their own, or behind "more". */
export const buttonsFor = (state: CaseState, place: 'card' | 'menu'): readonly CardButton[] =>
  deskCommands
    .filter((one) => one.about === 'case' && one.place === place && one.offered(state))
    .map(({ name, label, form, style }) => ({
      ...{ command: name, label, form: form !== undefined },
      ...(style && { style }),
    }))

function colourOf(state: CaseState): CardView['colour'] {
  if (state.status === 'closed' || state.status === 'none') return 'grey'
  if (state.undelivered !== undefined || state.status === 'exhausted') return 'red'
  if (state.status === 'paging') return state.severity <= 2 || state.step > 0 ? 'red' : 'amber'
  if (state.status === 'owned') return state.chased ? 'amber' : 'green'
  return 'green'
}

function headlineOf(state: Exclude<CaseState, { status: 'none' }>, { time, steps }: CardContext): string {
  switch (state.status) {
    case 'with-bot':
      return state.answered
        ? `Answered by the assistant. Closes ${time(state.dueAt)} unless the customer objects.`
        : `The assistant asked which answer fits. A person takes over ${time(state.dueAt)}.`
    case 'paging':
      return `Nobody has it yet. Step ${state.step + 1} of ${steps} paged: ${names(state)}. Next step ${time(state.dueAt)}.`
    case 'exhausted':
      return 'RED: every step was paged and nobody has taken it. Somebody must press Acknowledge.'
    case 'owned':
      return ownedWords(state, time)
    case 'closed':
      return `Closed ${time(state.closedAt)}: ${state.outcome.replace(/_/g, ' ')}.`
  }
}

function ownedWords(state: StateOf<'owned'>, time: CardContext['time']): string {
  const { owner, dueAt, offeredTo, resolved, askedAt, agreedUntil } = state
  const offer = offeredTo === undefined ? '' : ` Offered to ${offeredTo.name}, who has not accepted yet.`
  if (resolved) return `${resolved.by.name} resolved it. Closes ${time(dueAt)} unless the customer objects.${offer}`
  if (askedAt)
    return `${owner.name} has it and waits for the customer's answer. Looked at again ${time(dueAt)}.${offer}`
  if (agreedUntil && agreedUntil >= dueAt)
    return `${owner.name} has it. The customer agreed to wait until ${time(agreedUntil)}. Progress due ${time(dueAt)}.${offer}`
  return `${owner.name} has it. Progress due ${time(dueAt)}${state.chased ? ' (chased)' : ''}.${offer}`
}

const names = (state: StateOf<'paging'>): string =>
  currentPages(state)
    .map((page) => (page.failed.length < page.methods ? page.name : `${page.name} (unreachable)`))
    .join(', ')

function fieldsOf(state: Exclude<CaseState, { status: 'none' }>, context: CardContext): CardField[] {
  const { word, time, lastIn, lastOut } = context
  const fields: CardField[] = [
    {
      label: 'Severity',
      value: `${state.severity}, ${word(`severity-${state.severity}`)}${state.complex ? `, ${word('severity-complex')}` : ''}`,
    },
    { label: 'About', value: word(`category-${state.category}`) },
    { label: 'Language', value: languageNames[state.language] },
    { label: 'Opened', value: time(state.openedAt) },
  ]
  if (state.suspected?.length) fields.push({ label: 'Kept from', value: namedWords(state.suspected) })
  if (isPromised(state)) fields.push({ label: 'Promised to the customer', value: time(state.promisedBy) })
  if (isNamed(state)) fields.push({ label: 'A time named to the customer', value: time(state.givenWord) })
  fields.push(...(context.due ?? []))
  if (lastIn?.authenticity) fields.push({ label: 'Sender', value: senderWords(lastIn.authenticity).short })
  if (lastOut) fields.push({ label: 'Our last message', value: deliveryWords(lastOut) })
  const todo = lastOut && whatToDo(lastOut)
  if (todo !== undefined) fields.push({ label: 'What to do', value: todo })
  return fields
}

/** A guess, and said as one: whoever works on it finds out, and says so with `about-staff`. */
const namedWords = (people: readonly Actor[]): string =>
  `${people.map(({ name }) => name).join(', ')}: named in the customer's words, so it may be about them`

/** While nobody has it, and once it has passed, it is not what was promised last. */
const isNamed = (state: CaseState): state is Open & { givenWord: Date } =>
  isPromised(state) && state.givenWord !== undefined && state.givenWord.getTime() !== state.promisedBy.getTime()

const isPromised = (state: CaseState): state is Open & { promisedBy: Date } =>
  state.status !== 'closed' && state.status !== 'none' && state.promisedBy !== undefined

import type { CaseEvent, Page } from './events.ts'
import { evolveDesk, withoutWaiting } from './evolve-desk.ts'
import { clocked, evolveTime, withTried } from './evolve-time.ts'
import { withoutPassed, withWordAgain, withWordKept, withWordOver, withWordSettled } from './given-word.ts'
import { type CaseFile, type CaseState, fileOf, type StateOf } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>
type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { readonly type: T }>

/** Replays one fact. Accepts every event ever stored; a fact about a case that was never opened changes nothing. */
export const evolve = (state: CaseState, event: CaseEvent): CaseState =>
  clocked(state, replayed(state, event), event.at)

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: flat, one case for every kind of event
function replayed(before: CaseState, event: CaseEvent): CaseState {
  if (event.type === 'opened') return open(event)
  if (before.status === 'none') return before
  const state = withoutPassed(before, event.at)
  const file = fileOf(state)
  switch (event.type) {
    case 'message-added':
      return { ...state, ...heard(state, event) }
    case 'classified':
      return { ...state, ...event.classified }
    case 'answered':
      return { ...file, status: 'with-bot', answered: true, offered: [], misses: 0, dueAt: event.closesAt }
    case 'choices-offered':
      return {
        ...file,
        status: 'with-bot',
        answered: false,
        offered: event.answers,
        misses: file.misses + 1,
        dueAt: event.dueAt,
      }
    case 'handed-to-people':
      return {
        ...withoutStart(file),
        ...restart(file, event),
        status: 'paging',
        why: 'start',
        facts: {},
        chase: 0,
        pages: withEarlier([], state).map(atRest),
        dueAt: event.at,
      }
    case 'paged':
      return {
        ...file,
        ...reached(file, event),
        status: 'paging',
        why: event.why,
        facts: event.facts ?? {},
        chase: 0,
        pages: withEarlier(event.pages, state),
        dueAt: event.dueAt,
      }
    case 'chased':
      return state.status === 'paging'
        ? withTried({ ...state, chase: event.chase, dueAt: event.dueAt }, event.tried ?? [])
        : state
    case 'page-failed':
      return isPaging(state) ? { ...state, pages: state.pages.map((page) => failed(page, event)) } : state
    case 'exhausted':
      return {
        ...file,
        told: toldTo(file, event.pages),
        status: 'exhausted',
        pages: withEarlier(event.pages, state),
        dueAt: event.dueAt,
      }
    case 'reminded':
      return state.status === 'exhausted' ? { ...state, dueAt: event.dueAt } : state
    case 'acknowledged':
      return {
        ...file,
        status: 'owned',
        owner: event.by,
        chased: false,
        dueAt: event.dueAt,
        promisedBy: event.promisedBy,
      }
    case 'owner-chased':
      return state.status === 'owned' ? { ...state, chased: true, dueAt: event.dueAt } : state
    case 'progressed':
      return state.status === 'owned' ? progressed(state, event) : state
    case 'replied':
      return replied(state, event)
    case 'delivery-failed':
      return undelivered(state, event)
    case 'reachable-again':
      return withoutUnheard(state)
    case 'closed':
      return {
        ...withoutPromise(fileOf(event.told === '' ? state : withWordOver(state, event))),
        status: 'closed',
        outcome: event.outcome,
        closedAt: event.at,
        closedBy: event.by,
        reopenUntil: event.reopenUntil,
      }
    case 'reopened':
      return { ...file, status: 'with-bot', answered: false, offered: [], dueAt: event.at }
    case 'noted':
      return withWordSettled(state, event.by.id)
    case 'level-empty':
    case 'escalation-asked':
    case 'commanded':
    case 'message-changed':
      return state
    case 'postponed':
    case 'methods-tried':
    case 'targets-set':
    case 'target-chased':
    case 'target-missed':
    case 'walled':
    case 'suspected':
    case 'cleared':
      return evolveTime(state, event)
    default:
      return evolveDesk(state, event)
  }
}

const open = ({ opened, classified }: EventOf<'opened'>): StateOf<'with-bot'> => ({
  ...opened,
  ...classified,
  epoch: 0,
  step: 0,
  cycle: 0,
  told: [],
  misses: 0,
  messages: 0,
  status: 'with-bot',
  answered: false,
  offered: [],
  dueAt: opened.openedAt,
})

const heard = (file: CaseFile, { at, language, acknowledged }: EventOf<'message-added'>) => ({
  messages: file.messages + 1,
  language,
  ...(acknowledged ? { additionToldAt: at } : {}),
})

function withoutStart({ start: _anew, ...file }: CaseFile): CaseFile {
  return file
}

const restart = (file: CaseFile, { promisedBy, fromStep, start }: EventOf<'handed-to-people'>) => ({
  ...(start !== undefined && { start }),
  epoch: file.epoch + 1,
  step: fromStep,
  cycle: 0,
  misses: 0,
  promisedBy,
})

const reached = (file: CaseFile, { step, cycle, pages }: EventOf<'paged'>) => ({
  step,
  cycle,
  told: toldTo(file, pages),
})

const toldTo = (file: CaseFile, pages: readonly Page[]): string[] => [
  ...new Set([...file.told, ...pages.map((page) => page.person)]),
]

const isPaging = (state: CaseState): state is StateOf<'paging' | 'exhausted'> =>
  state.status === 'paging' || state.status === 'exhausted'

/** Whoever was paged before keeps the page on their phone, and may still answer it. */
function withEarlier(pages: readonly Page[], before: CaseState): Page[] {
  const again = new Set(pages.map(({ person }) => person))
  const kept = isPaging(before) ? before.pages.filter(({ person }) => !again.has(person)) : []
  return [...pages, ...kept.map((page): Page => ({ ...page, earlier: true }))]
}

/** The ladder starts anew: what people's own lists had still to come belongs to the old one. */
function atRest({ later: _over, ...page }: Page): Page {
  return page
}

function failed(page: Page, event: EventOf<'page-failed'>): Page {
  if (page.person !== event.person) return page
  const later = page.later?.filter(({ method }) => method !== event.method && method !== event.nextMethod)
  return {
    ...page,
    failed: [...page.failed, event.method],
    method: event.nextMethod ?? page.method,
    ...(later && { later }),
  }
}

/** The next news is over when the case is closed; a time that was named is where its customer was told of the end. */
function withoutPromise({ promisedBy: _over, ...file }: CaseFile): CaseFile {
  return file
}

/** An answer is the news that was named, unless the customer agreed to wait for more than that. */
function replied(state: Known, { at, messageId }: EventOf<'replied'>): CaseState {
  const isAgreed = state.status === 'owned' && state.agreedUntil !== undefined && state.agreedUntil > at
  const now = withoutUndelivered(isAgreed ? state : withWordKept(state, { at, messageId }))
  return { ...now, newsAt: at, lastReply: { messageId, at } }
}

/** Where more time was given than the customer had agreed to, an answer shortly before was the news they waited for. */
function progressed(state: StateOf<'owned'>, { dueAt, promisedBy }: EventOf<'progressed'>): CaseState {
  const { agreedUntil, lastReply } = state
  const isGiven = agreedUntil !== undefined && promisedBy > agreedUntil && lastReply !== undefined
  return {
    ...withoutWaiting(isGiven ? withWordKept(state, lastReply) : state),
    chased: false,
    dueAt,
    promisedBy,
  }
}

/** More than these nobody reads again. */
const mostUnheard = 10

function undelivered(state: Known, event: EventOf<'delivery-failed'>): CaseState {
  const { messageId, reason, certain, stopped, optedOut } = event
  const unheard = [...(state.unheard ?? []), ...(stopped ? [messageId] : [])].slice(-mostUnheard)
  const now = certain ? withWordAgain(withoutReply(state, messageId), messageId) : state
  return { ...now, undelivered: { messageId, reason, certain }, ...((stopped || optedOut) && { unheard }) }
}

/** What did not arrive is nobody's last answer; the same words by another way have its id and more. */
function withoutReply(state: Known, failedId: string): Known {
  const { lastReply, ...rest } = state
  const isThis = lastReply !== undefined && `${failedId}:`.startsWith(`${lastReply.messageId}:`)
  return isThis ? rest : state
}

function withoutUnheard(state: Known): CaseState {
  const { unheard: _told, ...rest } = state
  return rest
}

function withoutUndelivered(state: Known): Known {
  const { undelivered: _dealtWith, ...rest } = state
  return rest
}

import { startLadder } from './climb.ts'
import { announce, type Command, type CustomerOccasion, inform } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import type { CaseEvent } from './events.ts'
import { excerptOf } from './excerpt.ts'
import { ownership } from './news.ts'
import { firstSignBy } from './own.ts'
import type { World } from './policy.ts'
import type { Actor, SignalOf } from './signals.ts'
import { type CaseFile, type CaseState, currentPages, isOpen, type StateOf } from './state.ts'

type Known = Exclude<CaseState, { readonly status: 'none' }>

/** The customer may not know what we think they know: shown to who is responsible, and a person is found where there is none. */
export function onNotDelivered(state: CaseState, signal: SignalOf<'not-delivered'>, world: World): Decision {
  if (state.status === 'none') return nothing
  const { at, messageId, reason, certain } = signal
  return inTurn(
    state,
    () => ({
      events: [{ type: 'delivery-failed', at, messageId, reason, certain, ...stoppedWords(signal) }],
      commands: isKnownAlready(state, signal) ? [] : tellStaff(state, signal, world),
    }),
    (current) => (current.status === 'with-bot' ? startLadder(current, at, world, { step: 0, why: 'start' }) : nothing),
    (current) =>
      current.status === 'owned' && isNews(signal) && isLast(current, signal) ? stillOwed(current, at, world) : nothing,
  )
}

/** The first refusal after a STOP says what that means and what to do; later ones only that the words did not arrive. */
function tellStaff(state: Known, signal: SignalOf<'not-delivered'>, world: World): readonly Command[] {
  const { id, reason, certain, stopped } = signal
  const failed = stopped && state.unheard === undefined ? 'delivery-stopped' : 'delivery-failed'
  const occasion = certain ? failed : 'delivery-unknown'
  const who = responsible(state)
  return [
    { type: 'announce', id: `${id}:undelivered`, occasion, facts: { reason } },
    ...(who === undefined || isKeptOut(state, who, world)
      ? []
      : [{ ...inform(id, who.id, occasion, { reason }), id: `${id}:owner` }]),
    ...calledFor(state, signal).map((person) => inform(id, person, occasion, { reason })),
  ]
}

/** Somebody in danger was not told what to do: whoever is being called must know, so that they ring. */
const calledFor = (state: Known, { occasion }: SignalOf<'not-delivered'>): readonly string[] =>
  occasion === 'safety' && (state.status === 'paging' || state.status === 'exhausted')
    ? currentPages(state).map(({ person }) => person)
    : []

/** Receipts and names that do not get through to somebody whose STOP staff know of are no news to them. */
const isKnownAlready = (state: Known, signal: SignalOf<'not-delivered'>): boolean =>
  signal.stopped === true && state.unheard !== undefined && !isToldAgain(signal)

/** Whoever closed it may be kept out of it since. */
export const isKeptOut = (state: CaseFile, { id }: Actor, world: World): boolean =>
  world.isWalledOff(state, id) || (state.about ?? []).includes(id)

/** Who has it, or closed it. */
export const responsible = (state: Known): Actor | undefined =>
  state.status === 'owned' ? state.owner : state.status === 'closed' ? state.closedBy : undefined

const news: ReadonlySet<CustomerOccasion> = new Set(['reply', 'ask', 'ask-again', 'promised', 'agreed', 'resolved'])

const isNews = ({ certain, occasion }: SignalOf<'not-delivered'>): boolean =>
  certain && occasion !== undefined && news.has(occasion)

const ends: ReadonlySet<CustomerOccasion> = new Set(['closed', 'merged', 'complex'])

/** Receipts and names need no second telling: the next words of ours say who has it. */
const isToldAgain = ({ occasion }: SignalOf<'not-delivered'>): boolean =>
  occasion !== undefined && (news.has(occasion) || ends.has(occasion) || occasion === 'safety')

const stoppedWords = (signal: SignalOf<'not-delivered'>): { readonly stopped?: true; readonly optedOut?: true } =>
  signal.stopped ? { optedOut: true, ...(isToldAgain(signal) && { stopped: true }) } : {}

/** What to do in danger, as `tell` names it; also where it went by another way. */
export const isSafetyText = (messageId: string): boolean => /:safety(?::|$)/.test(messageId)

/** With the words around it, it fits in one SMS of 1,600 characters. */
const longestMissed = 1_200

/**
 * The customer lets us write again: whoever is responsible hears what never reached them, and answers anew. What to do in
 * danger is not left unsaid while the danger lasts.
 */
export function onReachableAgain(state: CaseState, signal: SignalOf<'reachable-again'>, world: World): Decision {
  if (state.status === 'none' || state.unheard === undefined) return nothing
  const { id, at, missed } = signal
  const facts = { text: excerptOf(missed.map((text) => `"${excerptOf(text)}"`).join(' '), longestMissed) }
  const occasion = missed.length > 0 ? 'reachable-again' : 'reachable-again-all'
  const who = responsible(state)
  return {
    events: [{ type: 'reachable-again', at, messageIds: state.unheard }],
    commands: [
      announce(id, occasion, facts),
      ...(who === undefined || isKeptOut(state, who, world) ? [] : [inform(id, who.id, occasion, facts)]),
      ...(isInDanger(state) && state.unheard.some(isSafetyText)
        ? [{ type: 'tell', id: `${id}:safety`, occasion: 'safety', facts: {} } as const]
        : []),
    ],
  }
}

const isInDanger = (state: Known): boolean =>
  isOpen(state) && state.severity === 1 && !(state.status === 'owned' && state.resolved !== undefined)

/** Later words to the customer are newer news: if those did not arrive either, they say so themselves. */
const isLast = ({ newsAt }: CaseFile, { writtenAt }: SignalOf<'not-delivered'>): boolean =>
  newsAt === undefined || writtenAt === undefined || newsAt <= writtenAt

/**
 * News that did not arrive is none: nobody can answer a question they never read, or object to an end they were not told.
 * The owner must show soon that they reach the customer another way, or others are paged. A time that these words would have
 * kept is owed again.
 */
function stillOwed(state: StateOf<'owned'>, at: Date, world: World): Decision {
  const events: CaseEvent[] = []
  if (state.askedAt !== undefined || state.resolved !== undefined || state.keptWord?.lost)
    events.push({ type: 'resumed', at, why: 'undelivered', ...ownership(state, at, world) })
  const soon = firstSignBy(state, at, world)
  const waited = events.length > 0
  if (waited || soon < state.dueAt) events.push({ type: 'owner-chased', at, dueAt: soon, lateMs: 0 })
  return { events, commands: [] }
}

import type { Command, Facts, StaffOccasion } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import type { CaseEvent, Climb, Page } from './events.ts'
import { owedWord } from './given-word.ts'
import { ladderFrom } from './path.ts'
import type { Ladder, Person, Step, World } from './policy.ts'
import { type CaseFile, type CaseState, currentPages, type StateOf } from './state.ts'

type Place = { readonly step: number; readonly cycle: number }
type Start = { readonly step: number; readonly why: Climb | 'start'; readonly facts?: Facts }
type Move = Omit<Start, 'step'> & { readonly at: Date; readonly lateMs: number; readonly world: World }

export const ladderOf = (state: CaseFile, world: World): Ladder =>
  ladderFrom(world.policy.ladders[state.severity], state.start)

const stepAt = (ladder: Ladder, step: number): Step => ladder.steps[step] ?? ladder.steps[0]

/**
 * Hands the case to people: a new epoch of the ladder, from this step, with the promise the customer is told.
 * Above the last step there is only the last-resort list.
 */
export function startLadder(state: CaseState, at: Date, world: World, { step, ...given }: Start): Decision {
  if (state.status === 'none') return nothing
  const start = world.startOf(state)
  const ladder = ladderFrom(world.policy.ladders[state.severity], start)
  const fromStep = Math.min(step, ladder.steps.length - 1)
  const move = { ...given, at, lateMs: 0, world }
  return inTurn(
    state,
    () => ({
      events: [
        {
          ...{ type: 'handed-to-people', at, promisedBy: promise(state, at, world), fromStep },
          ...(start !== undefined && { start }),
        },
      ],
      commands: [],
    }),
    (current) => (step < ladder.steps.length ? climb(current, { step, cycle: 0 }, move) : exhaust(current, move)),
  )
}

/**
 * What a case is about has changed while people are paged: where such cases begin with others, the ladder starts there.
 * Whoever has a case already decides themselves.
 */
export function toWhoMayHearIt(state: CaseState, before: CaseState, at: Date, world: World): Decision {
  if (state.status !== 'paging' && state.status !== 'exhausted') return nothing
  if (before.status === 'none' || before.category === state.category) return nothing
  return world.startOf(state) === state.start ? nothing : startLadder(state, at, world, { step: 0, why: 'start' })
}

/** A new promise, unless the customer was promised something earlier that can still be kept: none is silently put off. */
function promise(state: CaseFile, at: Date, world: World): Date {
  const fresh = world.due(at, ladderOf(state, world).acknowledgePromiseSeconds, state.severity)
  const earlier = [state.promisedBy, owedWord(state, at)].flatMap((one) => (one && one > at && one < fresh ? one : []))
  return earlier.sort((a, b) => a.getTime() - b.getTime())[0] ?? fresh
}

/**
 * Pages the first level from `place` on that has somebody. An empty level costs no time and is announced;
 * after the last one the ladder is climbed again, and when its cycles are used up it is exhausted.
 */
export function climb(state: CaseState, place: Place, move: Move): Decision {
  if (state.status === 'none') return nothing
  const ladder = ladderOf(state, move.world)
  const events: CaseEvent[] = []
  const commands: Command[] = []
  let here = wrap(place, ladder)
  for (let tried = 0; tried < ladder.steps.length && here.cycle < ladder.cycles; tried++) {
    const people = peopleOf(stepAt(ladder, here.step), state, move.world)
    if (people.length > 0) return join({ events, commands }, page(state, here, people, move))
    const empty = announceEmpty(state, here, move)
    events.push(...empty.events)
    commands.push(...empty.commands)
    here = wrap({ ...here, step: here.step + 1 }, ladder)
  }
  return join({ events, commands }, exhaust(state, move))
}

const wrap = ({ step, cycle }: Place, ladder: Ladder): Place =>
  step < ladder.steps.length ? { step, cycle } : { step: 0, cycle: cycle + 1 }

const join = (a: Decision, b: Decision): Decision => ({
  events: [...a.events, ...b.events],
  commands: [...a.commands, ...b.commands],
})

/** The reachable people of a step, each once however many groups they are in. */
export function peopleOf(step: Step, file: CaseFile, world: World): readonly Person[] {
  const onDuty = world.onDuty(file)
  const everyone = step.notify.flatMap((group) => onDuty[group] ?? [])
  const byId = new Map(everyone.filter((person) => person.methods > 0).map((person) => [person.id, person]))
  return [...byId.values()]
}

/** A page says why it comes. */
const occasions: Readonly<Record<Climb | 'start', StaffOccasion>> = {
  start: 'page',
  silence: 'escalated',
  unreachable: 'escalated-unreachable',
  asked: 'escalated-asked',
  lapsed: 'escalated-lapsed',
  overdue: 'escalated-overdue',
}

function page(state: CaseFile, place: Place, people: readonly Person[], move: Move): Decision {
  const { at, why, lateMs, world, facts = {} } = move
  const step = stepAt(ladderOf(state, world), place.step)
  const dueAt = world.due(at, step.ackWithinSeconds, state.severity)
  const pages = people.map((person) => firstPage(person, place, (seconds) => world.due(at, seconds, state.severity)))
  const wording = { occasion: occasions[why], chase: 0, facts }
  return {
    events: [{ type: 'paged', at, ...place, pages, dueAt, why, facts, lateMs }],
    commands: people.flatMap((person, i) =>
      methodsAtOnce(person).flatMap((method) => {
        const one = pages[i]
        return one ? [pageCommand({ ...state, ...place }, { ...one, method }, wording)] : []
      }),
    ),
  }
}

function firstPage({ id, name, methods, delays = [] }: Person, place: Place, after: (seconds: number) => Date): Page {
  const later = delays.flatMap((seconds, method) =>
    method === 0 || seconds === undefined || seconds === 0 ? [] : [{ method, at: after(seconds) }],
  )
  const { step, cycle } = place
  return { person: id, name, methods, method: 0, failed: [], step, cycle, ...(later.length > 0 && { later }) }
}

/** The first method, and those the person wants without any delay. */
const methodsAtOnce = ({ delays = [] }: Person): readonly number[] => [
  0,
  ...delays.flatMap((seconds, method) => (method > 0 && seconds === 0 ? [method] : [])),
]

function announceEmpty(state: CaseFile, place: Place, { at, world }: Move): Decision {
  const { notify } = stepAt(ladderOf(state, world), place.step)
  const id = `${state.caseId}:e${state.epoch}:c${place.cycle}:s${place.step}:empty`
  return {
    events: [{ type: 'level-empty', at, ...place, groups: notify }],
    commands: [{ type: 'announce', id, occasion: 'level-empty', facts: { groups: notify.join(', ') } }],
  }
}

function exhaust(state: CaseState, { at, lateMs, world }: Move): Decision {
  if (state.status === 'none') return nothing
  const { cycles, steps } = ladderOf(state, world)
  const reminder = new Date(at.getTime() + world.policy.exhaustedReminderSeconds * 1000)
  // A ladder without end is climbed again as soon as its first step would have been over.
  const dueAt =
    cycles === Number.POSITIVE_INFINITY ? world.due(at, steps[0].ackWithinSeconds, state.severity) : reminder
  const id = `${state.caseId}:e${state.epoch}:exhausted`
  const pages = lastResortOf(state, world).map((person) =>
    firstPage(person, state, (seconds) => new Date(at.getTime() + seconds * 1000)),
  )
  return {
    events: [{ type: 'exhausted', at, pages, dueAt, lateMs }],
    commands: [
      { type: 'announce', id, occasion: 'exhausted', facts: {} },
      ...pages.map((one) => lastResortPage(state, one)),
    ],
  }
}

/** Those told in the end, without anybody the case is about; all of them where nobody would be left. */
function lastResortOf(state: CaseFile, world: World): readonly Person[] {
  const free = world.lastResort.filter(({ id }) => !world.isWalledOff(state, id))
  return free.length > 0 ? free : world.lastResort.filter(({ id }) => !state.about?.includes(id))
}

/** The alarm to one person of the last-resort list, by one of their methods. */
export const lastResortPage = ({ caseId, epoch }: CaseFile, { person, method }: Page): Command => ({
  type: 'page',
  id: `${caseId}:e${epoch}:exhausted:${person}:m${method}`,
  person,
  method,
  occasion: 'exhausted',
  facts: {},
})

type Wording = { readonly occasion: StaffOccasion; readonly chase: number; readonly facts?: Facts }

/** One page, with the key that makes it one message however often it is decided. */
export function pageCommand(state: CaseFile, page: Page, { occasion, chase, facts = {} }: Wording): Command {
  const { caseId, epoch, cycle, step } = state
  return {
    type: 'page',
    id: `${caseId}:e${epoch}:c${cycle}:s${step}:n${chase}:${page.person}:m${page.method}`,
    person: page.person,
    method: page.method,
    occasion,
    facts,
  }
}

/** The next method in a person's list that has not failed, after the one used last. */
export function nextMethod(page: Page): number | undefined {
  for (let i = 1; i <= page.methods; i++) {
    const method = (page.method + i) % page.methods
    if (!page.failed.includes(method)) return method
  }
  return undefined
}

/** Nobody answered in time: chase this step again, or climb to the next. */
export function afterSilence(state: StateOf<'paging'>, at: Date, world: World): Decision {
  const lateMs = at.getTime() - state.dueAt.getTime()
  const step = stepAt(ladderOf(state, world), state.step)
  if (state.chase >= step.chases)
    return climb(state, { ...state, step: state.step + 1 }, { at, why: 'silence', lateMs, world })
  const chase = state.chase + 1
  const dueAt = world.due(at, step.chaseEverySeconds, state.severity)
  const ways = currentPages(state).flatMap((page) => chaseMethod(page, chase, at) ?? [])
  const own = ways.filter(({ isOwn }) => isOwn).map(({ page, method }) => ({ person: page.person, method }))
  return {
    events: [{ type: 'chased', at, chase, dueAt, lateMs, ...(own.length > 0 && { tried: own }) }],
    commands: ways.map(({ page, method }) => pageCommand(state, { ...page, method }, { occasion: 'chase', chase })),
  }
}

/**
 * Each chase tries the person's next method, so that a phone left on silent is not the only one tried; one that their own
 * list has for this very moment comes first, and only once.
 */
function chaseMethod(page: Page, chase: number, at: Date) {
  const usable = Array.from({ length: page.methods }, (_, i) => i).filter((method) => !page.failed.includes(method))
  const own = page.later?.find((one) => one.at <= at && usable.includes(one.method))?.method
  const method = own ?? usable[chase % usable.length]
  return method === undefined ? undefined : { page, method, isOwn: own !== undefined }
}

/** The same page by another method: it says what the first one said. */
export const pageAgain = (state: StateOf<'paging'>, page: Page): Command =>
  pageCommand(state, page, wordingOf(state, state.chase))

/** What a page of this moment says. */
export const wordingOf = (state: StateOf<'paging' | 'exhausted'>, chase: number): Wording =>
  state.status === 'exhausted'
    ? { occasion: 'exhausted', chase }
    : { occasion: chase > 0 ? 'chase' : occasions[state.why], chase, facts: state.facts }

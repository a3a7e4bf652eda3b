import { agreedAhead } from './agreement.ts'
import type { CaseEvent } from './events.ts'
import { met, unmet, withFirstAnswer } from './met-targets.ts'
import type { World } from './policy.ts'
import { type CaseFile, type CaseState, isOpen, mayWait, type StateOf } from './state.ts'

/** What a customer is promised beside the next news: somebody has it, an answer that says something, and an end. */
export const targetNames = ['acknowledge', 'firstReply', 'resolution'] as const
export type TargetName = (typeof targetNames)[number]

/** How long, and on which clock: absent is the clock of the case's severity. */
export type TargetSpec = { readonly seconds: number; readonly internalSeconds: number; readonly clock?: 'always' }

/** One promise with the internal target that lies before it. The spec of its start stays: history is not rewritten. */
export type Target = TargetSpec & {
  readonly name: TargetName
  readonly startedAt: Date
  readonly promisedAt: Date
  /** Chasing runs on this one; a customer never sees it. */
  readonly internalAt: Date
  readonly stage: 'open' | 'chased' | 'climbed' | 'met'
  /** When it is looked at next: only a resolution is, and until it is met; the others are chased as acknowledgement and news. */
  readonly nextAt?: Date
  readonly metAt?: Date
  /** The message that met it: if it does not arrive, it did not. */
  readonly metBy?: string
}

export type Pause = { readonly startAt: Date; readonly endAt?: Date }
export type Targets = { readonly list: readonly Target[]; readonly pauses: readonly Pause[] }

const none: Targets = { list: [], pauses: [] }

/** The next time at which a target itself makes something happen: only while somebody has the case and its clock runs. */
export function nextTargetAt(state: CaseState): Date | undefined {
  return state.status !== 'owned' || isPaused(state.targets) ? undefined : targetOf(state, 'resolution')?.nextAt
}

export const targetOf = (state: CaseFile, name: TargetName): Target | undefined =>
  state.targets?.list.find((target) => target.name === name)

const isPaused = (targets: Targets | undefined): boolean =>
  targets?.pauses.at(-1)?.endAt === undefined && (targets?.pauses.length ?? 0) > 0

type Change = {
  readonly before: CaseState
  readonly after: CaseState
  readonly events: readonly CaseEvent[]
  readonly at: Date
}

/**
 * The targets after what has just happened: started when people get the case, met by what people do, stopped while the
 * customer is asked, and begun anew from now when the severity changed. Undefined when nothing changed.
 */
export function keepTargets({ before, after, events, at }: Change, world: World): Targets | undefined {
  if (after.status === 'none') return undefined
  const known = after.targets ?? none
  const has = (type: CaseEvent['type']) => events.some((event) => event.type === type)
  const severityBefore = before.status === 'none' ? after.severity : before.severity
  let targets = known
  if (has('reopened')) targets = none
  if (has('handed-to-people')) targets = started(targets, after, at, world)
  targets = objected(targets, before, after)
  if (isOpen(after) && after.severity !== severityBefore) targets = begunAnew(targets, after, at, world)
  else if (isOpen(after) && isComplex(after) !== isComplex(before)) targets = measuredAnew(targets, after, world)
  targets = met(targets, metBy(has, after), at)
  targets = withFirstAnswer(targets, events)
  if (isOpen(after)) targets = unmet(targets, events, after)
  if (has('acknowledged') || has('assigned')) targets = rearmed(targets, after, at, world)
  targets = pausedOrNot(targets, after, at, world)
  return targets === known ? undefined : targets
}

function metBy(has: (type: CaseEvent['type']) => boolean, after: CaseState): readonly TargetName[] {
  if (after.status === 'closed' || has('resolved')) return targetNames
  const owned: readonly TargetName[] = after.status === 'owned' ? ['acknowledge'] : []
  return has('replied') ? [...owned, 'firstReply'] : owned
}

function started(targets: Targets, state: CaseFile, at: Date, world: World): Targets {
  const specs = world.targets(state)
  const fresh = targetNames.flatMap((name) => {
    const spec = specs[name]
    const again = name === 'acknowledge' || !targets.list.some((target) => target.name === name)
    return spec === undefined || !again ? [] : [begin(name, spec, { state, at, pauses: targets.pauses, world })]
  })
  const names = new Set(fresh.map(({ name }) => name))
  return { ...targets, list: [...targets.list.filter(({ name }) => !names.has(name)), ...fresh] }
}

type Beginning = {
  readonly state: CaseFile
  readonly at: Date
  readonly pauses: readonly Pause[]
  readonly world: World
}

/** A pause that was agreed may reach beyond now. */
function begin(name: TargetName, spec: TargetSpec, { state, at, pauses, world }: Beginning): Target {
  const times = timesOf(spec, at, pauses, state, world)
  return {
    name,
    ...spec,
    startedAt: at,
    ...times,
    stage: 'open',
    ...(name === 'resolution' && { nextAt: times.internalAt }),
  }
}

function timesOf(spec: TargetSpec, from: Date, pauses: readonly Pause[], { severity }: CaseFile, world: World) {
  const around = { ...(spec.clock && { clock: spec.clock }), pauses }
  return {
    promisedAt: world.due(from, spec.seconds, severity, around),
    internalAt: world.due(from, spec.internalSeconds, severity, around),
  }
}

/** A graver case gets its new targets from now on; what was met stays met. */
function begunAnew({ list, pauses }: Targets, state: CaseFile, at: Date, world: World): Targets {
  const specs = world.targets(state)
  const anew = list.map((target) => {
    const spec = specs[target.name]
    return target.stage === 'met' || spec === undefined
      ? target
      : begin(target.name, spec, { state, at, pauses, world })
  })
  return { list: anew, pauses }
}

const isComplex = (state: CaseState): boolean => state.status !== 'none' && state.complex === true

const isSameSpec = (one: TargetSpec, other: TargetSpec): boolean =>
  one.seconds === other.seconds && one.internalSeconds === other.internalSeconds && one.clock === other.clock

/** How long it may take was judged anew: counted from when it began, so that a judgement gives no time twice. */
function measuredAnew(targets: Targets, state: CaseFile, world: World): Targets {
  const spec = world.targets(state).resolution
  const kept = targetOf({ ...state, targets }, 'resolution')
  if (spec === undefined || kept === undefined || kept.stage === 'met' || isSameSpec(kept, spec)) return targets
  const list = targets.list.map((target): Target => {
    if (target !== kept) return target
    const { clock: _before, ...rest } = target
    const times = timesOf(spec, target.startedAt, targets.pauses, state, world)
    return { ...rest, ...spec, ...times, stage: 'open', nextAt: times.internalAt }
  })
  return { ...targets, list }
}

const isResolved = (state: CaseState): boolean => state.status === 'owned' && state.resolved !== undefined

/** Somebody objects to "done", or it became serious: then it was not, and the old promise stands. */
function objected(targets: Targets, before: CaseState, after: CaseState): Targets {
  if (!isResolved(before) || !isOpen(after) || isResolved(after)) return targets
  const list = targets.list.map((target): Target => {
    if (target.name !== 'resolution') return target
    const { metAt: _notYet, ...rest } = target
    return { ...rest, stage: 'open', nextAt: target.internalAt }
  })
  return { ...targets, list }
}

/** Somebody new has an overdue case: they get the time of one piece of news before it climbs again. */
function rearmed(targets: Targets, state: CaseFile, at: Date, world: World): Targets {
  if (!targets.list.some(({ stage }) => stage === 'climbed')) return targets
  const nextAt = world.due(at, world.policy.ladders[state.severity].updatePromiseSeconds, state.severity)
  const list = targets.list.map(
    (target): Target => (target.stage === 'climbed' ? { ...target, stage: 'chased', nextAt } : target),
  )
  return { ...targets, list }
}

/** The clock of severities 3 and 4 stands still while the customer is asked or agreed to wait; 1 and 2 never pause. */
function pausedOrNot(targets: Targets, state: CaseState, at: Date, world: World): Targets {
  if (state.status === 'none') return targets
  const before = targets.pauses.at(-1)
  const running = before !== undefined && (before.endAt === undefined || before.endAt > at) ? before : undefined
  const pause = pauseOf(state, running?.startAt ?? at, at)
  if (pause === undefined && running === undefined) return targets
  const last = pause ?? { startAt: running?.startAt ?? at, endAt: at }
  if (running !== undefined && last.endAt?.getTime() === running.endAt?.getTime()) return targets
  const pauses = [...targets.pauses.slice(0, running === undefined ? undefined : -1), last]
  // Until somebody answers nobody knows when the clock runs again, and nothing is due.
  return last.endAt === undefined ? { ...targets, pauses } : { list: timedAnew(targets, pauses, state, world), pauses }
}

/** As long as nobody knows when the customer answers, a pause is open; one that was agreed has its end. */
function pauseOf(state: Exclude<CaseState, { status: 'none' }>, startAt: Date, at: Date): Pause | undefined {
  if (state.status !== 'owned' || !mayWait(state)) return undefined
  if (state.askedAt !== undefined) return { startAt }
  const endAt = agreedAhead(state, at)
  return endAt && { startAt, endAt }
}

function timedAnew({ list }: Targets, pauses: readonly Pause[], state: CaseFile, world: World): readonly Target[] {
  return list.map((target): Target => {
    if (target.stage === 'met') return target
    const times = timesOf(target, target.startedAt, pauses, state, world)
    const nextAt = target.stage === 'open' ? times.internalAt : times.promisedAt
    return { ...target, ...times, ...(target.nextAt && { nextAt }) }
  })
}

/** The targets whose time has come, computed again with the closures known now; the others' times moved on. */
export function dueTargets(
  state: StateOf<'owned'>,
  at: Date,
  world: World,
): { readonly due: readonly Target[]; readonly targets: Targets } {
  const known = state.targets ?? none
  if (isPaused(known)) return { due: [], targets: known }
  const hasCome = ({ nextAt }: Target) => nextAt !== undefined && nextAt <= at
  const list = known.list.map((target): Target => {
    if (!hasCome(target) || target.stage !== 'open') return target
    const times = timesOf(target, target.startedAt, known.pauses, state, world)
    return { ...target, ...times, nextAt: times.internalAt }
  })
  const isSame = list.every((target, i) => target === known.list[i])
  return { due: list.filter(hasCome), targets: isSame ? known : { ...known, list } }
}

import { nineTenths } from './agreement.ts'
import { ladderOf, startLadder } from './climb.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { evolve } from './evolve.ts'
import { runningWord } from './given-word.ts'
import type { World } from './policy.ts'
import type { SignalOf } from './signals.ts'
import { type CaseState, isOpen, type Open, type StateOf } from './state.ts'
import { dueTargets, keepTargets, type Target, type Targets } from './targets.ts'

/** Adds what a decision means for the targets: started, met, paused or begun anew. */
export function withTargets(state: CaseState, decision: Decision, at: Date, world: World): Decision {
  if (decision.events.length === 0) return decision
  const after = decision.events.reduce(evolve, state)
  const targets = keepTargets({ before: state, after, events: decision.events, at }, world)
  if (targets === undefined) return decision
  return { ...decision, events: [...decision.events, { type: 'targets-set', at, targets }] }
}

/**
 * The next time computed again with the closures recorded since it was set; undefined when it stands. While a closure
 * lasts it counts as ending now, so this is computed again once what is left of the time has passed. What the customer was
 * told is the limit: an office that closes does not take it back.
 */
export function postponedTo(state: Open, at: Date, world: World): Date | undefined {
  if ((state.status !== 'paging' && state.status !== 'owned') || state.dueSetAt === undefined) return undefined
  const again = world.again(state.dueSetAt, state.dueAt, state.severity)
  const latest = latestFor(state, state.dueSetAt)
  const next = latest !== undefined && latest < again ? latest : again
  return next > at ? next : undefined
}

/** A time that a person named runs by the clock on the wall; for news that we promised ourselves the owner is asked by then. */
function latestFor(state: StateOf<'paging' | 'owned'>, setAt: Date): Date | undefined {
  const { promisedBy, dueAt } = state
  const word = runningWord(state)
  if (word !== undefined) return word > setAt ? nineTenths(setAt, word) : dueAt
  if (promisedBy === undefined) return undefined
  return state.status === 'owned' && !state.chased ? promisedBy : undefined
}

/** The second ladder: what somebody has but is not done in time is chased, and then climbs too. */
export function onTargets(state: StateOf<'owned'>, at: Date, world: World): Decision {
  const { due, targets } = dueTargets(state, at, world)
  const [target] = due
  if (target === undefined)
    return state.targets === undefined || targets === state.targets
      ? nothing
      : { events: [{ type: 'targets-set', at, targets }], commands: [] }
  const others = targets.list.filter((one) => one !== target)
  const changed = (now: Target) => ({ ...targets, list: [...others, now] })
  const lateMs = at.getTime() - (target.nextAt ?? at).getTime()
  return target.stage === 'chased'
    ? overdue(state, target, { at, lateMs, targets: changed(climbed(target)) }, world)
    : chase(state, target, { at, lateMs, targets: changed(chased(target, state, at, world)) })
}

type Change = { readonly at: Date; readonly lateMs: number; readonly targets: Targets }

function chased(target: Target, { severity }: Open, at: Date, world: World): Target {
  const left = world.due(at, Math.max(1, target.seconds - target.internalSeconds), severity)
  return { ...target, stage: 'chased', nextAt: left > target.promisedAt ? left : target.promisedAt }
}

function climbed({ nextAt: _over, ...target }: Target): Target {
  return { ...target, stage: 'climbed' }
}

const factsOf = (target: Target) => ({ target: target.name, promised: target.promisedAt.toISOString() })

function chase(state: StateOf<'owned'>, target: Target, { at, lateMs, targets }: Change): Decision {
  const id = `${state.caseId}:e${state.epoch}:${target.name}:${(target.nextAt ?? at).toISOString()}`
  const by = targets.list.find(({ name }) => name === target.name)?.nextAt ?? at
  const facts = { ...factsOf(target), by: by.toISOString() }
  return {
    events: [{ type: 'target-chased', at, target: target.name, targets, lateMs }],
    commands: [{ type: 'inform', id, person: state.owner.id, method: 0, occasion: 'target-chase', facts }],
  }
}

/** A promise was not kept: the next level gets the case, since the level that has it could not end it. */
function overdue(state: StateOf<'owned'>, target: Target, { at, lateMs, targets }: Change, world: World): Decision {
  const step = Math.min(state.step + 1, ladderOf(state, world).steps.length - 1)
  const facts = { name: state.owner.name, ...factsOf(target) }
  return inTurn(
    state,
    () => ({ events: [{ type: 'target-missed', at, target: target.name, targets, lateMs }], commands: [] }),
    (current) => startLadder(current, at, world, { step, why: 'overdue', facts }),
  )
}

/** The case is about these people: whoever must keep out of it loses it, and the ladder starts above them. */
export function wall(state: CaseState, { at, by, about }: SignalOf<'wall'>, world: World): Decision {
  if (state.status === 'none' || about.every((person) => state.about?.includes(person))) return nothing
  const behind = { ...state, about: [...(state.about ?? []), ...about] }
  const out = state.told.filter((person) => world.isWalledOff(behind, person))
  const mustMove = isOpen(state) && (state.status !== 'owned' || world.isWalledOff(behind, state.owner.id))
  return inTurn(
    state,
    () => ({ events: [{ type: 'walled', at, by, about, out }], commands: [] }),
    (current) =>
      mustMove && state.status !== 'with-bot' ? startLadder(current, at, world, { step: 0, why: 'start' }) : nothing,
  )
}

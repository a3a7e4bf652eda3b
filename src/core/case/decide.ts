import { acknowledge, close, escalate, note, reopen, reply } from './act.ts'
import { afterSilence, climb, ladderOf, lastResortPage, nextMethod, pageAgain, peopleOf, startLadder } from './climb.ts'
import type { Command } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import { hear, toPeople } from './hear.ts'
import { onTargets, postponedTo, wall, withTargets } from './look.ts'
import { tryMethods } from './methods.ts'
import { onDesk, withAudit } from './on-desk.ts'
import type { World } from './policy.ts'
import type { Actor, Signal, SignalOf } from './signals.ts'
import { type CaseState, currentPages, isOpen, type Open, type StateOf } from './state.ts'
import { clear } from './suspect.ts'
import { onNotDelivered, onReachableAgain } from './undelivered.ts'
import { closeResolved, stillWaiting } from './wait.ts'

/** Who closes what the bot answered and nobody objected to. */
const bot: Actor = { id: 'gatehouse', name: 'Gatehouse' }

/** The whole behaviour of a case. No input or output, no clock, no randomness. */
export function decide(state: CaseState, signal: Signal, world: World): Decision {
  if (concernsWalledOff(state, signal, world)) return nothing
  return withAudit(withTargets(state, decideUnasked(state, signal, world), signal.at, world), signal)
}

/** Whoever must keep out of a case can do nothing to it, and is given nothing of it. */
function concernsWalledOff(state: CaseState, signal: Signal, world: World): boolean {
  if (state.status === 'none') return false
  const people = [
    ...('by' in signal ? [signal.by.id] : []),
    ...('to' in signal ? [signal.to.id] : []),
    ...(signal.type === 'page-person' ? [signal.person.id] : []),
  ]
  return people.some((person) => world.isWalledOff(state, person))
}

function decideUnasked(state: CaseState, signal: Signal, world: World): Decision {
  switch (signal.type) {
    case 'message':
      return hear(state, signal, world)
    case 'acknowledge':
      return acknowledge(state, signal, world)
    case 'reply':
      return reply(state, signal, world)
    case 'note':
      return note(state, signal, world)
    case 'escalate':
      return escalate(state, signal, world)
    case 'close':
      return close(state, signal, world)
    case 'reopen':
      return reopen(state, signal, world)
    case 'deadline':
      return isOpen(state) ? onLook(state, signal, world) : nothing
    case 'wall':
      return wall(state, signal, world)
    case 'clear':
      return clear(state, signal)
    case 'page-failed':
      return state.status === 'paging' || state.status === 'exhausted' ? onPageFailed(state, signal, world) : nothing
    case 'not-delivered':
      return onNotDelivered(state, signal, world)
    case 'reachable-again':
      return onReachableAgain(state, signal, world)
    default:
      return onDesk(state, signal, world)
  }
}

/** Somebody looked: the case's own next time comes first, then what people's own lists and the targets have due. */
function onLook(state: Open, signal: SignalOf<'deadline'>, world: World): Decision {
  const { at } = signal
  if (at >= state.dueAt) {
    const dueAt = postponedTo(state, at, world)
    return dueAt === undefined
      ? onDeadline(state, signal, world)
      : { events: [{ type: 'postponed', at, dueAt }], commands: [] }
  }
  if (state.status === 'paging' || state.status === 'exhausted') return tryMethods(state, at)
  return state.status === 'owned' ? onTargets(state, at, world) : nothing
}

function onDeadline(state: Open, signal: SignalOf<'deadline'>, world: World): Decision {
  switch (state.status) {
    case 'with-bot':
      return state.answered
        ? close(state, { ...signal, type: 'close', by: bot, outcome: 'resolved', told: '' }, world)
        : toPeople(state, signal, world, 'received')
    case 'paging':
      return afterSilence(state, signal.at, world)
    case 'exhausted':
      return stillRed(state, signal.at, world)
    case 'owned':
      if (state.resolved !== undefined) return closeResolved(state, signal.at, world)
      if (state.askedAt !== undefined) return stillWaiting(state, signal.at, world)
      return state.chased ? lapse(state, signal.at, world) : chaseOwner(state, signal.at, world)
  }
}

/** A ladder without end starts again; any other stays red and is shown again, without more pages. */
function stillRed(state: StateOf<'exhausted'>, at: Date, world: World): Decision {
  if (ladderOf(state, world).cycles === Number.POSITIVE_INFINITY)
    return startLadder(state, at, world, { step: 0, why: 'silence' })
  const dueAt = new Date(at.getTime() + world.policy.exhaustedReminderSeconds * 1000)
  return {
    events: [{ type: 'reminded', at, dueAt }],
    commands: [{ type: 'announce', id: `${state.caseId}:red:${at.toISOString()}`, occasion: 'still-red', facts: {} }],
  }
}

function chaseOwner(state: StateOf<'owned'>, at: Date, world: World): Decision {
  const { promisedBy } = state
  const soon = world.due(at, ladderOf(state, world).steps[0].ackWithinSeconds, state.severity)
  const dueAt = promisedBy !== undefined && promisedBy > at ? promisedBy : soon
  const id = `${state.caseId}:e${state.epoch}:owner:${state.dueAt.toISOString()}`
  return {
    events: [{ type: 'owner-chased', at, dueAt, lateMs: at.getTime() - state.dueAt.getTime() }],
    commands: [{ type: 'inform', id, person: state.owner.id, method: 0, occasion: 'owner-chase', facts: {} }],
  }
}

/** Acknowledged but silent: the case climbs again from the level it had reached. */
function lapse(state: StateOf<'owned'>, at: Date, world: World): Decision {
  const id = `${state.caseId}:e${state.epoch}:lapsed:${state.dueAt.toISOString()}`
  return inTurn(
    state,
    () => ({
      events: [],
      commands: [{ type: 'announce', id, occasion: 'owner-lapsed', facts: { name: state.owner.name } }],
    }),
    (current) =>
      startLadder(current, at, world, { step: state.step, why: 'lapsed', facts: { name: state.owner.name } }),
  )
}

type Paging = StateOf<'paging' | 'exhausted'>

/** Tries the person's next method at once; when nobody of the step can be reached, the next level is paged. */
function onPageFailed(state: Paging, signal: SignalOf<'page-failed'>, world: World): Decision {
  const { at, epoch, person, method, reason } = signal
  const page = currentPages(state).find((one) => one.person === person)
  if (epoch !== state.epoch || page === undefined || page.failed.includes(method)) return nothing
  const next = nextMethod({ ...page, method, failed: [...page.failed, method] })
  const failed = { type: 'page-failed', at, person, method, reason } as const
  const occasion = next === undefined ? 'unreachable' : 'page-failed'
  const announced: Command = {
    type: 'announce',
    id: `${signal.id}:failed`,
    occasion,
    facts: { name: page.name, reason },
  }
  if (next === undefined)
    return inTurn(
      state,
      () => ({ events: [failed], commands: [announced] }),
      (now) => climbIfUnreachable(now, at, world),
    )
  const again = { ...page, method: next }
  return {
    events: [{ ...failed, nextMethod: next }],
    commands: [announced, state.status === 'exhausted' ? lastResortPage(state, again) : pageAgain(state, again)],
  }
}

/**
 * A level that nobody can be reached at costs no time. Only at the end of a cycle that is not the last one is its time
 * waited out, so that a ladder without end is not climbed at the speed of the machine while a provider refuses everything.
 */
function climbIfUnreachable(state: CaseState, at: Date, world: World): Decision {
  if (state.status !== 'paging' || currentPages(state).some((page) => page.failed.length < page.methods)) return nothing
  const { steps, cycles } = ladderOf(state, world)
  const somebodyAbove = steps.slice(state.step + 1).some((step) => peopleOf(step, state, world).length > 0)
  if (!somebodyAbove && state.cycle + 1 < cycles) return nothing
  return climb(state, { step: state.step + 1, cycle: state.cycle }, { at, why: 'unreachable', lateMs: 0, world })
}

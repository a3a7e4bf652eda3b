import { type Agreeing, agreedAhead, nineTenths } from './agreement.ts'
import { ladderOf } from './climb.ts'
import { owedWord } from './given-word.ts'
import type { World } from './policy.ts'
import type { Open } from './state.ts'
import { targetOf } from './targets.ts'

type News = { readonly dueAt: Date; readonly promisedBy: Date }

/** The promise of news that goes with ownership; the internal target lies before it. A time that was named still holds. */
export function ownership(state: Agreeing, at: Date, world: World): News {
  const fresh = byPolicy(state, at, world)
  const word = owedWord(state, at)
  if (word === undefined) return fresh
  const owed = word > at ? { dueAt: nineTenths(at, word), promisedBy: word } : overdue(state, at, world)
  return { dueAt: sooner(fresh.dueAt, owed.dueAt), promisedBy: sooner(fresh.promisedBy, owed.promisedBy) }
}

/** A named time has passed without news: whoever has the case has as long as for taking one, however often it is taken. */
function overdue(state: Agreeing, at: Date, world: World): News {
  const { acknowledgePromiseSeconds: seconds } = ladderOf(state, world)
  const { severity } = state
  return {
    dueAt: world.due(at, Math.floor(0.9 * seconds), severity),
    promisedBy: world.due(at, seconds, severity),
  }
}

function byPolicy(state: Agreeing, at: Date, world: World): News {
  const ladder = ladderOf(state, world)
  const first = targetOf(state, 'firstReply')
  const owed = first !== undefined && first.stage !== 'met' && first.internalAt > at ? first : undefined
  const promisedBy = sooner(world.due(at, ladder.updatePromiseSeconds, state.severity), owed?.promisedAt)
  const agreed = agreedAhead(state, at)
  if (agreed !== undefined && agreed > promisedBy) return { dueAt: nineTenths(at, agreed), promisedBy: agreed }
  return {
    dueAt: sooner(world.due(at, ladder.ownerSilenceSeconds, state.severity), owed?.internalAt),
    promisedBy,
  }
}

/** The same for a case that goes from one owner to another: what the customer was promised holds, whoever keeps it. */
export function inherited(state: Open, at: Date, world: World): News {
  const fresh = ownership(state, at, world)
  const { promisedBy } = state
  if (state.status !== 'owned' || promisedBy === undefined || promisedBy <= at || promisedBy >= fresh.promisedBy)
    return fresh
  return { dueAt: sooner(fresh.dueAt, nineTenths(at, promisedBy)), promisedBy }
}

/** After news of a person neither a first answer nor a named time is waited for any more. */
export function nextNews(state: Agreeing, at: Date, world: World): News {
  const { targets: _answered, givenWord: _kept, ...rest } = state
  return ownership(rest, at, world)
}

const sooner = (one: Date, other: Date | undefined): Date => (other !== undefined && other < one ? other : one)

import { agreedAhead } from './agreement.ts'
import { startLadder, toWhoMayHearIt } from './climb.ts'
import { announce, type Command, inform } from './commands.ts'
import { type Decision, inTurn, nothing } from './decision.ts'
import type { CaseEvent, Classified } from './events.ts'
import { ownership } from './news.ts'
import { firstSignBy } from './own.ts'
import type { World } from './policy.ts'
import type { Actor, SignalOf } from './signals.ts'
import { type CaseState, isOpen, type Open } from './state.ts'
import { keepTargets, targetOf } from './targets.ts'

type Said = { readonly id: string; readonly at: Date; readonly by: Actor }

/** A person says what it is about; machines only ever raise. */
export function setKind(state: CaseState, { kind, ...said }: SignalOf<'set-kind'>): Decision {
  return state.status === 'none' || state.kind === kind ? nothing : classified(state, { kind }, { ...said, reason: '' })
}

/** What it is about says where its ladder begins: a case about integrity that is being paged leaves the line at once. */
export function setCategory(state: CaseState, { category, ...said }: SignalOf<'set-category'>, world: World): Decision {
  if (state.status === 'none' || state.category === category) return nothing
  return inTurn(
    state,
    () => classified(state, { category }, { ...said, reason: '' }),
    (current) => toWhoMayHearIt(current, state, said.at, world),
  )
}

/**
 * Another severity is another ladder: a case that is being paged starts again at its foot. An owner who did not decide it
 * themselves must show soon that they know when it became serious; serious matters wait for nobody.
 */
export function setSeverity(state: CaseState, signal: SignalOf<'set-severity'>, world: World): Decision {
  const { severity, complex = state.status !== 'none' && state.complex === true, at, by } = signal
  if (!isOpen(state)) return nothing
  const isOther = state.severity !== severity
  const isJudgedAnew = complex !== (state.complex === true)
  if (!isOther && !isJudgedAnew) return nothing
  const change = { severity, ...(isJudgedAnew && { complex }) }
  return inTurn(
    state,
    (current) => classified(current, change, signal),
    (current) => (isOther && isOpen(current) ? afterwards(current, state, { at, by, world }) : nothing),
    (current) => (isJudgedAnew && complex ? tellLonger(state, current, signal, world) : nothing),
  )
}

/** Whoever waits hears that it takes longer, and how long at most; nothing where the policy gives no more time. */
function tellLonger(before: Open, after: CaseState, { id, at }: Said, world: World): Decision {
  const targets = keepTargets({ before, after, events: [], at }, world)
  const promised = targetOf(before, 'resolution')?.promisedAt
  const by = targets && targetOf({ ...before, targets }, 'resolution')?.promisedAt
  if (promised === undefined || by === undefined || by <= promised || by <= at) return nothing
  const facts = { by: by.toISOString() }
  return { events: [], commands: [{ type: 'tell', id: `${id}:complex`, occasion: 'complex', facts }] }
}

type Around = { readonly at: Date; readonly by: Actor; readonly world: World }

function afterwards(state: Open, before: Open, { at, by, world }: Around): Decision {
  if (state.status === 'paging' || state.status === 'exhausted')
    return startLadder(state, at, world, { step: 0, why: 'start' })
  const isWorse = state.severity < before.severity && state.severity <= 2
  if (state.status === 'with-bot') return isWorse ? startLadder(state, at, world, { step: 0, why: 'start' }) : nothing
  if (!isWorse) return nothing
  const events: CaseEvent[] = []
  const waited = state.askedAt !== undefined || state.resolved !== undefined || agreedAhead(before, at) !== undefined
  if (waited) events.push({ type: 'resumed', at, why: 'staff', ...ownership(state, at, world) })
  const soon = firstSignBy(state, at, world)
  const isLate = waited || soon < state.dueAt
  if (state.owner.id !== by.id && isLate) events.push({ type: 'owner-chased', at, dueAt: soon, lateMs: 0 })
  return { events, commands: [] }
}

function classified(
  state: CaseState,
  change: Partial<Classified>,
  { id, at, by, reason }: Said & { readonly reason: string },
): Decision {
  if (state.status === 'none') return nothing
  const { language, kind, category, severity } = state
  const kept = state.complex === undefined ? {} : { complex: state.complex }
  const now: Classified = { language, kind, category, severity, ...kept, ...change }
  const facts = { name: by.name, reason }
  const commands: Command[] = [announce(id, 'reclassified', facts)]
  if (state.status === 'owned' && state.owner.id !== by.id)
    commands.push(inform(id, state.owner.id, 'reclassified', facts))
  return {
    events: [{ type: 'classified', at, classified: now, by, ...(reason !== '' && { reason }) }],
    commands,
  }
}

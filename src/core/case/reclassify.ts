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
  const { severity, reason, at, by } = signal
  if (!isOpen(state) || state.severity === severity) return nothing
  return inTurn(
    state,
    (current) => classified(current, { severity }, { ...signal, reason }),
    (current) => (isOpen(current) ? afterwards(current, state, { at, by, world }) : nothing),
  )
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
  const now: Classified = { language, kind, category, severity, ...change }
  const facts = { name: by.name, reason }
  const commands: Command[] = [announce(id, 'reclassified', facts)]
  if (state.status === 'owned' && state.owner.id !== by.id)
    commands.push(inform(id, state.owner.id, 'reclassified', facts))
  return {
    events: [{ type: 'classified', at, classified: now, by, ...(reason !== '' && { reason }) }],
    commands,
  }
}

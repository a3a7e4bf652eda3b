import { type Decision, nothing } from './decision.ts'
import type { DeskSignal } from './desk-signals.ts'
import type { CaseEvent } from './events.ts'
import { addParty, closeAs, link, messageChanged, namedToo, splitOff, unlink } from './linking.ts'
import { acceptHandOver, assign, declineHandOver, offerHandOver, pagePerson } from './own.ts'
import type { World } from './policy.ts'
import { setCategory, setKind, setSeverity } from './reclassify.ts'
import type { Signal, SignalOf } from './signals.ts'
import type { CaseState } from './state.ts'
import { ask, promiseUpdate, resolve } from './wait.ts'

/** Carries out the further commands of the desk. */
export function onDesk(state: CaseState, signal: SignalOf<DeskSignal['type']>, world: World): Decision {
  switch (signal.type) {
    case 'assign':
      return assign(state, signal, world)
    case 'offer-hand-over':
      return offerHandOver(state, signal)
    case 'accept-hand-over':
      return acceptHandOver(state, signal, world)
    case 'decline-hand-over':
      return declineHandOver(state, signal)
    case 'ask':
      return ask(state, signal, world)
    case 'promise':
      return promiseUpdate(state, signal, world)
    case 'set-kind':
      return setKind(state, signal)
    case 'set-category':
      return setCategory(state, signal, world)
    case 'set-severity':
      return setSeverity(state, signal, world)
    case 'page-person':
      return pagePerson(state, signal)
    case 'link':
      return link(state, signal)
    case 'unlink':
      return unlink(state, signal)
    case 'named-too':
      return namedToo(state, signal, world)
    case 'add-party':
      return addParty(state, signal)
    case 'resolve':
      return resolve(state, signal, world)
    case 'close-as':
      return closeAs(state, signal, world)
    case 'split-off':
      return splitOff(state, signal, world)
    case 'look':
      return nothing
    case 'message-changed':
      return messageChanged(state, signal, world)
  }
}

/** Puts into the log who asked for this, from where and with which words, before what it led to. */
export function withAudit(decision: Decision, signal: Signal): Decision {
  if (signal.asked === undefined || !('by' in signal)) return decision
  const [first, ...rest] = decision.events
  if (first === undefined && signal.type !== 'look') return decision
  const { command, desk, args } = signal.asked
  const commanded: CaseEvent = { type: 'commanded', at: signal.at, by: signal.by, command, desk, args }
  const events = first?.type === 'opened' ? [first, commanded, ...rest] : [commanded, ...decision.events]
  return { ...decision, events }
}

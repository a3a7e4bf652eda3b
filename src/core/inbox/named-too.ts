import type { CaseState } from '../case/state.ts'
import { isRestricted } from '../case/state.ts'
import { applySignal, type EngineDeps } from '../engine.ts'
import type { InboundMessage } from '../message.ts'
import { followed } from './known.ts'

export const gatehouse = { id: 'gatehouse', name: 'Gatehouse' }
export type When = { readonly id: string; readonly at: Date }

type Filed = { readonly caseId: string; readonly message: InboundMessage; readonly named: readonly string[] }
type Deps = { readonly engine: EngineDeps }

/**
 * Words that name several cases stand on one of them. Each says which the others are, and whoever has another one is told
 * where to read them. Numbers of anybody else's cases mean nothing.
 */
export async function tellOthersNamed({ caseId, message, named }: Filed, when: When, deps: Deps): Promise<void> {
  if (named.length < 2) return
  const others = await Promise.all(named.map((number) => theirs(number, message, deps)))
  for (const other of new Set(others))
    if (other !== undefined && other !== caseId) await joinBoth(caseId, other, when, deps)
}

async function theirs(number: string, { from, conversation }: InboundMessage, { engine }: Deps) {
  const { state } = await engine.cases.load(number)
  if (state.status === 'none') return undefined
  const isParty = state.customer.channel === from.channel && state.customer.id === from.id
  return isParty || state.conversation === conversation
    ? (await followed(number, state, engine.cases)).caseId
    : undefined
}

async function joinBoth(caseId: string, other: string, { id, at }: When, { engine }: Deps): Promise<void> {
  const { state } = await engine.cases.load(caseId)
  const by = gatehouse
  const text = `The customer names ${other} in these words, too. ${told(state)}`
  await applySignal(caseId, { type: 'note', id: `${id}:named:${other}`, at, by, text }, engine)
  const link = { caseId: other, how: 'related' } as const
  await applySignal(caseId, { type: 'link', id: `${id}:named-link:${other}`, at, by, link }, engine)
  if (state.status === 'none' || isRestricted(state)) return
  await applySignal(other, { type: 'named-too', id: `${id}:named`, at, by, other: caseId }, engine)
}

/** Whoever has the other case may be the one whom this one is kept from. */
const told = (state: CaseState): string =>
  state.status !== 'none' && isRestricted(state)
    ? 'Nobody was told there, as this case is restricted.'
    : 'Whoever has that case is told.'

import type { CaseState } from '../case/state.ts'
import type { Channel } from '../channel.ts'
import type { CardView } from '../message.ts'
import { type CardRow, type CardStore, type CaseStore, type Clock, cardWanted } from '../ports.ts'
import { backoffMs } from './backoff.ts'

export type ShowDeps = {
  readonly carrierOf: (channel: string) => { readonly channel: Channel } | undefined
  readonly cards: CardStore
  readonly cases: Pick<CaseStore, 'load'>
  readonly clock: Clock
  readonly random: () => number
  /** Resolves when nothing goes before, or after a short while. */
  readonly giveWay: () => Promise<void>
  readonly cardFor: (caseId: string, state: CaseState, version: number) => Promise<CardView | undefined>
}

const claimMs = 20_000

const sideBySide = 8

/**
 * Brings cards up to date with their cases: at once when the case changed, after answers and pages when only something
 * beside it did. False when none is waiting. A card skips versions nobody saw.
 */
export async function showNextCards(deps: ShowDeps): Promise<boolean> {
  if (await showDue(cardWanted.atOnce, deps)) return true
  await deps.giveWay()
  return showDue(deps.clock.now(), deps)
}

async function showDue(by: Date, deps: ShowDeps): Promise<boolean> {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + claimMs)
  const rows = await deps.cards.claimDue({ by, now, until, limit: sideBySide })
  const views = new Map([...new Set(rows.map(({ caseId }) => caseId))].map((caseId) => [caseId, viewOf(caseId, deps)]))
  await Promise.all(rows.map(async (row) => show(row, await views.get(row.caseId), deps)))
  return rows.length > 0
}

type View = { readonly version: number; readonly card: CardView | undefined }

/** Looked up once for all places that show the case. */
async function viewOf(caseId: string, { cases, cardFor }: ShowDeps): Promise<View> {
  const { state, version } = await cases.load(caseId)
  return { version, card: await cardFor(caseId, state, version) }
}

async function show(row: CardRow, view: View | undefined, deps: ShowDeps): Promise<void> {
  const channel = deps.carrierOf(row.place.channel)?.channel
  const { card, version = 0 } = view ?? {}
  if (channel?.show === undefined || card === undefined) return waitFor(row, 3_600, deps)
  const result = await channel.show(row.place, card, row.shownAs)
  if (result.outcome === 'sent') return deps.cards.shown(row, version, result.providerId)
  const retryAfter = result.outcome === 'refused' ? result.retryAfterSeconds : undefined
  return waitFor(row, backoffMs(row.attempts, deps.random(), retryAfter) / 1_000, deps)
}

const waitFor = (row: CardRow, seconds: number, { cards, clock }: ShowDeps): Promise<void> =>
  cards.retry(row.id, new Date(clock.now().getTime() + seconds * 1_000))

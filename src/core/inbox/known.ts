import { type CaseState, isOpen } from '../case/state.ts'
import type { CaseStore, ConversationStore } from '../ports.ts'

/** The case that words belong to. `state` of a merged case is that of the one it went into; `own` is what was named. */
export type Known = {
  readonly caseId?: string
  readonly state: CaseState
  readonly own: CaseState
  readonly isNamed?: true
  /** A case of another channel whose words had to go out in this conversation. */
  readonly isLent?: true
}

type Deps = {
  readonly cases: Pick<CaseStore, 'load' | 'latestOf'>
  readonly conversations: Pick<ConversationStore, 'lentTo'>
}

/**
 * Whoever has several cases says by its number which one is meant, the first of theirs if they name more; else it is the newest of the conversation, or the one
 * whose words went out here because they could not go where it was opened.
 */
export async function knownBy(casesNamed: readonly string[], conversation: string, deps: Deps): Promise<Known> {
  const lent = { ...deps, lentTo: await deps.conversations.lentTo(conversation) }
  for (const caseId of casesNamed) {
    const known = await named(caseId, conversation, lent)
    if (known !== undefined) return known
  }
  return newest(conversation, lent)
}

type Lent = Pick<Deps, 'cases'> & { readonly lentTo: string | undefined }

/** A case of anybody else's is none. */
async function named(caseId: string, conversation: string, deps: Lent): Promise<Known | undefined> {
  const { cases, lentTo } = deps
  const { state } = await cases.load(caseId)
  const isLent = caseId === lentTo
  if (state.status === 'none' || (state.conversation !== conversation && !isLent)) return undefined
  return { ...(await followed(caseId, state, cases)), isNamed: true, ...(isLent && { isLent }) }
}

/** Of two that are open, or of two that are closed, the conversation's own. */
async function newest(conversation: string, { cases, lentTo }: Lent): Promise<Known> {
  const own = await caseOf(await cases.latestOf(conversation), cases)
  if (lentTo === undefined || isOpen(own.state)) return own
  const lent = await caseOf(lentTo, cases)
  return own.caseId === undefined || isOpen(lent.state) ? { ...lent, isLent: true } : own
}

async function caseOf(caseId: string | undefined, cases: Deps['cases']): Promise<Known> {
  if (caseId === undefined) return { state: { status: 'none' }, own: { status: 'none' } }
  return followed(caseId, (await cases.load(caseId)).state, cases)
}

const mostMerges = 5

/** What was merged goes on under another number, and so do the words that follow, also after that one was closed. */
export async function followed(caseId: string, own: CaseState, cases: Pick<CaseStore, 'load'>): Promise<Known> {
  let here = { caseId, state: own }
  for (let merges = 0; merges < mostMerges; merges++) {
    const into = mergedInto(here.state)
    const { state } = into === undefined ? here : await cases.load(into)
    if (into === undefined || state.status === 'none') break
    here = { caseId: into, state }
  }
  return { ...here, own }
}

/** A merged case that staff opened again is a case of its own again. */
const mergedInto = (state: CaseState): string | undefined =>
  state.status === 'closed' ? state.links?.find(({ how }) => how === 'merged-into')?.caseId : undefined

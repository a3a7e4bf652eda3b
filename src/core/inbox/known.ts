import type { CaseState } from '../case/state.ts'
import type { CaseStore } from '../ports.ts'

/** The case that words belong to. `state` of a merged case is that of the one it went into; `own` is what was named. */
export type Known = {
  readonly caseId?: string
  readonly state: CaseState
  readonly own: CaseState
  readonly isNamed?: true
}

type Cases = Pick<CaseStore, 'load' | 'latestOf'>

/** Whoever has several cases says by its number which one is meant; else it is the newest of the conversation. */
export async function knownBy(caseNamed: string | undefined, conversation: string, cases: Cases): Promise<Known> {
  return (await named(caseNamed, conversation, cases)) ?? latest(conversation, cases)
}

/** A case of anybody else's is none. */
async function named(caseId: string | undefined, conversation: string, cases: Cases): Promise<Known | undefined> {
  if (caseId === undefined) return undefined
  const { state } = await cases.load(caseId)
  if (state.status === 'none' || state.conversation !== conversation) return undefined
  return { ...(await followed(caseId, state, cases)), isNamed: true }
}

async function latest(conversation: string, cases: Cases): Promise<Known> {
  const caseId = await cases.latestOf(conversation)
  if (caseId === undefined) return { state: { status: 'none' }, own: { status: 'none' } }
  return followed(caseId, (await cases.load(caseId)).state, cases)
}

const mostMerges = 5

/** What was merged goes on under another number, and so do the words that follow, also after that one was closed. */
export async function followed(caseId: string, own: CaseState, cases: Pick<Cases, 'load'>): Promise<Known> {
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

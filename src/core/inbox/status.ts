import { type CaseState, isOpen } from '../case/state.ts'
import type { InboundMessage, Language } from '../message.ts'
import type { CaseStore } from '../ports.ts'
import type { Line, Notice } from './customer.ts'
import { followed, type Known } from './known.ts'

type Case = Exclude<CaseState, { readonly status: 'none' }>

/** How a case stands, in words for its customer, in the language they asked in. */
export type StatusWords = (state: Case, language: Language, now: Date) => Line

type Asked = { readonly message: InboundMessage; readonly known: Known; readonly caseRef: string | undefined }
type Look = {
  readonly cases: Pick<CaseStore, 'load' | 'openOf'>
  readonly now: Date
  readonly language: Language
  readonly wordsOf: StatusWords
}

/** As many as one answer tells about. */
const mostTold = 5

/** Only a party to a case learns anything; to everybody else it does not exist. Without a number it is about all that is open. */
export async function statusFor({ message, known, caseRef }: Asked, look: Look): Promise<Notice> {
  const { cases, language, wordsOf, now } = look
  const states =
    caseRef === undefined
      ? await openOnes(message, known, cases)
      : [await meant(caseRef.toUpperCase(), message, known, cases)].flatMap((state) => state ?? [])
  const told = states.map((state) => wordsOf(state, language, now))
  const unknown = [{ occasion: 'status-unknown', facts: {} }]
  return { id: `${message.id}:status`, language, lines: told.length > 0 ? told : unknown }
}

const isParty = (state: CaseState, { from }: InboundMessage): state is Case =>
  state.status !== 'none' && state.customer.channel === from.channel && state.customer.id === from.id

/** A case that went into another is told as that one, also to whoever is a party to the first only. */
async function meant(caseId: string, message: InboundMessage, known: Known, cases: Look['cases']) {
  const { state, own, isLent } = caseId === known.caseId ? known : await load(caseId, cases)
  const isTheirs = isLent || isParty(own, message) || isParty(state, message)
  return state.status !== 'none' && isTheirs ? state : undefined
}

const load = async (caseId: string, cases: Look['cases']): Promise<Known> =>
  followed(caseId, (await cases.load(caseId)).state, cases)

/** All that are open in this conversation, the newest first; where none is, the newest of all. */
async function openOnes(message: InboundMessage, known: Known, cases: Look['cases']): Promise<readonly Case[]> {
  const ids = await cases.openOf(message.conversation, mostTold)
  const loaded = await Promise.all(ids.map(async (caseId) => (await cases.load(caseId)).state))
  const isTheirs = known.isLent || isParty(known.own, message)
  const newest = isTheirs && known.state.status !== 'none' ? [known.state] : []
  const open = [...newest, ...loaded.filter((state) => isParty(state, message))].filter(isOpen)
  const distinct = [...new Map(open.map((state) => [state.caseId, state])).values()].slice(0, mostTold)
  return distinct.length > 0 ? distinct : newest
}

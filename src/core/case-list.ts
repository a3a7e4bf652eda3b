import type { CaseState } from './case/state.ts'
import type { LoggedEvent, ThreadEntry } from './ports.ts'

/** What a list of cases shows of each. */
export type CaseSummary = {
  readonly ref: string
  readonly status: string
  readonly site: string
  readonly kind: string
  readonly category: string
  readonly severity: number
  readonly language: string
  readonly channel: string
  readonly owner?: { readonly id: string; readonly name: string }
  readonly openedAt: Date
  readonly updatedAt: Date
  readonly dueAt?: Date
  readonly lastMessage?: string
}

export type CaseFilter = {
  readonly status?: string
  readonly kind?: string
  readonly site?: string
  readonly owner?: string
  /** A case number, or a customer's full address. */
  readonly q?: string
  readonly cursor?: string
  readonly limit: number
}

export type CasePage = { readonly cases: readonly CaseSummary[]; readonly next?: string }

export type PageProof = {
  readonly id: string
  readonly person: string
  readonly channel: string
  readonly occasion: string
  readonly queuedAt: Date
  readonly providerId?: string
  readonly state: string
  readonly acceptedAt?: Date
  readonly deliveredAt?: Date
  readonly readAt?: Date
  readonly reason?: string
}

/** Everything about one case. */
export type CaseRecord = {
  readonly ref: string
  readonly state: CaseState
  readonly version: number
  readonly thread: readonly ThreadEntry[]
  readonly log: readonly LoggedEvent[]
  readonly pages: readonly PageProof[]
  /** The machine's first words to the customer. */
  readonly receipt?: { readonly queuedAt: Date; readonly acceptedAt?: Date }
}

/** Reading cases, for the API, the CLI and the pages. */
export interface CaseList {
  /** Throws RangeError for a cursor that is none of ours. */
  page(filter: CaseFilter): Promise<CasePage>
  record(caseId: string): Promise<CaseRecord | undefined>
}

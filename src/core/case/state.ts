import type { Facts } from './commands.ts'
import type { Classified, Climb, Opened, Page } from './events.ts'
import type { Actor, Outcome } from './signals.ts'

/** What every case keeps whatever its status. */
export type CaseFile = Opened &
  Classified & {
    /** Counts the times the ladder was started; part of every page's key. */
    readonly epoch: number
    /** The step and cycle last reached, so that a lapse resumes there. */
    readonly step: number
    readonly cycle: number
    /** Everyone paged about this case so far, by id: they are told who took it. */
    readonly told: readonly string[]
    /** Messages in a row that the bot did not understand. */
    readonly misses: number
    /** A message to the customer that did not arrive, not yet dealt with. */
    readonly undelivered?: { readonly messageId: string; readonly reason: string; readonly certain: boolean }
    /** What the customer was last promised: a person, or news, by then. */
    readonly promisedBy?: Date
    /** When an addition was last acknowledged to the customer. */
    readonly additionToldAt?: Date
    readonly messages: number
  }

export type CaseState =
  | { readonly status: 'none' }
  /** The bot has answered (closes at `dueAt` unless the customer objects) or has asked which answer fits. */
  | (CaseFile & {
      readonly status: 'with-bot'
      readonly answered: boolean
      readonly offered: readonly string[]
      readonly dueAt: Date
    })
  | (CaseFile & {
      readonly status: 'paging'
      /** Why this step was paged and what the pages say beyond that. */
      readonly why: Climb | 'start'
      readonly facts: Facts
      readonly chase: number
      readonly pages: readonly Page[]
      readonly dueAt: Date
    })
  | (CaseFile & { readonly status: 'exhausted'; readonly pages: readonly Page[]; readonly dueAt: Date })
  | (CaseFile & { readonly status: 'owned'; readonly owner: Actor; readonly chased: boolean; readonly dueAt: Date })
  | (CaseFile & {
      readonly status: 'closed'
      readonly outcome: Outcome
      readonly closedAt: Date
      readonly reopenUntil: Date
    })

export type Open = Exclude<CaseState, { readonly status: 'none' | 'closed' }>
export type StateOf<T extends CaseState['status']> = T extends T ? Extract<CaseState, { readonly status: T }> : never

/** Those who are waited for now, without those of earlier steps. */
export const currentPages = ({ pages }: StateOf<'paging' | 'exhausted'>): readonly Page[] =>
  pages.filter(({ earlier }) => earlier === undefined)

export const noCase: CaseState = { status: 'none' }

export const isOpen = (state: CaseState): state is Open => state.status !== 'none' && state.status !== 'closed'

/** When the engine must look at this case again; undefined only for closed cases. */
export const dueAtOf = (state: CaseState): Date | undefined => (isOpen(state) ? state.dueAt : undefined)

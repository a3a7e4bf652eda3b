import type { Facts } from './commands.ts'
import type { Classified, Climb, Opened, Page } from './events.ts'
import type { Link, Party } from './links.ts'
import type { Actor, Outcome } from './signals.ts'
import { nextTargetAt, type Targets } from './targets.ts'

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
    /** When the customer was last written news of any kind, and the last answer or question among it. */
    readonly newsAt?: Date
    readonly lastReply?: { readonly messageId: string; readonly at: Date }
    /** Present while we know of a STOP of the customer: the answers that were not sent because of it, by id. */
    readonly unheard?: readonly string[]
    /** What the customer was last promised: a person, or news, by then. */
    readonly promisedBy?: Date
    /**
     * The time that a person named to the customer, e.g. "by 15:00", while it is owed: whoever has the case, and also while
     * the offices are closed.
     */
    readonly givenWord?: Date
    /** The one before, and the message that kept or moved it; `lost`: that did not arrive. */
    readonly keptWord?: { readonly until: Date; readonly at: Date; readonly messageId: string; readonly lost?: true }
    /** When an addition was last acknowledged to the customer. */
    readonly additionToldAt?: Date
    readonly messages: number
    readonly links?: readonly Link[]
    readonly parties?: readonly Party[]
    /** Staff whom the case is about: neither they nor the line next to them get or see it. */
    readonly about?: readonly string[]
    /** Staff whom the customer's complaint names: it may be about them, so they alone neither get nor see it. */
    readonly suspected?: readonly Actor[]
    /** The group at which the ladder began, where that is not its first step. */
    readonly start?: string
    /** What the customer was promised beside the next news, with the internal targets. */
    readonly targets?: Targets
  }

/** What somebody who has a case may be waiting for. */
export type Waiting = {
  /** Offered to this person, who has not accepted yet. */
  readonly offeredTo?: Actor
  /** The customer was asked something then; the clock waits. `again`: they were reminded once. */
  readonly askedAt?: Date
  readonly again?: true
  /** Done in our eyes; closes when it is due unless the customer objects. */
  readonly resolved?: { readonly by: Actor; readonly outcome: Outcome; readonly told: string }
  /** The customer agreed to wait until then: no news is owed before, and the clocks of severities 3 and 4 stand still. */
  readonly agreedUntil?: Date
}

/** `dueSetAt`: when `dueAt` was computed, so that it can be computed again after an office was closed. */
type Timed = { readonly dueAt: Date; readonly dueSetAt?: Date }

export type CaseState =
  | { readonly status: 'none' }
  /** The bot has answered (closes at `dueAt` unless the customer objects) or has asked which answer fits. */
  | (CaseFile &
      Timed & {
        readonly status: 'with-bot'
        readonly answered: boolean
        readonly offered: readonly string[]
      })
  | (CaseFile &
      Timed & {
        readonly status: 'paging'
        /** Why this step was paged and what the pages say beyond that. */
        readonly why: Climb | 'start'
        readonly facts: Facts
        readonly chase: number
        readonly pages: readonly Page[]
      })
  | (CaseFile & Timed & { readonly status: 'exhausted'; readonly pages: readonly Page[] })
  | (CaseFile & Timed & Waiting & { readonly status: 'owned'; readonly owner: Actor; readonly chased: boolean })
  | (CaseFile & {
      readonly status: 'closed'
      readonly outcome: Outcome
      readonly closedAt: Date
      readonly closedBy?: Actor
      readonly reopenUntil: Date
    })

export type Open = Exclude<CaseState, { readonly status: 'none' | 'closed' }>
export type StateOf<T extends CaseState['status']> = T extends T ? Extract<CaseState, { readonly status: T }> : never

/** Not for everybody at its site: it is about members of staff, or may be. */
export const isRestricted = ({ about = [], suspected = [] }: Pick<CaseFile, 'about' | 'suspected'>): boolean =>
  about.length + suspected.length > 0

/** Danger and serious matters run round the clock and never wait for anybody. */
export const mayWait = ({ severity }: CaseFile): boolean => severity >= 3

/** Those who are waited for now, without those of earlier steps. */
export const currentPages = ({ pages }: StateOf<'paging' | 'exhausted'>): readonly Page[] =>
  pages.filter(({ earlier }) => earlier === undefined)

export const noCase: CaseState = { status: 'none' }

export const isOpen = (state: CaseState): state is Open => state.status !== 'none' && state.status !== 'closed'

/** When the engine must look at this case again; undefined only for closed cases. */
export const dueAtOf = (state: CaseState): Date | undefined =>
  isOpen(state) ? earliest([state.dueAt, ...methodTimes(state), nextTargetAt(state)]) : undefined

/** The part of a case that survives a change of status. */
export function fileOf(state: Exclude<CaseState, { readonly status: 'none' }>): CaseFile {
  const { caseId, site, customer, contact, via, conversation, openedAt, policyVersion } = state
  const { language, kind, category, severity, epoch, step, cycle, told, misses, messages } = state
  const { undelivered, unheard, promisedBy, givenWord, keptWord, additionToldAt } = state
  const { newsAt, lastReply, links, parties, about, suspected, start, targets, complex } = state
  return {
    ...{ caseId, site, customer, contact, via, conversation, openedAt, policyVersion },
    ...{ language, kind, category, severity, epoch, step, cycle, told, misses, messages },
    ...(undelivered && { undelivered }),
    ...(newsAt && { newsAt }),
    ...(lastReply && { lastReply }),
    ...(unheard && { unheard }),
    ...(promisedBy && { promisedBy }),
    ...(givenWord && { givenWord }),
    ...(keptWord && { keptWord }),
    ...(additionToldAt && { additionToldAt }),
    ...(links && { links }),
    ...(parties && { parties }),
    ...(about && { about }),
    ...(suspected && { suspected }),
    ...(start !== undefined && { start }),
    ...(targets && { targets }),
    ...(complex && { complex }),
  }
}

/** When the next method of somebody's own list is tried. */
const methodTimes = (state: Open): readonly Date[] =>
  state.status === 'paging' || state.status === 'exhausted'
    ? state.pages.flatMap(({ later = [] }) => later.map(({ at }) => at))
    : []

const earliest = (times: readonly (Date | undefined)[]): Date | undefined =>
  times.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0]

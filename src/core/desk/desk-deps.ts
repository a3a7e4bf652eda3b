import type { AttachmentRow, KeptFile, StoredFile } from '../attachments/keep.ts'
import type { BotReviewList } from '../bot-review.ts'
import type { CaseState } from '../case/state.ts'
import type { Category } from '../case/taxonomy.ts'
import type { CaseSummary } from '../case-list.ts'
import type { Directory } from '../duty/directory.ts'
import type { ContactMethod, StaffMember } from '../duty/staff.ts'
import type { EngineDeps } from '../engine.ts'
import type { CardView, FileRef, Language, Option } from '../message.ts'
import type { LoggedEvent, ThreadEntry } from '../ports.ts'
import type { Known } from './command.ts'
import type { RotaDesk } from './rota-desk.ts'

/** Which cases a list is of. Each is answered from one index and never longer than `limit`. */
export type WorkList =
  | { readonly of: 'owner'; readonly person: string; readonly limit: number }
  /** Offered to this person and not accepted yet. */
  | { readonly of: 'offered'; readonly person: string; readonly limit: number }
  /** Open cases of a site, the one that is due first at the top. */
  | { readonly of: 'site'; readonly site: string; readonly limit: number; readonly dueBy?: Date }
  /** A whole case number, or a whole address or telephone number of a customer. */
  | { readonly of: 'search'; readonly q: string; readonly limit: number }

/** A stored event that could not be understood, without what it says. */
export type Quarantined = {
  readonly id: string
  readonly channel: string
  readonly receivedAt: Date
  readonly reason: string
}

export type DeskRecord = { readonly thread: readonly ThreadEntry[]; readonly log: readonly LoggedEvent[] }

/** What staff commands read and change beside the cases themselves. */
export type DeskDeps = {
  readonly engine: EngineDeps
  readonly directory: Directory
  readonly cases: {
    /** Without the cases that must be hidden from this person. */
    readonly list: (list: WorkList, by: string) => Promise<readonly CaseSummary[]>
    readonly record: (caseId: string) => Promise<DeskRecord>
  }
  readonly quarantine: {
    readonly list: (limit: number) => Promise<readonly Quarantined[]>
    /** Lets it be read once more; false when it is not set aside (any more). */
    readonly release: (id: string, released: { readonly at: Date; readonly by: string }) => Promise<boolean>
  }
  /** What the assistant got wrong, for whoever writes its answers. */
  readonly reviews: Pick<BotReviewList, 'propose'>
  readonly shifts: {
    /** Who is on duty at a site now, by schedule: what can be taken over. */
    readonly running: (site: string, at: Date) => readonly Option[]
    readonly takeOver: (ask: TakeOver) => Promise<TakenOver>
  }
  readonly rota: RotaDesk
  readonly contacts: {
    /** In words that do not spread the whole address. */
    readonly nameOf: (method: ContactMethod) => string
    /** False where that channel is switched off. Asked twice within a minute, one code is sent. */
    readonly sendCode: (by: StaffMember, method: ContactMethod, at: Date) => Promise<boolean>
    /** The address whose code it was: from then on it names this person. */
    readonly confirm: (by: StaffMember, typed: TypedCode) => Promise<ContactMethod | undefined>
  }
  /** Who is on duty at each level of a site, in words. */
  readonly onDuty: (site: string, at: Date) => readonly { readonly title: string; readonly detail: string }[]
  readonly sites: readonly { readonly id: string; readonly name: string; readonly zone: string }[]
  readonly texts: {
    readonly list: (category: Category) => readonly Option[]
    readonly text: (id: string, state: Known, by: string) => string | undefined
  }
  /** What a careful colleague would say of a draft to this customer. */
  readonly remarksOn: (state: Known, draft: string) => Promise<readonly string[]>
  readonly files: {
    readonly about: (ids: readonly string[]) => Promise<readonly StoredFile[]>
    /** What was sent to the desk since yesterday for this person, or posted under this case's card. */
    readonly offered: (person: string, caseId: string, at: Date) => Promise<readonly StoredFile[]>
    /** How each of them goes to this customer. */
    readonly on: (state: Known, files: readonly FileRef[]) => OnTheWay
    /** Fetches what came with a command, and keeps it for good once it is in an answer. */
    readonly want: (rows: readonly AttachmentRow[], at: Date) => Promise<void>
    readonly put: (row: AttachmentRow, file: KeptFile, at: Date) => Promise<void>
    readonly used: (ids: readonly string[]) => Promise<void>
  }
  readonly word: (key: string, language?: Language) => string
  readonly time: (at: Date, site: string) => string
  /** Where a reply from the desk would go, in words that do not spread the whole address, and how much the texts are. */
  readonly routeOf: (state: Known, texts?: readonly string[]) => { readonly to: string; readonly as: string }
  readonly cardFor: (caseId: string, state: CaseState, version?: number) => Promise<CardView | undefined>
  /** A page with everything about a case, for so long that it can be printed. */
  readonly printLink: (caseId: string, at: Date) => string
}

/**
 * `words` for staff, one line a file; `links` as the customer reads them but for the secret part, and `sized` as long as they
 * will be; `room` for other words beside the links.
 */
export type OnTheWay = {
  readonly words: readonly string[]
  readonly links: readonly string[]
  readonly sized: readonly string[]
  readonly room: number
}

export type TypedCode = { readonly id: string; readonly code: string; readonly at: Date }

export type TakeOver = {
  readonly id: string
  readonly schedule: string
  readonly from: string
  readonly to: string
  readonly at: Date
  readonly reason: string
}
export type TakenOver =
  | { readonly ok: true; readonly until: Date }
  | { readonly ok: false; readonly faults: readonly string[] }

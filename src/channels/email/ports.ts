import type { Address } from '../../core/message.ts'

/** How far a mailbox has been read. UIDs mean something only together with `uidValidity` (RFC 9051 section 2.3.1.1). */
export type Cursor = { readonly uidValidity: string; readonly lastUid: number; readonly since: Date }

export interface MailboxCursor {
  load(mailbox: string): Promise<Cursor | undefined>
  save(mailbox: string, cursor: Cursor): Promise<void>
}

/** Lets one worker at a time read a mailbox. */
export interface MailboxLease {
  /** True when `holder` has the mailbox until `until`; asking again before then prolongs it. */
  take(mailbox: string, holder: string, span: { readonly now: Date; readonly until: Date }): Promise<boolean>
  release(mailbox: string, holder: string): Promise<void>
}

/** What an answer in a thread must carry so that the customer's mail program shows it there. */
export type ThreadEnd = { readonly subject: string; readonly lastId: string; readonly references: readonly string[] }

export interface ThreadEnds {
  load(conversation: string): Promise<ThreadEnd | undefined>
  save(conversation: string, end: ThreadEnd): Promise<void>
}

/** A staff member's mark acts once. */
export interface SpentMarks {
  /** True for the first mail that brings this mark, and for the same mail again. */
  spend(markId: string, mailKey: string): Promise<boolean>
}

/** Counts what we send to one address without a person having written it. */
export interface AutomaticReplies {
  /** True when this message may go: it was counted before, or fewer than `most` others were on that day. */
  mayAnswer(
    address: string,
    answer: { readonly day: string; readonly messageId: string; readonly most: number },
  ): Promise<boolean>
}

export interface SigningKey {
  /** Made once, the same for every process on this database, never changed. */
  load(): Promise<Buffer>
}

/** What e-mail must remember beyond its messages. */
export type MailMemory = {
  readonly cursor: MailboxCursor
  readonly lease: MailboxLease
  readonly ends: ThreadEnds
  readonly spent: SpentMarks
  readonly automatic: AutomaticReplies
  readonly key: SigningKey
}

/** What e-mail asks about cases. */
export interface CaseLookup {
  partyOf(caseId: string): Promise<{ readonly customer: Address; readonly conversation: string } | undefined>
  latestOf(conversation: string): Promise<string | undefined>
  /** The cases that one message of ours was about: several where pages went out together. */
  concerning(providerId: string): Promise<readonly string[]>
}

/** Keeps every mail as it came, named by its digest. */
export interface MailArchive {
  /** Resolves once the mail survives a crash. */
  keep(raw: Buffer): Promise<string>
  open(name: string): Promise<Buffer | undefined>
}

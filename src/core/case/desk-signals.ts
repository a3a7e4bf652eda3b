import type { FileRef } from '../message.ts'
import type { Opened } from './events.ts'
import type { Link, Party } from './links.ts'
import type { Person } from './policy.ts'
import type { Actor, Outcome } from './signals.ts'
import type { Category, Kind, Severity } from './taxonomy.ts'

type By = { readonly by: Actor }

/** Who asked for a command, from which desk and with which words: it stands in the case's log beside what it led to. */
export type Asked = {
  readonly command: string
  readonly desk: string
  readonly args: Readonly<Record<string, string>>
}

/** What staff can do to a case beyond taking, answering, noting, escalating, closing and opening it again. */
export type DeskSignal =
  | (By & { readonly type: 'assign'; readonly to: Actor; readonly note: string })
  /** The receiver accepts; until then the giver stays responsible. */
  | (By & { readonly type: 'offer-hand-over'; readonly to: Actor; readonly note: string })
  | (By & { readonly type: 'accept-hand-over' })
  | (By & { readonly type: 'decline-hand-over'; readonly reason: string })
  /** A question to the customer: the clock waits for the answer where the severity allows it. */
  | (By & { readonly type: 'ask'; readonly text: string; readonly files?: readonly FileRef[] })
  /** `agreed`: the customer agreed to wait until then. */
  | (By & { readonly type: 'promise'; readonly until: Date; readonly agreed?: boolean })
  | (By & { readonly type: 'set-kind'; readonly kind: Kind })
  | (By & { readonly type: 'set-category'; readonly category: Category })
  /** `complex`: whether it is more involved than most; unchanged where absent. */
  | (By & {
      readonly type: 'set-severity'
      readonly severity: Severity
      readonly reason: string
      readonly complex?: boolean
    })
  | (By & { readonly type: 'page-person'; readonly person: Person; readonly reason: string })
  /** `promisedBy`, `givenWord`: what the customer of a case that is taken in was promised there, and named by a person. */
  | (By & { readonly type: 'link'; readonly link: Link; readonly promisedBy?: Date; readonly givenWord?: Date })
  | (By & { readonly type: 'unlink'; readonly other: string })
  /** The customer named this case too, in words that went to another one of theirs. */
  | (By & { readonly type: 'named-too'; readonly other: string })
  | (By & { readonly type: 'add-party'; readonly party: Party })
  /** Done, and the customer may object; without an objection the case closes by itself. */
  | (By & { readonly type: 'resolve'; readonly outcome: Outcome; readonly told: string })
  /** Ends here because it goes on under another number. */
  | (By & { readonly type: 'close-as'; readonly link: Link; readonly told: string })
  /** Somebody read the whole file: it changes nothing and stands in the log. */
  | (By & { readonly type: 'look' })
  /** Opens a case out of another one; reaches a case that does not exist yet. */
  | (By & {
      readonly type: 'split-off'
      readonly opened: Omit<Opened, 'openedAt' | 'policyVersion'>
      readonly from: { readonly caseId: string; readonly severity: Severity; readonly kind: Kind }
      readonly category: Category
      readonly language: 'en' | 'zh-HK' | 'zh-CN'
      readonly about: string
    })
  /** The customer changed or took back words they had written. */
  | { readonly type: 'message-changed'; readonly messageId: string; readonly text?: string }

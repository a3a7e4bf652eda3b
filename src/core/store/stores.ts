import type { AttachmentStore } from '../attachments/keep.ts'
import type { BotReviewList } from '../bot-review.ts'
import type { DutyChangeStore } from '../duty/live-duty.ts'
import type { CodeStore } from '../duty/verified.ts'
import type { CardStore, CaseStore, ConsentStore, ConversationStore, OutboxStore } from '../ports.ts'
import type { Watched } from '../watch/watched.ts'
import { createAttachmentStore } from './attachment-store.ts'
import { createBotReviewStore } from './bot-review-store.ts'
import { createCardStore } from './card-store.ts'
import { createCaseStore } from './case-store.ts'
import { createCodeStore } from './code-store.ts'
import { createDutyChangeStore } from './duty-change-store.ts'
import { createInboxStore, type HastyInbox } from './inbox-store.ts'
import { createConsentStore, createConversationStore } from './memory-of-people.ts'
import type { Models } from './models.ts'
import { createOutboxStore } from './outbox-store.ts'
import { createProbeCases, type ProbeCases } from './probe-cases.ts'
import { createWatchStore, type WatchStore } from './watch-store.ts'
import { createWatched } from './watched-store.ts'
import { createWorkLists, type WorkLists } from './work-lists.ts'

export type Stores = {
  readonly cases: CaseStore
  readonly inbox: HastyInbox
  readonly outbox: OutboxStore
  readonly cards: CardStore
  readonly consents: ConsentStore
  readonly conversations: ConversationStore
  readonly attachments: AttachmentStore
  readonly dutyChanges: DutyChangeStore
  readonly codes: CodeStore
  readonly botReviews: BotReviewList
  readonly watch: WatchStore
  readonly watched: Watched
  readonly probeCases: ProbeCases
  readonly workLists: WorkLists
}

/** Every port of the core on one database. */
export function storesOn(models: Models): Stores {
  const inbox = createInboxStore(models)
  return { ...restOn(models), inbox, workLists: createWorkLists(models, inbox) }
}

const restOn = (models: Models): Omit<Stores, 'inbox' | 'workLists'> => ({
  cases: createCaseStore(models),
  outbox: createOutboxStore(models),
  cards: createCardStore(models),
  consents: createConsentStore(models),
  conversations: createConversationStore(models),
  attachments: createAttachmentStore(models),
  dutyChanges: createDutyChangeStore(models),
  codes: createCodeStore(models),
  botReviews: createBotReviewStore(models),
  watch: createWatchStore(models),
  watched: createWatched(models),
  probeCases: createProbeCases(models),
})

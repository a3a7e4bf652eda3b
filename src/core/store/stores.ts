import type { AttachmentStore } from '../attachments/keep.ts'
import type { CardStore, CaseStore, ConsentStore, ConversationStore, OutboxStore } from '../ports.ts'
import { createAttachmentStore } from './attachment-store.ts'
import { createCardStore } from './card-store.ts'
import { createCaseStore } from './case-store.ts'
import { createInboxStore, type HastyInbox } from './inbox-store.ts'
import { createConsentStore, createConversationStore } from './memory-of-people.ts'
import type { Models } from './models.ts'
import { createOutboxStore } from './outbox-store.ts'

export type Stores = {
  readonly cases: CaseStore
  readonly inbox: HastyInbox
  readonly outbox: OutboxStore
  readonly cards: CardStore
  readonly consents: ConsentStore
  readonly conversations: ConversationStore
  readonly attachments: AttachmentStore
}

/** Every port of the core on one database. */
export const storesOn = (models: Models): Stores => ({
  cases: createCaseStore(models),
  inbox: createInboxStore(models),
  outbox: createOutboxStore(models),
  cards: createCardStore(models),
  consents: createConsentStore(models),
  conversations: createConversationStore(models),
  attachments: createAttachmentStore(models),
})

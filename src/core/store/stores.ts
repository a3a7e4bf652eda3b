import type { CardStore, CaseStore, ConsentStore, ConversationStore, OutboxStore } from '../ports.ts'
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
}

/** Every port of the core on one database. */
export const storesOn = (models: Models): Stores => ({
  cases: createCaseStore(models),
  inbox: createInboxStore(models),
  outbox: createOutboxStore(models),
  cards: createCardStore(models),
  consents: createConsentStore(models),
  conversations: createConversationStore(models),
})

import type { FileRef } from '../message.ts'

/** Plain values for the words of a message; the bot fills them into authored text. */
export type Facts = Readonly<Record<string, string>>

/** What a customer can be told. The core names the occasion; the bot chooses the words. */
export type CustomerOccasion =
  | 'received'
  | 'received-again'
  | 'safety'
  | 'answer'
  | 'answer-with-offer'
  | 'choices'
  | 'acknowledged'
  | 'reply'
  | 'closed'
  | 'merged'
  | 'reopened'
  | 'agent'
  | 'ask'
  | 'ask-again'
  | 'promised'
  | 'agreed'
  | 'complex'
  | 'resolved'
  | 'split'
  | 'held-up'

/** What a staff member is paged or informed about. */
export type StaffOccasion =
  | 'page'
  | 'chase'
  | 'escalated'
  | 'escalated-asked'
  | 'escalated-lapsed'
  | 'escalated-unreachable'
  | 'escalated-overdue'
  | 'target-chase'
  | 'exhausted'
  | 'taken'
  | 'customer-wrote'
  | 'emergency-again'
  | 'level-empty'
  | 'page-failed'
  | 'unreachable'
  | 'owner-chase'
  | 'owner-lapsed'
  | 'delivery-failed'
  | 'delivery-stopped'
  | 'delivery-unknown'
  | 'reachable-again'
  | 'reachable-again-all'
  | 'reopened-staff'
  | 'closed-staff'
  | 'still-red'
  | 'assigned'
  | 'assigned-desk'
  | 'hand-over-offered'
  | 'hand-over-declined'
  | 'handed-over'
  | 'person-paged'
  | 'person-paged-desk'
  | 'customer-silent'
  | 'promised-desk'
  | 'agreed-desk'
  | 'reclassified'
  | 'linked'
  | 'named-too'
  | 'unlinked'
  | 'party-added'
  | 'cleared'
  | 'cleared-desk'
  | 'resolved-staff'
  | 'message-edited'
  | 'message-deleted'

/** What the case wants done. Ids are stable, so deciding again after a crash asks for the same things. */
export type Command =
  | {
      readonly type: 'tell'
      readonly id: string
      readonly occasion: CustomerOccasion
      readonly facts: Facts
      readonly files?: readonly FileRef[]
    }
  /** Must reach this person: acknowledged, or the next method and the next level follow. */
  | {
      readonly type: 'page'
      readonly id: string
      readonly person: string
      readonly method: number
      readonly occasion: StaffOccasion
      readonly facts: Facts
    }
  /** Good to know, for one person who was told before; tried by each method until one takes it. */
  | {
      readonly type: 'inform'
      readonly id: string
      readonly person: string
      readonly method: number
      readonly occasion: StaffOccasion
      readonly facts: Facts
    }
  /** Under the case's card at the desk. */
  | { readonly type: 'announce'; readonly id: string; readonly occasion: StaffOccasion; readonly facts: Facts }

/** Under the card, once per signal and occasion. */
export const announce = (id: string, occasion: StaffOccasion, facts: Facts): Command => ({
  type: 'announce',
  id: `${id}:${occasion}`,
  occasion,
  facts,
})

/** To one person, by their first method that takes it. */
export const inform = (id: string, person: string, occasion: StaffOccasion, facts: Facts): Command => ({
  ...{ type: 'inform', id: `${id}:${occasion}:${person}`, person, method: 0, occasion, facts },
})

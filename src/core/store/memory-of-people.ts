import type { Address } from '../message.ts'
import { mostRemembered } from '../outbox/throttle.ts'
import type { ConsentStore, ConversationStore } from '../ports.ts'
import type { Models } from './models.ts'

const pair = (sender: Address, recipient: Address) => `${sender.channel}:${sender.id}>${recipient.id}`

/** STOP and START, per sender and recipient: stopping one number does not stop another. */
export function createConsentStore({ consents }: Models): ConsentStore {
  return {
    isStopped: async (sender, recipient) => {
      const found = await consents.collection.findOne({ _id: pair(sender, recipient) } as object)
      return found?.stopped === true
    },
    set: async (sender, recipient, stopped, at) => {
      const filter = { _id: pair(sender, recipient) } as object
      await consents.collection.updateOne(filter, { $set: { stopped, at } }, { upsert: true })
    },
  }
}

/** When each conversation was last heard from, by the provider's own time: WhatsApp's reply window counts from it. */
export function createConversationStore({ conversations }: Models): ConversationStore {
  return {
    heard: async (conversation, at) => {
      await conversations.collection.updateOne(
        { _id: conversation } as object,
        { $max: { heardAt: at } },
        { upsert: true },
      )
    },
    lastHeardAt: async (conversation) => {
      const found = await conversations.collection.findOne({ _id: conversation } as object)
      return (found?.heardAt as Date | undefined) ?? undefined
    },
    paged: async (conversation, at) => {
      const push = { pagedAt: { $each: [at], $slice: -mostRemembered } }
      await conversations.collection.updateOne({ _id: conversation } as object, { $push: push } as object, {
        upsert: true,
      })
    },
    pagedAt: async (conversation) => {
      const projection = { pagedAt: 1 }
      const found = await conversations.collection.findOne({ _id: conversation } as object, { projection })
      return (found?.pagedAt as readonly Date[] | undefined) ?? []
    },
  }
}

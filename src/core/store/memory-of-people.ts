import type { Address } from '../message.ts'
import { mostRemembered } from '../outbox/throttle.ts'
import type { ConsentStore, ConversationStore } from '../ports.ts'
import { isDuplicate } from './duplicate.ts'
import { changeTogether, findTogether } from './grouped.ts'
import type { Models } from './models.ts'

const pair = (sender: Address, recipient: Address) => `${sender.channel}:${sender.id}>${recipient.id}`

/** STOP and START, per sender and recipient: stopping one number does not stop another. */
export function createConsentStore({ consents }: Models): ConsentStore {
  const find = findTogether(consents)
  return {
    isStopped: async (sender, recipient) => (await find(pair(sender, recipient)))?.stopped === true,
    stoppedBy: async (sender, recipient) => {
      const found = await find(pair(sender, recipient))
      if (found?.stopped !== true) return undefined
      return found.byCarrier === true ? 'carrier' : 'us'
    },
    set: async (sender, recipient, { stopped, at, byCarrier = false }) => {
      const filter = { _id: pair(sender, recipient) } as object
      await consents.collection.updateOne(filter, { $set: { stopped, at, byCarrier } }, { upsert: true })
    },
    refused: async (sender, recipient, { triedAt, at }) => {
      const known = { _id: pair(sender, recipient) } as object
      const stop = { stopped: true, at, byCarrier: true }
      const { matchedCount } = await consents.collection.updateOne({ ...known, at: { $lt: triedAt } }, { $set: stop })
      if (matchedCount > 0) return
      await consents.collection.insertOne({ ...known, ...stop }).catch((error: unknown) => {
        // What was recorded at the same moment or later stands.
        if (!isDuplicate(error)) throw error
      })
    },
  }
}

/** When each conversation was last heard from, by the provider's own time: WhatsApp's reply window counts from it. */
export function createConversationStore({ conversations }: Models): ConversationStore {
  const find = findTogether(conversations)
  const change = changeTogether(conversations)
  return {
    heard: (conversation, at) =>
      change({ filter: { _id: conversation }, update: { $max: { heardAt: at } }, upsert: true }),
    lastHeardAt: async (conversation) => (await find(conversation))?.heardAt as Date | undefined,
    paged: (conversation, at) => {
      const push = { pagedAt: { $each: [at], $slice: -mostRemembered } }
      return change({ filter: { _id: conversation }, update: { $push: push }, upsert: true })
    },
    lend: (conversation, caseId) =>
      change({ filter: { _id: conversation }, update: { $set: { lentTo: caseId } }, upsert: true }),
    lentTo: async (conversation) => (await find(conversation))?.lentTo as string | undefined,
    pagedAt: async (conversation) => ((await find(conversation))?.pagedAt as readonly Date[] | undefined) ?? [],
  }
}

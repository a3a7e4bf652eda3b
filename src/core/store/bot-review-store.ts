import { type BotReviewList, mostReviewWords } from '../bot-review.ts'
import type { Models } from './models.ts'

/** What staff said the bot got wrong. `openSince` exists only until somebody has looked, so the index holds open ones only. */
export function createBotReviewStore({ bot_reviews }: Models): BotReviewList {
  const rows = bot_reviews.collection
  return {
    async propose({ id, words, shouldBe, ...review }) {
      const kept = { ...review, words: words.slice(0, mostReviewWords), shouldBe: shouldBe.slice(0, mostReviewWords) }
      if ((await rows.findOne({ _id: id } as object, { projection: { _id: 1 } })) !== null) return
      const set = { ...kept, openSince: review.at }
      await rows.updateOne({ _id: id } as object, { $set: set }, { upsert: true })
    },
    async open(limit) {
      const found = rows.find({ openSince: { $gte: new Date(0) } }).sort({ openSince: 1 })
      return (await found.limit(limit).toArray()).map(
        ({ _id, openSince, ...rest }) => ({ id: String(_id), ...rest }) as never,
      )
    },
    async settle(id, at) {
      const done = { $set: { settledAt: at }, $unset: { openSince: 1 } }
      const { matchedCount } = await rows.updateOne({ _id: id, openSince: { $gte: new Date(0) } } as object, done)
      return matchedCount === 1
    },
  }
}

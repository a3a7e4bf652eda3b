import type { CodeStore, SentCode } from '../duty/verified.ts'
import type { Models } from './models.ts'

/** One document for each person and address that waits for its code. */
export function createCodeStore({ codes }: Models): CodeStore {
  const rows = codes.collection
  const byKey = (key: string) => ({ _id: key }) as object
  return {
    put: async (key, code) => {
      await rows.updateOne(byKey(key), { $set: { ...code }, $unset: { usedAt: true } }, { upsert: true })
    },
    attempt: async (key) => {
      const found = await rows.findOneAndUpdate(byKey(key), { $inc: { attempts: 1 } }, { returnDocument: 'after' })
      return found === null ? undefined : (found as unknown as SentCode)
    },
    find: async (key) => ((await rows.findOne(byKey(key))) as unknown as SentCode | null) ?? undefined,
    used: async (key, at) => {
      await rows.updateOne(byKey(key), { $set: { usedAt: at } })
    },
  }
}

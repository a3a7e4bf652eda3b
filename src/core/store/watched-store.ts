import type { Watched } from '../watch/watched.ts'
import { findTogether, putTogether } from './grouped.ts'
import type { Models } from './models.ts'

const maxAttempts = 8

/** One small document for each thing that is watched. */
export function createWatched({ watched }: Models): Watched {
  const find = findTogether(watched)
  const put = putTogether(watched)
  return {
    load: async <Kept>(id: string) => (await find(id))?.kept as Kept | undefined,
    change: async (id, decide) => {
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const found = await find(id)
        const kept = decide(found?.kept as Parameters<typeof decide>[0])
        if (kept === undefined) return undefined
        const version = Number(found?.version ?? 0)
        if (await put({ filter: { _id: id, version }, update: { $set: { kept, version: version + 1 } } })) return kept
      }
      throw new Error(`${id}: lost the race ${maxAttempts} times`)
    },
  }
}

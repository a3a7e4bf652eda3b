import type { Watched } from '../../../src/core/watch/watched.ts'

/** What the watch remembers, without a database; nobody is ever faster. */
export function rememberedHere(): Watched {
  const all = new Map<string, unknown>()
  return {
    load: async <Kept>(id: string) => all.get(id) as Kept | undefined,
    change: async (id, decide) => {
      const kept = decide(all.get(id) as Parameters<typeof decide>[0])
      if (kept !== undefined) all.set(id, kept)
      return kept
    },
  }
}

import type { Reference, ReferenceMemory } from './references.ts'

/** What a collection must do for us; mongoose's and the driver's own both can. */
export interface DocumentCollection {
  findOne(filter: object): Promise<object | null>
  updateOne(filter: object, update: object, options?: object): Promise<unknown>
  deleteOne(filter: object): Promise<unknown>
}

/** What another process learned is known here so much later; a send to a place that was closed meanwhile is refused. */
const freshMs = 5_000
const mostKept = 1_000

/** Remembers each reference in a document of its own, by its key. */
export function referenceMemoryOn(references: DocumentCollection): ReferenceMemory {
  const by = (key: string) => ({ _id: `teams:${key}` })
  const kept = new Map<string, { readonly at: number; readonly found: Promise<Reference | undefined> }>()
  const find = async (key: string) => {
    const found = (await references.findOne(by(key))) as Record<string, unknown> | null
    return found === null ? undefined : referenceIn(found)
  }
  return {
    remember: async (key, { serviceUrl, conversation, seenAt, closed }) => {
      const changes = closed === undefined ? { $unset: { closed: true } } : {}
      const set = { serviceUrl, conversation, seenAt, ...(closed !== undefined && { closed }) }
      await references.updateOne(by(key), { $set: set, ...changes }, { upsert: true })
      kept.delete(key)
    },
    recall: async (key) => {
      const known = kept.get(key)
      if (known !== undefined && performance.now() - known.at < freshMs) return known.found
      if (kept.size >= mostKept) kept.clear()
      const found = find(key)
      kept.set(key, { at: performance.now(), found })
      found.catch(() => kept.delete(key))
      return found
    },
    forget: async (key) => {
      await references.deleteOne(by(key))
      kept.delete(key)
    },
  }
}

function referenceIn({ serviceUrl, conversation, seenAt, closed }: Record<string, unknown>): Reference {
  const base = { serviceUrl: String(serviceUrl), conversation: String(conversation), seenAt: new Date(seenAt as Date) }
  if (closed === undefined || closed === null) return base
  const { because, at } = closed as { because: unknown; at: Date }
  return { ...base, closed: { because: String(because), at: new Date(at) } }
}

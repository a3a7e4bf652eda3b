/** Where a conversation is reached: Teams' regional address for it changes, so every message renews it. */
export type Reference = {
  readonly serviceUrl: string
  readonly conversation: string
  readonly seenAt: Date
  /** Set while Teams lets us write nothing there: why, and since when. */
  readonly closed?: { readonly because: string; readonly at: Date }
}

/** What must outlive the process: one small document for each person, channel and tenant that was ever heard from. */
export interface ReferenceMemory {
  remember(key: string, reference: Reference): Promise<void>
  recall(key: string): Promise<Reference | undefined>
  forget(key: string): Promise<void>
}

export const personKey = (id: string): string => `person:${id}`
export const placeKey = (conversation: string): string => `place:${rootOf(conversation)}`
export const tenantKey = (tenant: string): string => `tenant:${tenant}`

/** The channel of a thread, or the conversation itself. */
export const rootOf = (conversation: string): string => conversation.replace(/;messageid=\d+$/, '')

/** Teams moves a tenant rarely and says nothing when it does; writing each message down would be work for nothing. */
const renewEveryMs = 15 * 60_000
/** Whoever blocked the app may have let it in again without a word to us, so a closed door is tried again after this. */
const closedForMs = 60 * 60_000
const mostRemembered = 10_000

export type References = ReturnType<typeof createReferences>

/** A local double of Teams listens elsewhere each time; what an earlier one said leads nowhere now. */
const isOfEarlierDouble = (serviceUrl: string, ours: string): boolean =>
  /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(serviceUrl) && serviceUrl !== ours

/** Remembers where people and places are reached, and which of them let us in no more. `ours`: the configured address. */
export function createReferences(memory: ReferenceMemory, clock: () => Date, ours: string) {
  const recent = new Map<string, Reference>()
  const keep = async (key: string, reference: Reference): Promise<void> => {
    await memory.remember(key, reference)
    if (recent.size >= mostRemembered) recent.clear()
    recent.set(key, reference)
  }
  return {
    /** Called for every genuine activity, before it is answered. `isNews`: the app was added there just now. */
    heard: async (key: string, from: Pick<Reference, 'serviceUrl' | 'conversation'>, isNews = false): Promise<void> => {
      const known = isNews ? undefined : recent.get(key)
      const isSame = known?.serviceUrl === from.serviceUrl && known.conversation === from.conversation
      const ageMs = clock().getTime() - (known?.seenAt.getTime() ?? 0)
      if (isSame && known.closed === undefined && ageMs < renewEveryMs) return
      await keep(key, { ...from, seenAt: clock() })
    },
    recall: async (key: string): Promise<Reference | undefined> => {
      const known = await memory.recall(key)
      const wasHeardNow = known !== undefined && recent.get(key)?.serviceUrl === known.serviceUrl
      return known !== undefined && (wasHeardNow || !isOfEarlierDouble(known.serviceUrl, ours)) ? known : undefined
    },
    /** Why nothing can be written there at the moment; undefined when it may be tried. */
    closedBecause: ({ closed }: Reference): string | undefined =>
      closed !== undefined && clock().getTime() - closed.at.getTime() < closedForMs ? closed.because : undefined,
    close: (key: string, reference: Reference, because: string): Promise<void> =>
      keep(key, { ...reference, closed: { because, at: clock() } }),
    forget: async (key: string): Promise<void> => {
      recent.delete(key)
      await memory.forget(key)
    },
  }
}

/** For tests and for the doctor, which sends nothing. */
export function memoryInMemory(): ReferenceMemory {
  const kept = new Map<string, Reference>()
  return {
    remember: async (key, reference) => void kept.set(key, reference),
    recall: async (key) => kept.get(key),
    forget: async (key) => void kept.delete(key),
  }
}

export type StoredMail = { readonly uid: number; readonly raw: Buffer; readonly at: Date; readonly flags: Set<string> }

/** One folder of mail: numbered once, in the order it came. */
export type LocalMailbox = {
  readonly uidValidity: number
  readonly nextUid: number
  readonly mails: readonly StoredMail[]
  add(raw: Buffer): number
  onNew(listener: () => void): () => void
}

export function createMailbox(): LocalMailbox {
  const mails: StoredMail[] = []
  const listeners = new Set<() => void>()
  let nextUid = 1
  return {
    uidValidity: Math.floor(Date.now() / 1_000),
    get nextUid() {
      return nextUid
    },
    mails,
    add: (raw) => {
      const uid = nextUid++
      mails.push({ uid, raw, at: new Date(), flags: new Set() })
      for (const listener of listeners) listener()
      return uid
    },
    onNew: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

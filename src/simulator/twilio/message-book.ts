import { randomBytes } from 'node:crypto'

export type PhoneChannel = 'sms' | 'whatsapp'

export type LocalMedia = { readonly sid: string; readonly contentType: string; readonly bytes: Buffer }

/** A message as the local Twilio keeps it; numbers are E.164 without a prefix. */
export type LocalMessage = {
  readonly sid: string
  readonly channel: PhoneChannel
  /** `outbound-reply` is what Twilio or the carrier says by itself, such as the answer to STOP. */
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media: readonly LocalMedia[]
  readonly status: string
  readonly errorCode?: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly sentAt?: Date
  readonly statusCallback?: string
}

export type ChangeListener = (message: LocalMessage) => void

/** Everything the local Twilio remembers: messages, who opted out, and when each person last wrote to us. */
export type MessageBook = {
  add(message: LocalMessage): LocalMessage
  change(sid: string, change: Partial<LocalMessage>): LocalMessage | undefined
  find(sid: string): LocalMessage | undefined
  remove(sid: string): boolean
  /** Newest first, as Twilio lists them. */
  all(): readonly LocalMessage[]
  optOut(ours: string, theirs: string): void
  optIn(ours: string, theirs: string): void
  hasOptedOut(ours: string, theirs: string): boolean
  noteInbound(ours: string, theirs: string, at: Date): void
  lastInboundAt(ours: string, theirs: string): Date | undefined
  /** Called with each message that was added or changed; returns how to end it. */
  onChange(listener: ChangeListener): () => void
}

/** Opens an empty book, kept in memory. */
export function openMessageBook(): MessageBook {
  const messages = new Map<string, LocalMessage>()
  const listeners = new Set<ChangeListener>()
  const save = (message: LocalMessage): LocalMessage => {
    messages.set(message.sid, message)
    for (const listener of listeners) listener(message)
    return message
  }
  return {
    add: save,
    change(sid, change) {
      const message = messages.get(sid)
      return message && save({ ...message, ...change })
    },
    find: (sid) => messages.get(sid),
    remove: (sid) => messages.delete(sid),
    all: () => [...messages.values()].reverse(),
    ...openPairs(),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Pairs = Pick<MessageBook, 'optOut' | 'optIn' | 'hasOptedOut' | 'noteInbound' | 'lastInboundAt'>

/** Consent and the reply window belong to one pair of numbers, not to a person. */
function openPairs(): Pairs {
  const optedOut = new Set<string>()
  const inboundAt = new Map<string, Date>()
  const pair = (ours: string, theirs: string) => `${ours} ${theirs}`
  return {
    optOut: (ours, theirs) => void optedOut.add(pair(ours, theirs)),
    optIn: (ours, theirs) => void optedOut.delete(pair(ours, theirs)),
    hasOptedOut: (ours, theirs) => optedOut.has(pair(ours, theirs)),
    noteInbound: (ours, theirs, at) => void inboundAt.set(pair(ours, theirs), at),
    lastInboundAt: (ours, theirs) => inboundAt.get(pair(ours, theirs)),
  }
}

/** A new identifier in Twilio's form: two letters and 32 hex digits. */
export function newSid(prefix: 'SM' | 'MM' | 'ME' | 'RQ'): string {
  return prefix + randomBytes(16).toString('hex')
}

/** Provider trouble that a person or a test can start and stop. */
export type Trouble =
  /** Every request waits first. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** HTTP 429 with `Retry-After`. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** HTTP 500; the message is not taken. */
  | { readonly kind: 'failing' }
  /** HTTP 400 with this Twilio code, for every message. */
  | { readonly kind: 'refusing'; readonly code: number }
  /** The message is taken and delivered, and the request is never answered. */
  | { readonly kind: 'silent' }
  /** The message is taken and delivered, and the connection breaks instead of an answer. */
  | { readonly kind: 'reset' }
  /** Nobody listens on the port. */
  | { readonly kind: 'down' }
  /** Messages are taken, then fail with this code, as when a phone is switched off (30003). */
  | { readonly kind: 'undeliverable'; readonly code: number }
  /** Webhooks are signed with another token. */
  | { readonly kind: 'wrong-signature' }
  /** Each webhook is made twice. */
  | { readonly kind: 'duplicate' }
  /** The reports on a message come last one first. */
  | { readonly kind: 'out-of-order' }

export type TroubleKind = Trouble['kind']

/** Trouble that is on, and for how many more occasions; Infinity until it is stopped. */
export type StandingTrouble = { readonly kind: TroubleKind; readonly left: number }

export type TroubleBoard = {
  /** Starts trouble, for the next `times` occasions or until it is stopped. */
  start(trouble: Trouble, times?: number): void
  stop(kind: TroubleKind): void
  calm(): void
  active(): readonly Trouble[]
  standing(): readonly StandingTrouble[]
  /** The trouble of this kind if there is any, using up one occasion. */
  take<Kind extends TroubleKind>(kind: Kind): Extract<Trouble, { readonly kind: Kind }> | undefined
}

/** Opens a board without any trouble on it. */
export function openTroubleBoard(): TroubleBoard {
  const board = new Map<TroubleKind, { readonly trouble: Trouble; left: number }>()
  return {
    start: (trouble, times = Number.POSITIVE_INFINITY) => void board.set(trouble.kind, { trouble, left: times }),
    stop: (kind) => void board.delete(kind),
    calm: () => board.clear(),
    active: () => [...board.values()].map((entry) => entry.trouble),
    standing: () => [...board].map(([kind, { left }]) => ({ kind, left })),
    take<Kind extends TroubleKind>(kind: Kind) {
      const entry = board.get(kind)
      if (entry === undefined) return undefined
      entry.left -= 1
      if (entry.left <= 0) board.delete(kind)
      return entry.trouble as Extract<Trouble, { readonly kind: Kind }>
    },
  }
}

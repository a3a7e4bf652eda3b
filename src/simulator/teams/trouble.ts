/** What can be wrong with Teams' connector, by what the caller notices. */
export type ConnectorTrouble =
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** HTTP 429; without `retryAfterSeconds` the header is missing, as it sometimes is. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds?: number }
  /** HTTP 500; nothing was done. */
  | { readonly kind: 'failing' }
  /** HTTP 503, although it was done. */
  | { readonly kind: 'failing-after' }
  /** Done, but the answer never comes. */
  | { readonly kind: 'silent' }
  /** Answered with one of Teams' error codes. */
  | { readonly kind: 'refusing'; readonly status: number; readonly code: string }

/** What can be wrong with what Teams delivers to the app. */
export type DeliveryTrouble = { readonly kind: 'duplicate' } | { readonly kind: 'wrong-signature' }

/** What can be wrong with Slack's Web API, by what the caller notices. */
export type ApiTrouble =
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** HTTP 500; nothing was done. */
  | { readonly kind: 'failing' }
  /** HTTP 503, although it was done. */
  | { readonly kind: 'failing-after' }
  /** Done, but the answer never comes. */
  | { readonly kind: 'silent' }
  /** Answered with one of Slack's error names. */
  | { readonly kind: 'refusing'; readonly error: string }

/** What can be wrong with what Slack delivers to the app. */
export type DeliveryTrouble = { readonly kind: 'duplicate' } | { readonly kind: 'wrong-signature' }

export type Scope = {
  /** Web API methods that are concerned; all when absent. */
  readonly methods?: readonly string[]
  /** How many calls or deliveries are concerned; until further notice when absent. */
  readonly times?: number
}

type Standing<T> = { readonly trouble: T; readonly methods: readonly string[] | undefined; left: number }

/** The trouble that was asked for and is still to come. A new one takes the place of the one before. */
export class Troubles<T> {
  #standing: Standing<T> | undefined

  set(trouble: T | undefined, { methods, times = Number.POSITIVE_INFINITY }: Scope = {}): void {
    this.#standing = trouble === undefined ? undefined : { trouble, methods, left: times }
  }

  /** Takes one occurrence, if trouble is due for this method. */
  take(method: string): T | undefined {
    const standing = this.#standing
    if (standing === undefined || (standing.methods !== undefined && !standing.methods.includes(method)))
      return undefined
    standing.left -= 1
    if (standing.left <= 0) this.#standing = undefined
    return standing.trouble
  }

  get current(): T | undefined {
    return this.#standing?.trouble
  }

  /** How many more occasions are concerned; Infinity until it is ended, 0 when all is well. */
  get left(): number {
    return this.#standing?.left ?? 0
  }
}

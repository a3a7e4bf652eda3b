/** What the watch remembers between two looks, whichever process took them. */
export interface Watched {
  load<Kept>(id: string): Promise<Kept | undefined>
  /** Keeps what `decide` makes of what is kept; undefined leaves it. Resolves with what this call has changed. */
  change<Kept>(id: string, decide: (kept: Kept | undefined) => Kept | undefined): Promise<Kept | undefined>
}

/** What is remembered of something that is tried again and again, by every process on one database. */
export type Trouble = {
  readonly failures: number
  /** When it was last said that all is well: whoever heard that must hear of the next trouble, within the hour too. */
  readonly backAt?: Date
}

export const noTrouble: Trouble = { failures: 0 }

/** `say`: a notice with an id that stays the same for an hour, so that it is said once an hour while it lasts. */
export type Judged = {
  readonly after: Trouble
  readonly say?: { readonly id: string; readonly what: 'failing' | 'back' }
}

/** One failure may be a provider's hiccup; the second in a row is an alarm. */
export const failuresBeforeAlarm = 2
const hourMs = 3_600_000

/** What one more attempt means: an alarm, the end of one, or nothing worth saying. */
export function judge(name: string, before: Trouble, { ok, at }: { ok: boolean; at: Date }): Judged {
  const { failures, backAt } = before
  if (ok && failures < failuresBeforeAlarm) return { after: { ...before, failures: 0 } }
  if (ok) return { after: { failures: 0, backAt: at }, say: { id: `${name}:${at.toISOString()}`, what: 'back' } }
  const after = { ...before, failures: failures + 1 }
  if (after.failures < failuresBeforeAlarm) return { after }
  const hour = Math.floor(at.getTime() / hourMs)
  const id = [name, hour, ...(backAt ? [backAt.toISOString()] : [])].join(':')
  return { after, say: { id, what: 'failing' } }
}

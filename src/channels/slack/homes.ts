import type { DeskReads } from '../../core/channel.ts'
import type { CommandWords } from '../../core/desk/forms.ts'
import { homeView } from './lists.ts'
import type { WebClient } from './web-client.ts'

export type Homes = {
  /** Shows it now, and keeps it fresh from here on. */
  opened(user: string): Promise<void>
  /** Something this person did may have changed what their page shows. */
  refresh(user: string, isThere: boolean): void
  stop(): void
}

type Parts = {
  readonly client: () => Promise<WebClient>
  readonly commands: readonly CommandWords[]
  readonly desk: () => DeskReads | undefined
}

/** Whoever looked at their page is remembered; forgetting the first of so many costs them one stale page. */
const mostRemembered = 2_000
/** Several presses in a row are one new page. */
const quietMs = 300

/** The app's own page of each person: published when they open it, and again after what they did. */
export function createHomes({ client, commands, desk }: Parts): Homes {
  const known = new Set<string>()
  const waiting = new Map<string, NodeJS.Timeout>()
  const publish = async (user: string): Promise<void> => {
    const lists = (await desk()?.home({ channel: 'slack', id: user })) ?? []
    await (await client()).views.publish({ user_id: user, view: homeView(lists, commands) })
  }
  const remember = (user: string): void => {
    known.add(user)
    const [first] = known
    if (known.size > mostRemembered && first !== undefined) known.delete(first)
  }
  return {
    opened: (user) => {
      remember(user)
      return publish(user)
    },
    refresh: (user, isThere) => {
      if (isThere) remember(user)
      if (!known.has(user) || waiting.has(user)) return
      const later = setTimeout(() => {
        waiting.delete(user)
        // A page that stays as it was is shown anew when it is opened.
        publish(user).catch(() => {})
      }, quietMs)
      waiting.set(user, later)
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}

import { addressesOf } from '../duty/directory.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Address, Language } from '../message.ts'
import type { Clock, OutboxStore, Outgoing } from '../ports.ts'

/** What was said once and must not be said again. Nothing is marked before it waits in the outbox. */
export interface Said {
  has(id: string): Promise<boolean>
  mark(id: string, at: Date): Promise<void>
}

/** Something staff must know that belongs to no single case. */
export type Notice = {
  /** Stable: the same notice found again, by whichever process, is sent once. */
  readonly id: string
  readonly occasion: string
  readonly facts: Readonly<Record<string, string>>
  readonly people: readonly StaffMember[]
  readonly places?: readonly Address[]
  /** By so many of each person's methods at once; an alarm does not wait for one of them to fail. */
  readonly methods?: number
  /** Channels that do not work now: used only for whoever has no other. */
  readonly avoid?: readonly string[]
}

export type NotifyDeps = {
  readonly said: Said
  readonly outbox: Pick<OutboxStore, 'add'>
  readonly clock: Clock
  readonly say: (occasion: string, language: Language, facts: Notice['facts']) => string
  readonly onQueued: () => void
}

export type Notify = (notice: Notice) => Promise<boolean>

/** Says a thing once, to each person in their language. False when it was said before. */
export function createNotifier({ said, outbox, clock, say, onQueued }: NotifyDeps): Notify {
  return async (notice) => {
    if (await said.has(notice.id)) return false
    const now = clock.now()
    // The outbox knows the ids: a crash before the mark makes no second message.
    await outbox.add(messagesOf(notice, say), now)
    await said.mark(notice.id, now)
    onQueued()
    return true
  }
}

function waysTo(person: StaffMember, avoid: readonly string[]): readonly Address[] {
  const all = addressesOf(person)
  const others = all.filter(({ channel }) => !avoid.includes(channel))
  return others.length > 0 ? others : all
}

function messagesOf(
  { id, occasion, facts, people, places = [], methods = 1, avoid = [] }: Notice,
  say: NotifyDeps['say'],
): Outgoing[] {
  const personal = people.flatMap((person) =>
    waysTo(person, avoid)
      .slice(0, methods)
      .map((to, method) => ({ to, key: `${id}:${person.id}:m${method}`, language: person.preferredLanguage })),
  )
  const shown = places.map((to) => ({ to, key: `${id}@${to.channel}:${to.id}`, language: 'en' as const }))
  return [...personal, ...shown].map(({ to, key, language }) => ({
    message: {
      ...{ id: key, audience: 'staff', to, text: say(occasion, language, facts) },
      conversation: `notice:${to.channel}:${to.id}`,
      automatic: true,
    },
    purpose: { type: 'notice', occasion },
    urgent: methods > 1,
  }))
}

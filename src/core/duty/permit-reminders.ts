import { dayMs } from '../calendar/wall-clock.ts'
import type { Permit, Staff, StaffMember } from './staff.ts'

/** A permit lasts five years and is renewed three to six months before it ends, so the first reminder is at six. */
const reminderDays = [30, 90, 180] as const

/** `days` is the reminder that is due: 180, 90 or 30 days ahead, 0 once the permit has expired. */
export type PermitReminder = {
  /** Stable, so that each reminder is sent once. */
  readonly key: string
  readonly person: string
  readonly permit: Permit
  readonly days: 0 | 30 | 90 | 180
}

/** The reminders due at an instant: for every person and category, of the permit that lasts longest, the nearest one. */
export function permitReminders(staff: Staff, now: Date): readonly PermitReminder[] {
  return [...staff.values()].flatMap((person) =>
    latestPermits(person).flatMap((permit) => {
      const days = dueReminder(permit.expiresAt.getTime() - now.getTime())
      if (days === undefined) return []
      const key = `${person.id}:${permit.category}:${permit.expiresAt.toISOString()}:${days}`
      return [{ key, person: person.id, permit, days }]
    }),
  )
}

function dueReminder(left: number): PermitReminder['days'] | undefined {
  return left <= 0 ? 0 : reminderDays.find((days) => left <= days * dayMs)
}

/** A renewed permit silences the reminders of the one it replaces. */
function latestPermits(person: StaffMember): readonly Permit[] {
  return person.permits.filter(
    (permit) =>
      !person.permits.some((other) => other.category === permit.category && other.expiresAt > permit.expiresAt),
  )
}

import { holidaysMissing, holidaysUnconfirmed } from '../calendar/holidays-missing.ts'
import type { Calendars } from '../calendar/read-calendars.ts'
import { dayMs } from '../calendar/wall-clock.ts'
import { addressesOf } from '../duty/directory.ts'
import type { Duty } from '../duty/on-duty.ts'
import { permitReminders } from '../duty/permit-reminders.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

export type DailyDeps = {
  readonly duty: () => Duty
  readonly calendars: Calendars
  readonly clock: Clock
  readonly notify: Notify
  readonly lastResort: readonly StaffMember[]
  /** Messages to staff that failed since then, by person and method. */
  readonly failedSince: (
    from: Date,
    limit: number,
  ) => Promise<readonly { readonly person: string; readonly method: number; readonly reason: string }[]>
}

const mostFailures = 500

/** What must be known in time but not at once: permits that run out, holidays nobody has entered, methods that fail. */
export async function lookDaily(deps: DailyDeps): Promise<void> {
  await remindOfPermits(deps)
  await remindOfHolidays(deps)
  await reportContactMethods(deps)
}

/** Each person and their superior, at 180, 90 and 30 days and when it has expired. */
async function remindOfPermits({ duty, clock, notify }: DailyDeps): Promise<void> {
  const { staff } = duty()
  for (const { key, person, permit, days } of permitReminders(staff, clock.now())) {
    const member = staff.get(person)
    const superior = staff.get(member?.reportsTo ?? '')
    const facts = {
      ...{ name: member?.name ?? person, category: permit.category, days: String(days) },
      until: permit.expiresAt.toISOString().slice(0, 10),
    }
    const occasion = days === 0 ? 'permit-expired' : 'permit-reminder'
    await notify({ id: `permit:${key}`, occasion, facts, people: [member, superior].flatMap((one) => one ?? []) })
  }
}

async function remindOfHolidays({ calendars, clock, notify, lastResort }: DailyDeps): Promise<void> {
  const now = clock.now()
  for (const calendar of calendars.values())
    for (const year of [...holidaysMissing(calendar, now), ...holidaysUnconfirmed(calendar, now)]) {
      const id = `holidays:${calendar.name}:${year}:${now.toISOString().slice(0, 7)}`
      await notify({
        id,
        occasion: 'holidays-missing',
        facts: { calendar: calendar.name, year: String(year) },
        people: lastResort,
      })
    }
}

/** Who could not be reached in the last day, and who has fewer than two ways left: known before they are needed. */
async function reportContactMethods({ duty, clock, notify, lastResort, failedSince }: DailyDeps): Promise<void> {
  const now = clock.now()
  const failed = await failedSince(new Date(now.getTime() - dayMs), mostFailures)
  const day = now.toISOString().slice(0, 10)
  for (const person of new Set(failed.map((one) => one.person))) {
    const member = duty().staff.get(person)
    if (member === undefined) continue
    const broken = new Set(failed.filter((one) => one.person === person).map(({ method }) => method))
    const working = addressesOf(member).length - broken.size
    const facts = {
      name: member.name,
      methods: [...broken].map((method) => channelOf(member, method)).join(', '),
      left: String(working),
    }
    const people = [duty().staff.get(member.reportsTo ?? '') ?? [], working < 2 ? lastResort : []].flat()
    await notify({
      id: `contact:${person}:${day}`,
      occasion: 'contact-failing',
      facts,
      people: people.length > 0 ? people : lastResort,
    })
  }
}

const channelOf = (member: StaffMember, method: number): string => addressesOf(member)[method]?.channel ?? '?'

import { describe, expect, it } from 'vitest'
import type { Calendars } from '../../../src/core/calendar/read-calendars.ts'
import type { Staff, StaffMember } from '../../../src/core/duty/staff.ts'
import type { Outgoing } from '../../../src/core/ports.ts'
import { type DailyDeps, lookDaily } from '../../../src/core/watch/daily.ts'
import { createNotifier } from '../../../src/core/watch/notify.ts'
import { hkOffice } from '../calendar/sample-calendars.ts'
import { person, rosters, staff } from '../duty/sample-duty.ts'

const day = 86_400_000
const boss = person('boss')
const last = person('zed')
const ann = person('ann', { reportsTo: 'boss' })

/** A daily look with the real notifier; what was queued, in words. */
function looking(
  people: Staff,
  failures: Awaited<ReturnType<DailyDeps['failedSince']>>,
  calendars: Calendars = new Map(),
) {
  let now = new Date('2026-03-04T02:00:00Z')
  const asked: Date[] = []
  const queued: Outgoing[] = []
  const marks = new Set<string>()
  const deps: DailyDeps = {
    ...{
      duty: () => ({ staff: people, rosters: rosters() }),
      calendars,
      clock: { now: () => now },
      lastResort: [last],
    },
    notify: createNotifier({
      said: { has: async (id) => marks.has(id), mark: async (id) => void marks.add(id) },
      outbox: { add: async (messages) => void queued.push(...messages) },
      clock: { now: () => now },
      say: (occasion, _language, facts) => `${occasion} ${Object.values(facts).join(' ')}`,
      onQueued: () => {},
    }),
    failedSince: async (from) => {
      asked.push(from)
      return failures
    },
  }
  const words = () => queued.splice(0).map(({ message }) => `${message.to.id}: ${message.text}`)
  const look = async (at?: Date) => {
    now = at ?? now
    await lookDaily(deps)
    return words()
  }
  return { look, asked }
}

const failed = (who: string, method: number) => ({ person: who, method, reason: 'unknown number' })
const of = (...people: readonly StaffMember[]) => staff(boss, last, ...people)

describe('contact methods that failed in the last day (oncall#1326)', () => {
  it('are told to the superior, and to the last resort where fewer than two are left', async () => {
    const { look, asked } = looking(of(ann), [failed('ann', 0), failed('ann', 0)])
    expect(await look()).toEqual(['U-boss: contact-failing Ann slack 1', 'U-zed: contact-failing Ann slack 1'])
    expect(asked).toEqual([new Date('2026-03-03T02:00:00Z')])
  })

  it('only to the superior while two others work', async () => {
    const three = {
      ...ann,
      methods: [...ann.methods, { address: { channel: 'email', id: 'a@example.test' } as const, verified: true }],
    }
    expect(await looking(of(three), [failed('ann', 1)]).look()).toEqual(['U-boss: contact-failing Ann sms 2'])
  })

  it('to the last resort where nobody is above, and about nobody who has left', async () => {
    const three = {
      ...boss,
      methods: [...boss.methods, { address: { channel: 'email', id: 'b@example.test' } as const, verified: true }],
    }
    const { look } = looking(staff(three, last), [failed('boss', 0), failed('gone', 0)])
    expect(await look()).toEqual(['U-zed: contact-failing Boss slack 2'])
  })

  it('once a day, and again the next day while it lasts', async () => {
    const { look } = looking(of(ann), [failed('ann', 0), failed('ann', 1)])
    expect(await look()).toHaveLength(2)
    expect(await look(new Date('2026-03-04T23:00:00Z'))).toEqual([])
    expect(await look(new Date('2026-03-05T02:00:00Z'))).toEqual([
      'U-boss: contact-failing Ann slack, sms 0',
      'U-zed: contact-failing Ann slack, sms 0',
    ])
  })
})

describe('what is told in time', () => {
  it('a permit that runs out, to its holder and their superior; one that has, as expired', async () => {
    const until = (days: number) => new Date(Date.parse('2026-03-04T02:00:00Z') + days * day)
    const holder = { ...ann, permits: [{ category: 'B' as const, expiresAt: until(80) }] }
    expect(await looking(of(holder), []).look()).toEqual([
      'U-ann: permit-reminder Ann B 90 2026-05-23',
      'U-boss: permit-reminder Ann B 90 2026-05-23',
    ])
    const over = { ...ann, permits: [{ category: 'B' as const, expiresAt: until(-1) }] }
    expect((await looking(of(over), []).look())[0]).toContain('permit-expired')
  })

  it('a year of holidays that is missing, once a month to the last resort (zammad#390)', async () => {
    const { look } = looking(of(), [], new Map([['hk-office', hkOffice]]))
    const november = new Date('2030-11-02T02:00:00Z')
    const told = await look(november)
    expect(told.length).toBeGreaterThan(0)
    for (const line of told) expect(line).toMatch(/^U-zed: holidays-missing \S+ 203[01]$/)
    expect(await look(new Date('2030-11-20T02:00:00Z'))).toEqual([])
    expect(await look(new Date('2030-12-01T02:00:00Z'))).toEqual(told)
  })
})

import { dayMs } from '../calendar/wall-clock.ts'
import { type GapAlert, type GapStage, gapAlerts, gaps } from '../duty/gaps.ts'
import type { Duty } from '../duty/on-duty.ts'
import type { StaffMember } from '../duty/staff.ts'
import type { Address } from '../message.ts'
import type { Clock } from '../ports.ts'
import type { Notify } from './notify.ts'

export type CoverageDeps = {
  readonly duty: () => Duty
  readonly clock: Clock
  readonly notify: Notify
  /** Who plans a site's duty: told beside its desk. */
  readonly planners: (site: string) => readonly StaffMember[]
  readonly placesOf: (site: string) => readonly Address[]
  readonly siteName: (site: string) => string
  readonly time: (at: Date, site: string) => string
  /** What was told so far, kept across restarts. */
  readonly told: { load(from: Date): Promise<readonly GapAlert[]>; add(alert: GapAlert): Promise<void> }
}

/** Gaps are looked for so far ahead. */
const aheadMs = 8 * dayMs
const mostAtOnce = 50

/** Announces where too few people will be on duty: once when it appears, again a day ahead, again when it begins. */
export async function announceGaps(deps: CoverageDeps): Promise<readonly GapAlert[]> {
  const now = deps.clock.now()
  const found = gaps(deps.duty(), { from: now, until: new Date(now.getTime() + aheadMs) })
  if (found.length === 0) return []
  const alerts = gapAlerts(found, await deps.told.load(now), now).slice(0, mostAtOnce)
  for (const alert of alerts) {
    const { site, group, rule, startAt, endAt, have, atLeast, stage } = alert
    const facts = {
      ...{ site: deps.siteName(site), groups: group, rule, have: String(have), needed: String(atLeast) },
      ...{ from: deps.time(startAt, site), until: deps.time(endAt, site) },
    }
    const id = `gap:${site}:${group}:${rule}:${stage}:${startAt.toISOString()}`
    await deps.notify({
      id,
      occasion: occasions[stage],
      facts,
      people: deps.planners(site),
      places: deps.placesOf(site),
    })
    await deps.told.add(alert)
  }
  return alerts
}

const occasions: Readonly<Record<GapStage, string>> = {
  found: 'gap-ahead',
  'within-a-day': 'gap-ahead',
  open: 'gap-open',
}

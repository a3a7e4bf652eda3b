import { z } from 'zod'
import type { Calendar } from '../core/calendar/calendar.ts'
import { dueAfter } from '../core/calendar/due.ts'
import { parseDuration, workingTime } from '../core/calendar/duration.ts'
import type { ConfigDocument, Fault } from '../core/calendar/fault.ts'
import type { Calendars } from '../core/calendar/read-calendars.ts'
import { readDocument } from '../core/calendar/read-document.ts'
import type { Ladder, Policy, Step } from '../core/case/policy.ts'
import type { Severity } from '../core/case/taxonomy.ts'
import type { Rosters } from '../core/duty/rosters.ts'
import type { Staff } from '../core/duty/staff.ts'

/** The policy and the clocks its times run on. */
export type PolicyRead = {
  readonly policy: Policy
  readonly lastResort: readonly string[]
  /** `at` plus so many seconds of the clock this severity has at this site. */
  readonly due: (site: string, at: Date, seconds: number, severity: Severity) => Date
  readonly faults: readonly Fault[]
}

const duration = z.string().refine(isDuration, 'must be a duration like "90s", "10m", "4h" or "2wd"')

const step = z.strictObject({
  notify: z.array(z.string()).min(1, 'must name at least one group of rosters.yaml'),
  acknowledgeWithin: duration,
  chases: z.number().int().min(0).max(20),
  chaseEvery: duration,
})

const ladder = z.strictObject({
  clock: z.enum(['always', 'business'], 'must be "always" or "business"'),
  cycles: z.union(
    [z.literal('forever'), z.number().int().min(1).max(20)],
    'must be a number from 1 to 20, or "forever"',
  ),
  promise: z.strictObject({ acknowledge: duration, update: duration }),
  steps: z.array(step).min(1, 'must have at least one step').max(10),
})

const schema = z.strictObject({
  version: z.string().min(1),
  calendars: z.record(z.string(), z.string()),
  ladders: z.strictObject({ severity1: ladder, severity2: ladder, severity3: ladder, severity4: ladder }),
  lastResort: z.array(z.string()).min(1, 'must name at least one person: somebody must be told in the end'),
  objection: duration,
  choice: duration,
  reopen: duration,
  additionQuiet: duration,
  redReminder: duration,
})

type PolicyFile = z.infer<typeof schema>
export type PolicyContext = { readonly calendars: Calendars; readonly rosters: Rosters; readonly staff: Staff }

const severities = [1, 2, 3, 4] as const
/** "If they need it in ten minutes, deliver in nine": internal targets lie at this share of what is promised. */
const internalShare = 0.9

/** Reads config/policy.yaml; lists every fault, among them groups, people and calendars that do not exist. */
export function readPolicy(
  document: ConfigDocument,
  context: PolicyContext,
): PolicyRead | { readonly faults: readonly Fault[] } {
  const { value, faults } = readDocument(schema, document)
  if (value === undefined) return { faults }
  const unknown = namesThatDoNotExist(value, context)
  const late = severities.flatMap((severity) => promiseFaults(severity, ladderEntry(value, severity)))
  const all = [...unknown, ...late].map(([key, message]) => ({ file: document.file, key, message }))
  return {
    policy: policyOf(value),
    lastResort: value.lastResort,
    due: (site, at, seconds, severity) => {
      const calendar = context.calendars.get(value.calendars[site] ?? '')
      const isAlways = ladderEntry(value, severity).clock === 'always'
      return isAlways || calendar === undefined
        ? new Date(at.getTime() + seconds * 1_000)
        : dueAfter(calendar, at, seconds * 1_000, {})
    },
    faults: all,
  }
}

type Problem = readonly [key: string, message: string]

function namesThatDoNotExist(file: PolicyFile, { calendars, rosters, staff }: PolicyContext): Problem[] {
  const problems: Problem[] = []
  for (const site of rosters.sites.values()) {
    const name = file.calendars[site.id]
    if (name === undefined) problems.push(['calendars', `site "${site.id}" of rosters.yaml has no calendar`])
    else if (!calendars.has(name))
      problems.push([`calendars.${site.id}`, `there is no calendar "${name}" in calendars.yaml`])
    const groups = new Set(site.groups.map(({ group }) => group))
    for (const severity of severities)
      ladderEntry(file, severity).steps.forEach(({ notify }, i) => {
        const missing = notify.filter((group) => !groups.has(group))
        if (missing.length > 0)
          problems.push([
            `ladders.severity${severity}.steps[${i}].notify`,
            `site "${site.id}" has no group ${missing.join(', ')}`,
          ])
      })
  }
  file.lastResort.forEach((id, i) => {
    if (!staff.has(id)) problems.push([`lastResort[${i}]`, `"${id}" is not in staff.yaml`])
  })
  return problems
}

function promiseFaults(severity: Severity, { promise, steps }: z.infer<typeof ladder>): Problem[] {
  const first = steps[0]
  if (first === undefined || seconds(first.acknowledgeWithin) <= internalShare * seconds(promise.acknowledge)) return []
  const message =
    'the first step must be due by 90 % of the promise, so that there is time to chase before it is broken'
  return [[`ladders.severity${severity}.promise.acknowledge`, message]]
}

const ladderEntry = ({ ladders }: PolicyFile, severity: Severity) => ladders[`severity${severity}`]

function policyOf(file: PolicyFile): Policy {
  return {
    version: file.version,
    ladders: { 1: ladderOf(file, 1), 2: ladderOf(file, 2), 3: ladderOf(file, 3), 4: ladderOf(file, 4) },
    objectionSeconds: seconds(file.objection),
    choiceSeconds: seconds(file.choice),
    reopenSeconds: seconds(file.reopen),
    additionQuietSeconds: seconds(file.additionQuiet),
    exhaustedReminderSeconds: seconds(file.redReminder),
  }
}

function ladderOf(file: PolicyFile, severity: Severity): Ladder {
  const { steps, cycles, promise } = ladderEntry(file, severity)
  const updatePromiseSeconds = seconds(promise.update)
  return {
    steps: steps.map(stepOf) as [Step, ...Step[]],
    cycles: cycles === 'forever' ? Number.POSITIVE_INFINITY : cycles,
    acknowledgePromiseSeconds: seconds(promise.acknowledge),
    updatePromiseSeconds,
    ownerSilenceSeconds: updatePromiseSeconds * internalShare,
  }
}

const stepOf = ({ notify, acknowledgeWithin, chases, chaseEvery }: z.infer<typeof step>): Step => ({
  notify,
  ackWithinSeconds: seconds(acknowledgeWithin),
  chases,
  chaseEverySeconds: seconds(chaseEvery),
})

/** A working day of a policy is eight hours of the site's clock. */
const workingDay: Calendar = { name: 'policy', zone: 'UTC', zoneLabel: 'UTC', hours: 'always', workingDayMinutes: 480 }

const seconds = (text: string): number => workingTime(workingDay, parseDuration(text)) / 1_000

function isDuration(text: string): boolean {
  try {
    return parseDuration(text).amount > 0
  } catch {
    return false
  }
}

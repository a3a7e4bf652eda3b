import type { Stops } from '../core/calendar/calendar.ts'
import { dueAfter, elapsed } from '../core/calendar/due.ts'
import type { ConfigDocument, Fault } from '../core/calendar/fault.ts'
import type { Calendars } from '../core/calendar/read-calendars.ts'
import { readDocument } from '../core/calendar/read-document.ts'
import type { Ladder, Policy, Step, TargetException } from '../core/case/policy.ts'
import type { TargetSpec } from '../core/case/targets.ts'
import type { Severity } from '../core/case/taxonomy.ts'
import type { Rosters } from '../core/duty/rosters.ts'
import type { Staff } from '../core/duty/staff.ts'
import {
  type ClockName,
  type LadderEntry,
  type PolicyFile,
  type PromiseEntry,
  policySchema,
  type StepEntry,
  secondsOf,
} from './policy-schema.ts'

/** The policy and the clocks its times run on. */
export type PolicyRead = {
  readonly policy: Policy
  readonly lastResort: readonly string[]
  /** Whoever comes on duty gets a message that shows that their first method works. */
  readonly shiftStartPage: boolean
  /** `at` plus so many seconds of the clock this severity has at this site, less pauses and closures. */
  readonly due: (site: string, at: Date, seconds: number, severity: Severity, around?: Around) => Date
  /** The working milliseconds between two instants on that clock, closures not counted. */
  readonly between: (site: string, from: Date, to: Date, severity: Severity) => number
  /** The name of the calendar that this severity runs on at a site; undefined: round the clock. */
  readonly calendarOf: (site: string, severity: Severity) => string | undefined
  readonly faults: readonly Fault[]
}

export type Around = Stops & { readonly clock?: 'always' }

export type PolicyContext = {
  readonly calendars: Calendars
  readonly rosters: Rosters
  readonly staff: Staff | undefined
}

const severities = [1, 2, 3, 4] as const
/** "If they need it in ten minutes, deliver in nine": internal targets lie at this share of what is promised. */
const internalShare = 0.9

/** Reads config/policy.yaml; lists every fault, among them groups, people and calendars that do not exist. */
export function readPolicy(
  document: ConfigDocument,
  context: PolicyContext,
): PolicyRead | { readonly faults: readonly Fault[] } {
  const { value, faults } = readDocument(policySchema, document)
  if (value === undefined) return { faults }
  const unknown = namesThatDoNotExist(value, context)
  const late = severities.flatMap((severity) => promiseFaults(severity, ladderEntry(value, severity)))
  const all = [...unknown, ...late].map(([key, message]) => ({ file: document.file, key, message }))
  return {
    policy: policyOf(value),
    lastResort: value.lastResort,
    shiftStartPage: value.shiftStartPage,
    ...clocksOf(value, context.calendars),
    faults: all,
  }
}

function clocksOf(file: PolicyFile, calendars: Calendars): Pick<PolicyRead, 'due' | 'between' | 'calendarOf'> {
  const calendarFor = (site: string, severity: Severity, clock?: 'always') =>
    clock === 'always' || ladderEntry(file, severity).clock === 'always'
      ? undefined
      : calendars.get(file.calendars[site] ?? '')
  return {
    due: (site, at, seconds, severity, around = {}) => {
      const calendar = calendarFor(site, severity, around.clock)
      return calendar === undefined
        ? new Date(at.getTime() + seconds * 1_000)
        : dueAfter(calendar, at, seconds * 1_000, around)
    },
    between: (site, from, to, severity) => {
      const calendar = calendarFor(site, severity)
      return calendar === undefined ? to.getTime() - from.getTime() : elapsed(calendar, from, to)
    },
    calendarOf: (site, severity) => calendarFor(site, severity)?.name,
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
  Object.entries(file.categories).forEach(([name, { start }]) => {
    const site = [...rosters.sites.values()].find(({ groups }) => !groups.some(({ group }) => group === start))
    if (start !== undefined && site !== undefined)
      problems.push([`categories.${name}.start`, `site "${site.id}" has no group ${start}`])
  })
  file.exceptions.forEach(({ site }, i) => {
    if (site !== undefined && !rosters.sites.has(site))
      problems.push([`exceptions[${i}].site`, `"${site}" is not a site of rosters.yaml`])
  })
  file.lastResort.forEach((id, i) => {
    if (staff?.has(id) === false) problems.push([`lastResort[${i}]`, `"${id}" is not in staff.yaml`])
  })
  return problems
}

function promiseFaults(severity: Severity, { clock, promise, steps }: LadderEntry): Problem[] {
  const first = steps[0]
  const key = `ladders.severity${severity}.promise`
  const inTime =
    first === undefined ||
    secondsOf(first.acknowledgeWithin, clock) <= internalShare * secondsOf(promise.acknowledge, clock)
  const message =
    'the first step must be due by 90 % of the promise, so that there is time to chase before it is broken'
  return inTime ? [] : [[`${key}.acknowledge`, message]]
}

const ladderEntry = ({ ladders }: PolicyFile, severity: Severity): LadderEntry => ladders[`severity${severity}`]

function policyOf(file: PolicyFile): Policy {
  const always = (text: string) => secondsOf(text, 'always')
  return {
    version: file.version,
    ladders: { 1: ladderOf(file, 1), 2: ladderOf(file, 2), 3: ladderOf(file, 3), 4: ladderOf(file, 4) },
    exceptions: file.exceptions.map((one) => exceptionOf(file, one)),
    categories: file.categories as NonNullable<Policy['categories']>,
    objectionSeconds: always(file.objection),
    choiceSeconds: always(file.choice),
    reopenSeconds: always(file.reopen),
    additionQuietSeconds: always(file.additionQuiet),
    exhaustedReminderSeconds: always(file.redReminder),
  }
}

function ladderOf(file: PolicyFile, severity: Severity): Ladder {
  const { steps, cycles, promise, clock } = ladderEntry(file, severity)
  const { receipt, firstReply, resolution } = promise
  const updatePromiseSeconds = secondsOf(promise.update, clock)
  return {
    steps: steps.map((step) => stepOf(step, clock)) as [Step, ...Step[]],
    cycles: cycles === 'forever' ? Number.POSITIVE_INFINITY : cycles,
    acknowledgePromiseSeconds: secondsOf(promise.acknowledge, clock),
    updatePromiseSeconds,
    ownerSilenceSeconds: updatePromiseSeconds * internalShare,
    ...(receipt !== undefined && { receiptSeconds: secondsOf(receipt, 'always') }),
    ...targetsOf({ firstReply, resolution }, clock),
  }
}

type Promises = { readonly firstReply?: PromiseEntry | undefined; readonly resolution?: PromiseEntry | undefined }

const targetsOf = ({ firstReply, resolution }: Promises, clock: ClockName) => ({
  ...(firstReply !== undefined && { firstReply: targetOf(firstReply, clock) }),
  ...(resolution !== undefined && { resolution: targetOf(resolution, clock) }),
})

function targetOf(entry: PromiseEntry, on: ClockName): TargetSpec {
  const { within, internal, clock } = typeof entry === 'string' ? { within: entry } : entry
  const seconds = secondsOf(within, clock ?? on)
  const internalSeconds =
    internal === undefined ? Math.floor(seconds * internalShare) : secondsOf(internal, clock ?? on)
  return { seconds, internalSeconds: Math.min(internalSeconds, seconds), ...(clock && { clock }) }
}

function exceptionOf(file: PolicyFile, exception: PolicyFile['exceptions'][number]): TargetException {
  const { firstReply, resolution, severity, kind, category, site, complex } = exception
  return {
    ...(severity !== undefined && { severity }),
    ...(kind !== undefined && { kind }),
    ...(category !== undefined && { category }),
    ...(site !== undefined && { site }),
    ...(complex && { complex }),
    ...targetsOf({ firstReply, resolution }, ladderEntry(file, severity ?? 3).clock),
  }
}

const stepOf = ({ notify, acknowledgeWithin, chases, chaseEvery }: StepEntry, clock: ClockName): Step => ({
  notify,
  ackWithinSeconds: secondsOf(acknowledgeWithin, clock),
  chases,
  chaseEverySeconds: secondsOf(chaseEvery, clock),
})

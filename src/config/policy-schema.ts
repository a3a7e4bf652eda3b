import { z } from 'zod'
import type { Calendar } from '../core/calendar/calendar.ts'
import { parseDuration, workingTime } from '../core/calendar/duration.ts'
import { categories, kinds } from '../core/case/taxonomy.ts'

const duration = z.string().refine(isDuration, 'must be a duration like "90s", "10m", "4h" or "2wd"')
const clock = z.enum(['always', 'business'], 'must be "always" or "business"')

/** A promise and, where 90 % of it is not early enough, its own internal target. `always` counts calendar time. */
const promise = z.union([
  duration,
  z.strictObject({ within: duration, internal: duration.optional(), clock: z.literal('always').optional() }),
])

const step = z.strictObject({
  notify: z.array(z.string()).min(1, 'must name at least one group of rosters.yaml'),
  acknowledgeWithin: duration,
  chases: z.number().int().min(0).max(20),
  chaseEvery: duration,
})

const ladder = z.strictObject({
  clock,
  cycles: z.union(
    [z.literal('forever'), z.number().int().min(1).max(20)],
    'must be a number from 1 to 20, or "forever"',
  ),
  promise: z.strictObject({
    receipt: duration.optional(),
    acknowledge: duration,
    firstReply: promise.optional(),
    update: duration,
    resolution: promise.optional(),
  }),
  steps: z.array(step).min(1, 'must have at least one step').max(10),
})

const exception = z.strictObject({
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  kind: z.enum(kinds).optional(),
  category: z.enum(categories).optional(),
  site: z.string().optional(),
  complex: z.literal(true).optional(),
  firstReply: promise.optional(),
  resolution: promise.optional(),
})

const category = z.strictObject({
  start: z.string().optional(),
  skills: z.array(z.string()).optional(),
  training: z.array(z.string()).optional(),
})

/** `config/policy.yaml`. */
export const policySchema = z.strictObject({
  version: z.string().min(1),
  calendars: z.record(z.string(), z.string()),
  ladders: z.strictObject({ severity1: ladder, severity2: ladder, severity3: ladder, severity4: ladder }),
  exceptions: z.array(exception).max(200).default([]),
  categories: z.partialRecord(z.enum(categories), category).default({}),
  lastResort: z.array(z.string()).min(1, 'must name at least one person: somebody must be told in the end'),
  shiftStartPage: z.boolean().default(true),
  objection: duration,
  choice: duration,
  reopen: duration,
  additionQuiet: duration,
  redReminder: duration,
})

export type PolicyFile = z.infer<typeof policySchema>
export type LadderEntry = PolicyFile['ladders']['severity1']
export type StepEntry = LadderEntry['steps'][number]
export type PromiseEntry = z.infer<typeof promise>
export type ClockName = z.infer<typeof clock>

const worth = (workingDayMinutes: number): Calendar => ({
  ...{ name: 'policy', zone: 'UTC', zoneLabel: 'UTC', hours: 'always', workingDayMinutes },
})
/** A working day is eight hours of an office clock, and a whole day of one that never stops. */
const days = { business: worth(480), always: worth(1_440) } as const

export const secondsOf = (text: string, on: ClockName): number => workingTime(days[on], parseDuration(text)) / 1_000

function isDuration(text: string): boolean {
  try {
    return parseDuration(text).amount > 0
  } catch {
    return false
  }
}

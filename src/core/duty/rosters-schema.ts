import { z } from 'zod'
import type { WallTime } from '../calendar/wall-clock.ts'
import { permitCategories } from './staff.ts'

const hours = z.record(z.string(), z.array(z.string()))
/** Local time of the schedule's zone, without an offset: `2026-01-05T07:00`. */
export function parseWallTime(text: string): WallTime | undefined {
  const reading = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  if (Number.isNaN(reading)) return undefined
  // Date.parse takes 31 February for 3 March.
  return new Date(reading).toISOString().startsWith(text) ? reading : undefined
}

const wallTime = z.string().transform((text, context) => {
  const reading = parseWallTime(text)
  if (reading !== undefined) return reading
  context.addIssue({ code: 'custom', message: `"${text}" is not a local time: write 2026-01-05T07:00` })
  return z.NEVER
})

const needs = z.strictObject({
  permits: z.array(z.enum(permitCategories)).min(1).optional(),
  training: z.array(z.string()).optional(),
  skills: z.array(z.string()).optional(),
  language: z.enum(['en', 'zh-HK', 'zh-CN']).optional(),
})

const rotationVersion = z.strictObject({
  from: wallTime,
  every: z.string().regex(/^[1-9]\d*(h|d|w)$/, 'write a shift length like 12h, 1d or 1w'),
  members: z.array(z.string()).min(1),
  only: hours.optional(),
})

const datedShift = z.strictObject({ person: z.string(), from: wallTime, until: wallTime })

const schedule = z.strictObject({
  name: z.string().min(1),
  zone: z.string(),
  rotations: z.array(z.strictObject({ id: z.string(), versions: z.array(rotationVersion).min(1) })).default([]),
  shifts: z.array(z.strictObject({ id: z.string(), people: z.array(z.string()).min(1), hours })).default([]),
  dated: z.array(datedShift).default([]),
})

const group = z.strictObject({
  name: z.string().min(1),
  schedules: z.array(z.string()).min(1),
  relief: z.array(z.string()).default([]),
  needs: needs.default({}),
})

const site = z.strictObject({
  name: z.string().min(1),
  nameZh: z.string().optional(),
  zone: z.string(),
  levels: z.record(z.string().regex(/^[1-9]$/, 'a level is a number from 1 to 9'), group),
  lists: z.record(z.string(), group).default({}),
  coverage: z
    .record(
      z.string(),
      z.strictObject({
        group: z.string(),
        atLeast: z.number().int().positive().default(1),
        needs: needs.default({}),
        hours: hours.optional(),
      }),
    )
    .default({}),
})

const override = z.strictObject({
  id: z.string(),
  schedule: z.string(),
  from: wallTime,
  until: wallTime,
  add: z.string().optional(),
  remove: z.string().optional(),
  by: z.string(),
  reason: z.string().optional(),
})

const temporary = z.strictObject({
  id: z.string(),
  schedule: z.string(),
  from: wallTime,
  until: wallTime,
  shifts: z.array(datedShift),
})

/** `config/rosters.yaml`. */
export const rostersSchema = z.strictObject({
  version: z.string(),
  sites: z.record(z.string(), site),
  schedules: z.record(z.string(), schedule),
  overrides: z.array(override).default([]),
  temporary: z.array(temporary).default([]),
})

export type RostersFile = z.output<typeof rostersSchema>
export type SiteEntry = RostersFile['sites'][string]
export type ScheduleEntry = RostersFile['schedules'][string]
export type GroupEntry = SiteEntry['levels'][string]
export type NeedsEntry = GroupEntry['needs']
export type OverrideEntry = RostersFile['overrides'][number]
export type TemporaryEntry = RostersFile['temporary'][number]
export type DatedShiftEntry = ScheduleEntry['dated'][number]

import { z } from 'zod'
import { parseDuration } from './duration.ts'

/** A duration in a configuration file: `90s`, `10m`, `4h`, `2wd`. */
export const durationSchema = z.string().transform((text, context) => {
  try {
    return parseDuration(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    return z.NEVER
  }
})

const localDate = z.iso.date({ message: 'write a date like 2026-04-03' })

/** `config/calendars.yaml`. */
export const calendarsSchema = z.strictObject({
  calendars: z.record(
    z.string(),
    z.strictObject({
      zone: z.string(),
      zoneLabel: z.string().optional(),
      hours: z.union([z.literal('always'), z.record(z.string(), z.array(z.string()))]),
      holidays: z.string().optional(),
      workingDay: durationSchema.optional(),
    }),
  ),
})

/** `config/holidays-*.yaml`: one reviewed table. */
export const holidaysSchema = z.strictObject({
  id: z.string(),
  /** Where the table comes from, for the person who reviews it. */
  source: z.string(),
  /** A year with more or fewer days than this is a typing mistake. */
  daysPerYear: z.number().int().positive().optional(),
  /** True where Sundays are general holidays anyway, so that one in the table is a mistake. */
  neverOnSunday: z.boolean().default(false),
  years: z.record(
    z.string().regex(/^\d{4}$/, 'a year has four digits'),
    z.strictObject({
      source: z.string(),
      confirmed: z.boolean(),
      days: z.array(z.strictObject({ date: localDate, name: z.string().min(1), zh: z.string().optional() })),
    }),
  ),
})

export type HolidaysFile = z.infer<typeof holidaysSchema>
export type CalendarsFile = z.infer<typeof calendarsSchema>
export type CalendarEntry = CalendarsFile['calendars'][string]

import { z } from 'zod'
import { contactChannels, permitCategories, roles } from './staff.ts'

const language = z.enum(['en', 'zh-HK', 'zh-CN'])
const lastDay = z.iso.date({ message: 'write the last valid day, like 2026-09-30' })
const seconds = z.number().int().nonnegative()

/** `config/staff.yaml`. Dates are the last day on which something counts, in the file's own zone. */
export const staffSchema = z.strictObject({
  zone: z.string(),
  staff: z.record(
    z.string().regex(/^[a-z0-9-]+$/, 'an id has small letters, digits and hyphens'),
    z.strictObject({
      name: z.string().min(1),
      nameZh: z.string().optional(),
      preferredLanguage: language,
      languages: z.array(language).min(1),
      posts: z.array(z.strictObject({ site: z.string(), role: z.enum(roles) })).min(1),
      reportsTo: z.string().optional(),
      methods: z.array(
        z.strictObject({
          channel: z.enum(contactChannels),
          id: z.string().min(1),
          verified: z.boolean(),
          afterSeconds: seconds.optional(),
        }),
      ),
      skills: z.array(z.string()).default([]),
      training: z.array(z.strictObject({ course: z.string(), validUntil: lastDay.optional() })).default([]),
      permits: z.array(z.strictObject({ category: z.enum(permitCategories), validUntil: lastDay })).default([]),
    }),
  ),
})

export type StaffFile = z.infer<typeof staffSchema>
export type StaffEntry = StaffFile['staff'][string]

import { z } from 'zod'
import { categories, kinds } from '../../core/case/taxonomy.ts'

const linesOf = (block: string): string[] =>
  block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A YAML list, or a block with one utterance a line, which needs no quoting. */
const said = z.union([z.array(z.string().trim().min(1)), z.string().transform(linesOf)])
const utterances = z.strictObject({ en: said, zh: said })

/** How it is done, why it is so, and the ways open to the reader. */
const wording = z.strictObject({
  how: z.string().trim().min(1),
  why: z.string().trim().default(''),
  options: z.array(z.string().trim().min(1)).default([]),
})
const wordings = z.strictObject({ en: wording, 'zh-HK': wording })

/** What of an answer is said to people. */
export const answerTextSchema = z.strictObject({
  title: z.strictObject({ en: z.string().trim().min(1), 'zh-HK': z.string().trim().min(1) }),
  answer: wordings,
  /** Site id → the wording that holds there instead. */
  sites: z.record(z.string(), wordings).default({}),
})

export const answerSchema = answerTextSchema.extend({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'is lower case words joined by -'),
  category: z.enum(categories),
  utterances,
  /** Why there is only one way, where there is only one. */
  onlyOption: z.string().trim().optional(),
  /** Where the fact comes from: the house rule or notice a person can look up. */
  source: z.string().trim().min(1),
  /** The day after which the answer is not given until somebody has read it again. */
  reviewBy: z.iso.date(),
})

/** What people say that no answer settles: complaints, reports, requests, praise, danger. */
export const lessonSchema = z.strictObject({
  kind: z.enum(kinds),
  category: z.enum(categories),
  en: said.default([]),
  zh: said.default([]),
})

export const answersFileSchema = z.strictObject({ answers: z.array(z.unknown()) })
export const trainingFileSchema = z.strictObject({
  lessons: z.array(z.unknown()).default([]),
  /** Lines that have nothing to do with us: what the bot must not answer. */
  background: utterances.optional(),
})
export const vocabularyFileSchema = z.strictObject({
  vocabulary: z.record(z.string(), z.strictObject({ en: z.string().default(''), zh: z.string().default('') })),
})

/** A word and the numbers of its classes on each line, as many on one as on the other. */
export const classesFileSchema = z.strictObject({
  classes: z
    .string()
    .refine(isTable, 'holds lines of a lower-case word and the same count of numbers, one space apart'),
})

function isTable(text: string): boolean {
  const lines = text.trimEnd().split('\n')
  const columns = lines[0]?.split(' ').length
  return lines.every((line) => /^[a-z']+( \d{1,5}){1,12}$/.test(line) && line.split(' ').length === columns)
}

export type Answer = z.infer<typeof answerSchema>
export type AnswerTexts = z.infer<typeof answerTextSchema>
export type Wording = z.infer<typeof wording>
export type Lesson = z.infer<typeof lessonSchema>

import type { z } from 'zod'
import type { Fault } from '../fault.ts'
import type { Vocabulary } from '../learn/concepts.ts'
import { noWordClasses, readWordClasses, type WordClasses } from '../learn/word-classes.ts'
import {
  type Answer,
  answerSchema,
  answersFileSchema,
  classesFileSchema,
  type Lesson,
  lessonSchema,
  trainingFileSchema,
  vocabularyFileSchema,
} from './schema.ts'

/** Everything authored that the bot learns from and says. */
export type BotContent = {
  readonly answers: readonly Answer[]
  readonly lessons: readonly Lesson[]
  readonly background: readonly string[]
  readonly vocabulary: Vocabulary
  readonly wordClasses: WordClasses
}

type Gathered = {
  readonly answers: Answer[]
  readonly lessons: Lesson[]
  readonly background: string[]
  readonly vocabulary: Map<string, string[]>
  wordClasses: WordClasses
}

/**
 * Reads the files of config/answers (file name → parsed YAML) and lists every fault in them at once.
 * What is whole is kept, so that a lint can go on; the caller decides whether to start with faults.
 */
export function readContent(files: ReadonlyMap<string, unknown>): { content: BotContent; faults: Fault[] } {
  const content: Gathered = {
    answers: [],
    lessons: [],
    background: [],
    vocabulary: new Map(),
    wordClasses: noWordClasses,
  }
  const faults: Fault[] = []
  for (const [file, parsed] of files) readFile(file, parsed, content, faults)
  faults.push(...repeatedIds(files, content.answers))
  return { content, faults }
}

function readFile(file: string, parsed: unknown, content: Gathered, faults: Fault[]): void {
  const has = (key: string) => typeof parsed === 'object' && parsed !== null && key in parsed
  if (has('answers')) {
    const list = check(answersFileSchema, parsed, { file, key: '' }, faults)?.answers ?? []
    content.answers.push(...checkAll(answerSchema, list, { file, key: 'answers' }, faults))
  } else if (has('vocabulary')) {
    const found = check(vocabularyFileSchema, parsed, { file, key: '' }, faults)?.vocabulary ?? {}
    for (const [concept, { en, zh }] of Object.entries(found))
      content.vocabulary.set(concept, [...forms(en), ...forms(zh)])
  } else if (has('lessons') || has('background')) {
    const training = check(trainingFileSchema, parsed, { file, key: '' }, faults)
    content.lessons.push(...checkAll(lessonSchema, training?.lessons ?? [], { file, key: 'lessons' }, faults))
    content.background.push(...(training?.background?.en ?? []), ...(training?.background?.zh ?? []))
  } else if (has('classes')) {
    const found = check(classesFileSchema, parsed, { file, key: '' }, faults)
    if (found !== undefined) content.wordClasses = readWordClasses(found.classes)
  } else faults.push({ file, key: '', message: `holds none of ${parts.join(', ')}` })
}

const parts = ['answers', 'lessons', 'background', 'vocabulary', 'classes']

const forms = (list: string): string[] =>
  list
    .split(',')
    .map((form) => form.trim())
    .filter((form) => form !== '')

type Place = { readonly file: string; readonly key: string }

function checkAll<S extends z.ZodType>(
  schema: S,
  list: readonly unknown[],
  place: Place,
  faults: Fault[],
): z.infer<S>[] {
  return list.flatMap((item, index) => {
    const checked = check(schema, item, { file: place.file, key: `${place.key}[${nameOf(item) ?? index}]` }, faults)
    return checked === undefined ? [] : [checked]
  })
}

function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  { file, key }: Place,
  faults: Fault[],
): z.infer<S> | undefined {
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  for (const issue of checked.error.issues)
    faults.push({ file, key: [key, ...issue.path.map(String)].filter(Boolean).join('.'), message: issue.message })
  return undefined
}

const nameOf = (item: unknown): string | undefined =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : undefined

function repeatedIds(files: ReadonlyMap<string, unknown>, answers: readonly Answer[]): Fault[] {
  const ids = answers.map((answer) => answer.id)
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  const file = [...files.keys()].join(', ')
  return [...repeated].map((id) => ({ file, key: `answers[${id}]`, message: 'the id is used twice' }))
}

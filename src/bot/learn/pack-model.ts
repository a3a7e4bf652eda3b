import { z } from 'zod'
import { type Answer, type AnswerTexts, answerTextSchema } from '../content/schema.ts'
import { type Heads, headsOf } from './heads.ts'
import type { Model } from './model.ts'
import { type Opened, opened, packed } from './packing.ts'
import { type Texts, textAt, textsOf } from './texts.ts'

/** All a bot needs at run time: what it learned, and the answers without the utterances it learned from. */
export type Knowledge = {
  /** Tells which files it was made from, see `digestOf`. */
  readonly source: string
  readonly model: Model
  readonly answers: AnswerShelf
}

/** What is known of an answer without reading it. */
export type ShelvedAnswer = { readonly id: string; readonly reviewBy: string; readonly category: string }
export type AnswerShelf = {
  readonly list: readonly ShelvedAnswer[]
  /** The texts of the answer at this place of the list. */
  read(place: number): AnswerTexts | undefined
}

const names = z.array(z.string())
const factsSchema = z.object({
  source: z.string(),
  contentHash: z.string(),
  labels: z.object(headsOf(() => names)),
  answered: names,
  calibration: z.object({
    emergencyMargin: z.number(),
    complaintFrom: z.number(),
    confidence: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    sure: z.number(),
  }),
  forms: z.array(z.tuple([z.string(), z.string()])),
  classesEach: z.int(),
  answers: z.array(z.object({ id: z.string(), reviewBy: z.string(), category: z.string() })),
})
type Facts = z.infer<typeof factsSchema>

/** One file's worth of bytes that `unpackKnowledge` turns back into the same knowledge. */
export function packKnowledge(model: Model, answers: readonly Answer[], source: string): Uint8Array {
  const { tfidf, heads, nearest, utterances, contentHash, calibration, forms, classes } = model
  const shelf = textsOf(answers.map(({ title, answer, sites }) => JSON.stringify({ title, answer, sites })))
  const facts: z.input<typeof factsSchema> = {
    ...{ source, contentHash },
    calibration: { ...calibration, confidence: [...calibration.confidence] },
    labels: headsOf((head) => [...heads.labels[head]]),
    answered: [...nearest.intents],
    forms: forms.map(([form, concept]) => [form, concept]),
    classesEach: classes.each,
    answers: answers.map(({ id, reviewBy, category }) => ({ id, reviewBy, category })),
  }
  return packed(facts, {
    ...{ features: tfidf.features, rarity: tfidf.rarity },
    ...{ classWords: classes.words, wordClasses: classes.classes },
    ...{ weights: heads.all.weights, scale: heads.all.scale, bias: heads.all.bias },
    ...{ nearestFirst: nearest.firstLine, nearestStart: nearest.start },
    ...{ nearestAt: nearest.at, nearestWeight: nearest.weight },
    ...{ utterances: utterances.bytes, utterancesStart: utterances.start },
    ...{ answers: shelf.bytes, answersStart: shelf.start },
  })
}

/** The knowledge in packed bytes, or undefined where they are damaged or of another format: then learn again. */
export function unpackKnowledge(bytes: Uint8Array): Knowledge | undefined {
  try {
    const file = opened(bytes)
    const facts = factsSchema.parse(file.facts)
    return {
      source: facts.source,
      model: modelIn(file, facts),
      answers: shelfOf(facts.answers, textsIn(file, 'answers')),
    }
  } catch {
    return undefined // a damaged cache costs a training, never a start
  }
}

function modelIn(file: Opened, { contentHash, labels, answered, calibration, forms, classesEach }: Facts): Model {
  return {
    ...{ contentHash, calibration, forms },
    tfidf: { features: file.part('features', 'u32'), rarity: file.part('rarity', 'f32') },
    classes: {
      words: file.part('classWords', 'u32'),
      classes: file.part('wordClasses', 'u32'),
      each: classesEach,
    },
    heads: headsIn(file, labels),
    nearest: {
      intents: answered,
      ...{ firstLine: file.part('nearestFirst', 'u32'), start: file.part('nearestStart', 'u32') },
      ...{ at: file.part('nearestAt', 'u32'), weight: file.part('nearestWeight', 'f32') },
    },
    utterances: textsIn(file, 'utterances'),
  }
}

function headsIn(file: Opened, labels: Heads['labels']): Heads {
  const all = {
    labels: Object.values(headsOf((head) => labels[head])).flat(),
    weights: file.part('weights', 'i8'),
    ...{ scale: file.part('scale', 'f32'), bias: file.part('bias', 'f32') },
  }
  return { labels, all }
}

const textsIn = (file: Opened, name: string): Texts => ({
  bytes: file.part(name, 'u8'),
  start: file.part(`${name}Start`, 'u32'),
})

function shelfOf(list: readonly ShelvedAnswer[], texts: Texts): AnswerShelf {
  return {
    list,
    read(place) {
      const text = textAt(texts, place)
      return text === undefined ? undefined : answerTextSchema.parse(JSON.parse(text))
    },
  }
}

import type { BotContent } from '../content/read-content.ts'
import { matchForm } from '../match-form.ts'
import { type Calibration, calibrate } from './calibrate.ts'
import { conceptsOf, type Forms, matchedForms } from './concepts.ts'
import { type FeatureBlocks, featuresOf, type Lexicon } from './features.ts'
import { type Heads, joinHeads } from './heads.ts'
import { type NearestIndex, nearestIndex } from './intent-evidence.ts'
import { type LinearModel, trainSvm } from './linear-svm.ts'
import { taughtLines } from './lines.ts'
import { signFeatures, signsIn, withoutSigns } from './signs.ts'
import { type Texts, textsOf } from './texts.ts'
import { fitTfidf, type Tfidf, vectorOf } from './tfidf.ts'
import type { WordClasses } from './word-classes.ts'

/** What the bot learned from one state of the authored content. */
export type Model = {
  readonly contentHash: string
  readonly tfidf: Tfidf
  readonly heads: Heads
  readonly calibration: Calibration
  /** The vocabulary in match form. */
  readonly forms: Forms
  readonly classes: WordClasses
  readonly nearest: NearestIndex
  /** The lines of `nearest` as they were written: evidence for people. */
  readonly utterances: Texts
}

/** Learns from every authored line; deterministic. Seconds of work: do it at build time and keep the packed result. */
export function trainModel(content: BotContent): Model {
  const lines = taughtLines(content)
  const forms = matchedForms(content.vocabulary)
  const said = lines.map((line) => line.text)
  const classes = content.wordClasses
  const texts = featuresOfAll(said, { concepts: conceptsOf(forms), classes })
  const intents = lines.map((line) => line.intent)
  const kinds = lines.map((line) => line.kind)
  const categories = lines.map((line) => line.category)
  const { tfidf, ...models } = trainHeads(texts, { intent: intents, kind: kinds, category: categories })
  const plainVectors = texts.map((blocks) => vectorOf(withoutSigns(blocks), tfidf))
  const plainKind = trainSvm({ vectors: plainVectors, labels: kinds, features: tfidf.features.length })
  const heads = joinHeads({ ...models, plainKind })
  const { index: nearest, order } = nearestIndex(plainVectors, intents)
  const utterances = textsOf(order.map((row) => said[row] ?? ''))
  const calibration = calibrate(lines, texts)
  return { contentHash: hashOf(content), tfidf, heads, calibration, forms, classes, nearest, utterances }
}

/** All that the heads learn from: the words and what the rules hear in them, which is always the last block. */
export const featuresOfAll = (texts: readonly string[], lexicon: Lexicon): FeatureBlocks[] =>
  texts.map((text) => [...featuresOf(matchForm(text), lexicon), signFeatures(signsIn(text))])

/** One linear model per question, all on the same vectors. */
export function trainHeads<Head extends string>(
  texts: readonly FeatureBlocks[],
  labels: Readonly<Record<Head, readonly string[]>>,
): Record<Head, LinearModel> & { tfidf: Tfidf } {
  const tfidf = fitTfidf(texts)
  const vectors = texts.map((blocks) => vectorOf(blocks, tfidf))
  const heads = Object.entries<readonly string[]>(labels).map(([head, answers]) => [
    head,
    trainSvm({ vectors, labels: answers, features: tfidf.features.length }),
  ])
  return { ...(Object.fromEntries(heads) as Record<Head, LinearModel>), tfidf }
}

/** Changes whenever anything the bot learns from changes, or the way it learns. */
export function hashOf(content: BotContent): string {
  const classes = [[...content.wordClasses.words], [...content.wordClasses.classes]]
  const taught = JSON.stringify([learningVersion, taughtLines(content), [...content.vocabulary], ...classes])
  let [a, b] = [0x811c9dc5, 0x1b873593]
  for (let i = 0; i < taught.length; i++) {
    const code = taught.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193) >>> 0
    b = Math.imul(b ^ (code + i), 0x85ebca6b) >>> 0
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0')
}

/** Raise it when features, rules or training change, so that packed models of the old way are not used. */
export const learningVersion = 39

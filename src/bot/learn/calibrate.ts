import { soundsDissatisfied } from '../rules/complaint.ts'
import { findDanger } from '../rules/emergency.ts'
import { complaintShare, type KindMargins } from './complaint-share.ts'
import type { FeatureBlocks } from './features.ts'
import { type IntentEvidence, intentEvidence, nearestIndex } from './intent-evidence.ts'
import { type LinearModel, margins, trainSvm } from './linear-svm.ts'
import { noIntent, type TaughtLine } from './lines.ts'
import { fitTfidf, type SparseVector, vectorAndPlain } from './tfidf.ts'

/** Where to draw each line, found on lines the model had not seen. */
export type Calibration = {
  /** Margin above which the model alone calls an emergency. */
  readonly emergencyMargin: number
  /** Share of what speaks for a complaint above which a message carries a complaint flag. */
  readonly complaintFrom: number
  /** Turns evidence for an intent into a probability: bias, margin, gap to the second, likeness to the nearest utterance. */
  readonly confidence: readonly [number, number, number, number]
  /** Confidence from which an answer is given without asking. */
  readonly sure: number
}

/** One line judged by a model that did not learn from it or from its translations. */
export type Unseen = {
  readonly line: TaughtLine
  readonly kindMargins: KindMargins
  /** By the head that does not know what the rules heard. */
  readonly plainMargins: KindMargins
  /** Only in the first fold: answers are the costliest to learn, and a third of the lines tells as much of them. */
  readonly evidence?: IntentEvidence
}

const folds = 3
/** Share of harmless lines that may be called an emergency, by the rules or by the model: the price of recall. */
const falseAlarmBudget = 0.048
const complaintRecall = 0.97
const answerPrecision = 0.98

/** Cross-validates by group and draws the lines: recall first for danger and complaints, precision first for answers. */
export function calibrate(lines: readonly TaughtLine[], texts: readonly FeatureBlocks[]): Calibration {
  const judged = judgeUnseen(lines, texts)
  const harmless = judged.filter(({ line }) => line.emergency === 'no').map(dangerEvidence)
  const complaints = judged.filter(({ line }) => line.complaint === 'yes').map(complaintEvidence)
  const asked = judged.flatMap((one) =>
    one.evidence && looksAsked(one) ? [{ line: one.line, evidence: one.evidence }] : [],
  )
  const confidence = fitConfidence(asked)
  return {
    emergencyMargin: quantile(harmless, 1 - falseAlarmBudget),
    complaintFrom: quantile(complaints, 1 - complaintRecall),
    confidence,
    sure: surePoint(asked, confidence),
  }
}

/** Judges every line by a model trained on the other groups only. */
export function judgeUnseen(lines: readonly TaughtLine[], texts: readonly FeatureBlocks[]): Unseen[] {
  const foldOf = foldsByGroup(lines)
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const learn = lines.flatMap((_, i) => (foldOf[i] === fold ? [] : [i]))
    const judge = trainJudge(learn, lines, texts, fold === 0)
    return lines.flatMap((line, i) => (foldOf[i] === fold ? [judge(line, texts[i] as FeatureBlocks)] : []))
  })
}

function foldsByGroup(lines: readonly TaughtLine[]): number[] {
  const order = new Map<string, number>()
  return lines.map(({ group }) => {
    const place = order.get(group) ?? order.size
    order.set(group, place)
    return place % folds
  })
}

function trainJudge(
  learn: readonly number[],
  lines: readonly TaughtLine[],
  texts: readonly FeatureBlocks[],
  withAnswers: boolean,
) {
  const tfidf = fitTfidf(learn.map((i) => texts[i] as FeatureBlocks))
  const both = learn.map((i) => vectorAndPlain(texts[i] as FeatureBlocks, tfidf))
  const [vectors, plainVectors] = [both.map(({ vector }) => vector), both.map(({ plain }) => plain)]
  const train = (labels: string[]): LinearModel => trainSvm({ vectors, labels, features: tfidf.features.length })
  const kinds = learn.map((i) => lines[i]?.kind ?? '')
  const kind = train(kinds)
  const plainKind = trainSvm({ vectors: plainVectors, labels: kinds, features: tfidf.features.length })
  const intents = learn.map((i) => lines[i]?.intent ?? noIntent)
  const answers = withAnswers && { intent: train(intents), nearest: nearestIndex(plainVectors, intents).index }
  return (line: TaughtLine, text: FeatureBlocks): Unseen => {
    const { vector, plain } = vectorAndPlain(text, tfidf)
    const margins = { kindMargins: marginsByLabel(kind, vector), plainMargins: marginsByLabel(plainKind, plain) }
    if (!answers) return { line, ...margins }
    return {
      line,
      ...margins,
      evidence: intentEvidence(marginsByLabel(answers.intent, vector), answers.nearest, plain),
    }
  }
}

const marginsByLabel = (model: LinearModel, vector: SparseVector): KindMargins =>
  new Map([...margins(model, vector)].map((margin, c) => [model.labels[c] ?? '', margin]))

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/** Words of danger call an emergency by themselves: what they cost is spent before the model may spend the rest. */
function dangerEvidence({ line, plainMargins }: Unseen): number {
  const margin = plainMargins.get('emergency') ?? -1
  const { when, named } = findDanger(line.text)
  const rings = when === 'now' && (named === undefined || margin >= plainlyHarmless)
  return rings ? Number.POSITIVE_INFINITY : margin
}

/** Emergency margin below which the mere name of a danger does not ring. */
export const plainlyHarmless = -1

/** Only what looks like a question is ever answered, so only that decides how sure is sure enough. */
const looksAsked = ({ line, kindMargins }: Unseen): boolean =>
  line.intent !== '' &&
  [...kindMargins].every(([kind, margin]) => kind === 'enquiry' || margin <= (kindMargins.get('enquiry') ?? -1))

/** Words of dissatisfaction flag a complaint by themselves, so the heads need only find the others. */
const complaintEvidence = ({ line, kindMargins, plainMargins }: Unseen): number =>
  soundsDissatisfied(line.text) === undefined ? complaintShare(kindMargins, plainMargins) : Number.POSITIVE_INFINITY

type Asked = Required<Pick<Unseen, 'line' | 'evidence'>>

const signals = ({ margin, gap, likeness }: IntentEvidence): [number, number, number, number] => [
  1,
  margin,
  gap,
  likeness,
]

/** Logistic regression by gradient descent: is the best intent the right one? A few thousand rows, three signals. */
function fitConfidence(judged: readonly Asked[]): Calibration['confidence'] {
  const w: [number, number, number, number] = [0, 1, 1, 1]
  const rows = judged.map(({ line, evidence }) => ({
    x: signals(evidence),
    right: evidence.best === line.intent ? 1 : 0,
  }))
  for (let step = 0; step < 1500; step++) {
    const slope = [0, 0, 0, 0]
    for (const { x, right } of rows) {
      const error = logistic(dot(w, x)) - right
      for (let j = 0; j < 4; j++) slope[j] = (slope[j] as number) + error * (x[j] as number)
    }
    w[0] -= (2 * (slope[0] as number)) / rows.length
    // More evidence never makes us less sure, whatever one fold suggests.
    for (let j = 1; j < 4; j++) w[j] = Math.max(0, (w[j] as number) - (2 * (slope[j] as number)) / rows.length)
  }
  return w
}

const dot = (w: readonly number[], x: readonly number[]): number =>
  w.reduce((sum, value, j) => sum + value * (x[j] ?? 0), 0)
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** How probable it is that the best intent is right. Nearly word for word what somebody authored needs no statistics. */
export const confidenceOf = (evidence: IntentEvidence, w: Calibration['confidence']): number =>
  Math.max(logistic(dot(w, signals(evidence))), evidence.likeness >= verbatim ? 0.99 : 0)
const verbatim = 0.93

/** The lowest confidence from which answers given would have been right often enough. */
function surePoint(judged: readonly Asked[], w: Calibration['confidence']): number {
  const answered = judged
    .map(({ line, evidence }) => ({ sure: confidenceOf(evidence, w), right: evidence.best === line.intent }))
    .sort((a, b) => b.sure - a.sure)
  let right = 0
  let point = 1
  answered.forEach((answer, i) => {
    if (answer.right) right++
    if (right / (i + 1) >= answerPrecision) point = answer.sure
  })
  return Math.max(point, 0.5)
}

import type { SparseVector } from './tfidf.ts'

/** A linear scorer: `weights[feature * classes + class]`, the last row being the bias. */
export type LinearModel = {
  readonly labels: readonly string[]
  readonly features: number
  readonly weights: Float32Array
}

export type TrainingSet = {
  readonly vectors: readonly SparseVector[]
  readonly labels: readonly string[]
  readonly features: number
}

const cost = 1
const mostPasses = 30
const tolerance = 0.1
/** A line this far on its own side is left out of later passes. */
const mostPatience = 0.5

/**
 * One-vs-rest L2-loss linear support vector machine by dual coordinate descent
 * (Hsieh et al., ICML 2008; LIBLINEAR's -s 1). Same input, same model: the shuffle is seeded.
 */
export function trainSvm(set: TrainingSet): LinearModel {
  const labels = [...new Set(set.labels)].sort()
  const weights = new Float32Array((set.features + 1) * labels.length)
  const squares = Float64Array.from(set.vectors, (vector) => squaredLength(vector) + 1 + 1 / (2 * cost))
  labels.forEach((label, column) => {
    const w = separate(set, squares, label)
    for (let row = 0; row <= set.features; row++) weights[row * labels.length + column] = w[row] ?? 0
  })
  return { labels, features: set.features, weights }
}

const squaredLength = ({ weight }: SparseVector): number => weight.reduce((sum, value) => sum + value * value, 0)

/** The separating weights of one label against all others. */
function separate(set: TrainingSet, squares: Float64Array, label: string): Float64Array {
  const w = new Float64Array(set.features + 1)
  const alpha = new Float64Array(set.vectors.length)
  const side = set.labels.map((other) => (other === label ? 1 : -1))
  const random = seeded(7)
  let active = Array.from(set.vectors.keys())
  let border = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < mostPasses; pass++) {
    shuffle(active, random)
    let steepest = 0
    const kept: number[] = []
    for (const row of active) {
      const vector = set.vectors[row] as SparseVector
      const sign = side[row] as number
      const before = alpha[row] as number
      const slope = sign * score(w, vector, set.features) - 1 + before / (2 * cost)
      if (before === 0 && slope > border) continue // far on its own side: it would not move the line
      kept.push(row)
      const projected = before === 0 ? Math.min(slope, 0) : slope
      steepest = Math.max(steepest, Math.abs(projected))
      if (Math.abs(projected) < 1e-12) continue
      const after = Math.max(before - slope / (squares[row] as number), 0)
      alpha[row] = after
      add(w, vector, (after - before) * sign, set.features)
    }
    if (steepest < tolerance) break
    border = Math.min(steepest, mostPatience)
    active = kept
  }
  return w
}

function score(w: Float64Array, { at, weight }: SparseVector, bias: number): number {
  let sum = w[bias] as number
  for (let i = 0; i < at.length; i++) sum += (weight[i] as number) * (w[at[i] as number] as number)
  return sum
}

function add(w: Float64Array, { at, weight }: SparseVector, step: number, bias: number): void {
  if (step === 0) return
  for (let i = 0; i < at.length; i++) {
    const feature = at[i] as number
    w[feature] = (w[feature] as number) + step * (weight[i] as number)
  }
  w[bias] = (w[bias] as number) + step
}

/** Linear congruential generator: the same order every time, on every machine. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 4294967296
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const moved = order[i] as number
    order[i] = order[j] as number
    order[j] = moved
  }
}

/** The margin of every label, in the order of `labels`. */
export function margins(model: LinearModel, { at, weight }: SparseVector): Float64Array {
  const classes = model.labels.length
  const sums = Float64Array.from(model.weights.subarray(model.features * classes))
  for (let i = 0; i < at.length; i++) {
    const row = (at[i] as number) * classes
    const value = weight[i] as number
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (model.weights[row + c] as number)
  }
  return sums
}

export type Ranked = { readonly label: string; readonly margin: number }

/** Labels by margin, best first. */
export const ranked = (model: LinearModel, vector: SparseVector): Ranked[] =>
  [...margins(model, vector)]
    .map((margin, c) => ({ label: model.labels[c] as string, margin }))
    .sort((a, b) => b.margin - a.margin)

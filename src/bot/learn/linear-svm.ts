import type { SparseVector } from './tfidf.ts'

/** A linear scorer: `weights[feature * labels + label]`, times the label's `scale`, plus its `bias`. */
export type LinearModel = {
  readonly labels: readonly string[]
  readonly weights: Int8Array
  readonly scale: Float32Array
  readonly bias: Float32Array
}

export type TrainingSet = {
  readonly vectors: readonly SparseVector[]
  readonly labels: readonly string[]
  readonly features: number
}

const cost = 1
const mostPasses = 15
const tolerance = 0.1
/** Far enough on its own side, after one look at everything, to be left alone: halves the work and changes no figure. */
const farEnough = 0.1
/** Nearly every row is on the other side of a label, so its line begins there: most rows then never have to move it. */
const firstBias = -1

/** All vectors end to end: one row after the other in memory is twice as fast as a thousand small arrays. */
type Rows = {
  readonly start: Int32Array
  readonly at: Int32Array
  readonly weight: Float32Array
  /** Squared length of each row, with its bias and the share of the slack. */
  readonly squares: Float64Array
  readonly features: number
}

/**
 * One-vs-rest L2-loss linear support vector machine by dual coordinate descent
 * (Hsieh et al., ICML 2008; LIBLINEAR's -s 1). Same input, same model: the shuffle is seeded.
 */
export function trainSvm(all: TrainingSet): LinearModel {
  const set = labelled(all)
  const labels = [...new Set(set.labels)].sort()
  const model = {
    labels,
    weights: new Int8Array(set.features * labels.length),
    scale: new Float32Array(labels.length),
    bias: new Float32Array(labels.length),
  }
  const rows = endToEnd(set)
  labels.forEach((label, column) => {
    const side = Float64Array.from(set.labels, (other) => (other === label ? 1 : -1))
    keepColumn(model, column, separate(rows, side))
  })
  return model
}

/** One byte a weight: a quarter of the memory, and margins move by a hundredth at most. */
function keepColumn({ labels, weights, scale, bias }: LinearModel, column: number, w: Float32Array): void {
  const features = w.length - 1
  let largest = 0
  for (let row = 0; row < features; row++) largest = Math.max(largest, Math.abs(w[row] as number))
  const step = largest / 127 || 1
  for (let row = 0; row < features; row++) weights[row * labels.length + column] = Math.round((w[row] as number) / step)
  scale[column] = step
  bias[column] = w[features] as number
}

/** Rows without a label belong to no class and speak against none. */
function labelled({ vectors, labels, features }: TrainingSet): TrainingSet {
  const known = vectors.filter((_, row) => labels[row] !== '')
  return { vectors: known, labels: labels.filter((label) => label !== ''), features }
}

function endToEnd({ vectors, features }: TrainingSet): Rows {
  const start = new Int32Array(vectors.length + 1)
  vectors.forEach((vector, row) => {
    start[row + 1] = (start[row] as number) + vector.at.length
  })
  const at = new Int32Array(start[vectors.length] as number)
  const weight = new Float32Array(at.length)
  vectors.forEach((vector, row) => {
    at.set(vector.at, start[row])
    weight.set(vector.weight, start[row])
  })
  const squares = Float64Array.from(vectors, (vector) => squaredLength(vector) + 1 + 1 / (2 * cost))
  return { start, at, weight, squares, features }
}

const squaredLength = ({ weight }: SparseVector): number => weight.reduce((sum, value) => sum + value * value, 0)

/** The separating weights of one label (side 1) against all others (side -1). */
function separate(rows: Rows, side: Float64Array): Float32Array {
  const w = new Float32Array(rows.features + 1)
  w[rows.features] = firstBias
  const alpha = new Float64Array(side.length)
  const random = seeded(7)
  const order = Int32Array.from(side.keys())
  let active = order.length
  let border = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < mostPasses; pass++) {
    shuffle(order, active, random)
    let steepest = 0
    for (let i = 0; i < active; i++) {
      const row = order[i] as number
      const before = alpha[row] as number
      const slope = (side[row] as number) * score(w, rows, row) - 1 + before / (2 * cost)
      if (before === 0 && slope > (pass === 0 ? border : Math.min(border, farEnough))) {
        active-- // it will not move the line any more
        order[i] = order[active] as number
        order[active] = row
        i--
        continue
      }
      const projected = before === 0 ? Math.min(slope, 0) : slope
      steepest = Math.max(steepest, Math.abs(projected))
      if (Math.abs(projected) > 1e-12) alpha[row] = step({ w, rows, row, side, before, slope })
    }
    if (steepest < tolerance) break
    border = steepest
  }
  return w
}

function step(move: {
  w: Float32Array
  rows: Rows
  row: number
  side: Float64Array
  before: number
  slope: number
}): number {
  const { w, rows, row, side, before, slope } = move
  const after = Math.max(before - slope / (rows.squares[row] as number), 0)
  const change = (after - before) * (side[row] as number)
  if (change === 0) return after
  const end = rows.start[row + 1] as number
  for (let i = rows.start[row] as number; i < end; i++) {
    const feature = rows.at[i] as number
    w[feature] = (w[feature] as number) + change * (rows.weight[i] as number)
  }
  w[rows.features] = (w[rows.features] as number) + change
  return after
}

function score(w: Float32Array, { start, at, weight, features }: Rows, row: number): number {
  let sum = w[features] as number
  const end = start[row + 1] as number
  for (let i = start[row] as number; i < end; i++) sum += (weight[i] as number) * (w[at[i] as number] as number)
  return sum
}

/** Linear congruential generator: the same order every time, on every machine. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 4294967296
  }
}

function shuffle(order: Int32Array, count: number, random: () => number): void {
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const moved = order[i] as number
    order[i] = order[j] as number
    order[j] = moved
  }
}

/** The margin of every label, in the order of `labels`. */
export function margins({ labels, weights, scale, bias }: LinearModel, { at, weight }: SparseVector): Float64Array {
  const classes = labels.length
  const sums = new Float64Array(classes)
  for (let i = 0; i < at.length; i++) {
    const row = (at[i] as number) * classes
    const value = weight[i] as number
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + value * (weights[row + c] as number)
  }
  return sums.map((sum, c) => sum * (scale[c] as number) + (bias[c] as number))
}

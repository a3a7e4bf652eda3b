import { type LinearModel, margins } from './linear-svm.ts'
import type { SparseVector } from './tfidf.ts'

/** The questions asked of every message; `plainKind` asks for the kind once more, learned without the signs of the rules. */
export const headNames = ['kind', 'plainKind', 'category', 'intent'] as const
export type HeadName = (typeof headNames)[number]

/**
 * The models of all questions as one. The weights of a feature for all of them lie together, so that a feature costs one look
 * into memory instead of four: that look, not the arithmetic, is what takes time.
 */
export type Heads = { readonly labels: Readonly<Record<HeadName, readonly string[]>>; readonly all: LinearModel }

/** Joins models of the same features; none of their weights changes. */
export function joinHeads(models: Readonly<Record<HeadName, LinearModel>>): Heads {
  const each = headNames.map((name) => models[name])
  const labels = each.flatMap((model) => [...model.labels])
  const features = models.kind.weights.length / models.kind.labels.length
  const weights = new Int8Array(features * labels.length)
  let column = 0
  for (const model of each) {
    const width = model.labels.length
    for (let row = 0; row < features; row++)
      weights.set(model.weights.subarray(row * width, (row + 1) * width), row * labels.length + column)
    column += width
  }
  const scale = Float32Array.from(each.flatMap((model) => [...model.scale]))
  const bias = Float32Array.from(each.flatMap((model) => [...model.bias]))
  return { labels: headsOf((name) => models[name].labels), all: { labels, weights, scale, bias } }
}

/** The margins of each head by label. `plainKind` saw no signs when it learned, so they weigh nothing there. */
export function marginsOf({ labels, all }: Heads, vector: SparseVector): Record<HeadName, Map<string, number>> {
  const sums = margins(all, vector)
  let column = 0
  return headsOf((name) => new Map(labels[name].map((label) => [label, sums[column++] as number])))
}

/** Something for each head, made in their order. */
export const headsOf = <T>(make: (name: HeadName) => T): Record<HeadName, T> =>
  Object.fromEntries(headNames.map((name) => [name, make(name)])) as Record<HeadName, T>

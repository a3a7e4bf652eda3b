import type { FeatureBlocks } from './features.ts'
import { placesIn } from './places.ts'

/** A text as numbers: which known features occur (`at`) and how much each weighs (`weight`). */
export type SparseVector = { readonly at: Int32Array; readonly weight: Float32Array }

/** The known features in ascending order of their hashes; a feature's number is its place. */
export type Tfidf = { readonly features: Uint32Array; readonly rarity: Float32Array }

/** What occurs in one line only says nothing of others, and is half of all there is. */
const leastLines = 2

/** Learns which features occur often enough and how rare each is. */
export function fitTfidf(texts: readonly FeatureBlocks[]): Tfidf {
  const all = occurrences(texts)
  const features: number[] = []
  const rarity: number[] = []
  for (let from = 0, to = 0; from < all.length; from = to) {
    while (to < all.length && all[to] === all[from]) to++
    if (to - from < leastLines) continue
    features.push(all[from] as number)
    rarity.push(Math.log((1 + texts.length) / (1 + to - from)) + 1)
  }
  return { features: Uint32Array.from(features), rarity: Float32Array.from(rarity) }
}

/** Every feature as often as there are texts with it, ascending: sorting numbers is quicker than a map of millions. */
function occurrences(texts: readonly FeatureBlocks[]): Uint32Array {
  const all = new Uint32Array(texts.reduce((sum, blocks) => blocks.reduce((n, { length }) => n + length, sum), 0))
  let end = 0
  for (const blocks of texts) {
    const own = Uint32Array.from(blocks.flat()).sort()
    own.forEach((feature, i) => {
      if (i === 0 || feature !== own[i - 1]) all[end++] = feature
    })
  }
  return all.subarray(0, end).sort()
}

/**
 * What each block counts for: words, letters, concepts, classes of words, signs. Letters a little more and signs less than words is what
 * cross-validation of authored lines likes best: what the rules heard is only a handful of features.
 */
const blockLengths: readonly number[] = [1, 1.2, 1, 1, 0.6]

/** The vector of a text; unknown features are left out, each block is scaled to its length. */
export function vectorOf(blocks: FeatureBlocks, tfidf: Tfidf): SparseVector {
  return vectorAndPlain(blocks, tfidf).vector
}

/** The vector of a text, and that of all its blocks but the last: the beginning of the same numbers. */
export function vectorAndPlain(
  blocks: FeatureBlocks,
  { features, rarity }: Tfidf,
): { vector: SparseVector; plain: SparseVector } {
  let plainEnd = 0
  const at: number[] = []
  const weight: number[] = []
  for (const [number, block] of blocks.entries()) {
    const first = at.length
    plainEnd = first
    let squares = 0
    for (const [index, count] of countsOf(block, features)) {
      const value = (1 + Math.log(count)) * (rarity[index] ?? 0)
      at.push(index)
      weight.push(value)
      squares += value * value
    }
    const length = Math.sqrt(squares) / (blockLengths[number] ?? 1) || 1
    for (let i = first; i < weight.length; i++) weight[i] = (weight[i] ?? 0) / length
  }
  const vector = { at: Int32Array.from(at), weight: Float32Array.from(weight) }
  const plain = { at: vector.at.subarray(0, plainEnd), weight: vector.weight.subarray(0, plainEnd) }
  return { vector, plain }
}

function countsOf(block: readonly number[], features: Uint32Array): Map<number, number> {
  const places = placesIn(features)
  const counts = new Map<number, number>()
  for (const feature of block) {
    const index = places(feature)
    if (index !== -1) counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return counts
}

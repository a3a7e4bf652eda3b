/** What a hash is about: the same letters as a word and as a part of one are different features. */
export const about = {
  ...{ word: 1, pair: 2, letters: 3, concept: 4, concepts: 5, mark: 6 },
  ...{ sign: 7, apart: 8, class: 9 },
} as const

/** The feature of a name; the seed says what it is about. */
export function hashOf(seed: number, text: string): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = mixed(hash, text.charCodeAt(i))
  return finished(hash)
}

/** One more character or number into an unfinished hash. */
export const mixed = (hash: number, code: number): number => {
  const turned = Math.imul(hash ^ code, 0x9e3779b1)
  return turned ^ (turned >>> 15)
}

/** Spreads every bit over the whole (the last step of MurmurHash3). */
export function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** As alike as this, an update is the last one again. */
const tooAlike = 0.8
/** Too few characters to compare: "Thank you." may be said twice. */
const fewest = 12

/**
 * Whether an update says nothing that the last one did not say: almost the same words, or no number, name or other word
 * that is new. A hint for its writer before it is sent; it forbids nothing.
 */
export function saysNothingNew(text: string, last: string): boolean {
  const [now, before] = [plain(text), plain(last)]
  if (now.length < fewest || before.length < fewest) return false
  const known = new Set(factsOf(last))
  return likeness(now, before) >= tooAlike || factsOf(text).every((fact) => known.has(fact))
}

/** Letters, figures and characters only, as neither punctuation nor line breaks are news. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Dice's coefficient over pairs of neighbouring characters: the same for words with spaces and without. */
function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)]
  const left = new Map<string, number>()
  for (const pair of b) left.set(pair, (left.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of a) {
    const count = left.get(pair) ?? 0
    if (count > 0) shared += 1
    left.set(pair, count - 1)
  }
  return (2 * shared) / (a.length + b.length)
}

function pairsOf(text: string): readonly string[] {
  const characters = [...text]
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`)
}

/** What could be news: numbers, times, longer words, and pairs of Chinese characters. */
function factsOf(text: string): readonly string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{N}[\p{N}:./-]*|[\p{Script=Latin}]{4,}/gu) ?? []
  const runs = text.match(/\p{Script=Han}{2,}/gu) ?? []
  return [...words, ...runs.flatMap(pairsOf)]
}

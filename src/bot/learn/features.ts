import type { Concepts } from './concepts.ts'
import { about, finished, hashOf, mixed } from './hashing.ts'
import { placesIn } from './places.ts'
import type { WordClasses } from './word-classes.ts'

/**
 * Features come in blocks; each block is scaled to length 1, so that none drowns the others. A feature is the hash of what
 * it stands for: 32 bits tell some ten thousand apart, and neither a message nor the model needs a string for each.
 */
export type FeatureBlocks = readonly (readonly number[])[]

const runs = /[a-z0-9\u00c0-\u024f']+|[\u3400-\u9fff\uf900-\ufaff\u3005\u{20000}-\u{2fa1f}]+|[?!？！]/gu

/** What is known of words beside the lines: concepts with their words in either language, and classes of English words. */
export type Lexicon = { readonly concepts: Concepts; readonly classes: WordClasses }

/**
 * Words, word pairs, also with one or two words between them; characters 2-5 within Latin words and 1-2 in Chinese runs;
 * concepts named in either language; classes of English words. Takes text in match form.
 */
export function featuresOf(matchText: string, { concepts, classes }: Lexicon): FeatureBlocks {
  const words: number[] = []
  const characters: number[] = []
  const alike: number[] = []
  let [previous, second, third] = [start, 0, 0]
  for (const run of matchText.match(runs) ?? []) {
    const first = run.charCodeAt(0)
    if (isMark(first)) words.push(hashOf(about.mark, run))
    else if (isLatin(first)) {
      const word = hashOf(about.word, run)
      words.push(word, hashOf(about.pair ^ previous, run))
      for (const other of [second, third]) if (other !== 0) words.push(finished(mixed(about.apart ^ other, word)))
      addClasses(alike, word, classes)
      addGrams(characters, ` ${run} `, 2, 5)
      ;[previous, second, third] = [word, previous === start ? 0 : previous, second]
    } else {
      addGrams(characters, `^${run}$`, 1, 2)
      ;[previous, second, third] = [chineseRun, 0, 0]
    }
  }
  return [words, characters, conceptFeatures(concepts.namedIn(matchText)), alike]
}

const [start, chineseRun] = [0x5bd1e995, 0x1b873593]
const isLatin = (code: number): boolean => code < 0x250
const isMark = (code: number): boolean => code === 0x3f || code === 0x21 || code === 0xff1f || code === 0xff01

function addClasses(into: number[], word: number, { words, classes, each }: WordClasses): void {
  const place = placesIn(words)(word)
  if (place === -1) return
  for (let i = place * each; i < (place + 1) * each; i++) into.push(classes[i] as number)
}

function addGrams(into: number[], run: string, shortest: number, longest: number): void {
  const codes = Array.from(run, (char) => char.codePointAt(0) ?? 0)
  for (let from = 0; from < codes.length; from++) {
    let hash: number = about.letters
    for (let length = 1; length <= longest && from + length <= codes.length; length++) {
      hash = mixed(hash, codes[from + length - 1] as number)
      if (length >= shortest) into.push(finished(hash))
    }
  }
}

/** Concepts that meet say more than each alone: "key" with "lost", "guard" with "price". A text that names very many says little. */
function conceptFeatures(named: readonly string[]): number[] {
  const single = named.map((concept) => hashOf(about.concept, concept))
  const pairs = named.flatMap((concept, at) =>
    named.length - at - 1 > mostPartners
      ? []
      : single.slice(at + 1).map((other) => hashOf(about.concepts ^ other, concept)),
  )
  return [...single, ...pairs]
}
const mostPartners = 20

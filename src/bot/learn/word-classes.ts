import { about, hashOf } from './hashing.ts'

/**
 * Which English words are alike, by their classes: "sofa" then says a little of what "couch" taught. `words` are the words'
 * features, `classes` those of the classes, `each` for every word.
 */
export type WordClasses = { readonly words: Uint32Array; readonly classes: Uint32Array; readonly each: number }

export const noWordClasses: WordClasses = { words: new Uint32Array(0), classes: new Uint32Array(0), each: 0 }

/** Reads lines such as `sofa 12 300 7 401 988 1204`: a word and the numbers of its classes. Every line has as many. */
export function readWordClasses(text: string): WordClasses {
  const rows = text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')]))
  const each = (rows[0]?.length ?? 1) - 1
  return {
    words: Uint32Array.from(rows, ([word]) => hashOf(about.word, word ?? '')),
    classes: Uint32Array.from(
      rows.flatMap(([, ...classes]) => classes),
      (name) => hashOf(about.class, name),
    ),
    each,
  }
}

import { hasChinese } from '../script.ts'
import type { Concepts } from './concepts.ts'

/** Features come in blocks; each block is scaled to length 1, so that none drowns the others. */
export type FeatureBlocks = readonly (readonly string[])[]

const runs = /[a-z0-9\u00c0-\u024f']+|[\u3400-\u9fff\uf900-\ufaff\u3005\u{20000}-\u{2fa1f}]+|[?!？！]/gu

/**
 * Words and word pairs; characters 3-5 within Latin words and 1-2 in Chinese runs; concepts named in either language.
 * Takes text in match form.
 */
export function featuresOf(matchText: string, concepts?: Concepts): FeatureBlocks {
  const words: string[] = []
  const characters: string[] = []
  let previous = '<s>'
  for (const run of matchText.match(runs) ?? []) {
    if (hasChinese(run)) {
      addGrams(characters, `^${run}$`, 1, 2)
      previous = '#'
    } else if (/^[?!？！]$/.test(run)) words.push(`p:${run}`)
    else {
      words.push(`w:${run}`, `b:${previous}_${run}`)
      addGrams(characters, ` ${run} `, 3, 5)
      previous = run
    }
  }
  return concepts ? [words, characters, concepts.namedIn(matchText)] : [words, characters]
}

function addGrams(into: string[], run: string, shortest: number, longest: number): void {
  const chars = [...run]
  for (let size = shortest; size <= longest; size++)
    for (let at = 0; at + size <= chars.length; at++) into.push(`c:${chars.slice(at, at + size).join('')}`)
}

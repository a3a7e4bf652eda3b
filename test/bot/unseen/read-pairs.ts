import { readFileSync } from 'node:fs'
import type { Category, Kind, Severity } from '../../../src/core/case/taxonomy.ts'

export type Pair = {
  readonly kind: Kind
  readonly category: Category
  readonly severity: Severity
  readonly en: string
  readonly zh: string
}

export type UnseenSet =
  | 'pairs'
  | 'pairs-b'
  | 'pairs-c'
  | 'pairs-d'
  | 'pairs-e'
  | 'pairs-f'
  | 'pairs-g'
  | 'pairs-h'
  | 'pairs-i'
  | 'pairs-j'
  | 'pairs-k'

/** One request in English and in Chinese, labelled, worded without looking at what the bot learns from. */
export function unseenPairs(set: UnseenSet = 'pairs'): Pair[] {
  return readFileSync(`test/bot/unseen/${set}.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line) => {
      const [kind, category, severity, en, zh] = line.split(' | ').map((part) => part.trim())
      return { kind, category, severity: Number(severity), en, zh } as Pair
    })
}

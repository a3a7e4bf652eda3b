import type { Bot, Understanding } from '../../../src/bot/bot.ts'
import { kinds } from '../../../src/core/case/taxonomy.ts'
import type { Pair } from './read-pairs.ts'

export type Judged = { readonly pair: Pair; readonly text: string; readonly said: Understanding }

const memory = { misses: 0, site: 'harbour-view-tower', caseOpen: false } as const
const today = new Date('2026-12-01T00:00:00Z')

export const judge = (bot: Bot, pairs: readonly Pair[], language: 'en' | 'zh'): Judged[] =>
  pairs.map((pair) => ({
    pair,
    text: pair[language],
    said: bot.consider({ text: pair[language] }, memory, today).understanding,
  }))

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

/** The figures of the gates, over judged utterances. */
export function figures(judged: readonly Judged[]) {
  const dangers = judged.filter(({ pair }) => pair.kind === 'emergency')
  const rest = judged.filter(({ pair }) => pair.kind !== 'emergency')
  const complaints = judged.filter(({ pair }) => pair.kind === 'complaint')
  return {
    emergencyRecall: share(dangers.filter(({ said }) => said.emergency).length, dangers.length),
    falseAlarms: share(rest.filter(({ said }) => said.emergency).length, rest.length),
    complaintRecall: share(complaints.filter(({ said }) => said.complaint || said.emergency).length, complaints.length),
    complaintFlagElsewhere: share(
      rest.filter(({ pair, said }) => pair.kind !== 'complaint' && said.complaint).length,
      rest.length - complaints.length,
    ),
    kindF1: macroF1(judged),
    category: share(judged.filter(({ pair, said }) => pair.category === said.category).length, judged.length),
    severityUnderByTwo: judged.filter(({ pair, said }) => said.severity - pair.severity >= 2).length,
  }
}

export function macroF1(judged: readonly Judged[]): number {
  const present = kinds.filter((kind) => judged.some(({ pair }) => pair.kind === kind))
  const scores = present.map((kind) => {
    const hit = judged.filter(({ pair, said }) => pair.kind === kind && said.kind === kind).length
    const called = judged.filter(({ said }) => said.kind === kind).length
    const meant = judged.filter(({ pair }) => pair.kind === kind).length
    return share(2 * hit, called + meant)
  })
  return share(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  )
}

/** Share of pairs whose English and Chinese come to the same kind (and, stricter, the same category as well). */
export function agreement(english: readonly Judged[], chinese: readonly Judged[]) {
  const sameKind = english.filter(({ said }, i) => said.kind === chinese[i]?.said.kind)
  const sameBoth = english.filter(
    ({ said }, i) => said.kind === chinese[i]?.said.kind && said.category === chinese[i]?.said.category,
  )
  return { kind: share(sameKind.length, english.length), kindAndCategory: share(sameBoth.length, english.length) }
}

import type { BotTurn } from './bot.ts'

/** One of our own answers that the bot thought of and was not sure of. */
export type Candidate = { readonly id: string; readonly title: string }

/** What may be asked of a language model: words without anything personal, and our own candidates. */
export type AdviceAsked = { readonly words: string; readonly candidates: readonly Candidate[] }

/** All it may say: an order of our candidates, and that there is a complaint in the words. */
export type Advice = { readonly order: readonly string[]; readonly complaint: boolean }

/** Advice, or undefined where there is none in time. Never rejects. */
export type Adviser = (asked: AdviceAsked) => Promise<Advice | undefined>

/** Only a turn that ends in "which of these did you mean?" is ever asked about: never danger, a report or a sure answer. */
export const isUnsure = ({ decision, understanding }: BotTurn): boolean =>
  decision.type === 'choices' && !understanding.emergency

/**
 * The turn as the advice changes it. Choices come in another order, a complaint may be flagged; no choice is added or
 * lost, no flag is taken away, and what the customer reads is written by us as before.
 */
export function withAdvice(turn: BotTurn, { order, complaint }: Advice): BotTurn {
  const { decision, understanding } = turn
  if (decision.type !== 'choices' || !isUnsure(turn)) return turn
  const known = [...new Set(order)].filter((id) => decision.answers.includes(id))
  const answers = [...known, ...decision.answers.filter((id) => !known.includes(id))]
  const because = [
    ...understanding.because,
    `a language model put first: ${answers[0]}`,
    ...(complaint ? ['a language model hears a complaint'] : []),
  ]
  return {
    understanding: { ...understanding, complaint: understanding.complaint || complaint, because },
    decision: { type: 'choices', answers },
  }
}

const longestWords = 500

/** What tells who or where somebody is, and what stands in its place. */
export const redactionRules: readonly (readonly [RegExp, string])[] = [
  [/\S{1,64}@\S{1,200}/g, '[mail]'],
  [/https?:\/\/\S{1,500}/gi, '[link]'],
  [/\b[a-z]{1,3}\s?\d{3,8}\s?(?:\(?[0-9a]\)?)?/gi, '[number]'],
  [/\+?\d[\d\s().-]{2,24}\d/g, '[number]'],
  [/\d{1,9}(?:\/f\b|[a-z]\b)?/gi, '[number]'],
  [/\b(?:mr|mrs|ms|miss|dr|madam|sir)\.?\s+[a-z'-]{1,30}(?:\s+[A-Z][a-z'-]{1,30}){0,2}/gi, '[person]'],
  [/\bmy name is\s+[a-z'-]{1,30}(?:\s+[A-Z][a-z'-]{1,30}){0,2}/gi, '[person]'],
  [/[\u4e00-\u9fff]{1,2}(?:先生|小姐|太太|女士|醫生)/g, '[人]'],
  [/(?:我叫|我姓|我是)[\u4e00-\u9fff]{1,3}/g, '[人]'],
]

/** The words without addresses, numbers of every kind and names after a title or an introduction. */
export const redacted = (text: string): string =>
  redactionRules
    .reduce(
      (words, [personal, instead]) => words.replace(personal, instead),
      text
        .slice(0, 4 * longestWords)
        .normalize('NFKC')
        .slice(0, 4 * longestWords),
    )
    .slice(0, longestWords)

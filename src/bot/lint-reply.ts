import type { Language } from '../core/message.ts'
import { jargonIn } from './jargon.ts'
import { hasChinese, simplifiedCharacters } from './script.ts'

/** One remark on a draft; `must` should be mended before sending, `should` is advice. */
export type DraftRemark = { readonly weight: 'must' | 'should'; readonly rule: string; readonly message: string }

export type Draft = {
  readonly text: string
  /** The language the customer last wrote in. */
  readonly language: Language
  readonly isComplaint: boolean
  /** Earlier texts sent in this thread: no empathy line twice. */
  readonly sentBefore?: readonly string[]
  /** The time we have promised, as shown to the customer; a draft that names another is wrong. */
  readonly promisedBy?: string
}

export const draftRules = {
  blame:
    /\b(you (must|should have|failed to|were told|did not read|didn't read|never told)|as (i|we) (already )?(said|told|explained)|calm down|it is not our (fault|problem)|your own fault|obviously|that's not my job)\b|冷靜|你冇睇清楚|你沒有看清楚|你應該一早|早已(講|說)過|講過(幾|好多)次|不是我們的問題|唔關我哋事|你自己(嘅|的)?(錯|問題)/i,
  reason:
    /\b(because|since|as the|so that|due to|the reason|in order to|owing to)\b|因為|由於|原因|所以|以免|以便|為了/i,
  nextStep:
    /\b(we will|i will|we'll|i'll|next|by (\d|mon|tue|wed|thu|fri|sat|sun|tomorrow|today|noon|the end)|will (be|call|write|reply|check|send|update))\b|下一步|我們會|我會|將會|會於|之前(回覆|通知|告訴)|稍後會/i,
  options: /\b(or|either|alternatively|you can|you may|option)\b|或者?|亦可|也可以|你可以|選擇/i,
  empathy: /\b(sorry|apolog\w+|understand|thank you for)\b|抱歉|對不起|明白|理解|多謝你/i,
  shouting: /[A-Z]{5,}(?:\s+[A-Z]{3,}){2}|[!！]{2}/,
  time: /\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm)\b/gi,
} as const

/** What is wrong or missing in a staff draft. Never changes and never sends anything. */
export function lintReply(draft: Draft): DraftRemark[] {
  return [
    ...toneRemarks(draft),
    ...contentRemarks(draft),
    ...languageRemarks(draft),
    ...repeatRemarks(draft),
    ...promiseRemarks(draft),
  ]
}

function toneRemarks({ text }: Draft): DraftRemark[] {
  const blame = draftRules.blame.exec(text)?.[0]
  return [
    ...(blame ? [must('blame', `"${blame}" can sound like blame; say what you will do instead`)] : []),
    ...(draftRules.shouting.test(text)
      ? [must('shouting', 'capitals or several exclamation marks read as shouting')]
      : []),
    ...jargonIn(text).map((word) => should('jargon', `a word of the trade: ${word}`)),
    ...(longestSentence(text) > 220 ? [should('long-sentence', 'one sentence is very long; split it')] : []),
  ]
}

function contentRemarks({ text, isComplaint }: Draft): DraftRemark[] {
  if (!isComplaint) return []
  return [
    ...(draftRules.empathy.test(text)
      ? []
      : [should('empathy', 'acknowledge what happened to them, in their own facts')]),
    ...(draftRules.reason.test(text) ? [] : [must('no-reason', 'give the reason, not only the outcome')]),
    ...(draftRules.nextStep.test(text) ? [] : [must('no-next-step', 'say what happens next and by when')]),
    ...(draftRules.options.test(text)
      ? []
      : [should('one-option', 'offer a choice, or say why there is only one way')]),
  ]
}

function languageRemarks({ text, language }: Draft): DraftRemark[] {
  const chinese = hasChinese(text)
  if (language === 'en') return chinese ? [should('language', 'the customer wrote in English')] : []
  if (!chinese) return [must('language', 'the customer wrote in Chinese')]
  const simplified = language === 'zh-HK' ? simplifiedCharacters(text) : []
  return simplified.length === 0 ? [] : [must('script', `Simplified characters: ${simplified.join('')}`)]
}

function repeatRemarks({ text, sentBefore = [] }: Draft): DraftRemark[] {
  const told = new Set(sentBefore.flatMap(sentences))
  const repeated = sentences(text).find((sentence) => draftRules.empathy.test(sentence) && told.has(sentence))
  return repeated ? [must('same-empathy', `this line was already sent: "${repeated}"`)] : []
}

function promiseRemarks({ text, promisedBy }: Draft): DraftRemark[] {
  if (promisedBy === undefined) return []
  const times = text.match(draftRules.time) ?? []
  const other = times.find((time) => !promisedBy.includes(time))
  return other ? [must('promise', `names ${other}, but ${promisedBy} was promised`)] : []
}

const must = (rule: string, message: string): DraftRemark => ({ weight: 'must', rule, message })
const should = (rule: string, message: string): DraftRemark => ({ weight: 'should', rule, message })

const sentences = (text: string): string[] =>
  text
    .split(/[.!?。！？\n]/)
    .map((sentence) => sentence.trim().toLowerCase())
    .filter((sentence) => sentence.length > 3)

const longestSentence = (text: string): number => Math.max(0, ...sentences(text).map((sentence) => sentence.length))

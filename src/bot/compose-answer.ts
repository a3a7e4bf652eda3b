import type { Language } from '../core/message.ts'
import type { AnswerText } from './bot.ts'
import type { AnswerTexts, Wording } from './content/schema.ts'
import { toSimplified } from './script.ts'

const lead = {
  en: { why: 'Why: ', options: 'You can:' },
  'zh-HK': { why: '原因：', options: '你可以：' },
} as const

/** How, why and the ways open to the reader, as one text; the site's own wording where it has one. */
export function composeAnswer(answer: AnswerTexts, language: Language, site: string): AnswerText {
  const written = language === 'en' ? 'en' : 'zh-HK'
  const wording = (answer.sites[site] ?? answer.answer)[written]
  const script = language === 'zh-CN' ? toSimplified : (text: string) => text
  return { title: script(answer.title[written]), text: script(textOf(wording, written)) }
}

function textOf({ how, why, options }: Wording, language: 'en' | 'zh-HK'): string {
  const reason = why === '' ? [] : [`${lead[language].why}${why}`]
  if (options.length === 0) return [how, ...reason].join('\n')
  return [how, ...reason, lead[language].options, ...options.map((option) => `• ${option}`)].join('\n')
}

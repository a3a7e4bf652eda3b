import type { Language } from '../core/message.ts'
import { isMereAssent } from './rules/assent.ts'
import { hasChinese, simplifiedForm, toTraditional } from './script.ts'

/**
 * The language to answer in: any Chinese character means Chinese; the script by the characters that only one script
 * uses; undecided, the previous turn's; else Traditional. A text without letters keeps the previous language, and so do a
 * few Latin words: "ok", "STATUS" or "Tower 3, 12/F" from whoever writes Chinese ask for no other.
 */
export function languageOf(text: string, previous?: Language): Language {
  const read = text.slice(0, 2000)
  if (!hasChinese(read)) return previous === undefined || (isEnglish(read) && !isMereAssent(read)) ? 'en' : previous
  const balance = [...read].slice(0, telling).reduce((sum, char) => sum + leaning(char), 0)
  if (balance !== 0) return balance > 0 ? 'zh-HK' : 'zh-CN'
  return previous === 'zh-CN' ? 'zh-CN' : 'zh-HK'
}

/** Fewer words tell no language: Hong Kong writes them between Chinese ones. */
const fewestWords = 4
const isEnglish = (text: string): boolean => (text.match(/\p{L}{2,}/gu) ?? []).length >= fewestWords

/** Characters that suffice to tell the script. */
const telling = 300

/** +1 for a character only Traditional text uses, -1 for a Simplified one, 0 for those both share. */
function leaning(char: string): number {
  if (!hasChinese(char)) return 0
  if (simplifiedForm(char) !== char) return 1
  return toTraditional(char) !== char ? -1 : 0
}

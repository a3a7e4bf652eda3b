import { ruleForm } from './rules/emergency.ts'

/** How hot a message is: 0 even · 1 upset · 2 hostile · 3 abusive or threatening. For the pause card staff see, never shown. */
export type Heat = 0 | 1 | 2 | 3

export const heatRules: readonly (readonly [Heat, RegExp])[] = [
  [
    3,
    /\b(fuck\w*|cunt\w*|bastards?|motherf\w+|son of a bitch|i('ll| will) (find|get|hurt|kill|beat) (you|him|her)|watch your back|you('ll| will) (regret|pay))\b|屌|𨳒|撚|仆街|冚家|老母|死全家|打死你|搞你|睇住嚟/,
  ],
  [
    2,
    /\b(idiots?|morons?|stupid|useless|scum|shit\w*|crap|damn|bloody|liars?|thieves|crooks?|shut up|sack (him|her|them)|disgrace\w*|pathetic|incompetent)\b|廢柴|白痴|蠢|垃圾|死蠢|騙子|食屎|賤|人渣|廢物|離晒大譜/,
  ],
  [
    1,
    /\b(angry|furious|fed up|unacceptable|ridiculous|outrag\w+|disgust\w+|appall\w+|had enough|terrible|worst|sick of)\b|嬲|憤怒|離譜|忍無可忍|受夠|豈有此理|不能接受|過分|荒謬|頂唔順/,
  ],
]

/** Words, shouting in capitals and piled-up exclamation marks; one step up for shouting on top of words. */
export function heatOf(text: string): Heat {
  const words = ruleForm(text)
  const said = heatRules.find(([, expression]) => expression.test(words))?.[0] ?? 0
  return isShouted(text) ? (Math.min(3, Math.max(1, said + 1)) as Heat) : said
}

function isShouted(text: string): boolean {
  const letters = text.slice(0, 2000).match(/[A-Za-z]/g) ?? []
  const capitals = letters.filter((letter) => letter < 'a')
  return (letters.length >= 12 && capitals.length / letters.length > 0.7) || /[!！]{3}/.test(text.slice(0, 2000))
}

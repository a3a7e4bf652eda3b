import { caseNumberIn } from './rules/commands.ts'
import { ruleForm } from './rules/emergency.ts'

/** What a case needs to know and the writer may have said already; nothing found here is asked for again. */
export type Entities = {
  readonly unit?: string
  readonly tower?: string
  readonly floor?: string
  /** A gate, counter, lobby or level by name. */
  readonly post?: string
  /** As written: "3am", "下午三點", "last night". */
  readonly time?: string
  readonly plate?: string
  readonly caseRef?: string
  readonly phone?: string
}

const digits = '零一二三四五六七八九十廿卅\\d'

/** Expressions read the rule form: lower case, Traditional, one width. The first that matches names the thing. */
export const entityRules: Readonly<Record<Exclude<keyof Entities, 'caseRef'>, readonly RegExp[]>> = {
  unit: [
    /\b(?:flat|unit|apt|apartment|room|rm|office|suite|shop)\.? ?(?:no\.? ?)?(\d{1,4}[a-h]?|[a-h]\d{0,2})\b(?! ?\/f)/,
    /\b(\d{1,2}[a-h])\b(?! ?\/f|m)/,
    new RegExp(`([${digits}]{1,4}[a-h]|[a-h][${digits}]{0,2})(?:室|單位|舖|號舖)`),
    /(?:樓|\/f) ?([a-h])(?:室|單位|座)?/,
    /(\d{3,4})(?:室|房|單位)/,
  ],
  tower: [/\b(?:tower|block|blk|building|twr)\.? ?(\d{1,2}|[a-h])\b/, new RegExp(`(?:第)?([${digits}]{1,3}|[a-h])座`)],
  floor: [
    /\b(\d{1,3}|g|lg|ug|b\d|p\d|l\d)\/f\b/,
    /\b(?:floor|level|lvl|fl)\.? ?(\d{1,3}|b\d|p\d)\b/,
    /\b(\d{1,3})(?:st|nd|rd|th) ?(?:floor|level|fl)\b/,
    new RegExp(`([${digits}]{1,4}|地下|地)(?:樓|層)`),
    /\b([bp]\d)\b/,
  ],
  post: [
    /\b((?:main|north|south|east|west|back|front|rear|side) (?:gate|entrance|door|lobby))\b/,
    /\b((?:gate|post|barrier|entrance|lift|counter) (?:no\.? ?)?(?:\d{1,2}|[a-h]))\b/,
    /(正門|側門|後門|前門|大堂|停車場|平台|會所|上落貨區|[東南西北]閘|[東南西北]門)/,
    new RegExp(`((?:[${digits}]{1,2}|[a-h])號?(?:閘|崗|門口|入口|𨋢))`),
  ],
  time: [
    /\b(\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.))/,
    /\b([01]?\d:[0-5]\d|2[0-3]:[0-5]\d)\b/,
    new RegExp(
      `((?:上午|下午|早上|晚上|凌晨|朝早|晏晝|夜晚|今朝|今晚|琴晚|昨晚|尋晚|聽日|明天)? ?[${digits}]{1,3}(?:點|時)(?:半|正|[${digits}]{1,3}分?)?)`,
    ),
    /\b(last night|this morning|this afternoon|this evening|tonight|yesterday|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/,
    /(琴晚|昨晚|尋晚|今朝|今早|今晚|今日|今天|尋日|琴日|昨天|聽日|明天|星期[一二三四五六日]|禮拜[一二三四五六日])/,
  ],
  plate: [/\b([a-hj-np-z]{2} ?\d{1,4})\b(?! ?(?:am|pm|\/f|floor))/],
  phone: [/(?:\+?852[- ]?)?\b([2-9]\d{3}[- ]?\d{4})\b/],
}

/** Words before a number that look like a plate and are not one. */
const notPlates = /^(gh|no|at|is|by|to|on|in|or|of|we|my|me|so|up|he|fl|rm|lg|ug|id|am|pm|be|as|an|us|tv|ok) ?\d/

/** Everything of this kind a text names, in Hong Kong's English and Chinese forms. */
export function entitiesIn(text: string): Entities {
  const words = ruleForm(text)
  const found: Record<string, string> = {}
  for (const [name, expressions] of Object.entries(entityRules)) {
    const value = firstOf(expressions, words)
    if (value !== undefined && !(name === 'plate' && notPlates.test(value))) found[name] = shown(name, value)
  }
  const caseRef = caseNumberIn(words)
  return caseRef === undefined ? found : { ...found, caseRef }
}

function firstOf(expressions: readonly RegExp[], words: string): string | undefined {
  for (const expression of expressions) {
    const value = expression.exec(words)?.[1]
    if (value !== undefined) return value.trim()
  }
  return undefined
}

const shown = (name: string, value: string): string => {
  if (name === 'phone') return value.replace(/[- ]/g, '')
  return name === 'time' || name === 'post' ? value : value.toUpperCase()
}

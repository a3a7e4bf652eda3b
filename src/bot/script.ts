import { createRequire } from 'node:module'
import hongKongVariants from 'opencc-js/dict/HKVariants'
import fromHongKong from 'opencc-js/dict/HKVariantsRev'
import simplifiedToTraditional from 'opencc-js/dict/STCharacters'
import traditionalToSimplified from 'opencc-js/dict/TSCharacters'

/** Replaces single characters; two tables of 55 KB instead of OpenCC's trees of maps, which take megabytes. */
type Table = { readonly basic: Uint16Array; readonly others: ReadonlyMap<string, string> }

const [firstHan, lastHan] = [0x3400, 0x9fff]

/** The dictionaries one after the other, character by character. */
function tableOf(...dictionaries: readonly string[]): Table {
  const chain = dictionaries.map(
    (text) => new Map(text.split('|').map((entry) => entry.split(' ') as [string, string])),
  )
  const basic = Uint16Array.from({ length: lastHan - firstHan + 1 }, (_, i) => firstHan + i)
  const others = new Map<string, string>()
  for (const char of new Set(chain.flatMap((dictionary) => [...dictionary.keys()]))) {
    const to = chain.reduce((now, dictionary) => dictionary.get(now) ?? now, char)
    const [from, into] = [char.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]
    if (isBasic(from) && into <= 0xffff && to.length === 1) basic[from - firstHan] = into
    else if (to !== char) others.set(char, to)
  }
  return { basic, others }
}

const isBasic = (code: number): boolean => code >= firstHan && code <= lastHan

const toPlain = tableOf(fromHongKong, traditionalToSimplified)
const toHongKong = tableOf(simplifiedToTraditional, hongKongVariants)

function mapped(text: string, { basic, others }: Table): string {
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    out += others.get(char) ?? (isBasic(code) ? String.fromCharCode(basic[code - firstHan] as number) : char)
  }
  return out
}

/** Traditional characters as Hong Kong writes them → Simplified, one by one: for matching, never shown. */
export const simplifiedForm = (text: string): string => mapped(text, toPlain)

const openCc = () => createRequire(import.meta.url)('opencc-js/t2cn') as typeof import('opencc-js/t2cn')
let converter: ((text: string) => string) | undefined

/** Traditional text as Hong Kong writes it → Simplified, by words: for showing. OpenCC is loaded by the first who needs it. */
export function toSimplified(text: string): string {
  if (!hasChinese(text)) return text
  const convert = converter ?? openCc().Converter({ from: 'hk', to: 'cn' })
  converter = convert
  return convert(text)
}

/**
 * Simplified → Traditional as Hong Kong writes it, for matching only. A text without any character that only Simplified
 * uses stays as it is, since 仆 or 里 mean themselves there.
 */
export function toTraditional(text: string): string {
  for (const char of text) if (isSimplifiedOnly(char)) return mapped(text, toHongKong)
  return text
}

const chinese = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/u

/** Whether any Chinese character occurs: the language test that measured best on short chat. */
export const hasChinese = (text: string): boolean => chinese.test(text)

/** Characters that only Simplified text uses. `toTraditional` alone would also flag 台, 里 and 面, which both scripts share. */
export function simplifiedCharacters(text: string): string[] {
  return [...text].filter(isSimplifiedOnly)
}

const shared = new Set(
  '台里面后干系只余云几卜斗丑范姜征致游向尸栗柜岳布周占吃伙才升板表咸制准冲出别厘姊群污峰床杰核栖梁棱痴粽着秘線線注症皂志憑淨碗灶糍綉牆為啟說它污著痺裡床胃恒仆借卷御欲岩家朱杯松奸采了舍雇鐘咨占刮胡須唇么私晒郁佣吓腊',
)

function isSimplifiedOnly(char: string): boolean {
  if (char < '\u3400' || shared.has(char)) return false
  return mapped(char, toHongKong) !== char && mapped(char, toPlain) === char
}

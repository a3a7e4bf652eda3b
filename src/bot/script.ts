import { ConverterFactory } from 'opencc-js/core'
import hongKongVariants from 'opencc-js/dict/HKVariants'
import simplifiedToTraditional from 'opencc-js/dict/STCharacters'
import { Converter as ToSimplified } from 'opencc-js/t2cn'

/** Traditional characters as Hong Kong writes them → Simplified. */
export const toSimplified: (text: string) => string = ToSimplified({ from: 'hk', to: 'cn' })

const byCharacter = ConverterFactory([simplifiedToTraditional], [hongKongVariants])

/**
 * Simplified → Traditional as Hong Kong writes it, for matching only. A text without any character that only Simplified
 * uses stays as it is, since 仆 or 里 mean themselves there. Character by character: the dictionary of phrases would cost
 * 80 MB and a third of a second in every command.
 */
export function toTraditional(text: string): string {
  return [...text].some(isSimplifiedOnly) ? byCharacter(text) : text
}

const chinese = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/u

/** Whether any Chinese character occurs: the language test that measured best on short chat. */
export const hasChinese = (text: string): boolean => chinese.test(text)

/** Characters that only Simplified text uses. `toTraditional` alone would also flag 台, 里 and 面, which both scripts share. */
export function simplifiedCharacters(text: string): string[] {
  return [...text].filter(isSimplifiedOnly)
}

const shared = new Set(
  '台里面后干系只余云几卜斗丑范姜征致游向尸栗柜岳布周占吃伙才升板表咸制准冲出别厘姊群污峰床杰核栖梁棱痴粽着秘線線注症皂志憑淨碗灶糍綉牆為啟说它污著痺裡床胃恒仆借卷御欲岩家朱杯松奸采了舍雇鐘咨占刮胡須唇么私',
)

function isSimplifiedOnly(char: string): boolean {
  if (!hasChinese(char) || shared.has(char)) return false
  return byCharacter(char) !== char && toSimplified(char) === char
}

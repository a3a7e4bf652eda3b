import { ruleForm } from './emergency.ts'

export const askingRules: readonly RegExp[] = [
  /[?？]|\b(what|when|where|which|why|how|tell me|let me know|wonder\w*|like to know|want to know)\b/,
  /^\W*(also|and|btw|by the way|ps|one more thing)?\W*(can|could|may|do|does|is|are|am|will|would|should|who|any)\b/,
  /嗎|呢|咩|乜|點|邊|幾(時|點|多|錢|耐)|有冇|有沒有|可[唔不]可以|係咪|是否|能否|可否|會[唔不]會|得唔得|使唔使|如何|怎|甚麼|什麼|哪|請問|想知|想問|可以/,
]

/** Whether the words ask anything: in a message about several things only what asks may be answered beside the rest. */
export function asks(text: string): boolean {
  const words = ruleForm(text)
  return askingRules.some((expression) => expression.test(words))
}

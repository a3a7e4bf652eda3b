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

/** What people call a thing that pleases or annoys them. */
export const valueRules: readonly RegExp[] = [
  /\b(is|are|was|were|looks?|'s|'re) (an? |all |so |such |such a |really |very |truly |just |simply |absolutely |quite )*(a\+|top notch|great|excellent|lovely|superb|brilliant|amazing|fantastic|wonderful|awesome|spotless|perfect|blessing|godsend|lifesaver|delight|pleasure|life saver|joke|disgrace|shame|shambles|mess|awful|terrible|horrible|dreadful|appalling|pathetic|useless|rubbish|disgusting)(?![a-z])/,
  /\bwell (run|done|handled|organi[sz]ed|kept)\b|\b(great|good|nice|excellent|lovely|super) (job|work)\b|\b(love|loving|enjoy\w*|hate|appreciate) (the|your|our|this|that|how)\b|\bshame on\b/,
  /真係好(?!唔好)|真是好|好正|好掂|一流|做得好|讚(?!助)|好欣賞|好感激|羞恥|可恥|丟臉|少得可憐|差勁|好差|離譜|失望|不知所謂|廢到/,
]

/** Whether the words only say what somebody thinks of something: "the gym is great" does not ask how to book it. */
export function merelyRemarks(text: string): boolean {
  const words = ruleForm(text)
  return valueRules.some((expression) => expression.test(words)) && !asks(text)
}
